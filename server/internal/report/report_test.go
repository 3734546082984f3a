package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"phonghop/assets/translations"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

func vietnamese(t *testing.T) func(string, ...any) string {
	t.Helper()
	table := map[string]string{}
	if err := json.Unmarshal(translations.Vietnamese, &table); err != nil {
		t.Fatal(err)
	}
	return func(key string, values ...any) string {
		text, ok := table[key]
		if !ok {
			t.Errorf("no words for %q", key)
		}
		for i, v := range values {
			text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), fmt.Sprint(v))
		}
		return text
	}
}

// vote is one of 19 members, two of them absent; counts are by option.
func vote(t *testing.T, mode poll.Mode, counts ...int) Vote {
	rule, _ := poll.Set(poll.SetCommittee)
	p := poll.Poll{Method: poll.Approve, Mode: mode, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}
	v := Vote{Room: "Ủy ban nhân dân thành phố Hải Lam", Meeting: "Phiên họp thường kỳ tháng 11", Place: "Phòng họp số 1", Number: "2",
		Item: "Dự toán ngân sách", Presiding: Named{Name: "Nguyễn Văn Minh"}, Secretary: Named{Name: "Đỗ Thị Lan"}, Zone: time.FixedZone("", 7*3600),
		Say: vietnamese(t), People: map[meeting.PersonID]meeting.Participant{}}
	opened := time.Date(2026, 11, 25, 2, 38, 0, 0, time.UTC)
	v.Voting = meeting.Voting{ID: "v1", State: meeting.Announced, Opened: opened, Closed: opened.Add(3 * time.Minute),
		Plan: meeting.VotePlan{Question: "Thông qua dự toán ngân sách năm 2027", Poll: p}}
	var all []int
	for mark, n := range counts {
		for range n {
			all = append(all, mark)
		}
	}
	v.Voting.Choices = map[meeting.PersonID]poll.Ballot{}
	var secret []poll.Ballot
	for i := range 19 {
		id := meeting.PersonID(fmt.Sprintf("p%02d", i))
		v.People[id] = meeting.Participant{Person: id, Name: fmt.Sprintf("Thành viên %d", i), Position: "Giám đốc Sở", Order: i}
		v.Voting.Roll.Members, v.Voting.Roll.Voters = append(v.Voting.Roll.Members, id), append(v.Voting.Roll.Voters, id)
		if i >= 17 {
			v.Voting.Roll.Absent = append(v.Voting.Roll.Absent, id)
		}
		if i < len(all) {
			b := poll.Ballot{Marks: []int{all[i]}}
			v.Voting.Choices[id], secret = b, append(secret, b)
			v.Voting.Taken = append(v.Voting.Taken, id)
		}
	}
	v.Result = poll.Tally(p, v.Voting.Roll, poll.Votes{Named: v.Voting.Choices, Secret: secret, Taken: len(secret)})
	if mode == poll.Secret {
		v.Voting.Choices, v.Digest = nil, strings.Repeat("7f3a90c2", 8)
	}
	return v
}

