package meeting_test

import (
	"testing"
	"time"

	"phonghop/shared/meeting"
)

// What changes after the invitation is told apart from what came with it.
func TestChangesAfterPublication(t *testing.T) {
	w := drafted(t)
	w.must(t, secretary, meeting.Describe{Description: meeting.Description{Title: "Phiên họp", Starts: start, Place: "Phòng A"}})
	w.must(t, secretary, meeting.Publish{})
	if w.s.Rescheduled != (meeting.Rescheduled{}) || !w.s.Items["alpha"].Added.IsZero() {
		t.Fatalf("a draft has changed: %+v", w.s.Rescheduled)
	}
	w.must(t, secretary, meeting.AddItem{ID: "delta", Type: meeting.Other, Brief: meeting.Brief{Title: "Delta"}})
	if got := w.s.Items["delta"].Added; !got.Equal(w.now) {
		t.Errorf("added at %v, want %v", got, w.now)
	}
	w.must(t, secretary, meeting.Describe{Description: meeting.Description{Title: "Tên khác", Starts: start, Place: "Phòng A"}})
	if w.s.Rescheduled != (meeting.Rescheduled{}) {
		t.Errorf("another title is another time: %+v", w.s.Rescheduled)
	}
	w.must(t, secretary, meeting.Describe{Description: meeting.Description{Title: "Tên khác", Starts: start.Add(time.Hour), Place: "Phòng A"}})
	if got := w.s.Rescheduled; !got.At.Equal(w.now) || !got.Starts.Equal(start) || got.Place != "Phòng A" {
		t.Errorf("another time: %+v", got)
	}
	w.must(t, secretary, meeting.Describe{Description: meeting.Description{Title: "Tên khác", Starts: start.Add(time.Hour), Place: "Phòng B"}})
	if got := w.s.Rescheduled; !got.At.Equal(w.now) || !got.Starts.Equal(start.Add(time.Hour)) {
		t.Errorf("another place: %+v", got)
	}
}
