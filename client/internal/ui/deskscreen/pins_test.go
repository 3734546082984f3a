package deskscreen

import (
	"testing"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// New PINs are given after a question; the paper can be saved, and is not lost without another question.
func TestPINsOfMany(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.r.list.Me.ID = "lan"
		var kept []byte
		b.s.leads.Save = func(name string, data []byte, done func(string)) {
			kept = data
			done("")
		}
		b.s.openRoster()
		b.press(words.T("pins.title"))
		if len(found1(b, "Đỗ Thị Lan")) > 0 {
			t.Error("one's own PIN is among them")
		}
		b.open("Lê Thu Hà")
		b.press(words.N("pins.give_to", 1))
		b.want()
		b.press(words.T("common.cancel"))
		b.press(words.T("pins.all"))
		b.press(words.N("pins.give_to", 4))
		b.press(words.T("pins.give"))
		b.want("pins [minh ha hung screen] 6 digits")
		b.r.told(controller.PINs{Done: 2, All: 4})
		if !b.says(words.T("pins.done", 2, 4)) {
			t.Error("how far it has come is not told")
		}
		b.s.Back()
		b.press(words.T("desk.stay"))
		b.r.told(controller.PINs{Done: 3, All: 4, Failed: []meeting.PersonID{"hung"}, Code: "network", Ended: true})
		if !b.says("Đỗ Văn Hưng") {
			t.Error("whose PIN could not be set is not told")
		}
		b.press(words.T("common.retry"))
		b.r.told(controller.PINs{Done: 3, All: 4, Failed: []meeting.PersonID{"hung"}, Code: "network", Ended: true, Paper: []byte("%PDF")})
		b.press(words.T("pins.save"))
		if string(kept) != "%PDF" || !b.says(words.T("pins.saved")) {
			t.Errorf("saved %q", kept)
		}
		depth := b.s.stack.Depth()
		b.s.Back() // saved: no question
		if b.s.stack.Depth() != depth-1 {
			t.Error("a saved paper is held back")
		}
	})
}

func found1(b bench, title string) (out []string) {
	for _, text := range labels(b.c) {
		if text == title {
			out = append(out, text)
		}
	}
	return out
}
