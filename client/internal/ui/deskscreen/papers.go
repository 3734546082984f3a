package deskscreen

import (
	"reflect"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

func (d *desk) newPapers() *sortable {
	t := newSortable(d.screen.life, func() *widget.Scroll {
		if !d.beside() {
			return nil // on a page of its own
		}
		return d.board.Around(d.item.Object())
	})
	t.onTap = func(id string) { d.openDocument(d.selected, meeting.DocumentID(id)) }
	t.onMove = func(id string, to landing) { d.moveDocument(d.selected, meeting.DocumentID(id), to) }
	return t
}

// papersModel is all that the rows of the chosen item's documents show.
type papersModel struct {
	item  meeting.ItemID
	rows  []paperRow
	sorts bool
	shown shownAs
}

type paperRow struct {
	id              meeting.DocumentID
	title, subtitle string
}

// showPapers brings the rows of the chosen item's documents up to date and reports whether they have changed.
func (d *desk) showPapers() bool {
	i, _ := d.find(d.selected)
	now := papersModel{item: i.ID, sorts: d.view.CanEdit && len(i.Documents) > 1, shown: asShown()}
	for _, doc := range i.Documents {
		now.rows = append(now.rows, paperRow{doc.ID, doc.Title, documentText(doc)})
	}
	if reflect.DeepEqual(now, d.shownPapers) {
		return false
	}
	d.shownPapers = now
	rows := make([]sortRow, len(now.rows))
	for n, r := range now.rows {
		rows[n] = sortRow{branch: branch{id: string(r.id)}, card: widget.CardData{Mark: widget.Mark{Icon: icons.FileText}, Title: r.title, Subtitle: r.subtitle, Chevron: true}}
	}
	d.papers.set(rows, now.sorts, true)
	return true
}

func branchesOf(docs []controller.DocumentRow) []branch {
	out := make([]branch, len(docs))
	for n, doc := range docs {
		out[n].id = string(doc.ID)
	}
	return out
}

// moveDocument puts a document where it shall lie among those of its item.
func (d *desk) moveDocument(item meeting.ItemID, id meeting.DocumentID, to landing) {
	i, doc, ok := d.document(item, id)
	if !ok {
		return
	}
	from := order(branchesOf(i.Documents), string(id))
	move := func(l landing) func() string {
		return func() string { return d.screen.actions.MoveDocument(d.id, item, id, meeting.DocumentID(l.before)) }
	}
	code := move(to)()
	if code == "" {
		d.did(step{what: words.T("desk.did_document_move", doc.Title), undo: move(from), redo: move(to)})
	}
	d.took(code)
}

// removeDocument takes a document off its item; it can be put back with all its versions.
func (d *desk) removeDocument(item meeting.ItemID, doc controller.DocumentRow) {
	a := d.screen.actions
	i, _ := d.find(item)
	before := meeting.DocumentID(order(branchesOf(i.Documents), string(doc.ID)).before)
	whole, known := a.DocumentOf(d.id, item, doc.ID)
	remove := func() string { return a.RemoveDocument(d.id, item, doc.ID) }
	code := remove()
	if code == "" {
		s := step{what: words.T("desk.did_document_remove", doc.Title), redo: remove}
		if known {
			s.undo = func() string { return a.RestoreDocument(d.id, item, whole, before) }
		}
		d.did(s)
	}
	d.took(code)
}

// replaceDocument sends a file as a new version. It is taken back by making the version of before the newest again: nothing that
// was shown to anybody is unmade.
func (d *desk) replaceDocument(item meeting.ItemID, doc controller.DocumentRow, f controller.File) {
	d.did(*d.replacing(item, doc.ID, words.T("desk.did_replace", doc.Title), func() string { return d.screen.actions.ReplaceFile(d.id, item, doc.ID, f) }))
	d.took("")
}

// replacing sends a new version of a document and gives the step that this is.
func (d *desk) replacing(item meeting.ItemID, id meeting.DocumentID, what string, send func() (upload string)) *step {
	a := d.screen.actions
	before, known := a.DocumentOf(d.id, item, id)
	upload := send()
	var after meeting.Version
	s := &step{what: what}
	if !known {
		return s
	}
	s.undo = func() string {
		now, _ := a.DocumentOf(d.id, item, id)
		if now.Latest() == before.Latest() { // it has not come yet
			a.CancelUpload(upload)
			return ""
		}
		after = now.Latest()
		return a.UseVersion(d.id, item, id, before.Latest())
	}
	s.redo = func() string {
		if after.Hash == "" {
			upload = send()
			return ""
		}
		return a.UseVersion(d.id, item, id, after)
	}
	return s
}

// sendFiles sends files to their items; one with the name of a document there becomes a new version of it.
func (d *desk) sendFiles(files []placed) {
	var sent []*step
	for _, f := range files {
		i, ok := d.find(f.item)
		if !ok {
			continue
		}
		if doc := f.replaces; doc != "" {
			sent = append(sent, d.replacing(i.ID, doc, "", func() string { return d.screen.actions.ReplaceFile(d.id, i.ID, doc, f.file) }))
			continue
		}
		sent = append(sent, d.attaching(i.ID, f.file))
	}
	if len(sent) > 0 {
		s := step{what: words.N("desk.did_documents", len(sent))}
		s.undo = func() string { return eachStep(sent, func(x *step) func() string { return x.undo }) }
		s.redo = func() string { return eachStep(sent, func(x *step) func() string { return x.redo }) }
		d.did(s)
	}
	d.took("")
}

// attaching sends a file as a new document and gives the step that this is.
func (d *desk) attaching(item meeting.ItemID, f controller.File) *step {
	a := d.screen.actions
	upload := a.AttachFile(d.id, item, f)
	var whole meeting.Document
	var came bool
	return &step{undo: func() string {
		id := meeting.DocumentID(upload) // the document has the id of its upload
		whole, came = a.DocumentOf(d.id, item, id)
		a.CancelUpload(upload)
		if !came {
			return ""
		}
		return a.RemoveDocument(d.id, item, id)
	}, redo: func() string {
		if came {
			return a.RestoreDocument(d.id, item, whole, "")
		}
		upload = a.AttachFile(d.id, item, f)
		return ""
	}}
}

// eachStep does one side of several steps, all of them even where one is refused, and gives the first refusal.
func eachStep(all []*step, side func(*step) func() string) string {
	first := ""
	for _, s := range all {
		if do := side(s); do != nil {
			if code := do(); code != "" && first == "" {
				first = code
			}
		}
	}
	return first
}
