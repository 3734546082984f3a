package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// course is what a reader has seen of the meeting's course, to tell what has just come of it.
type course struct {
	began   bool
	open    bool // the meeting was under way while this was read
	item    meeting.ItemID
	recalls int
	// together: the chair was seen to hold this reader together with the others.
	together bool
}

// hear takes what is so now, and tells whoever the chair has just called back why another page is there.
func (c *course) hear(r *reader) {
	v := r.seen
	item := v.Presenting.Spot.Item
	if c.began && item == c.item && v.Recalls > c.recalls && item != "" && !v.Presenting.IsMe && !v.CanRecall {
		r.shell.note.show(words.T("presenter.recalled", v.Presenting.Spot.Place.Page))
	}
	if v.Last > 0 && !c.together && !r.saysTogether() {
		r.shell.note.show(words.T("presenter.together"))
	}
	c.together = v.Last > 0
	c.began, c.item, c.recalls = true, item, v.Recalls
	c.open = c.open || v.Phase == meeting.Open || v.Phase == meeting.Paused
}

// saysTogether reports whether the bars have room to say that the chair holds the room together.
func (r *reader) saysTogether() bool { return !(r.bare || r.low || r.tiny) }

// ended reports whether the meeting ended while this was read.
func (c *course) ended(now meeting.Phase) bool { return c.open && endedWords(now) != "" }

// endedWords say that a meeting or its sitting is over, "" while it is not.
func endedWords(p meeting.Phase) string {
	switch p {
	case meeting.Closed:
		return words.T("projector.closed")
	case meeting.Adjourned:
		return words.T("chair.adjourned")
	}
	return ""
}

// wishes tells who can answer them that people ask to present, and leads to the console; nil where there is nothing to answer.
func (r *reader) wishes() fyne.CanvasObject {
	if r.seen.Wishes == 0 || r.shell.options.Consoles.Chair == nil {
		return nil
	}
	b := widget.NewIconButton(icons.Hand, words.T("presenter.wishes", r.seen.Wishes), r.toConsole).Beside()
	b.SetChosen(true)
	return b
}

// toConsole goes to the chair's console: back to it where the reader was opened from there.
func (r *reader) toConsole() {
	if n := len(r.shell.stack); n > 1 {
		if v, ok := r.shell.stack[n-2].(*consoleView); ok && v.title == chairTitle {
			r.leave()
			return
		}
	}
	r.panel = noPanel
	r.shell.openChair(r.id)
}
