package report

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// opinions are those of 19 members, two of whom have given none.
func opinions(t *testing.T) Opinion {
	v := vote(t, poll.After, 12, 3, 2)
	v.Room, v.Place = "Ủy ban nhân dân thành phố Hải Lam", "Phòng họp số 1"
	plan, _ := meeting.VoteTemplate(meeting.TemplateOpinion)
	plan.Question = "Cho ý kiến dự thảo Quyết định ban hành Quy chế làm việc của Ủy ban nhân dân thành phố"
	v.Voting.Plan, v.Voting.Roll.Absent = plan, nil
	v.Voting.Deadline = v.Voting.Opened.Add(72 * time.Hour)
	o := Opinion{Vote: v, Document: "Dự thảo Quyết định", Times: map[meeting.PersonID]time.Time{}}
	for i, id := range o.voted() {
		b := o.Voting.Choices[id]
		switch b.Marks[0] {
		case 1:
			b.Remark = "Chưa rõ nguồn vốn.\nĐề nghị Sở Tài chính giải trình rõ khả năng cân đối ngân sách giai đoạn 2026 - 2030."
		case 2:
			b.Remark = "Đề nghị bổ sung quy định về họp trực tuyến"
		}
		o.Voting.Choices[id] = b
		o.Times[id] = o.Voting.Opened.Add(time.Duration(i) * time.Hour)
	}
	o.Result = poll.Tally(plan.Poll, o.Voting.Roll, poll.Votes{Named: o.Voting.Choices})
	return o
}

func written(t *testing.T, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
		t.Fatal("no PDF")
	}
	return b.Bytes()
}

func TestOpinionPapersToLookAt(t *testing.T) {
	folder := os.Getenv("PHONGHOP_PAPERS")
	if folder == "" {
		t.Skip("nobody looks")
	}
	o := opinions(t)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"form":    func(b *bytes.Buffer) error { return o.Form(b, "p13") },
		"blank":   func(b *bytes.Buffer) error { return o.Form(b, "p18") },
		"forms":   func(b *bytes.Buffer) error { return o.Forms(b) },
		"summary": func(b *bytes.Buffer) error { return o.Summary(b) },
	} {
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), written(t, write), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func pages(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page\n")) }

func TestEverybodyWhoAnsweredHasHisForm(t *testing.T) {
	o := opinions(t)
	all := written(t, func(b *bytes.Buffer) error { return o.Forms(b) })
	if n := pages(all); n != 17 {
		t.Errorf("%d pages of 17 forms", n)
	}
	one := func(who meeting.PersonID) []byte {
		return written(t, func(b *bytes.Buffer) error { return o.Form(b, who) })
	}
	if bytes.Equal(one("p00"), one("p13")) || bytes.Equal(one("p13"), one("p18")) {
		t.Error("two people have the same form")
	}
	before := one("p13")
	if !bytes.Equal(before, one("p13")) {
		t.Error("other bytes the second time")
	}
	b := o.Voting.Choices["p13"]
	b.Remark = "Khác"
	o.Voting.Choices["p13"] = b
	if bytes.Equal(before, one("p13")) {
		t.Error("the reason is not on the form")
	}
}

func TestTheSummaryNamesWhoHasNotAnswered(t *testing.T) {
	o := opinions(t)
	full := written(t, func(b *bytes.Buffer) error { return o.Summary(b) })
	if got := o.counts(); got != "Số phiếu gửi đi: 19. Số phiếu nhận về: 17, trong đó Đồng ý: 12; Không đồng ý: 3; Ý kiến khác: 2. Chưa có ý kiến: 2." {
		t.Errorf("counts: %s", got)
	}
	if all := o.asked(); len(all) != 19 {
		t.Errorf("%d were asked", len(all))
	}
	p := o.People["p18"]
	p.Name = "Người chưa trả lời"
	o.People["p18"] = p
	if bytes.Equal(full, written(t, func(b *bytes.Buffer) error { return o.Summary(b) })) {
		t.Error("who has not answered is not in the table")
	}
}

func TestNoOpinionPapersOfOtherVotes(t *testing.T) {
	o := opinions(t)
	o.Voting.Plan.Ahead = false
	for name, err := range map[string]error{"form": o.Form(&bytes.Buffer{}, "p00"), "forms": o.Forms(&bytes.Buffer{}), "summary": o.Summary(&bytes.Buffer{})} {
		if !errors.Is(err, ErrNoOpinion) {
			t.Errorf("%s of a vote: %v", name, err)
		}
	}
	o = opinions(t)
	o.Voting.Choices, o.Result = nil, poll.Result{}
	for name, err := range map[string]error{"forms": o.Forms(&bytes.Buffer{}), "summary": o.Summary(&bytes.Buffer{})} {
		if !errors.Is(err, ErrNoResult) {
			t.Errorf("%s before the count: %v", name, err)
		}
	}
}

func TestHostileOpinionsAreSet(t *testing.T) {
	for name, text := range map[string]string{
		"long word": strings.Repeat("a", 2000), "marks": "**đậm __nghiêng ** __", "lines": strings.Repeat("dòng\n\n", 300),
		"strange": "😀 \u202e đảo \u0301 ‰ 漢字\t\x00", "blank": " \n ",
	} {
		t.Run(name, func(t *testing.T) {
			o := opinions(t)
			for who, b := range o.Voting.Choices {
				b.Remark = text
				o.Voting.Choices[who] = b
			}
			o.Document, o.Voting.Plan.Question = text, text
			written(t, func(b *bytes.Buffer) error { return o.Forms(b) })
			written(t, func(b *bytes.Buffer) error { return o.Summary(b) })
		})
	}
}
