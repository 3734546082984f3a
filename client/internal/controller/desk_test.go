package controller

import (
	"bytes"
	"io"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

// cutting cuts all connections once so many bytes were read of it.
type cutting struct {
	io.Reader
	left int
	cut  func()
}

func (c *cutting) Read(p []byte) (int, error) {
	if c.left > 0 {
		p = p[:min(len(p), c.left)]
	}
	n, err := c.Reader.Read(p)
	if c.left > 0 {
		if c.left -= n; c.left <= 0 {
			c.cut()
		}
	}
	return n, err
}

// A file whose connection is cut arrives whole, from where it was cut.
func TestACutUploadArrivesWhole(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	id, code := desk.CreateMeeting(MeetingForm{Title: "Họp"})
	desk.ok(code)
	item, code := desk.AddItem(id, ItemForm{Title: "Nội dung", Kind: meeting.Report}, "")
	desk.ok(code)
	body := servertest.PDF("Báo cáo", 30)
	opened := 0
	desk.AttachFile(id, item, File{Name: "Báo cáo.pdf", Size: int64(len(body)), Open: func() (io.ReadCloser, error) {
		opened++
		left := 0
		if opened == 1 {
			left = len(body) / 2
		}
		return io.NopCloser(&cutting{bytes.NewReader(body), left, r.Cut}), nil
	}})
	desk.until("attached", func() bool { v := desk.Desk(id); return len(v.Items[0].Documents) == 1 && len(v.Uploads) == 0 })
	if d := desk.Desk(id).Items[0].Documents[0]; d.Pages != 30 || opened < 2 {
		t.Errorf("%d pages after %d tries", d.Pages, opened)
	}
}

// What was taken off the draft comes back with all that belongs to it, for everybody who prepares it.
func TestWhatWasRemovedComesBack(t *testing.T) {
	r := servertest.New(t)
	desk, other := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	id, code := desk.CreateMeeting(MeetingForm{Title: "Họp"})
	desk.ok(code)
	parent, code := desk.AddItem(id, ItemForm{Title: "Nội dung", Kind: meeting.Report}, "")
	desk.ok(code)
	child, code := desk.AddItem(id, ItemForm{Title: "Nội dung con", Kind: meeting.Report, Parent: parent}, "")
	desk.ok(code)
	desk.AttachFile(id, child, pdf("Tờ trình", 2))
	desk.AttachFile(id, child, pdf("Phụ lục", 3))
	desk.until("attached", func() bool { v := desk.Desk(id); return len(v.Items[1].Documents) == 2 })
	doc := desk.Desk(id).Items[1].Documents[0]
	desk.ReplaceFile(id, child, doc.ID, pdf("Tờ trình sửa", 4))
	desk.until("replaced", func() bool { return desk.Desk(id).Items[1].Documents[0].Version == 2 })
	whole, _ := desk.DocumentOf(id, child, doc.ID)
	desk.ok(desk.RemoveDocument(id, child, doc.ID))
	desk.ok(desk.RestoreDocument(id, child, whole, desk.Desk(id).Items[1].Documents[0].ID))
	desk.ok(desk.RemoveItem(id, parent))
	desk.until("removed", func() bool { v := desk.Desk(id); return len(v.Items) == 0 && v.Status.Pending == 0 })
	desk.ok(desk.RestoreItem(id, parent, "", ""))
	desk.ok(desk.RestoreItem(id, child, parent, ""))
	other.enter(r, servertest.Secretary, false)
	other.OpenMeeting(id)
	for name, d := range map[string]*tester{"this one": desk, "another": other} {
		d.until(name, func() bool {
			v := d.Desk(id)
			return len(v.Items) == 2 && v.Items[1].Number == "1.1" && v.Items[1].Title == "Nội dung con" && len(v.Items[1].Documents) == 2 &&
				v.Items[1].Documents[0].Version == 2 && v.Items[1].Documents[0].Pages == 4 && v.Items[1].Documents[1].Title == "Phụ lục"
		})
	}
}

// Turned pages are a new version; the old one can be made the newest again.
func TestTurnedPagesAreANewVersion(t *testing.T) {
	r := servertest.New(t)
	desk, reader := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 3)
	before, _ := desk.DocumentOf(m.id, m.item, m.doc)
	codes := make(chan string, 1)
	desk.TurnPages(m.id, m.item, m.doc, []int{2}, 90, func(code string) { codes <- code })
	desk.ok(<-codes)
	reader.enter(r, servertest.Delegate, false)
	reader.OpenMeeting(m.id)
	newest := func() meeting.Version { d, _ := reader.DocumentOf(m.id, m.item, m.doc); return d.Latest() }
	reader.until("the turned one", func() bool {
		v := newest()
		return v.Number == 2 && v.Hash != before.Latest().Hash && v.Name == before.Latest().Name
	})
	desk.ok(desk.UseVersion(m.id, m.item, m.doc, before.Latest()))
	reader.until("the old one again", func() bool { v := newest(); return v.Number == 3 && v.Hash == before.Latest().Hash })
	reader.TurnPages(m.id, m.item, m.doc, nil, 90, func(code string) { codes <- code })
	if code := <-codes; code != "not_allowed" {
		t.Errorf("a delegate turns pages: %q", code)
	}
	desk.TurnPages(m.id, m.item, m.doc, nil, 45, func(code string) { codes <- code })
	if code := <-codes; code != "invalid" {
		t.Errorf("by 45 degrees: %q", code)
	}
}
