package votescreen

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/poll"
)

// figuresForm takes what people counted, of hands or of paper, and checks it against who is there before it is sent.
type figuresForm struct {
	chair    *Chair
	view     controller.FiguresView
	counts   []*widget.TextField
	grades   []gradeRow        // instead of counts, of the method Grade
	cast     *widget.TextField // nil where every hand is for one of the options
	reason   *widget.TextField // nil where nothing is corrected
	sum      *widget.Text
	tie      *pane.Part
	failure  *pane.Part
	chairman int // mark of the Chairman's own vote as it was told, -1: not told
	asks     bool
	page     fyne.CanvasObject
}

// figures opens the form of a vote.
func (c *Chair) figures(at controller.VoteAt) {
	view, ok := c.actions.Figures(at)
	if !ok {
		c.took("bad_state")
		return
	}
	f := &figuresForm{chair: c, view: view, tie: pane.NewPart(), failure: pane.NewPart(), chairman: -1, sum: widget.NewText("", widget.StyleStrong)}
	if view.Before != nil {
		f.chairman = view.Before.Chairman
	}
	f.fields()
	title, yes := "vote.figures.enter", "common.save"
	if view.Correcting {
		title, yes = "vote.figures.correct", "vote.figures.correct"
	}
	objects := []fyne.CanvasObject{widget.NewText(view.Question, widget.StyleLead), widget.NewText(words.T("vote.figures.there", view.There), widget.StyleSecondary)}
	if view.Method == poll.Grade {
		objects = append(append(objects, f.cast), f.gradeObjects()...)
	} else {
		counts := make([]fyne.CanvasObject, len(f.counts))
		for i, field := range f.counts {
			counts[i] = field
		}
		objects = append(objects, widget.Even(theme.Gap, 180, counts...))
		if f.cast != nil {
			objects = append(objects, f.cast)
		} else {
			objects = append(objects, f.sum)
		}
	}
	objects = append(objects, f.tie.Object())
	if f.reason != nil {
		objects = append(objects, f.reason)
	}
	buttons := widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, f.leave), widget.NewButton(words.T(yes), widget.Filled, f.save))
	f.page = pane.Sheet(words.T(title), f.leave, widget.Column(theme.Gap, f.failure.Object(), buttons), objects...)
	f.changed()
	page := pane.Page{Object: f.page, Leave: f.leave}
	if !fyne.CurrentDevice().IsMobile() {
		page.Focus = f.first().Focusable()
	}
	c.stack.Push(page)
}

// first is the field that is filled in first.
func (f *figuresForm) first() *widget.TextField {
	if f.view.Method == poll.Grade {
		return f.cast
	}
	return f.counts[0]
}

// field makes one for a count, with the figure that stands now.
func (f *figuresForm) field(label string, number int) *widget.TextField {
	field := widget.NewTextField(label, "0")
	if f.view.Before != nil {
		field.SetText(strconv.Itoa(number))
	}
	field.OnChanged = func(string) { f.changed() }
	field.OnSubmitted = func(string) { f.save() }
	field.OnCancelled = f.leave
	return field
}

// fields makes the fields, with the figures that stand now. Of raised hands each is for an answer; of paper ballots some are blank
// or spoilt, so how many there were is asked for.
func (f *figuresForm) fields() {
	before := poll.Figures{Counts: make([]int, len(f.view.Choices))}
	if b := f.view.Before; b != nil && (f.view.Method == poll.Grade || len(b.Counts) == len(f.view.Choices)) {
		before = *b
	}
	if f.view.Method == poll.Grade {
		f.gradeFields(before)
	} else {
		for i, choice := range f.view.Choices {
			f.counts = append(f.counts, f.field(say(choice.Word), before.Counts[i]))
		}
	}
	if f.view.Method != poll.Approve || f.view.Mode == poll.Secret {
		f.cast = f.field(words.T("vote.paper.cast"), before.Cast)
		f.cast.SetHelp(words.T("vote.figures.cast_help"))
	}
	if f.view.Correcting {
		f.reason = widget.NewTextArea(words.T("vote.figures.reason"), words.T("vote.figures.reason_hint"), 2)
		f.reason.OnSubmitted = func(string) { f.save() }
		f.reason.OnCancelled = f.leave
	}
}

func (f *figuresForm) leave() { f.chair.stack.Back() }

