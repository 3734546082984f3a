package screen

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
)

// fold brings a name to what somebody types who leaves accents and capitals out: "Đặng Thị Hòa" is "dang thi hoa".
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ' || r == 'Đ':
			return 'd'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// matches reports whether every word of what was typed begins a word of the name, the position or the unit.
func matches(p controller.PersonRow, typed string) bool {
	names := strings.Fields(fold(p.Name + " " + p.Position + " " + p.Unit))
	for _, want := range strings.Fields(fold(typed)) {
		found := false
		for _, n := range names {
			if strings.HasPrefix(n, want) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}
