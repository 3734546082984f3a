package reflow_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"phonghop/client/internal/reflow"
	"phonghop/shared/protocol"
)

func TestSaid(t *testing.T) {
	p := protocol.PageText{Lines: []protocol.TextLine{
		bold(at(85, 80, "I. TÌNH HÌNH")), full(85, 100), withLast(full(85, 120), "kinh-"), at(85, 140, "tế "+norm.NFD.String("Hòa")),
		at(85, 200, "Thu"), at(300, 200, "100"), at(85, 220, "Chi"), at(300, 220, "90"),
	}}
	words := 0
	for _, l := range p.Lines {
		words += len(l.Words)
	}
	if got := reflow.Said(p, a4W, a4H, 1, 4); got != "TÌNH HÌNH\nnhững những" {
		t.Errorf("got %q", got)
	}
	got := reflow.Said(p, a4W, a4H, -5, words+5)
	if want := "I. TÌNH HÌNH\n" + strings.Repeat("những ", 25) + "kinh-tế Hòa\nThu\t100\nChi\t90"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, none := range [][2]int{{5, 4}, {words, words + 9}, {-9, -1}} {
		if got := reflow.Said(p, a4W, a4H, none[0], none[1]); got != "" {
			t.Errorf("words %v say %q", none, got)
		}
	}
}

// Whatever is chosen, it is said whole and in its order.
func TestSaidIsWhatIsChosen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, _ := genPage(t)
		var all []string
		for _, l := range p.Lines {
			for _, w := range l.Words {
				all = append(all, w.Text)
			}
		}
		first := rapid.IntRange(0, len(all)).Draw(t, "first")
		last := rapid.IntRange(first, len(all)).Draw(t, "last")
		want := strings.Join(all[first:min(last+1, len(all))], "")
		got := reflow.Said(p, a4W, a4H, first, last)
		if strings.NewReplacer(" ", "", "\n", "", "\t", "").Replace(got) != norm.NFC.String(want) {
			t.Fatalf("%q for %q", got, want)
		}
	})
}
