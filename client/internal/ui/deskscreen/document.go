package deskscreen

import (
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

func documentText(doc controller.DocumentRow) string {
	version := ""
	if doc.Version > 1 {
		version = words.T("desk.version", doc.Version)
	}
	return joined(doc.Kind, words.T("desk.pages_size", words.Number(doc.Pages), words.Bytes(doc.Bytes)), version)
}

func (d *desk) document(item meeting.ItemID, id meeting.DocumentID) (controller.ItemRow, controller.DocumentRow, bool) {
	i, _ := d.find(item)
	at := slices.IndexFunc(i.Documents, func(x controller.DocumentRow) bool { return x.ID == id })
	if at < 0 {
		return i, controller.DocumentRow{}, false
	}
	return i, i.Documents[at], true
}

// openDocument shows what can be done with a document.
func (d *desk) openDocument(item meeting.ItemID, id meeting.DocumentID) {
	s := d.screen
	s.push(func() (any, bool) {
		i, doc, ok := d.document(item, id)
		doc.Loading.Ready = 0
		return []any{doc, len(i.Documents), d.view.CanEdit, slices.IndexFunc(i.Documents, func(x controller.DocumentRow) bool { return x.ID == id })}, ok
	}, func() fyne.CanvasObject {
		i, doc, _ := d.document(item, id)
		objects := []fyne.CanvasObject{widget.NewText(doc.Title, widget.StyleHeading), widget.NewText(documentText(doc), widget.StyleSecondary)}
		if doc.Name != "" && doc.Name != doc.Title {
			objects = append(objects, iconLine(icons.FileText, doc.Name))
		}
		objects = append(objects, d.documentButtons(i, doc)...)
		return pane.Sheet(joined(words.T("agenda.item", i.Number), words.T("desk.documents")), s.back, nil, objects...)
	})
}

func (d *desk) documentButtons(i controller.ItemRow, doc controller.DocumentRow) []fyne.CanvasObject {
	s := d.screen
	var out []fyne.CanvasObject
	add := func(label string, kind widget.ButtonKind, icon icons.Name, on bool, do func()) {
		b := widget.NewButton(label, kind, do).WithIcon(icon)
		b.SetEnabled(on)
		out = append(out, b)
	}
	if s.leads.OnRead != nil {
		add(words.T("chair.read"), widget.Outlined, icons.BookOpen, true, func() { s.leads.OnRead(d.id, i.ID, doc.ID) })
	}
	if !d.view.CanEdit {
		return out
	}
	add(words.T("desk.rename"), widget.Outlined, icons.Pencil, true, func() { d.renameDocument(i.ID, doc) })
	add(words.T("desk.replace"), widget.Outlined, icons.Upload, true, func() {
		s.pick(false, func(files []controller.File) {
			if len(files) > 0 {
				s.back()
				d.replaceDocument(i.ID, doc, files[0])
			}
		})
	})
	add(words.T("desk.turn"), widget.Outlined, icons.RotateCw, true, func() { d.turnDocument(i.ID, doc) })
	for _, m := range []struct {
		n    nudge
		word string
		icon icons.Name
	}{{up, words.T("common.up"), icons.ArrowUp}, {down, words.T("common.down"), icons.ArrowDown}} {
		to, ok := nudged(branchesOf(i.Documents), string(doc.ID), m.n, true)
		if len(i.Documents) > 1 {
			add(m.word, widget.Outlined, m.icon, ok, func() { d.moveDocument(i.ID, doc.ID, to) })
		}
	}
	add(words.T("common.remove"), widget.Danger, icons.Trash2, true, func() {
		s.ask(widget.Question{Title: words.T("desk.remove_document_ask", doc.Title), Yes: words.T("common.remove"), No: words.T("common.cancel"), Destroys: true},
			func() {
				s.back()
				d.removeDocument(i.ID, doc)
			})
	})
	return out
}

// renameDocument opens the name of a document; it saves itself.
func (d *desk) renameDocument(item meeting.ItemID, doc controller.DocumentRow) {
	f := newForm(d.screen)
	title := f.line(words.T("desk.document_title"), "", doc.Title, true, meeting.MaxTitle)
	kind := f.line(words.T("desk.document_kind"), words.T("desk.document_kind_hint"), doc.Kind, false, meeting.MaxKind)
	f.suggest(kind, d.screen.listed(roster.ListDocuments))
	e := &edit[documentName]{desk: d, base: documentName{doc.Title, doc.Kind}, merged: mergedName, same: sameName,
		now: func() (documentName, bool) {
			_, now, ok := d.document(item, doc.ID)
			return documentName{now.Title, now.Kind}, ok
		},
		set: func(_, want documentName) string {
			return d.screen.actions.RenameDocument(d.id, item, doc.ID, want.title, want.kind)
		},
		what: func() string { return words.T("desk.did_rename", title.value()) }}
	f.live = func() string { return e.keep(documentName{title.kept(e.base.title), kind.kept(e.base.kind)}) }
	f.watch = func() {
		if now, ok := e.now(); ok {
			title.follow(e.base.title, now.title)
			kind.follow(e.base.kind, now.kind)
			e.base = now
		}
	}
	f.open(words.T("desk.rename"), words.T("common.done"), title.field, kind.object())
}
