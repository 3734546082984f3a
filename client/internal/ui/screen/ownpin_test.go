package screen

import (
	"testing"
	"time"

	"phonghop/client/internal/ui/words"
)

// Nothing is sent before it can be right; a refusal is told and keeps what was typed; a change goes back and says so.
func TestChangeOwnPIN(t *testing.T) {
	s := newStand(t, inside(), vi(1), phone)
	s.push(newSettings(s.Shell))
	s.push(newOwnPIN(s.Shell))
	v := s.top().(*ownPIN)
	for _, c := range [][3]string{{"", "482913", "482913"}, {"111222", "4829", "4829"}, {"111222", "482913", "482914"}} {
		v.old.SetText(c[0])
		v.pin.SetText(c[1])
		v.again.SetText(c[2])
		v.change()
	}
	if len(s.fake.pins) > 0 {
		t.Fatalf("asked for %q", s.fake.pins)
	}
	v.again.SetText("482913")
	v.change()
	v.change() // the answer is still to come
	me := string(s.fake.meetings.Me.ID)
	if len(s.fake.pins) != 1 || s.fake.pins[0] != me+" 111222 482913" {
		t.Fatalf("asked for %q", s.fake.pins)
	}
	s.fake.pinDone("wrong_pin")
	for s.run(50 * time.Millisecond) {
	}
	if v.code != "wrong_pin" || v.busy || v.pin.Text() != "482913" || s.top() != view(v) {
		t.Fatalf("after a refusal: %q, busy %t, %q", v.code, v.busy, v.pin.Text())
	}
	words.Use(words.English)
	s.Update()
	if v.pin.Text() != "482913" {
		t.Error("another language loses what was typed")
	}
	v.change()
	s.fake.pinDone("")
	for s.run(50 * time.Millisecond) {
	}
	if _, ok := s.top().(*settings); !ok || len(s.note.layer.Objects) == 0 {
		t.Error("the change does not go back and say so")
	}
}
