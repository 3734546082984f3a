package controller

import (
	"fmt"
	"testing"
)

// A document stays turned after a restart; what is damaged counts as nothing,
// and there is a bound.
func TestTurnedDocuments(t *testing.T) {
	dir := t.TempDir()
	d := start(t, dir)
	for range 5 {
		d.TurnDocument("a")
	}
	d.TurnDocument("b")
	for range 4 {
		d.TurnDocument("c")
	}
	d.TurnDocument("")
	d.Close()
	d = start(t, dir)
	if a, b, c := d.DocumentTurn("a"), d.DocumentTurn("b"), d.DocumentTurn("c"); a != 1 || b != 1 || c != 0 {
		t.Errorf("turned %d %d %d", a, b, c)
	}
	for n := range 3 * maxTurns {
		d.TurnDocument(fmt.Sprint(n))
	}
	if len(d.turns) > maxTurns {
		t.Errorf("%d are kept", len(d.turns))
	}
	for _, kept := range []string{"{", "null", `{"a":-3}`, `{"a":9}`} {
		dir := t.TempDir()
		d := start(t, dir)
		if err := d.device.Keep(recordTurns, []byte(kept)); err != nil {
			t.Fatal(err)
		}
		d.Close()
		if got := start(t, dir).DocumentTurn("a"); got < 0 || got > 3 {
			t.Errorf("%s: turned %d", kept, got)
		}
	}
}
