package screen

import (
	"slices"
	"testing"

	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// Of an agenda the item that changed is drawn anew and no other; with another language all are.
func TestTheItemThatChangedIsDrawnAnew(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(1), tablet)
	v := newAgenda(s.Shell, "m")
	s.push(v)
	cards := func() (out []*widget.Card) {
		for _, i := range f.meeting.Items {
			card, ok := v.cards[i.ID].card.(*widget.Card)
			if !ok || !slices.Contains(laidOut[*widget.Card](s), card) {
				t.Fatalf("the card of %s is not on the window", i.ID)
			}
			out = append(out, card)
		}
		return out
	}
	before := cards()
	f.meeting.Items = slices.Clone(f.meeting.Items)
	f.meeting.Items[1].Title = "Tên khác"
	s.Update()
	after := cards()
	for i := range before {
		if kept := before[i] == after[i]; kept != (i != 1) {
			t.Errorf("item %d: the card of before is kept: %v", i+1, kept)
		}
	}
	if got := after[1].Data().Title; got != "Tên khác" {
		t.Errorf("the item is called %q", got)
	}
	said := after[0].Data().Subtitle
	words.Use(words.English)
	for s.run(0) {
	}
	if got := cards()[0].Data().Subtitle; got == said {
		t.Errorf("in another language it still says %q", got)
	}
}