// number reads a field; ok is false where no count stands in it.
func number(field *widget.TextField) (n int, ok bool) {
	text := strings.TrimSpace(field.Text())
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && !strings.HasPrefix(text, "+")
}

// changed brings the sum up to date, and asks for the Chairman's side where it is what decides.
func (f *figuresForm) changed() {
	if f.cast != nil {
		f.changedGrades()
	}
	sum, sides := 0, map[poll.Side]int{}
	for i, field := range f.counts {
		if n, ok := number(field); ok && n <= poll.MaxMembers {
			sum += n
			sides[f.view.Choices[i].Side] += n
		}
	}
	f.sum.SetText(words.T("vote.figures.sum", sum, f.view.There))
	asks := f.view.AsksChairman && sides[poll.For] == sides[poll.Against] && sides[poll.For] > 0
	f.asks = asks
	f.tie.Show([]any{asks, f.chairman}, func() fyne.CanvasObject {
		if !asks {
			return nil
		}
		return f.chairmanChoice()
	})
	if f.page != nil {
		f.page.Refresh()
	}
}

// chairmanChoice asks how the Chairman voted.
func (f *figuresForm) chairmanChoice() fyne.CanvasObject {
	labels := make([]string, 0, len(f.view.Choices)+1)
	for _, choice := range f.view.Choices {
		labels = append(labels, say(choice.Word))
	}
	labels = append(labels, words.T("vote.figures.chairman_unknown"))
	chosen := f.chairman
	if chosen < 0 {
		chosen = len(labels) - 1
	}
	return choiceOf(words.T("vote.figures.chairman"), labels, chosen, func(i int) {
		f.chairman = i
		if i == len(f.view.Choices) {
			f.chairman = -1
		}
		f.changed()
	})
}

// read takes the figures out of the fields; wrong is the first field that does not fit, with its message set.
func (f *figuresForm) read() (out poll.Figures, wrong *widget.TextField) {
	out = poll.Figures{Counts: []int{}, Chairman: -1}
	if f.asks { // it is kept for when it is asked again, and sent only where it decides
		out.Chairman = f.chairman
	}
	refuse := func(field *widget.TextField, key string, values ...any) (poll.Figures, *widget.TextField) {
		field.SetError(words.T(key, values...))
		return out, field
	}
	sum, there := 0, f.view.There
	if f.cast != nil {
		n, ok := number(f.cast)
		if !ok || n > there {
			return refuse(f.cast, "vote.figures.range", there)
		}
		out.Cast = n
	}
	if f.view.Method == poll.Grade {
		return f.readGrades(out)
	}
	for _, field := range f.counts {
		n, ok := number(field)
		if !ok || n > there {
			return refuse(field, "vote.figures.range", there)
		}
		out.Counts = append(out.Counts, n)
		sum += n
	}
	if f.cast == nil {
		if sum > there {
			return refuse(f.counts[len(f.counts)-1], "vote.figures.more_than_there", sum, there)
		}
		out.Cast = sum
	} else {
		if at := slices.IndexFunc(out.Counts, func(count int) bool { return count > out.Cast }); at >= 0 {
			return refuse(f.counts[at], "vote.figures.more_than_cast", out.Cast)
		}
		if sum > f.view.Each*out.Cast {
			return refuse(f.cast, "vote.figures.too_many_marks", sum, f.view.Each*out.Cast)
		}
	}
	if out.Chairman >= 0 && out.Counts[out.Chairman] == 0 {
		return refuse(f.counts[out.Chairman], "vote.figures.chairman_lacks")
	}
	return out, nil
}

// save sends figures that fit.
func (f *figuresForm) save() {
	figures, wrong := f.read()
	reason := ""
	if wrong == nil && f.reason != nil {
		if reason = strings.TrimSpace(f.reason.Text()); reason == "" {
			f.reason.SetError(words.T("chair.reason_needed"))
			wrong = f.reason
		}
	}
	if wrong != nil {
		pane.Focus(wrong, wrong.Focusable())
		f.page.Refresh()
		return
	}
	var code string
	if f.view.Correcting {
		code = f.chair.actions.CorrectFigures(f.view.VoteAt, figures, reason)
	} else {
		code = f.chair.actions.EnterFigures(f.view.VoteAt, figures)
	}
	if code != "" {
		f.failure.Show(code, func() fyne.CanvasObject { return widget.NewBanner(widget.BannerWrong, words.Refusal(code), "", nil) })
		f.page.Refresh()
		return
	}
	f.leave()
	f.chair.took("")
}
