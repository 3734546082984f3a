package deskscreen

import (
	"reflect"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// deskRow is what a line of the agenda shows.
type deskRow struct {
	ID         meeting.ItemID
	Parent     meeting.ItemID
	Number     string
	Title      string
	Subtitle   string
	Documents  int
	Uploads    int
	Failed     int
	Restricted bool
	Readable   bool
	StateKey   string
}

func rowsOf(v controller.DeskView) []deskRow {
	uploads, failed := map[meeting.ItemID]int{}, map[meeting.ItemID]int{}
	for _, u := range v.Uploads {
		switch u.Stage {
		case controller.UploadDone:
		case controller.UploadFailed:
			failed[u.Item]++
		default:
			uploads[u.Item]++
		}
	}
	rows := make([]deskRow, 0, len(v.Items))
	for _, i := range v.Items {
		r := deskRow{ID: i.ID, Parent: i.Parent, Number: i.Number, Title: titleOf(i), Documents: len(i.Documents), Restricted: i.Restricted, Readable: i.Readable,
			Uploads: uploads[i.ID], Failed: failed[i.ID]}
		minutes := ""
		if m := i.Form().Minutes; m > 0 {
			minutes = words.T("agenda.minutes", m)
		}
		r.Subtitle = joined(i.Reporter, i.Unit, minutes)
		if i.State != meeting.Waiting {
			r.StateKey = i.StateKey
		}
		rows = append(rows, r)
	}
	return rows
}

func titleOf(i controller.ItemRow) string {
	if i.Title == "" && i.TitleKey != "" {
		return words.T(i.TitleKey)
	}
	return i.Title
}

// buildAgenda is the agenda's head; the items keep themselves up to date.
func (d *desk) buildAgenda() fyne.CanvasObject {
	v := d.view
	if !v.Exists {
		return nil
	}
	head := widget.Row(theme.Gap, 0, widget.NewText(words.T("agenda.title"), widget.StyleHeading))
	if v.CanEdit {
		head.Add(widget.NewButton(words.T("desk.add_item"), widget.Outlined, d.addItem).WithIcon(icons.Plus))
	}
	objects := []fyne.CanvasObject{head}
	if len(v.Items) == 0 {
		return widget.Column(10, head, widget.NewText(words.T("desk.agenda_empty_help"), widget.StyleSecondary))
	}
	return widget.Column(10, append(objects, d.tree)...)
}

func (d *desk) newTree() *sortable {
	t := newSortable(d.screen.life, func() *widget.Scroll { return d.board.Around(d.agenda.Object()) })
	t.levels = true
	t.onTap = func(id string) { d.choose(meeting.ItemID(id)) }
	t.onMove = func(id string, to landing) { d.moveTo(meeting.ItemID(id), to) }
	return t
}

// treeModel is all that the agenda's rows show.
type treeModel struct {
	rows     []deskRow
	selected meeting.ItemID
	sorts    bool
	fixed    bool
	beside   bool
	shown    shownAs
}

// shownAs is how words and type are at the moment.
type shownAs struct {
	language words.Language
	scale    float32
}

func asShown() shownAs { return shownAs{words.Current(), theme.Scale()} }

// showTree brings the agenda's rows up to date and reports whether they have changed.
func (d *desk) showTree() bool {
	now := treeModel{rowsOf(d.view), d.selected, d.view.CanEdit && len(d.view.Items) > 1, d.view.Phase != meeting.Draft, d.beside(), asShown()}
	if reflect.DeepEqual(now, d.shownTree) {
		return false
	}
	d.shownTree = now
	rows := make([]sortRow, len(now.rows))
	for n, r := range now.rows {
		rows[n] = sortRow{branch: branch{id: string(r.ID)}, card: widget.CardData{Mark: widget.Mark{Text: r.Number}, Title: r.Title, Subtitle: r.Subtitle,
			Selected: r.ID == d.selected && now.beside, Chips: r.chips(), Chevron: !now.beside}}
		if r.Parent != "" {
			rows[n].level = 1
		}
	}
	d.tree.set(rows, now.sorts, now.fixed)
	return true
}

// moveTo puts an item where it shall lie.
func (d *desk) moveTo(id meeting.ItemID, to landing) {
	i, ok := d.find(id)
	if !ok || !d.view.CanEdit {
		return
	}
	from := order(d.tree.branches(), string(id))
	move := func(l landing) func() string {
		return func() string {
			return d.screen.actions.MoveItem(d.id, id, meeting.ItemID(l.parent), meeting.ItemID(l.before))
		}
	}
	code := move(to)()
	if code == "" {
		d.did(step{what: words.T("desk.did_move", i.Number), undo: move(from), redo: move(to)})
	}
	d.took(code)
}

// nudge moves an item by a button.
func (d *desk) nudge(id meeting.ItemID, n nudge) {
	if to, ok := nudged(d.tree.branches(), string(id), n, d.tree.fixed); ok {
		d.moveTo(id, to)
	}
}

// canNudge tells whether a nudge moves an item.
func (d *desk) canNudge(id meeting.ItemID, n nudge) bool {
	_, ok := nudged(d.tree.branches(), string(id), n, d.tree.fixed)
	return ok
}

// removeItem takes an item off the draft, with its sub-items.
func (d *desk) removeItem(i controller.ItemRow) {
	a := d.screen.actions
	place := order(d.tree.branches(), string(i.ID))
	var children []meeting.ItemID
	for _, x := range d.view.Items {
		if x.Parent == i.ID {
			children = append(children, x.ID)
		}
	}
	remove := func() string { return a.RemoveItem(d.id, i.ID) }
	code := remove()
	if code == "" {
		d.did(step{what: words.T("desk.did_remove", i.Number), redo: remove, undo: func() string {
			if code := a.RestoreItem(d.id, i.ID, meeting.ItemID(place.parent), meeting.ItemID(place.before)); code != "" {
				return code
			}
			for _, id := range children {
				if code := a.RestoreItem(d.id, id, i.ID, ""); code != "" {
					return code
				}
			}
			return ""
		}})
	}
	d.took(code)
}

func (r deskRow) chips() []*widget.Chip {
	var chips []*widget.Chip
	add := func(text string, kind widget.ChipKind, icon icons.Name) {
		chips = append(chips, widget.NewChip(text, kind).WithIcon(icon))
	}
	if r.StateKey != "" {
		add(words.T(r.StateKey), widget.ChipNeutral, "")
	}
	if r.Restricted {
		add(words.T("state.restricted"), widget.ChipNotice, icons.Lock)
	}
	switch {
	case r.Failed > 0:
		add(words.T("desk.failed_short", r.Failed), widget.ChipNotice, icons.TriangleAlert)
	case r.Uploads > 0:
		add(words.T("desk.sending_short", r.Uploads), widget.ChipAccent, icons.Upload)
	}
	if r.Readable {
		kind := widget.ChipNeutral
		if r.Documents == 0 {
			kind = widget.ChipNotice
		}
		add(words.Number(r.Documents), kind, icons.FileText)
	}
	return chips
}
