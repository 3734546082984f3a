package deskscreen

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
)

// alphabet is the Vietnamese one with the letters of foreign names at their places; tones are in the order of dictionaries.
const (
	alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
	tones    = "\u0300\u0309\u0303\u0301\u0323" // huyền, hỏi, ngã, sắc, nặng
)

// weigh makes of a text what compares as Vietnamese lists are ordered: letters first, and where they are the same, tones.
func weigh(s string) (letters, marks string) {
	var l, m strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if i := strings.IndexRune(tones, r); i >= 0 {
			m.WriteByte(byte('1' + i/2))
			continue
		}
		l.WriteRune(r)
		m.WriteByte('0')
	}
	composed := norm.NFC.String(l.String())
	l.Reset()
	for _, r := range composed {
		if i := slices.Index([]rune(alphabet), r); i >= 0 {
			l.WriteByte(byte('A' + i))
			continue
		}
		l.WriteRune(r)
	}
	return l.String(), m.String()
}

// byGivenName orders people as Vietnamese lists do: by the given name, which stands last, then by the family name and the middle
// ones. Screens come last.
func byGivenName(people []controller.PersonRow) []controller.PersonRow {
	out := slices.Clone(people)
	parts := make(map[string][4]string, len(out))
	for _, p := range out {
		if _, ok := parts[p.Name]; ok {
			continue
		}
		words := strings.Fields(p.Name)
		given, rest := "", ""
		if n := len(words); n > 0 {
			given, rest = words[n-1], strings.Join(words[:n-1], " ")
		}
		var key [4]string
		key[0], key[1] = weigh(given)
		key[2], key[3] = weigh(rest)
		parts[p.Name] = key
	}
	slices.SortStableFunc(out, func(a, b controller.PersonRow) int {
		if a.Screen != b.Screen {
			return map[bool]int{true: 1, false: -1}[a.Screen]
		}
		x, y := parts[a.Name], parts[b.Name]
		return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]), cmp.Compare(x[2], y[2]), cmp.Compare(x[3], y[3]))
	})
	return out
}
