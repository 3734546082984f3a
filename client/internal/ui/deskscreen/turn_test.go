package deskscreen

import (
	"slices"
	"testing"

	"phonghop/client/internal/ui/words"
)

func TestPageList(t *testing.T) {
	for s, want := range map[string][]int{"": nil, " ": nil, "3": {3}, "1, 3-5": {1, 3, 4, 5}, "5;2 2": {2, 5}, "2–3": {2, 3}} {
		if got, ok := pageList(s, 5); !ok || !slices.Equal(got, want) {
			t.Errorf("%q: %v %t", s, got, ok)
		}
	}
	for _, s := range []string{"0", "6", "4-2", "1-6", "x", "1-", "-3", "99999999999999999999"} {
		if got, ok := pageList(s, 5); ok {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// Pages are turned by the server; the old version can be taken back to.
func TestTurnPages(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.openDocument("i2", "b")
		b.press(words.T("desk.turn"))
		b.field(0).SetText("99")
		b.press(words.T("desk.turn_do"))
		if !b.says(words.T("desk.turn_pages_bad", 27)) {
			t.Error("a page that is not there is not told")
		}
		b.field(0).SetText("2-3")
		b.option(words.T("desk.turn_over"))
		b.press(words.T("desk.turn_do"))
		b.r.done[0]("document_no_export")
		if b.s.stack.Depth() != 2 || !b.says(words.Refusal("document_no_export")) {
			t.Error("a refusal is not told on the form")
		}
		b.press(words.T("desk.turn_do"))
		b.r.done[1]("")
		b.s.back()
		b.press(words.T("common.undo"))
		b.want("turn [2 3] of b of i2 by 180", "turn [2 3] of b of i2 by 180", "version 1 of b of i2")
	})
}
