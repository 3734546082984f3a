package controller

import (
	"testing"
	"time"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

// A meeting made from an earlier one has its people and agenda, and its documents only where they are wanted; nothing of what
// became of it.
func TestCopyMeeting(t *testing.T) {
	r := servertest.New(t)
	d := start(t, t.TempDir())
	d.enter(r, servertest.Secretary, false)
	m := prepare(d, 2)
	gone, code := d.AddItem(m.id, ItemForm{Title: "Nội dung rút", Kind: meeting.Discuss}, "")
	d.ok(code)
	closed, code := d.AddItem(m.id, ItemForm{Title: "Công tác nhân sự", Kind: meeting.Vote, Minutes: 15, Restricted: true, Audience: []meeting.PersonID{servertest.Chair}}, "")
	d.ok(code)
	d.ok(d.WithdrawItem(m.id, gone, "chưa đủ hồ sơ"))
	d.until("agenda", func() bool { return len(d.Desk(m.id).Items) == 3 && d.Desk(m.id).Status.Pending == 0 })
	if n, ok := d.Copyable(m.id); !ok || n != (Copied{People: 4, Items: 2, Documents: 1}) {
		t.Errorf("copyable: %+v %t", n, ok)
	}
	if _, ok := d.Copyable("nowhere"); ok {
		t.Error("a meeting that is not there can be copied")
	}
	starts := time.Date(2026, 12, 23, 1, 0, 0, 0, time.UTC)
	for _, documents := range []bool{false, true} {
		id, code := d.CopyMeeting(m.id, MeetingForm{Title: "Phiên họp tháng 12", Starts: starts}, documents)
		d.ok(code)
		d.until("the copy", func() bool {
			v := d.Desk(id)
			return v.Exists && v.Status.Pending == 0 && len(v.Items) == 2
		})
		v := d.Desk(id)
		want := map[bool]int{false: 0, true: 1}[documents]
		if v.Title != "Phiên họp tháng 12" || !v.Starts.Equal(starts) || v.Phase != meeting.Draft || v.Documents != want {
			t.Errorf("copy: %q %v %s, %d documents, want %d", v.Title, v.Starts, v.Phase, v.Documents, want)
		}
		first, second := v.Items[0], v.Items[1]
		if first.ID == m.item || first.Title != "Báo cáo kinh tế - xã hội" || first.Kind != meeting.Report || first.State != meeting.Waiting || first.Planned != 20*time.Minute || first.Used != 0 {
			t.Errorf("first item: %+v", first)
		}
		if second.ID == closed || second.Title != "Công tác nhân sự" || !second.Restricted || len(second.Audience) != 2 {
			t.Errorf("second item: %+v", second)
		}
		roles := map[meeting.PersonID]bool{}
		for _, p := range v.People {
			roles[p.Person] = p.Has(meeting.Chair) || p.Has(meeting.Secretary) || p.Has(meeting.Projector) || p.Person == servertest.Delegate
		}
		if len(roles) != 4 || !roles[servertest.Chair] || !roles[servertest.Secretary] || !roles[servertest.Screen] || !roles[servertest.Delegate] {
			t.Errorf("people: %+v", v.People)
		}
	}
	if len(d.Notices()) > 0 {
		t.Errorf("notices: %v", d.Notices())
	}
	if _, code := d.CopyMeeting("nowhere", MeetingForm{Title: "x"}, false); code != string(meeting.NotFound) {
		t.Errorf("a meeting that is not there: %q", code)
	}
}

// Notices are the codes told until now.
func (d *tester) Notices() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.codes
}
