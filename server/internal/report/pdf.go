package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"phonghop/assets/paper"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// The longest words in runes; a longer one is broken, for a line, or the cell
// of a table, cannot hold it.
const (
	longestWord = 30
	longestCell = 10
)

// plain makes a text safe to be set: its own stars and underscores are no
// marks, and no word is longer than a line.
func plain(text string) string { return broken(text, longestWord) }

// cell is plain for the narrow columns of a table.
func cell(text string) string { return broken(text, longestCell) }

func broken(text string, most int) string {
	text = strings.Map(settable, text)
	text = strings.NewReplacer("**", "* *", "__", "_ _").Replace(text)
	words := strings.Fields(text)
	for i, w := range words {
		if utf8.RuneCountInString(w) <= most {
			continue
		}
		var b strings.Builder
		n := 0
		for _, r := range w {
			if n > 0 && n%most == 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			n++
		}
		words[i] = b.String()
	}
	return strings.Join(words, " ")
}

// settable replaces what the font's tables do not reach, such as emoji, and
// drops what would turn the reading direction round.
func settable(r rune) rune {
	switch {
	case r > 0xffff:
		return '?'
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// PDF writes the protocol of the vote: of counting for a secret one, of the
// result for one with names.
func (v Vote) PDF(w io.Writer) error {
	if v.Result.Verdict == "" {
		return ErrNoResult
	}
	secret := v.Voting.Plan.Poll.Mode == poll.Secret
	kind := "BIÊN BẢN KẾT QUẢ BIỂU QUYẾT"
	if secret {
		kind = "BIÊN BẢN KIỂM PHIẾU"
	}
	day := v.Voting.Closed.In(v.Zone)
	d := paper.New(paper.Options{Title: kind, Author: v.Room, Subject: plain(shortened(v.Voting.Plan.Question)), Date: day, BodySize: 13})
	d.Heading(paper.Head{Issuer: issuer(body(v.Room, v.Place)), Symbol: "/BB", Place: town(v.Room, v.Place), Date: day})
	d.Title(kind, plain(v.Voting.Plan.Question))
	v.occasion(d)
	d.Section("I. THÀNH PHẦN", 0)
	v.attendance(d)
	d.Section("II. KẾT QUẢ", 0)
	v.figures(d)
	d.Paragraph(plain(v.say(v.Result.Sentence(v.Voting.Plan.Poll)))+".", paper.Para{Style: "B", Indent: 12.7})
	if v.Result.Proposal && v.Voting.State != meeting.Announced {
		d.Text("Kết quả trên là đề nghị, có hiệu lực khi chủ tọa xác nhận.")
	}
	v.corrections(d)
	if secret {
		v.checking(d)
	} else {
		v.names(d)
	}
	d.SignPair(paper.Signature{Lines: []string{"THƯ KÝ"}, Name: plain(v.Secretary.Name)}, paper.Signature{Lines: []string{"CHỦ TỌA"}, Name: plain(v.Presiding.Name)})
	if err := d.Write(w); err != nil {
		return fmt.Errorf("protocol of a vote: %w", err)
	}
	return nil
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return s
}

// issuer breaks the room's name into the lines of the heading.
func issuer(room string) []string {
	const most = 20
	var lines []string
	for _, w := range strings.Fields(strings.ToUpper(plain(room))) {
		if n := len(lines); n > 0 && utf8.RuneCountInString(lines[n-1])+1+utf8.RuneCountInString(w) <= most {
			lines[n-1] += " " + w
			continue
		}
		lines = append(lines, w)
	}
	return lines
}

// occasion says when, where and in which meeting it was voted, how, and by
// which rule.
func (v Vote) occasion(d *paper.Doc) {
	x := v.Voting
	from, to := x.Opened.In(v.Zone), x.Closed.In(v.Zone)
	when := fmt.Sprintf("từ %s đến %s, %s", from.Format("15 giờ 04"), to.Format("15 giờ 04"), paper.LongDate(to))
	if !sameDay(from, to) {
		when = fmt.Sprintf("từ %s, %s đến %s, %s", from.Format("15 giờ 04"), paper.LongDate(from), to.Format("15 giờ 04"), paper.LongDate(to))
	}
	d.Text("Thời gian: " + when + ".")
	if v.Place != "" {
		d.Text("Địa điểm: " + plain(v.Place) + ".")
	}
	d.Text("Phiên họp: " + plain(v.Meeting) + ".")
	d.Text("Nội dung " + plain(v.Number) + ": " + plain(v.Item) + ".")
	d.Text("Hình thức: " + plain(v.Say("vote.mode."+string(x.Plan.Poll.Mode))) + ".")
	d.Text(plain(v.say(v.Result.Rule.Phrase())) + ".")
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// attendance counts the roll and names who was absent or came late.
func (v Vote) attendance(d *paper.Doc) {
	r := v.Result
	d.Text(fmt.Sprintf("Tổng số thành viên: %d. Có mặt khi bắt đầu biểu quyết: %d.", r.Members, r.Present))
	if r.Quorum > 0 {
		d.Text(fmt.Sprintf("Số thành viên tối thiểu phải có mặt: %d.", r.Quorum))
	}
	d.Text(fmt.Sprintf("Số người được biểu quyết: %d.", r.Voters))
	if list := v.listed(v.Voting.Roll.Absent); list != "" {
		d.Text("Vắng mặt: " + list + ".")
	}
	if list := v.listed(v.Voting.Roll.Late); list != "" {
		d.Text("Được biểu quyết sau khi bắt đầu, không thay đổi tổng số làm căn cứ: " + list + ".")
	}
}

func (v Vote) listed(who []meeting.PersonID) string {
	names := make([]string, 0, len(who))
	for _, id := range v.sorted(who) {
		names = append(names, plain(v.name(id)))
	}
	return strings.Join(names, ", ")
}

// figures is the table of the result.
func (v Vote) figures(d *paper.Doc) {
	grades := v.Voting.Plan.Poll.Grades
	columns := []paper.Column{{Title: "STT", Width: 13, Align: "C"}, {Title: "Nội dung", Width: 70}}
	if len(grades) == 0 {
		columns = append(columns, paper.Column{Title: "Số phiếu", Width: 18, Align: "R"}, paper.Column{Title: "Tỷ lệ", Width: 18, Align: "R"})
	}
	for _, g := range grades {
		columns = append(columns, paper.Column{Title: cell(v.say(g.Phrase())), Width: 24, Align: "R"})
	}
	columns = append(columns, paper.Column{Title: "Ghi chú", Width: 32})
	var rows []paper.Row
	add := func(word, note string, numbers ...int) {
		cells := []string{strconv.Itoa(len(rows) + 1), cell(word)}
		for _, n := range numbers {
			cells = append(cells, strconv.Itoa(n))
		}
		if len(grades) == 0 {
			cells = append(cells, v.percent(numbers[0]))
		}
		rows = append(rows, paper.Row{Cells: append(cells, cell(note))})
	}
	for _, l := range v.lines() {
		if len(grades) > 0 {
			add(l.word, l.note, l.grades...)
		} else {
			add(l.word, l.note, l.count)
		}
	}
	if len(grades) == 0 {
		if v.Result.Silent > 0 {
			add(v.Say("vote.silent"), "", v.Result.Silent)
		}
		if v.Result.Absent > 0 {
			add(v.Say("vote.absent"), "", v.Result.Absent)
		}
	}
	d.Text(fmt.Sprintf("Số phiếu thu được: %d.", v.Result.Cast))
	if v.Result.Refused > 0 {
		d.Text(fmt.Sprintf("Số phiếu không hợp lệ: %d.", v.Result.Refused))
	}
	d.DrawTable(paper.Table{Columns: columns, Size: 12.5}, rows)
}

// percent is a number's share of the base to one tenth, rounded down: what is
// shown never reaches a share that was not reached.
func (v Vote) percent(n int) string {
	base := v.Result.Base
	if base == 0 {
		base = v.Result.Cast
	}
	if base == 0 {
		return ""
	}
	tenths := n * 1000 / base
	return fmt.Sprintf("%d,%d%%", tenths/10, tenths%10)
}

// corrections lists the results that were announced before.
func (v Vote) corrections(d *paper.Doc) {
	for _, c := range v.Voting.Corrected {
		d.Text(fmt.Sprintf("Đã đính chính lúc %s, %s. Kết quả công bố trước đó: %s. Lý do: %s.", c.At.In(v.Zone).Format("15 giờ 04"),
			paper.LongDate(c.At.In(v.Zone)), plain(v.say(c.Result.Sentence(v.Voting.Plan.Poll))), plain(c.Reason)))
	}
}

// checking says how the list of a secret vote can be counted again.
func (v Vote) checking(d *paper.Doc) {
	if v.Digest == "" {
		return
	}
	d.Section("III. ĐỐI CHIẾU", 0)
	d.Text(fmt.Sprintf("Số người đã nhận phiếu: %d. Phiếu không ghi tên; hệ thống không lưu lựa chọn gắn với tên đại biểu.", len(v.Voting.Taken)))
	d.Text("Mã đối chiếu kết quả (SHA-256 của danh sách phiếu):")
	var parts []string
	for i := 0; i < len(v.Digest); i += 8 {
		parts = append(parts, v.Digest[i:min(i+8, len(v.Digest))])
	}
	d.Paragraph(strings.Join(parts, " "), paper.Para{Align: "C"})
}

// names is the table of the open ballots.
func (v Vote) names(d *paper.Doc) {
	all := v.voted()
	if len(all) == 0 {
		return
	}
	d.Section("III. KẾT QUẢ THEO TÊN", 0)
	rows := make([]paper.Row, len(all))
	for i, who := range all {
		choice := v.marked(who)
		if remark := v.Voting.Choices[who].Remark; remark != "" {
			choice += ". Ý kiến: " + remark
		}
		rows[i] = paper.Row{Cells: []string{strconv.Itoa(i + 1), cell(v.name(who)), cell(v.People[who].Position), cell(choice)}}
	}
	d.DrawTable(paper.Table{Size: 12.5, Columns: []paper.Column{{Title: "STT", Width: 13, Align: "C"}, {Title: "Họ và tên", Width: 46},
		{Title: "Chức vụ", Width: 52}, {Title: "Lựa chọn", Width: 56}}}, rows)
}
