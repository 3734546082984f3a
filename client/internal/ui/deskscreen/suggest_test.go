package deskscreen

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"phonghop/assets/lists"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
)

func TestFitting(t *testing.T) {
	for typed, want := range map[string][]string{
		"to tr":      {"Tờ trình"},
		"Tờ trình":   nil, // written already
		"du thao ng": {"Dự thảo Nghị quyết"},
		"nghi quyet": {"Nghị quyết", "Dự thảo Nghị quyết"},
		"quyet du":   {"Dự thảo Nghị quyết", "Dự thảo Quyết định"},
		"xyz":        nil,
		"":           lists.Documents()[:mostSuggested],
	} {
		if got := fitting(lists.Documents(), typed); !slices.Equal(got, want) {
			t.Errorf("%q offers %q, want %q", typed, got, want)
		}
	}
}

func TestUsedComesFirst(t *testing.T) {
	people := []controller.PersonRow{{Unit: "Sở A"}, {Unit: "Sở Y tế"}, {Unit: "Sở Y tế"}, {}}
	if got := used(people, unitOf, []string{"Sở Nội vụ", "Sở A"}); !slices.Equal(got, []string{"Sở Y tế", "Sở A", "Sở Nội vụ"}) {
		t.Errorf("%q", got)
	}
}

func (b bench) offered() []string {
	var out []string
	for _, x := range found[*suggestion](b.c) {
		out = append(out, texts(x.chip)...)
	}
	return out
}

// What is offered can be taken with a tap, is offered by the field that has the keyboard only, and is no stop of the Tab key.
func TestSuggestions(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.new_meeting"))
		if got := b.offered(); got != nil {
			t.Fatalf("offered beside the title: %q", got)
		}
		next := func() { b.c.(interface{ FocusNext() }).FocusNext() }
		b.keyboard()
		next()
		test.Type(b.c.Focused(), "chuyen")
		if got := b.offered(); !slices.Equal(got, []string{"Phiên họp chuyên đề"}) {
			t.Fatalf("offered: %q", got)
		}
		test.Tap(found[*suggestion](b.c)[0])
		if got := b.field(1).Text(); got != "Phiên họp chuyên đề" || b.c.Focused() != b.field(1).Focusable() || b.offered() != nil {
			t.Errorf("taken: %q, still offered %q", got, b.offered())
		}
		b.field(1).SetText("")
		if len(b.offered()) != mostSuggested {
			t.Errorf("the empty field offers %q", b.offered())
		}
		next()
		if b.c.Focused() != b.field(2).Focusable() || slices.ContainsFunc(b.offered(), func(s string) bool { return strings.Contains(s, "Phiên họp") }) {
			t.Errorf("Tab does not lead on past what is offered: %q", b.offered())
		}
	})
}
