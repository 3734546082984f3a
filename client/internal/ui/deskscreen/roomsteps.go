package deskscreen

import (
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// roomStep is something done to the room itself, its people, its lists or its name, that can be taken back and done again. Only the
// server can say whether it is done: each side gives its refusal code to done, on any goroutine.
type roomStep struct {
	what       string
	undo, redo func(done func(code string))
}

// roomSteps has the steps done to the room since the desk was opened, the last one last.
type roomSteps struct {
	screen       *Screen
	done, undone []*roomStep
	under        bool   // a step is being taken back or done again: the next waits
	told         string // what the foot of the room's pages tells
	failed       string // refusal code of the last step back
	again        int    // counts what was told, so that an old clock does not end a newer telling
}

// did notes a step, and tells it.
func (r *roomSteps) did(s *roomStep) *roomStep {
	r.done = append(r.done, s)
	r.done = r.done[max(0, len(r.done)-mostSteps):]
	r.undone = nil
	r.tell(s.what, "")
	return s
}

// last tells whether a step is the one that would be taken back next.
func (r *roomSteps) last(s *roomStep) bool {
	return s != nil && len(r.done) > 0 && r.done[len(r.done)-1] == s
}

func (r *roomSteps) tell(what, failed string) {
	r.told, r.failed = what, failed
	r.again++
	now := r.again
	time.AfterFunc(toldFor, func() {
		r.screen.life.Report(func() {
			if r.again == now {
				r.told, r.failed = "", ""
				r.screen.Refresh()
			}
		})
	})
}

// back takes the last step back.
func (r *roomSteps) back() {
	n := len(r.done)
	if n == 0 || r.under {
		return
	}
	s := r.done[n-1]
	r.run(s.undo, func(code string) {
		if code != "" {
			r.tell(words.T("desk.undo_not", s.what), code)
			return
		}
		r.done = r.done[:n-1]
		r.undone = append(r.undone, s)
		r.tell(words.T("desk.undone", s.what), "")
	})
}

// forth does again what was taken back last.
func (r *roomSteps) forth() {
	n := len(r.undone)
	if n == 0 || r.under {
		return
	}
	s := r.undone[n-1]
	r.run(s.redo, func(code string) {
		if code != "" {
			r.tell("", code)
			return
		}
		r.undone = r.undone[:n-1]
		r.done = append(r.done, s)
		r.tell(s.what, "")
	})
}

func (r *roomSteps) run(do func(done func(string)), then func(code string)) {
	r.under = true
	do(r.screen.life.Answer(func(code string) {
		r.under = false
		then(code)
		r.screen.Refresh()
	}))
}

// refused tells why something was not done.
func (r *roomSteps) refused(code string) {
	if code != "" {
		r.tell("", code)
	}
}

// model is what object depends on, state what buttons do.
func (r *roomSteps) model() any { return []any{r.told, r.failed, r.state()} }
func (r *roomSteps) state() any { return []any{len(r.done) > 0, len(r.undone) > 0} }

// object tells the last step at the foot of a page of the room, nil where there is nothing to tell.
func (r *roomSteps) object() fyne.CanvasObject {
	if b := r.banners(); len(b) > 0 {
		return widget.Inset(16, 8, widget.Narrow(680, widget.Column(8, b...)))
	}
	return nil
}

// buttons are the ways back and forth, as far as there are any.
func (r *roomSteps) buttons() (out []fyne.CanvasObject) {
	if len(r.done) > 0 {
		out = append(out, widget.NewIconButton(icons.Undo2, words.T("common.undo"), r.back))
	}
	if len(r.undone) > 0 {
		out = append(out, widget.NewIconButton(icons.Redo2, words.T("common.redo"), r.forth))
	}
	return out
}

// banners tell the last step, with the way back, and why one could not be taken.
func (r *roomSteps) banners() (out []fyne.CanvasObject) {
	if r.failed != "" {
		out = append(out, widget.NewBanner(widget.BannerWrong, words.Refusal(r.failed), "", nil))
	}
	if r.told == "" {
		return out
	}
	action, do := "", func() {}
	if n := len(r.done); n > 0 && r.told == r.done[n-1].what {
		action, do = words.T("common.undo"), r.back
	} else if n := len(r.undone); n > 0 && r.told == words.T("desk.undone", r.undone[n-1].what) {
		action, do = words.T("common.redo"), r.forth
	}
	return append(out, widget.NewBanner(widget.BannerNotice, r.told, action, do))
}

// roomPage puts a page of the room over the screen: like push, with what was done last at its foot.
func (s *Screen) roomPage(model func() (any, bool), build func() fyne.CanvasObject) {
	part := pane.NewFilling()
	s.pushRoom(part.Object(), func() bool {
		m, there := model()
		if there {
			part.Show(m, build)
		}
		return there
	})
}

// pushRoom puts a page over the screen that keeps itself up to date, with what was done last to the room at its foot.
func (s *Screen) pushRoom(page fyne.CanvasObject, refresh func() bool) {
	foot := pane.NewPart()
	whole := widget.Frame(nil, page, foot.Object())
	all := func() bool {
		there := refresh()
		if foot.Show(s.room.model(), s.room.object) {
			whole.Refresh()
		}
		return there
	}
	if all() {
		s.stack.Push(pane.Page{Object: whole, Refresh: all, Undo: s.room.back, Redo: s.room.forth})
	}
}

// roomEdit is a form's change of something of the room, which saves itself: what edit is for a meeting.
type roomEdit[F comparable] struct {
	screen *Screen
	now    func() (F, bool)
	set    func(want F, done func(code string))
	merged func(now, from, to F, careful bool) F
	what   func() string

	base    F
	changed *change[F]
	step    *roomStep
}

// send asks for what was changed, and reports whether there was anything. done is called on the main goroutine.
func (e *roomEdit[F]) send(mine F, done func(code string)) bool {
	now, ok := e.now()
	want := e.merged(now, e.base, mine, false)
	if !ok || want == now {
		e.base = mine
		return false
	}
	base := e.base
	e.set(want, e.screen.life.Answer(func(code string) {
		if code == "" {
			e.note(now, want, base, mine)
		}
		done(code)
	}))
	return true
}

// note takes what was saved into the step of this form, or into a new one.
func (e *roomEdit[F]) note(now, want, base, mine F) {
	e.base = mine
	if e.screen.room.last(e.step) {
		e.changed.further(now, base, mine, e.merged)
		return
	}
	c := &change[F]{now, want}
	e.changed = c
	e.step = e.screen.room.did(&roomStep{what: e.what(), undo: func(done func(string)) { e.apply(c.after, c.before, done) }, redo: func(done func(string)) { e.apply(c.before, c.after, done) }})
}

func (e *roomEdit[F]) apply(from, to F, done func(code string)) {
	now, ok := e.now()
	want := e.merged(now, from, to, true)
	switch {
	case !ok:
		done("not_found")
	case want == now:
		done("")
	default:
		e.set(want, done)
	}
}
