package text

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// The table of Latin letters says what decomposing them says.
func TestLatin(t *testing.T) {
	for r := range rune(len(latin)) {
		want := rune(0)
		if folded := []rune(strings.Map(foldRune, norm.NFD.String(string(r)))); len(folded) == 1 && (r < 0x250 || r >= 0x1E00) {
			want = folded[0]
		}
		if latin[r] != want {
			t.Errorf("%U folds to %U, want %U", r, latin[r], want)
		}
	}
}
