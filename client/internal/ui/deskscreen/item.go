package deskscreen

import (
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

var itemKinds = []meeting.ItemKind{meeting.Report, meeting.Discuss, meeting.Settle, meeting.Vote, meeting.Other}

func kindWords() []string {
	return []string{words.T("desk.kind_report"), words.T("desk.kind_discuss"), words.T("desk.kind_decide"), words.T("desk.kind_vote"), words.T("desk.kind_other")}
}

func kindWord(k meeting.ItemKind) string {
	if i := slices.Index(itemKinds, k); i >= 0 {
		return kindWords()[i]
	}
	return ""
}

// itemModel is all that the chosen item's part shows; the uploads' progress is not in it, their rows keep themselves up to date.
func (d *desk) itemModel() any {
	i, ok := d.find(d.selected)
	documents := len(i.Documents)
	i.Used, i.Over, i.Documents = 0, false, nil // the documents' rows keep themselves up to date
	var moves [4]bool
	for n := range moves {
		moves[n] = d.canNudge(i.ID, nudge(n))
	}
	return []any{ok, i, documents, moves, d.uploads.of(d.selected), d.view.CanEdit, d.view.Phase, d.beside(), len(d.view.People)}
}

// buildItem shows the chosen item with its documents and the files on their way to it.
func (d *desk) buildItem() fyne.CanvasObject {
	i, ok := d.find(d.selected)
	if !ok {
		if !d.view.Exists {
			return nil
		}
		return widget.EmptyState(icons.FileText, words.T("desk.choose_item"), "", nil)
	}
	minutes := ""
	if m := i.Form().Minutes; m > 0 {
		minutes = words.T("agenda.minutes", m)
	}
	objects := []fyne.CanvasObject{widget.NewText(joined(words.T("agenda.item", i.Number), kindWord(i.Kind), minutes), widget.StyleStrong.Colored(theme.Accent)),
		widget.NewText(titleOf(i), widget.StyleHeading)}
	if by := joined(i.Reporter, i.Unit); by != "" {
		objects = append(objects, iconLine(icons.User, by))
	}
	if i.Restricted {
		objects = append(objects, widget.Flow(8, widget.NewChip(words.T("desk.only_for", len(i.Audience)), widget.ChipNotice).WithIcon(icons.Lock)))
	}
	if !i.Readable {
		objects = append(objects, widget.NewText(words.T("desk.not_for_you"), widget.StyleSecondary))
		return widget.Column(10, append(objects, d.itemButtons(i))...)
	}
	if d.view.CanEdit {
		objects = append(objects, d.itemButtons(i))
	}
	objects = append(objects, widget.Divider(), widget.NewText(joined(words.T("desk.documents"), words.Number(len(i.Documents))), widget.StyleLead))
	if len(i.Documents) > 0 {
		objects = append(objects, d.papers)
	}
	rows := d.uploads.rows(i.ID)
	objects = append(objects, rows...)
	if len(i.Documents) == 0 && len(rows) == 0 {
		objects = append(objects, widget.NewText(words.T("agenda.no_documents"), widget.StyleSecondary))
	}
	if d.view.CanEdit {
		objects = append(objects, d.attachPart(i.ID))
	}
	return widget.Column(10, append(objects, d.votes()...)...)
}

// itemButtons change the item itself.
func (d *desk) itemButtons(i controller.ItemRow) fyne.CanvasObject {
	if !d.view.CanEdit {
		return widget.Column(0)
	}
	s := d.screen
	var buttons []fyne.CanvasObject
	if i.Readable {
		buttons = append(buttons, widget.NewIconButton(icons.Pencil, words.T("common.edit"), func() { d.editItem(i) }))
	}
	move := func(icon icons.Name, word string, n nudge) {
		b := widget.NewIconButton(icon, words.T(word), func() { d.nudge(i.ID, n) })
		b.SetEnabled(d.canNudge(i.ID, n))
		buttons = append(buttons, b)
	}
	move(icons.ArrowUp, "desk.up", up)
	move(icons.ArrowDown, "desk.down", down)
	switch {
	case d.view.Phase != meeting.Draft: // numbers are fixed
	case i.Parent == "":
		move(icons.ListIndent, "desk.inwards", inwards)
	default:
		move(icons.ListOutdent, "desk.outwards", outwards)
	}
	if d.view.Phase == meeting.Draft && i.Readable {
		buttons = append(buttons, widget.NewIconButton(icons.Trash2, words.T("common.delete"), func() {
			s.ask(widget.Question{Title: words.T("desk.delete_item_ask", i.Number), Help: titleOf(i), Yes: words.T("desk.delete_item"), No: words.T("common.cancel"), Destroys: true},
				func() { d.removeItem(i) })
		}))
	}
	if i.Readable && i.Parent == "" {
		buttons = append(buttons, widget.NewIconButton(icons.Plus, words.T("desk.add_sub_item"), func() { d.addSubItem(i) }))
	}
	return widget.Flow(0, buttons...)
}

// attachPart is where files come in.
func (d *desk) attachPart(item meeting.ItemID) fyne.CanvasObject {
	s := d.screen
	attach := func(files []controller.File) { d.attach(item, files) }
	buttons := []fyne.CanvasObject{widget.NewButton(words.T("desk.add_documents"), widget.Outlined, func() { s.pick(true, attach) }).WithIcon(icons.Upload)}
	if s.files.Folders() {
		buttons = append(buttons, widget.NewButton(words.T("desk.add_folder"), widget.Outlined, func() {
			s.pickFolder(func(files []controller.File) {
				if len(files) > 0 {
					d.sortFiles(files, item, nil)
				}
			})
		}).WithIcon(icons.FolderOpen))
	}
	objects := []fyne.CanvasObject{widget.Flow(8, buttons...)}
	if s.drops {
		objects = append(objects, widget.NewPanel(widget.NewText(words.T("desk.drop_here"), widget.StyleSecondary.Centered())).Colored(theme.Paper, theme.Edge))
	}
	return widget.Column(10, objects...)
}

func (d *desk) attach(item meeting.ItemID, files []controller.File) {
	all := make([]placed, len(files))
	find := newFinder(nil, d.screen.listed(roster.ListDocuments))
	for n, f := range files {
		f.Title, f.Kind = titled(f.Name), find.kind(f.Name)
		all[n] = placed{file: f, item: item}
	}
	d.sendFiles(all)
}
