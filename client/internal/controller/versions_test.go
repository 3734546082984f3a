package controller

import (
	"testing"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// Strokes of later versions are not on the pages of an earlier one; those of earlier ones are on a later one, as in the reader.
func TestInkUpToAVersion(t *testing.T) {
	var l ink.Layer
	for i, s := range []ink.Stroke{{ID: "a", Page: 1, Version: 1}, {ID: "b", Page: 1, Version: 2}, {ID: "c", Page: 2, Version: 2}} {
		s.Tool = ink.Pen
		l = l.Apply(ink.StrokeAdded{Stroke: s}, "somebody", time.UnixMilli(int64(i)))
	}
	ids := func(version, page int) (out string) {
		for _, s := range upTo(l, meeting.Place{Version: version, Page: page}).Page(page) {
			out += s.ID
		}
		return out
	}
	if ids(1, 1) != "a" || ids(2, 1) != "ab" || ids(1, 2) != "" || ids(2, 2) != "c" {
		t.Errorf("strokes %q %q %q %q", ids(1, 1), ids(2, 1), ids(1, 2), ids(2, 2))
	}
	if !upTo(l, meeting.Place{Version: 2, Page: 1}).Same(l) {
		t.Error("a layer of which nothing goes is another one")
	}
}

// Whoever may read a document may read what it was before: its pages, and what was written on them.
func TestEarlierVersionsStayReadable(t *testing.T) {
	b := lay(t)
	id, d := b.m.id, b.reader
	d.ok(d.Write(id, d.Ink(id).Target, pen(t, 10, 10)))
	d.until("taken", func() bool { return d.Ink(id).Waiting == 0 })
	b.desk.ReplaceFile(id, b.m.item, b.m.doc, pdf("Báo cáo (sửa)", 5))
	d.until("the new version", func() bool { _, all := d.Versions(id, b.m.item, b.m.doc); return len(all) == 2 })
	title, all := d.Versions(id, b.m.item, b.m.doc)
	if title == "" || all[0].Number != 1 || all[1].Number != 2 || all[1].Pages != 5 {
		t.Fatalf("%q: %+v", title, all)
	}
	for _, v := range all {
		var doc *Document
		d.until("the document", func() bool { doc, _ = d.Document(id, b.m.item, v.Hash); return doc != nil })
		if _, err := doc.Picture(t.Context(), 1, 800); err != nil {
			t.Errorf("version %d: %v", v.Number, err)
		}
		at := Spot{b.m.item, meeting.Place{Document: b.m.doc, Version: v.Number, Page: 1}}
		if got := d.InkAt(id, at); got.Private.Count(1) != 1 || got.Target.Version != v.Number || got.MayShare {
			t.Errorf("ink on version %d: %d strokes, %+v", v.Number, got.Private.Count(1), got.Target)
		}
	}
	if _, none := d.Versions(id, b.m.item, "none"); none != nil {
		t.Errorf("versions of no document: %+v", none)
	}
	if got := d.InkAt(id, Spot{b.m.item, meeting.Place{Document: b.m.doc, Version: 9, Page: 1}}); got.Target.Sheet != (meeting.Sheet{}) {
		t.Errorf("ink at no place: %+v", got.Target)
	}
}
