package deskscreen

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
	"phonghop/shared/meeting"
)

// What a file's name tells, written as plain gives it.
var (
	// leading is the item's number a name begins with: "3. bao cao", "03_bao cao", "7a - to trinh", "muc 3 -", "noi dung 3:", "3.1 to trinh".
	leading = regexp.MustCompile(`^(?:(?:muc|noi dung|nd|stt)[\s._-]*)?0*(\d{1,3}[a-z]?(?:\.\d{1,2}[a-z]?)?)(?:[\s._)\-:]+|$)`)
	// numbered is a number that is the document's own: "12-ttr-stc", "45 bc ubnd".
	numbered = regexp.MustCompile(`^\d{1,4}[\s_.\-]*(ttr|bc|tb|kh|qd|nq|cv|gm|bb|ubnd|hdnd)(?:[\s_.\-]|$)`)
	// initials are what kinds of document are shortened to.
	initials = map[string]string{"ttr": "Tờ trình", "bc": "Báo cáo", "nq": "Nghị quyết", "dtnq": "Dự thảo Nghị quyết", "qd": "Quyết định", "kh": "Kế hoạch", "pl": "Phụ lục",
		"cv": "Công văn", "tb": "Thông báo", "bb": "Biên bản", "gm": "Giấy mời"}
	gaps = regexp.MustCompile(`[\s_]+`)
)

// plainName is a file's name without its ending, with single blanks.
func plainName(name string) string {
	return strings.TrimSpace(gaps.ReplaceAllString(norm.NFC.String(strings.TrimSuffix(name, filepath.Ext(name))), " "))
}

// numberIn is the item's number that a name begins with, "" for none; rest is what follows it.
func numberIn(name string) (number, rest string) {
	all := plainName(name)
	p := plain(all)
	if numbered.MatchString(p) {
		return "", all
	}
	m := leading.FindStringSubmatch(p)
	if m == nil {
		return "", all
	}
	rest = string([]rune(all)[min(len([]rune(m[0])), len([]rune(all))):])
	return m[1], strings.TrimLeft(rest, " .-–:)")
}

// matched finds the item a file is for: by the number its name begins with, or else by the words it shares with an item's title.
// "" where neither tells.
func matched(name string, items []controller.ItemRow) meeting.ItemID {
	number, rest := numberIn(name)
	if number != "" {
		at := slices.IndexFunc(items, func(i controller.ItemRow) bool { return i.Number == number })
		if whole, _, sub := strings.Cut(number, "."); at < 0 && sub { // a number of the document's own behind the item's
			at = slices.IndexFunc(items, func(i controller.ItemRow) bool { return i.Number == whole })
		}
		switch {
		case at >= 0 && items[at].Readable:
			return items[at].ID
		case at >= 0:
			return ""
		}
	}
	best, second := 0.0, 0.0
	var found meeting.ItemID
	for _, i := range items {
		if !i.Readable {
			continue
		}
		switch like := alike(rest, i.Title); {
		case like > best:
			best, second, found = like, best, i.ID
		case like > second:
			second = like
		}
	}
	if best < 0.45 || best-second < 0.1 {
		return ""
	}
	return found
}

// alike tells from 0 to 1 how much two texts have in common, without accents: in pairs of syllables, for a Vietnamese word is
// often two of them. Half of it is how much they share of both, half how much of the shorter one.
func alike(a, b string) float64 {
	x, y := syllables(a), syllables(b)
	if len(x) < 2 || len(y) < 2 {
		return 0
	}
	pairs := map[string]int{}
	for i := range len(x) - 1 {
		pairs[x[i]+" "+x[i+1]]++
	}
	common := 0
	for i := range len(y) - 1 {
		if p := y[i] + " " + y[i+1]; pairs[p] > 0 {
			pairs[p]--
			common++
		}
	}
	n, m := float64(len(x)-1), float64(len(y)-1)
	return float64(common)/(n+m) + float64(common)/(2*max(min(n, m), 2)) // one pair alone says little
}

func syllables(s string) []string {
	return strings.FieldsFunc(plain(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// kindOf guesses which of some kinds a document is from its file's name, "" where that tells nothing. The kind named first counts.
func kindOf(name string, kinds []string) string {
	_, rest := numberIn(name)
	words := syllables(rest)
	all := " " + strings.Join(words, " ") + " "
	kind, at := "", len(all)
	for _, k := range kinds {
		if utf8.RuneCountInString(k) > meeting.MaxKind {
			continue // it could not be kept
		}
		i := strings.Index(all, " "+strings.Join(syllables(k), " ")+" ")
		if i >= 0 && (i < at || i == at && len(k) > len(kind)) {
			kind, at = k, i
		}
	}
	if kind != "" {
		return kind
	}
	for _, w := range words {
		if k := initials[w]; k != "" {
			return k
		}
	}
	return ""
}

// titled is a document's title from its file's name: without the item's number and the ending.
func titled(name string) string {
	_, rest := numberIn(name)
	if rest == "" {
		rest = plainName(name)
	}
	return string([]rune(rest)[:min(len([]rune(rest)), meeting.MaxTitle)])
}
