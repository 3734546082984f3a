package report

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"phonghop/assets/paper"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// ErrNoOpinion says that a vote asks nobody for an opinion in writing.
var ErrNoOpinion = errors.New("the vote is no opinion in writing")

// Opinion is what the papers of an opinion in writing are written from: the
// form of each person (phiếu lấy ý kiến) and the table of all of them (bảng
// tổng hợp ý kiến).
type Opinion struct {
	Vote
	// Document is the title of what it is about, "" for nothing.
	Document string
	// Times is when each of the opinions was given, as far as it is known.
	Times map[meeting.PersonID]time.Time
}

// asks reports whether the vote is one of opinions with names.
func (o Opinion) asks() bool {
	return o.Voting.Plan.Ahead && o.Voting.Plan.Poll.Mode != poll.Secret
}

// asked lists who was asked, by the order of precedence.
func (o Opinion) asked() []meeting.PersonID {
	roll := o.Voting.Roll
	return o.sorted(append(append([]meeting.PersonID{}, roll.Voters...), roll.Late...))
}

// Form writes the form of one person. Without an opinion of his it is to be
// filled in by hand.
func (o Opinion) Form(w io.Writer, who meeting.PersonID) error {
	return o.forms(w, []meeting.PersonID{who})
}

// Forms writes the forms of all who have given an opinion, each on pages of
// its own. Where nobody has, it is ErrNoResult.
func (o Opinion) Forms(w io.Writer) error {
	all := o.voted()
	if len(all) == 0 {
		return ErrNoResult
	}
	return o.forms(w, all)
}

func (o Opinion) forms(w io.Writer, all []meeting.PersonID) error {
	if !o.asks() {
		return ErrNoOpinion
	}
	const kind = "PHIẾU LẤY Ý KIẾN"
	d := paper.New(paper.Options{Title: kind, Author: o.Room, Subject: plain(shortened(o.Voting.Plan.Question)), Date: o.Voting.Opened.In(o.Zone),
		BodySize: 13, Unnumbered: true})
	for i, who := range all {
		if i > 0 {
			d.NewPage()
		}
		if len(all) > 1 {
			d.Bookmark(plain(o.name(who)), 0)
		}
		d.Heading(paper.Head{Issuer: issuer(body(o.Room, o.Place)), Unnumbered: true})
		d.Title(kind, plain(o.Voting.Plan.Question))
		o.person(d, who)
		o.matter(d)
		o.answer(d, who)
		o.signed(d, who)
	}
	if err := d.Write(w); err != nil {
		return fmt.Errorf("form of an opinion: %w", err)
	}
	return nil
}

// person says whose form it is.
func (o Opinion) person(d *paper.Doc, who meeting.PersonID) {
	p := o.People[who]
	d.Text("Họ và tên: **" + plain(o.name(who)) + "**")
	position := plain(p.Position)
	if p.Unit != "" && position != "" {
		position += ", "
	}
	if position += plain(p.Unit); position == "" {
		position = unknownPlace + unknownPlace
	}
	d.Text("Chức vụ: " + position)
}

// matter says what the opinion is about, and until when it is due.
func (o Opinion) matter(d *paper.Doc) {
	d.Text("Nội dung " + plain(o.Number) + ": " + plain(o.Item) + ", " + plain(o.Meeting) + ".")
	if o.Document != "" {
		d.Text("Tài liệu lấy ý kiến: " + plain(o.Document) + ".")
	}
	if until := o.Voting.Deadline; !until.IsZero() {
		d.Text("Thời hạn trả lời: " + o.moment(until) + ".")
	}
}

// moment is a time in the words of an official paper.
func (o Opinion) moment(t time.Time) string {
	t = t.In(o.Zone)
	return t.Format("15 giờ 04") + ", " + paper.LongDate(t)
}

// answer is the person's choice with his words, or room for both.
func (o Opinion) answer(d *paper.Doc, who meeting.PersonID) {
	p := o.Voting.Plan.Poll
	b, given := o.Voting.Choices[who]
	d.Section("Ý KIẾN", -1)
	if p.Method != poll.Approve && p.Method != poll.One {
		o.otherAnswer(d, who, given)
		return
	}
	said := false
	for i, option := range p.Options {
		ticked := given && len(b.Marks) == 1 && b.Marks[0] == i
		d.Box(plain(o.say(option.Phrase())), ticked)
		switch {
		case ticked && b.Remark != "":
			said = true
			o.words(d, remarkTitle(option), b.Remark)
		case !given && option.Remark:
			d.Text(remarkTitle(option) + ":")
			d.Blank(3)
		}
	}
	if !said && given && b.Remark != "" {
		o.words(d, "Ý kiến", b.Remark)
	}
}

// otherAnswer is an answer to more than one question, or of several options.
func (o Opinion) otherAnswer(d *paper.Doc, who meeting.PersonID, given bool) {
	if !given {
		for _, option := range o.Voting.Plan.Poll.Options {
			d.Box(plain(o.say(option.Phrase())), false)
		}
		return
	}
	d.Text(plain(o.marked(who)) + ".")
	if remark := o.Voting.Choices[who].Remark; remark != "" {
		o.words(d, "Ý kiến", remark)
	}
}

