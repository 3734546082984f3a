package deskscreen

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// placed is a file with the item it is for.
type placed struct {
	file controller.File
	item meeting.ItemID // "" for none: it is not sent
	// replaces is the document of the item that it is a new version of, "" for none.
	replaces meeting.DocumentID
	// guessed: neither number nor name told the item.
	guessed bool
}

// sorting is many files before they are sent: each with its item, which can be changed.
type sorting struct {
	desk    *desk
	files   []placed
	changes int // counts what was changed by hand
}

// sortFiles shows what files are for before they are sent. Those that nothing tells of go to the item other, or, if that is "",
// wait for somebody to choose.
func (d *desk) sortFiles(files []controller.File, other meeting.ItemID) {
	x := &sorting{desk: d}
	for _, f := range files[:min(len(files), mostFiles)] {
		p := placed{file: f, item: matched(f.Name, d.view.Items)}
		if p.item == "" {
			p.item, p.guessed = other, true
		}
		p.file.Title, p.file.Kind = titled(f.Name), kindOf(f.Name, d.screen.listed(roster.ListDocuments))
		x.files = append(x.files, p)
	}
	d.screen.push(func() (any, bool) { return []any{x.changes, rowsOf(d.view)}, d.view.CanEdit }, x.build)
}

func (x *sorting) build() fyne.CanvasObject {
	s := x.desk.screen
	objects := []fyne.CanvasObject{widget.NewText(words.T("desk.files_help"), widget.StyleSecondary)}
	sent := 0
	for n, f := range x.files {
		if _, ok := x.desk.find(f.item); ok {
			sent++
		}
		objects = append(objects, widget.NewCard(x.card(f), func() { x.choose(n) }))
	}
	send := widget.NewButton(words.N("desk.files_send", sent), widget.Filled, x.send).WithIcon(icons.Upload)
	send.SetEnabled(sent > 0)
	return pane.Sheet(words.T("desk.files_sort"), s.back, widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, s.back), send), objects...)
}

func (x *sorting) card(f placed) widget.CardData {
	data := widget.CardData{Mark: widget.Mark{Icon: icons.X}, Title: f.file.Name, Subtitle: words.T("desk.file_none"), Chevron: true}
	if f.guessed {
		data.Mark.Icon, data.Subtitle = icons.Info, words.T("desk.file_unknown")
	}
	size := ""
	if f.file.Size >= 0 {
		size = words.Bytes(f.file.Size)
	}
	if i, ok := x.desk.find(f.item); ok {
		data.Mark = widget.Mark{Text: i.Number}
		data.Subtitle = joinedBy("\n", words.T("desk.item_line", i.Number, titleOf(i)), joined(f.file.Kind, size))
		if f.guessed {
			data.Chips = append(data.Chips, widget.NewChip(words.T("desk.file_unknown"), widget.ChipNotice))
		}
		if replaced(i, f.file.Name) != "" {
			data.Chips = append(data.Chips, widget.NewChip(words.T("desk.file_new_version"), widget.ChipAccent))
		}
	}
	return data
}

// replaced is the document of an item that came from a file of the same name: what is sent now is a new version of it.
func replaced(i controller.ItemRow, name string) meeting.DocumentID {
	at := slices.IndexFunc(i.Documents, func(d controller.DocumentRow) bool { return strings.EqualFold(d.Name, name) })
	if at < 0 {
		return ""
	}
	return i.Documents[at].ID
}

// choose lists the items a file can be for.
func (x *sorting) choose(n int) {
	d, s := x.desk, x.desk.screen
	take := func(item meeting.ItemID) {
		x.files[n].item, x.files[n].guessed = item, false
		x.changes++
		s.back()
		s.Refresh()
	}
	s.push(func() (any, bool) { return rowsOf(d.view), d.view.CanEdit }, func() fyne.CanvasObject {
		objects := []fyne.CanvasObject{widget.NewText(x.files[n].file.Name, widget.StyleHeading)}
		for _, i := range d.view.Items {
			if i.Readable {
				objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Text: i.Number}, Title: titleOf(i), Selected: i.ID == x.files[n].item, Compact: true}, func() { take(i.ID) }))
			}
		}
		objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.X}, Title: words.T("desk.file_none"), Selected: x.files[n].item == "", Compact: true}, func() { take("") }))
		return pane.Sheet(words.T("desk.files_to"), s.back, nil, objects...)
	})
}

// send takes the files as they are shown.
func (x *sorting) send() {
	d := x.desk
	files := slices.Clone(x.files)
	for n, f := range files {
		if i, ok := d.find(f.item); ok {
			files[n].replaces = replaced(i, f.file.Name)
		}
	}
	d.screen.back()
	d.sendFiles(files)
}
