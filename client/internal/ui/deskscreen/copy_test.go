package deskscreen

import (
	"testing"
	"time"

	"phonghop/client/internal/ui/words"
)

func TestMoved(t *testing.T) {
	at := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 8, 0, 0, 0, time.Local) }
	for _, c := range []struct {
		name, title  string
		starts, now  time.Time
		want         string
		wantedStarts time.Time
	}{
		{"a month on, the fourth Monday", "Phiên họp thường kỳ tháng 11", at(2026, 11, 23), at(2026, 11, 25), "Phiên họp thường kỳ tháng 12", at(2026, 12, 28)},
		{"over the new year", "Phiên họp tháng 12/2026", at(2026, 12, 8), at(2026, 12, 9), "Phiên họp tháng 1/2027", at(2027, 1, 12)},
		{"a fifth Monday", "Phiên họp tháng 11 năm 2026", at(2026, 11, 30), at(2026, 12, 1), "Phiên họp tháng 12 năm 2026", at(2026, 12, 28)},
		{"long ago", "Phiên họp tháng 3", at(2026, 3, 2), at(2026, 11, 25), "Phiên họp tháng 12", at(2026, 12, 7)},
		{"a week on", "Giao ban tuần 48", at(2026, 11, 23), at(2026, 11, 25), "Giao ban tuần 49", at(2026, 11, 30)},
		{"a month that is not the meeting's", "Báo cáo tháng 10", at(2026, 11, 23), at(2026, 11, 25), "Báo cáo tháng 10", at(2026, 11, 30)},
		{"still to come", "Họp Ban Chỉ đạo", at(2026, 12, 23), at(2026, 11, 25), "Họp Ban Chỉ đạo", at(2026, 12, 30)},
		{"no time", "Phiên họp tháng 11", time.Time{}, at(2026, 11, 25), "Phiên họp tháng 11", time.Time{}},
	} {
		if title, starts := moved(c.title, c.starts, c.now); title != c.want || !starts.Equal(c.wantedStarts) {
			t.Errorf("%s: %q %v, want %q %v", c.name, title, starts, c.want, c.wantedStarts)
		}
	}
}

// From the list of meetings: the form has the earlier meeting's details, moved, and its documents come along only when wanted.
func TestCopyFromTheList(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.from_earlier"))
		b.open("Phiên họp thường kỳ tháng 10")
		if got := b.field(0).Text(); got != "Phiên họp thường kỳ tháng 11" {
			t.Errorf("title: %q", got)
		}
		b.option(words.N("desk.copy_documents", 4))
		b.field(1).SetText("Phiên họp thường kỳ")
		b.press(words.T("desk.create"))
		b.want("open o", "copy o as Phiên họp thường kỳ tháng 11|Phiên họp thường kỳ|08:00 - 11:00 · Thứ Sáu, 27/11/2026|true", "leave o", "open new")
		if b.s.desk == nil || b.s.desk.id != "new" || b.s.stack.Depth() != 1 {
			t.Errorf("the new desk is not open: %d pages", b.s.stack.Depth())
		}
	})
}

// From a meeting's own desk, which stays open below the new one; until the meeting has arrived nothing can be copied.
func TestCopyThisMeeting(t *testing.T) {
	on(t, "m", sent(), func(b bench) {
		b.open(words.T("desk.copy_this"))
		b.press(words.T("desk.create"))
		b.want("open m", "copy m as Phiên họp thường kỳ tháng 12|Phiên họp thường kỳ|08:00 - 11:30 · Thứ Hai, 28/12/2026|false", "open new")
		b.s.Back()
		if b.s.desk != b.s.base {
			t.Error("the desk below is not the one that is open now")
		}
		b.r.asked = nil
		b.open(words.T("desk.copy_this"))
		b.r.view.Exists = false
		b.s.stack.Refresh()
		b.press(words.T("desk.create"))
		b.want("open m")
	})
}

// A refused copy that came to nothing stays on the form; one that came half way is shown with the reason.
func TestRefusedCopy(t *testing.T) {
	on(t, "m", sent(), func(b bench) {
		b.open(words.T("desk.copy_this"))
		b.r.code = "too_many"
		b.press(words.T("desk.create"))
		if b.s.desk.id != "new" || b.s.desk.failed != "too_many" {
			t.Errorf("desk %s says %q", b.s.desk.id, b.s.desk.failed)
		}
	})
}