// remarkTitle is what the words of an answer are.
func remarkTitle(option poll.Option) string {
	if option.Side == poll.Against {
		return "Lý do"
	}
	return "Nội dung ý kiến"
}

// words sets what a person wrote, line by line.
func (o Opinion) words(d *paper.Doc, title, remark string) {
	first := title + ": "
	for line := range strings.Lines(remark) {
		if text := plain(line); text != "" {
			d.Text(first + text)
			first = ""
		}
	}
}

// signed is place, date and signature, all on one page.
func (o Opinion) signed(d *paper.Doc, who meeting.PersonID) {
	at, given := o.Times[who]
	if given {
		d.Paragraph("Ý kiến được gửi qua hệ thống phòng họp lúc "+o.moment(at)+".", paper.Para{Style: "I", Indent: 12.7})
		at = at.In(o.Zone)
	}
	d.Space(2)
	d.Need(48)
	d.PlaceAndDate(town(o.Room, o.Place), at)
	d.SignRight(paper.Signature{Lines: []string{"NGƯỜI CHO Ý KIẾN"}, Note: "(Ký, ghi rõ họ tên)", Name: plain(o.name(who))})
}

// Summary writes the table of all opinions. Before the vote was counted it is
// ErrNoResult.
func (o Opinion) Summary(w io.Writer) error {
	if !o.asks() {
		return ErrNoOpinion
	}
	if o.Result.Verdict == "" {
		return ErrNoResult
	}
	const kind = "BẢNG TỔNG HỢP Ý KIẾN"
	day := o.Voting.Closed.In(o.Zone)
	d := paper.New(paper.Options{Title: kind, Author: o.Room, Subject: plain(shortened(o.Voting.Plan.Question)), Date: day, BodySize: 13, Landscape: true,
		Margins: [4]float64{20, 18, 18, 25}})
	d.Heading(paper.Head{Issuer: issuer(body(o.Room, o.Place)), Symbol: "/BTH", Place: town(o.Room, o.Place), Date: day})
	d.Title(kind, plain(o.Voting.Plan.Question))
	o.matter(d)
	d.Text("Gửi lấy ý kiến: " + o.moment(o.Voting.Opened) + ". Kết thúc: " + o.moment(o.Voting.Closed) + ".")
	d.Text(o.counts())
	d.Paragraph(plain(o.say(o.Result.Sentence(o.Voting.Plan.Poll)))+".", paper.Para{Style: "B", Indent: 12.7})
	d.Text(plain(o.say(o.Result.Rule.Phrase())) + ".")
	o.corrections(d)
	if len(o.Voting.Choices) > 0 {
		o.table(d)
	}
	d.SignPair(paper.Signature{Lines: []string{"NGƯỜI TỔNG HỢP"}, Name: plain(o.Secretary.Name)}, paper.Signature{Lines: []string{"CHỦ TỌA"}, Name: plain(o.Presiding.Name)})
	if err := d.Write(w); err != nil {
		return fmt.Errorf("table of opinions: %w", err)
	}
	return nil
}

// counts says how many were asked, have answered, and said what.
func (o Opinion) counts() string {
	r := o.Result
	parts := []string{fmt.Sprintf("Số phiếu gửi đi: %d. Số phiếu nhận về: %d, trong đó", r.Voters, r.Cast)}
	for i, l := range o.lines() {
		end := "; "
		if i == 0 {
			end = " "
		}
		parts = append(parts, fmt.Sprintf("%s%s: %d", end, plain(l.word), l.count))
	}
	return strings.Join(parts, "") + fmt.Sprintf(". Chưa có ý kiến: %d.", max(0, r.Voters-r.Cast))
}

// table lists everybody who was asked; the last column is for what becomes of
// an opinion.
func (o Opinion) table(d *paper.Doc) {
	all := o.asked()
	rows := make([]paper.Row, len(all))
	for i, who := range all {
		choice, remark, when := "Chưa có ý kiến", "", ""
		if b, given := o.Voting.Choices[who]; given {
			choice, remark = o.marked(who), b.Remark
		}
		if at, known := o.Times[who]; known {
			when = at.In(o.Zone).Format("15:04 02/01/2006")
		}
		p := o.People[who]
		rows[i] = paper.Row{Cells: []string{strconv.Itoa(i + 1), cell(o.name(who)), cell(joined(p.Position, p.Unit)), cell(choice), cell(remark), when, ""}}
	}
	d.DrawTable(paper.Table{Size: 12, Columns: []paper.Column{{Title: "STT", Width: 12, Align: "C"}, {Title: "Họ và tên", Width: 40},
		{Title: "Chức vụ, đơn vị", Width: 46}, {Title: "Ý kiến", Width: 28}, {Title: "Lý do, nội dung ý kiến", Width: 72}, {Title: "Thời điểm", Width: 24},
		{Title: "Tiếp thu, giải trình", Width: 40}}}, rows)
}

func joined(a, b string) string {
	if a != "" && b != "" {
		return a + ", " + b
	}
	return a + b
}
