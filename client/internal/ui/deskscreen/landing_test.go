package deskscreen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// forest reads "1 1a 1b 2 3 3a": a letter behind the number is level 1.
func forest(s string) []branch {
	var out []branch
	for _, id := range strings.Fields(s) {
		b := branch{id: id}
		if last := id[len(id)-1]; last >= 'a' {
			b.level = 1
		}
		out = append(out, b)
	}
	return out
}

func (l landing) String() string { return fmt.Sprintf("in %q before %q", l.parent, l.before) }

func TestLand(t *testing.T) {
	rows := forest("1 1a 1b 2 3 3a 4")
	for _, c := range []struct {
		id        string
		at, level int
		fixed     bool
		want      string
	}{
		{"2", 0, 0, false, `in "" before "1"`},
		{"2", 0, 1, false, `in "" before "1"`},   // nothing to belong to above the first
		{"2", 2, 0, false, `in "1" before "1b"`}, // within a family everything belongs to it
		{"2", 3, 1, false, `in "1" before ""`},
		{"2", 6, 0, false, `in "" before ""`},
		{"2", 6, 1, false, `in "4" before ""`},
		{"1", 2, 1, false, `in "" before "4"`}, // with what belongs to it, behind the family it was let go in
		{"1a", 3, 0, false, `in "" before "3"`},
		{"1a", 2, 1, false, `in "1" before ""`},
		{"1a", 6, 1, true, `in "1" before ""`},
		{"1a", 0, 0, true, `in "1" before "1b"`},
		{"2", 2, 1, true, `in "" before "3"`},
		{"4", 99, 0, false, `in "" before ""`},
	} {
		if got, ok := land(rows, c.id, c.at, c.level, c.fixed); !ok || got.String() != c.want {
			t.Errorf("%s at %d, level %d, fixed %t: %s, want %s", c.id, c.at, c.level, c.fixed, got, c.want)
		}
	}
	if _, ok := land(rows, "none", 0, 0, false); ok {
		t.Error("what is not there lands")
	}
}

func TestNudged(t *testing.T) {
	rows := forest("1 1a 1b 2 3 3a 4")
	for _, c := range []struct {
		id    string
		n     nudge
		fixed bool
		want  string // "" stays
	}{
		{"1", up, false, ""}, {"2", up, false, `in "" before "1"`}, {"1", down, false, `in "" before "3"`}, {"3", down, true, `in "" before ""`}, {"4", down, false, ""},
		{"1a", up, false, ""}, {"1b", up, true, `in "1" before "1a"`}, {"1a", down, false, `in "1" before ""`},
		{"1", inwards, false, ""}, {"2", inwards, false, `in "1" before ""`}, {"3", inwards, false, ""}, {"4", inwards, false, `in "3" before ""`}, {"2", inwards, true, ""},
		{"1a", inwards, false, ""}, {"1a", outwards, false, `in "" before "2"`}, {"3a", outwards, true, ""}, {"2", outwards, false, ""},
	} {
		got := ""
		if l, ok := nudged(rows, c.id, c.n, c.fixed); ok {
			got = l.String()
		}
		if got != c.want {
			t.Errorf("%s nudged %d, fixed %t: %q, want %q", c.id, c.n, c.fixed, got, c.want)
		}
	}
}

func TestOrder(t *testing.T) {
	rows := forest("1 1a 1b 2 3 3a 4")
	for id, want := range map[string]string{"1": `in "" before "2"`, "1a": `in "1" before "1b"`, "1b": `in "1" before ""`, "3": `in "" before "4"`, "4": `in "" before ""`, "3a": `in "3" before ""`} {
		if got := order(rows, id).String(); got != want {
			t.Errorf("%s lies %s, want %s", id, got, want)
		}
	}
}

// settled puts a row where it landed, as the meeting does.
func settled(rows []branch, id string, l landing) []branch {
	block, rest := split(rows, id)
	at := len(rest)
	if l.parent != "" {
		at = slices.IndexFunc(rest, func(b branch) bool { return b.id == l.parent }) + 1
		for at < len(rest) && rest[at].level == 1 && rest[at].id != l.before {
			at++
		}
	} else if l.before != "" {
		at = slices.IndexFunc(rest, func(b branch) bool { return b.id == l.before })
	}
	block = slices.Clone(block)
	block[0].level = l.level
	return slices.Insert(slices.Clone(rest), at, block...)
}

// Wherever a row is let go, nothing is lost, no family is torn, and it can be put back to where it was.
func TestLandedRowsStayATree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var rows []branch
		for i := range rapid.IntRange(1, 9).Draw(rt, "rows") {
			level := 0
			if i > 0 {
				level = rapid.IntRange(0, 1).Draw(rt, "level")
			}
			rows = append(rows, branch{fmt.Sprint(i), level})
		}
		id := rapid.SampledFrom(rows).Draw(rt, "row").id
		was := order(rows, id)
		l, ok := land(rows, id, rapid.IntRange(-1, 10).Draw(rt, "at"), rapid.IntRange(0, 1).Draw(rt, "wished"), rapid.Bool().Draw(rt, "fixed"))
		if !ok {
			rt.Fatal("no place")
		}
		after := settled(rows, id, l)
		if got := order(after, id); got.parent != l.parent || got.before != l.before {
			rt.Fatalf("%v: %s landed %s and lies %s", rows, id, l, got)
		}
		if back := settled(after, id, was); !slices.Equal(back, rows) {
			rt.Fatalf("%v: put back it is %v", rows, back)
		}
	})
}
