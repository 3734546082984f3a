package controller

import (
	"slices"
	"testing"
	"time"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

func kinds(all []Errand) (out []NewsKind) {
	for _, e := range all {
		out = append(out, e.Kind)
	}
	return out
}

// What came since a meeting was looked at is new, on every device of the person, until one of them has shown it; a replaced
// document is new until it is opened.
func TestNewsAreTheSameOnAllDevices(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	id := invite(desk)
	item := desk.Desk(id).Items[0].ID
	desk.AttachFile(id, item, pdf("Tờ trình", 8))
	desk.until("the document", func() bool { return len(desk.Desk(id).Items[0].Documents) == 1 })
	tablet, phone := start(t, t.TempDir()), start(t, t.TempDir())
	for _, d := range []*tester{tablet, phone} {
		d.enter(r, servertest.Delegate, false)
		d.until("a meeting never looked at", func() bool {
			return row(d, id).New && len(d.Meeting(id).Items) == 1 && len(d.Meeting(id).Items[0].Documents) == 1
		})
		if v := d.ToRead(); len(v.News) > 0 {
			t.Errorf("news of what was never looked at: %v", kinds(v.News))
		}
	}
	tablet.Saw(id)
	phone.until("seen on the other device", func() bool { return !row(phone, id).New })
	doc := phone.Meeting(id).Items[0].Documents[0].ID
	phone.ok(phone.OpenDocument(id, item, doc, 0, 5))
	phone.LeaveReader(id)
	tablet.until("read to page 5", func() bool { d := tablet.Meeting(id).Items[0].Documents[0]; return d.ReadPage == 5 && d.Known() })

	// Another time, an item, a document and a version come.
	f := desk.Desk(id).Form
	f.Starts = f.Starts.Add(time.Hour)
	desk.ok(desk.SetMeeting(id, f))
	added, code := desk.AddItem(id, ItemForm{Title: "Công tác cán bộ", Kind: meeting.Settle}, "")
	desk.ok(code)
	desk.ReplaceFile(id, item, doc, pdf("Tờ trình (sửa)", 9))
	desk.AttachFile(id, item, pdf("Phụ lục", 3))
	want := []NewsKind{NewsTime, NewsVersion, NewsDocument, NewsItem}
	for _, d := range []*tester{tablet, phone} {
		d.until("the news", func() bool { return slices.Equal(kinds(d.ToRead().News), want) })
		if row := d.Meeting(id).Items[0].Documents[0]; !row.Renewed() || row.ReadPage != 5 {
			t.Errorf("the replaced document: %+v", row)
		}
		if items := d.Meeting(id).Items; !items[1].New || !items[1].Late || items[0].New {
			t.Errorf("the new item is not marked")
		}
	}
	// Opening the new version is enough for it; looking at the meeting for the rest.
	tablet.ok(tablet.OpenDocument(id, item, doc, 0, 5))
	tablet.LeaveReader(id)
	phone.until("opened", func() bool {
		return slices.Equal(kinds(phone.ToRead().News), []NewsKind{NewsTime, NewsDocument, NewsItem})
	})
	phone.until("looked at again", func() bool { phone.Saw(id); return len(phone.ToRead().News) == 0 })
	tablet.until("looked at on the other device", func() bool { return len(tablet.ToRead().News) == 0 })
	if !tablet.Meeting(id).Items[1].Late || tablet.Meeting(id).Items[1].ID != added {
		t.Error("an item that came later is not marked for everybody")
	}
}

// Documents of one's own part come first: of the earliest meeting, and what was never opened.
func TestWhatToReadFirst(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	far, near := invite(desk), invite(desk)
	f := desk.Desk(near).Form
	f.Starts = time.Now().Add(24 * time.Hour)
	desk.ok(desk.SetMeeting(near, f))
	for _, id := range []string{far, near} {
		vote, code := desk.AddItem(id, ItemForm{Title: "Biểu quyết", Kind: meeting.Vote}, "")
		desk.ok(code)
		own, code := desk.AddItem(id, ItemForm{Title: "Báo cáo của tôi", Kind: meeting.Other, Reporter: servertest.Delegate}, "")
		desk.ok(code)
		desk.AttachFile(id, desk.Desk(id).Items[0].ID, pdf("Không phải của tôi", 2))
		desk.AttachFile(id, vote, pdf("Dự thảo", 6))
		desk.AttachFile(id, own, pdf("Báo cáo", 6))
		desk.until("three documents", func() bool { return desk.Desk(id).Documents == 3 })
	}
	d := start(t, t.TempDir())
	d.enter(r, servertest.Delegate, false)
	list := func() (out []string) {
		for _, e := range d.ToRead().First {
			where := "far"
			if e.Meeting == near {
				where = "near"
			}
			out = append(out, where+" "+string(e.Duty))
		}
		return out
	}
	d.until("what to read", func() bool {
		return slices.Equal(list(), []string{"near vote", "near report", "far vote", "far report"})
	})
	first := d.ToRead().First[0].Document
	d.ok(d.OpenDocument(near, first.Item, first.ID, 0, 2))
	d.LeaveReader(near)
	d.until("begun comes after what was never opened", func() bool {
		return slices.Equal(list(), []string{"near report", "near vote", "far vote", "far report"})
	})
	d.ok(d.ShowPage(near, 6))
	d.LeaveReader(near)
	d.until("read to the end", func() bool { return slices.Equal(list(), []string{"near report", "far vote", "far report"}) })
}
