package deskscreen

import (
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// step is something done on the desk that can be taken back, and done again. Both give the refusal code.
type step struct {
	// what tells it in words: "Đã xóa nội dung 3".
	what       string
	undo, redo func() string // undo is nil for what cannot be taken back; nothing before it can be either
}

// mostSteps bounds how many steps can be taken back.
const mostSteps = 200

// toldFor is how long the last step is told, with the way to take it back.
const toldFor = 10 * time.Second

// history has the steps of one desk, the last one last.
type history struct {
	done, undone []*step
	// told is what the foot of the desk tells; again counts what was told, so that an old clock does not end a newer telling.
	told  string
	again int
}

// did notes a step, and tells it.
func (d *desk) did(s step) *step {
	h := &d.history
	h.done = append(h.done, &s)
	h.done = h.done[max(0, len(h.done)-mostSteps):]
	h.undone = nil
	d.tell(s.what)
	return &s
}

// tell has the foot of the desk tell something for a while.
func (d *desk) tell(what string) {
	h := &d.history
	h.told = what
	h.again++
	now := h.again
	time.AfterFunc(toldFor, func() {
		d.screen.life.Report(func() {
			if h.again == now {
				h.told = ""
				d.screen.Refresh()
			}
		})
	})
}

// canUndo tells whether there is a step to take back, or one that will say that it cannot be.
func (h *history) canUndo() bool { return len(h.done) > 0 }

func (h *history) canRedo() bool { return len(h.undone) > 0 }

// undoLast takes the last step back. What cannot be taken back says so; a step that was refused is none any more.
func (d *desk) undoLast() {
	h := &d.history
	n := len(h.done)
	if n == 0 || !d.view.CanEdit {
		return
	}
	s := h.done[n-1]
	if s.undo == nil {
		d.tell(words.T("desk.undo_not", s.what))
		d.screen.Refresh()
		return
	}
	h.done = h.done[:n-1]
	code := s.undo()
	if code == "" {
		h.undone = append(h.undone, s)
		d.tell(words.T("desk.undone", s.what))
	} else {
		d.tell(words.T("desk.undo_not", s.what))
	}
	d.took(code)
}

// redoLast does again what was taken back last.
func (d *desk) redoLast() {
	h := &d.history
	n := len(h.undone)
	if n == 0 || !d.view.CanEdit {
		return
	}
	s := h.undone[n-1]
	h.undone = h.undone[:n-1]
	code := s.redo()
	if code == "" {
		h.done = append(h.done, s)
		d.tell(s.what)
	}
	d.took(code)
}

// buildFoot tells the last step, with the way back.
func (d *desk) buildFoot() fyne.CanvasObject {
	h := &d.history
	if h.told == "" || !d.view.CanEdit {
		return nil
	}
	action, do := "", func() {}
	if n := len(h.done); n > 0 && h.told == h.done[n-1].what && h.done[n-1].undo != nil {
		action, do = words.T("common.undo"), d.undoLast
	} else if n := len(h.undone); n > 0 && h.told == words.T("desk.undone", h.undone[n-1].what) {
		action, do = words.T("common.redo"), d.redoLast
	}
	return widget.Inset(16, 8, widget.NewBanner(widget.BannerNotice, h.told, action, do))
}

// both puts two wishes together; the second is not tried where the first is refused.
func both(wishes ...func() string) string {
	for _, w := range wishes {
		if code := w(); code != "" {
			return code
		}
	}
	return ""
}

// last tells whether a step is the one that would be taken back next.
func (h *history) last(s *step) bool {
	return s != nil && len(h.done) > 0 && h.done[len(h.done)-1] == s
}

// setItem asks for the fields of an item that differ.
func (d *desk) setItem(id meeting.ItemID, now, want controller.ItemForm) string {
	a := d.screen.actions
	brief, audience := now, now
	brief.Title, brief.Unit, brief.Reporter, brief.Kind, brief.Minutes = want.Title, want.Unit, want.Reporter, want.Kind, want.Minutes
	audience.Restricted, audience.Audience, audience.Wider = want.Restricted, want.Audience, want.Wider
	same := sameItem(now, audience)
	return both(func() string {
		if sameItem(now, brief) {
			return ""
		}
		return a.SetItem(d.id, id, brief)
	}, func() string {
		if same {
			return ""
		}
		return a.SetAudience(d.id, id, want.Restricted, want.Audience, want.Wider)
	})
}
