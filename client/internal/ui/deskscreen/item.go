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
	at := slices.IndexFunc(d.view.Items, func(x controller.ItemRow) bool { return x.ID == i.ID })
	i.Used, i.Over, i.Documents = 0, false, slices.Clone(i.Documents)
	for n := range i.Documents {
		i.Documents[n].Loading.Ready = 0
	}
	return []any{ok, i, at, len(d.view.Items), d.uploads.of(d.selected), d.view.CanEdit, d.view.Phase, d.beside(), len(d.view.People)}
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
	for _, doc := range i.Documents {
		objects = append(objects, d.documentCard(i, doc))
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
	at := slices.IndexFunc(d.view.Items, func(x controller.ItemRow) bool { return x.ID == i.ID })
	up := widget.NewIconButton(icons.ArrowUp, words.T("desk.up"), func() { d.move(i.ID, -1) })
	down := widget.NewIconButton(icons.ArrowDown, words.T("desk.down"), func() { d.move(i.ID, 1) })
	up.SetEnabled(at > 0)
	down.SetEnabled(at < len(d.view.Items)-1)
	var buttons []fyne.CanvasObject
	if i.Readable {
		buttons = append(buttons, widget.NewIconButton(icons.Pencil, words.T("common.edit"), func() { d.editItem(i) }))
	}
	buttons = append(buttons, up, down)
	if d.view.Phase == meeting.Draft && i.Readable {
		buttons = append(buttons, widget.NewIconButton(icons.Trash2, words.T("common.delete"), func() {
			s.ask(widget.Question{Title: words.T("desk.delete_item_ask", i.Number), Help: titleOf(i), Yes: words.T("desk.delete_item"), No: words.T("common.cancel"), Destroys: true},
				func() {
					d.did(nil)
					d.took(s.actions.RemoveItem(d.id, i.ID))
				})
		}))
	}
	return widget.Flow(0, buttons...)
}

// move puts an item one place up or down.
func (d *desk) move(id meeting.ItemID, by int) {
	order := make([]meeting.ItemID, 0, len(d.view.Items))
	for _, i := range d.view.Items {
		order = append(order, i.ID)
	}
	before, ok := placeBefore(order, id, by)
	if ok {
		code := d.screen.actions.MoveItem(d.id, id, "", before)
		if after := next(order, id); code == "" {
			d.did(func() string { return d.screen.actions.MoveItem(d.id, id, "", after) })
		}
		d.took(code)
	}
}

// placeBefore finds what something stands before after it was moved by -1 or 1; "" is the end. ok is false where it cannot move.
func placeBefore[ID ~string](order []ID, id ID, by int) (before ID, ok bool) {
	at := slices.Index(order, id)
	to := at + by
	if at < 0 || to < 0 || to >= len(order) {
		return "", false
	}
	if by < 0 {
		return order[to], true
	}
	if to+1 < len(order) {
		return order[to+1], true
	}
	return "", true
}

// attachPart is where files come in.
func (d *desk) attachPart(item meeting.ItemID) fyne.CanvasObject {
	s := d.screen
	attach := func(files []controller.File) { d.attach(item, files) }
	buttons := []fyne.CanvasObject{widget.NewButton(words.T("desk.add_documents"), widget.Outlined, func() { s.files.Pick(attach) }).WithIcon(icons.Upload)}
	if s.files.Folders() {
		buttons = append(buttons, widget.NewButton(words.T("desk.add_folder"), widget.Outlined, func() {
			s.files.PickFolder(func(files []controller.File) {
				if len(files) > 0 {
					d.sortFiles(files, item)
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
	d.did(nil)
	for _, f := range files {
		f.Title, f.Kind = titled(f.Name), kindOf(f.Name, d.screen.listed(roster.ListDocuments))
		d.screen.actions.AttachFile(d.id, item, f)
	}
	d.screen.Refresh()
}
