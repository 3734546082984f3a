package lists

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What is suggested can be kept as it is: the shortest of the fields these lists are for takes 100 letters.
func TestListsCanBeUsedAsTheyAre(t *testing.T) {
	for name, list := range map[string][]string{"meetings": Meetings(), "documents": Documents(), "units": Units(), "positions": Positions(), "places": Places(), "issuers": Issuers()} {
		if len(list) < 10 {
			t.Errorf("%s: only %d lines", name, len(list))
		}
		for i, s := range list {
			if s == "" || strings.TrimSpace(s) != s || !norm.NFC.IsNormalString(s) || utf8.RuneCountInString(s) > 100 {
				t.Errorf("%s, line %d: %q", name, i+1, s)
			}
			if slices.Index(list, s) != i {
				t.Errorf("%s: %q twice", name, s)
			}
		}
	}
}
