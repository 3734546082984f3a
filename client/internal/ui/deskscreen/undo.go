package deskscreen

import (
	"slices"

	"phonghop/client/internal/controller"
	"phonghop/shared/meeting"
)

// did notes how the step that was just taken is taken back, nil where it cannot be. Only the last one can be: what was done after
// it may rest on it.
func (d *desk) did(back func() string) { d.undo = back }

// undoLast takes the last step back; there is none after that.
func (d *desk) undoLast() {
	back := d.undo
	if back == nil {
		return
	}
	d.undo = nil
	d.took(back())
}

// next is what something stands before in an order, "" for the last: where it is moved back to.
func next[ID ~string](order []ID, id ID) ID {
	if at := slices.Index(order, id); at >= 0 && at+1 < len(order) {
		return order[at+1]
	}
	return ""
}

// didItem notes how an item gets back what it was, with who may see it where that was changed too.
func (d *desk) didItem(id meeting.ItemID, before controller.ItemForm, audience bool) {
	d.did(func() string {
		code := d.screen.actions.SetItem(d.id, id, before)
		if code == "" && audience {
			code = d.screen.actions.SetAudience(d.id, id, before.Restricted, before.Audience, before.Wider)
		}
		return code
	})
}
