package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// replyLook is the word and the sign of a reply.
func replyLook(r meeting.Reply) (word string, icon icons.Name) {
	switch r {
	case meeting.Coming:
		return words.T("answer.coming"), icons.Check
	case meeting.Absent:
		return words.T("answer.absent"), icons.X
	case meeting.StandsIn:
		return words.T("answer.stand_in"), icons.Users
	}
	return words.T("answer.none"), icons.Clock
}

// answerChips say in a list of meetings whether the person comes; nothing while he is asked.
func answerChips(i controller.Invitation) []*widget.Chip {
	if i.Answer.Reply == "" {
		return nil
	}
	word, icon := replyLook(i.Answer.Reply)
	if i.Answer.Reply == meeting.StandsIn {
		word = words.T("answer.standing_in")
	}
	return []*widget.Chip{widget.NewChip(word, widget.ChipNeutral).WithIcon(icon)}
}

// answerPanel asks whether the person comes until he has said it, then says what he said. nil where neither is of use: before
// the invitation, and once the room sits.
func (v *agenda) answerPanel() fyne.CanvasObject {
	i := v.seen.Invitation
	if v.seen.Phase != meeting.Published && v.seen.Phase != meeting.Adjourned || !i.Asks {
		return nil
	}
	if i.Waits() || v.answering {
		kind := widget.Outlined
		if v.mainConsole() == "" {
			kind = widget.Filled
		}
		objects := []fyne.CanvasObject{widget.NewText(words.T("answer.title"), widget.StyleHeading)}
		if i.Reminded {
			objects = append(objects, widget.NewText(words.T("answer.reminded"), widget.StyleBody))
		}
		objects = append(objects, v.shell.answerButtons(v.id, kind, func() { v.answering = false }))
		return widget.NewPanel(widget.Column(theme.Gap, objects...)).Colored(theme.Card, theme.Accent)
	}
	word, icon := replyLook(i.Answer.Reply)
	said := words.T("answer.said", word)
	if i.Answer.Reply == meeting.StandsIn {
		said = words.T("answer.said_stand_in", dotted(i.Answer.Name, i.Answer.Position))
	}
	change := widget.NewButton(words.T("answer.change"), widget.Outlined, func() {
		v.answering = true
		v.shell.Update()
	})
	return widget.NewPanel(widget.Column(8, widget.Row(10, 1, widget.NewIcon(icon, theme.Accent, 24), widget.NewText(dotted(said, i.Answer.Reason), widget.StyleStrong)),
		widget.Flow(theme.Gap, change)))
}

// answerButtons are the three things to say about coming; said is called when one was said at once.
func (s *Shell) answerButtons(id string, coming widget.ButtonKind, said func()) fyne.CanvasObject {
	button := func(r meeting.Reply, kind widget.ButtonKind, do func()) fyne.CanvasObject {
		word, icon := replyLook(r)
		return widget.NewButton(word, kind, do).WithIcon(icon).WithHeight(widget.Tall)
	}
	form := func(r meeting.Reply) func() {
		return func() { s.push(newAnswerForm(s, id, r, said)) }
	}
	return widget.Flow(theme.Gap,
		button(meeting.Coming, coming, func() { s.sayAnswer(id, meeting.GiveAnswer{Reply: meeting.Coming}, said) }),
		button(meeting.Absent, widget.Outlined, form(meeting.Absent)),
		button(meeting.StandsIn, widget.Outlined, form(meeting.StandsIn)))
}

// sayAnswer gives an answer and tells that it was taken; it reports whether it was.
func (s *Shell) sayAnswer(id string, a meeting.GiveAnswer, said func()) bool {
	code := s.act.GiveAnswer(id, a)
	if code != "" {
		s.refused(code)
		return false
	}
	if said != nil {
		said()
	}
	s.note.show(words.T("answer.thanks"))
	s.Update()
	return true
}

// answerForm is where a person says why he does not come, or who comes in his place.
type answerForm struct {
	still
	shell                  *Shell
	id                     string
	reply                  meeting.Reply
	said                   func()
	scroll                 *widget.Scroll
	person, position, text *widget.TextField
	language               words.Language // of the fields
}

func newAnswerForm(s *Shell, id string, reply meeting.Reply, said func()) *answerForm {
	return &answerForm{shell: s, id: id, reply: reply, said: said, scroll: newScroll()}
}

type answerFormModel struct {
	Title    string
	Language words.Language
}

func (v *answerForm) model() any { return answerFormModel{v.title(), words.Current()} }

// title is the meeting's.
func (v *answerForm) title() string {
	if m := v.shell.act.Meeting(v.id); m.Exists {
		return m.Title
	}
	return ""
}

func (v *answerForm) name() string {
	word, _ := replyLook(v.reply)
	return word
}

// fields are made once for a language: what is typed is not lost when the screen is drawn anew.
func (v *answerForm) fields() {
	if v.text != nil && v.language == words.Current() {
		return
	}
	v.language = words.Current()
	field := func(label string, before *widget.TextField) *widget.TextField {
		f := widget.NewTextField(label, "")
		if before != nil {
			f.SetText(before.Text())
		}
		f.OnSubmitted = func(string) { v.send() }
		f.OnCancelled = v.shell.pop
		return f
	}
	v.person = field(words.T("answer.stand_in_name"), v.person)
	v.position = field(words.T("answer.stand_in_position"), v.position)
	reason := words.T("answer.reason")
	if v.reply == meeting.StandsIn {
		reason = words.T("answer.reason_if_any")
	}
	v.text = field(reason, v.text)
}

func (v *answerForm) draw() fyne.CanvasObject {
	v.fields()
	top := widget.NewTopBar(words.T("common.back"), v.shell.pop, v.name())
	objects := []fyne.CanvasObject{widget.NewText(v.title(), widget.StyleHeading)}
	if v.reply == meeting.StandsIn {
		objects = append(objects, v.person, v.position, widget.NewText(words.T("answer.stand_in_help"), widget.StyleSecondary))
	}
	objects = append(objects, v.text, v.reasons(),
		widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, v.shell.pop).WithHeight(widget.Tall),
			widget.NewButton(words.T("common.send"), widget.Filled, v.send).WithHeight(widget.Tall).WithIcon(icons.Send)))
	return widget.Frame(top, body(v.scroll, 640, objects...), nil)
}

// reasons are the usual ones, each one tap.
func (v *answerForm) reasons() fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, key := range []string{"answer.away", "answer.other_meeting", "answer.ill", "answer.private"} {
		out = append(out, widget.NewButton(words.T(key), widget.Outlined, func() { v.text.SetText(words.T(key)) }))
	}
	return widget.Flow(8, out...)
}

func (v *answerForm) send() {
	v.person.SetError("")
	v.text.SetError("")
	switch {
	case v.reply == meeting.StandsIn && v.person.Text() == "":
		v.person.SetError(words.T("desk.needed"))
	case v.reply == meeting.Absent && v.text.Text() == "":
		v.text.SetError(words.Refusal(string(meeting.NeedsReason)))
	default:
		a := meeting.GiveAnswer{Reply: v.reply, Reason: v.text.Text(), Name: v.person.Text(), Position: v.position.Text()}
		if v.shell.sayAnswer(v.id, a, v.said) {
			v.shell.pop()
		}
		return
	}
	v.scroll.Refresh() // the words under a field take room
}