// A picture of the paper is looked at by hand: PHONGHOP_PAPERS names the folder
// to leave it in.
func TestPapersToLookAt(t *testing.T) {
	folder := os.Getenv("PHONGHOP_PAPERS")
	if folder == "" {
		t.Skip("nobody looks")
	}
	for _, mode := range []poll.Mode{poll.Live, poll.Secret} {
		if err := os.WriteFile(filepath.Join(folder, string(mode)+".pdf"), pdf(t, vote(t, mode, 12, 3, 2)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func pdf(t *testing.T, v Vote) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := v.PDF(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
		t.Fatal("no PDF")
	}
	return b.Bytes()
}

func TestPDFIsTheSameAgain(t *testing.T) {
	for _, mode := range []poll.Mode{poll.Live, poll.Secret} {
		if !bytes.Equal(pdf(t, vote(t, mode, 12, 3, 2)), pdf(t, vote(t, mode, 12, 3, 2))) {
			t.Errorf("%s: other bytes the second time", mode)
		}
		if bytes.Equal(pdf(t, vote(t, mode, 12, 3, 2)), pdf(t, vote(t, mode, 12, 2, 3))) {
			t.Errorf("%s: another result gives the same paper", mode)
		}
	}
}

func TestHostileTextsAreSet(t *testing.T) {
	for name, text := range map[string]string{
		"long word": strings.Repeat("a", 10_000), "marks": "**đậm __nghiêng ** __", "long": strings.Repeat("Thông qua nội dung ", 500),
		"strange": "😀 \u202e đảo \u0301 ‰ 漢字", "one": "x",
	} {
		v := vote(t, poll.Live, 9, 9)
		v.Voting.Plan.Question, v.Meeting, v.Item, v.Room, v.Place = text, text, text, text, text
		v.Presiding.Name = text
		for id, p := range v.People {
			p.Name, p.Position = text[:min(len(text), 300)], text[:min(len(text), 300)]
			p.Name, p.Position = strings.ToValidUTF8(p.Name, ""), strings.ToValidUTF8(p.Position, "")
			v.People[id] = p
		}
		t.Run(name, func(t *testing.T) { pdf(t, v) })
	}
}

func TestManyOptionsAndGrades(t *testing.T) {
	v := vote(t, poll.Secret, 10)
	v.Voting.Plan.Poll.Method, v.Voting.Plan.Poll.Most = poll.Some, 3
	v.Voting.Plan.Poll.Options = nil
	v.Voting.Plan.Poll.Rule = poll.Rule{Set: poll.SetOwn, Most: true, Seats: 3}
	for i := range 500 {
		v.Voting.Plan.Poll.Options = append(v.Voting.Plan.Poll.Options, poll.Option{Words: fmt.Sprint("Phương án ", i)})
	}
	v.Result = poll.Tally(v.Voting.Plan.Poll, v.Voting.Roll, poll.Votes{Secret: []poll.Ballot{{Marks: []int{1, 2, 3}}}, Taken: 1})
	pdf(t, v)
	v.Voting.Plan.Poll.Method, v.Voting.Plan.Poll.Grades = poll.Grade, poll.Confidence()
	v.Voting.Plan.Poll.Most, v.Voting.Plan.Poll.Options = 0, v.Voting.Plan.Poll.Options[:3]
	v.Voting.Plan.Poll.Rule, _ = poll.Set(poll.SetConfidence)
	v.Result = poll.Tally(v.Voting.Plan.Poll, v.Voting.Roll, poll.Votes{Secret: []poll.Ballot{{Marks: []int{0, 1, 2}}}, Taken: 1})
	pdf(t, v)
}

func TestTable(t *testing.T) {
	v := vote(t, poll.Live, 12, 3, 2)
	id := v.Voting.Roll.Members[0]
	p := v.People[id]
	p.Name = "=HYPERLINK(\"x\")"
	v.People[id] = p
	var b bytes.Buffer
	if err := v.CSV(&b); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	has := func(want ...string) {
		t.Helper()
		for _, row := range rows {
			if strings.Join(row, "|") == strings.Join(want, "|") {
				return
			}
		}
		t.Errorf("no row %q in %q", want, rows)
	}
	has("Kết quả", "Thông qua: 12/19 thành viên tán thành (quá nửa tổng số thành viên)")
	has("Không tán thành", "3", "")
	has("Thành viên có mặt", "17")
	has("Vắng", "2")
	has("'=HYPERLINK(\"x\")", "Giám đốc Sở", "Tán thành", "")
	has("Thành viên 13", "Giám đốc Sở", "Không tán thành", "")
}

func TestJSONHasWhatCanBeCountedAgain(t *testing.T) {
	v := vote(t, poll.Live, 8, 9)
	var b bytes.Buffer
	if err := v.JSON(&b); err != nil {
		t.Fatal(err)
	}
	var out Export
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	again := poll.Tally(out.Poll, out.Roll, poll.Votes{Named: out.Choices})
	if !again.Equal(out.Result) || out.Result.Verdict != poll.Failed || len(out.Names) != 19 {
		t.Errorf("counted again: %+v, want %+v", again, out.Result)
	}
	if !strings.Contains(out.Sentence, "cần ít nhất 10/19") {
		t.Errorf("sentence %q", out.Sentence)
	}
}

func TestNoPaperWithoutResult(t *testing.T) {
	v := vote(t, poll.Live, 1)
	v.Result = poll.Result{}
	for name, write := range map[string]func() error{
		"pdf": func() error { return v.PDF(&bytes.Buffer{}) }, "csv": func() error { return v.CSV(&bytes.Buffer{}) },
		"json": func() error { return v.JSON(&bytes.Buffer{}) },
	} {
		if err := write(); !errors.Is(err, ErrNoResult) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
