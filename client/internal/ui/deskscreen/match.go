package deskscreen

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
	"phonghop/shared/meeting"
)

// What a file's name tells, written as plain gives it.
var (
	// leading is the item's number a name begins with: "3. bao cao", "03_bao cao", "7a - to trinh", "muc 3 -", "noi dung 3:", "3.1 to trinh".
	leading = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:(?:muc|noi dung|nd|stt)[\s._-]*)?0*(\d{1,3}[a-z]?(?:\.\d{1,2}[a-z]?)?)(?:[\s._)\-:]+|$)`)
	})
	// numbered is a number that is the document's own: "12-ttr-stc", "45 bc ubnd".
	numbered = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\d{1,4}[\s_.\-]*(ttr|bc|tb|kh|qd|nq|cv|gm|bb|ubnd|hdnd)(?:[\s_.\-]|$)`)
	})
	// initials are what kinds of document are shortened to.
	initials = map[string]string{"ttr": "Tờ trình", "bc": "Báo cáo", "nq": "Nghị quyết", "dtnq": "Dự thảo Nghị quyết", "qd": "Quyết định", "kh": "Kế hoạch", "pl": "Phụ lục",
		"cv": "Công văn", "tb": "Thông báo", "bb": "Biên bản", "gm": "Giấy mời"}
	gaps = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\s_]+`) })
)

// plainName is a file's name without its ending, with single blanks.
func plainName(name string) string {
	return strings.TrimSpace(gaps().ReplaceAllString(norm.NFC.String(strings.TrimSuffix(name, filepath.Ext(name))), " "))
}

// numberIn is the item's number that a name begins with, "" for none; rest is what follows it.
func numberIn(name string) (number, rest string) {
	all := plainName(name)
	p := plain(all)
	if numbered().MatchString(p) {
		return "", all
	}
	m := leading().FindStringSubmatch(p)
	if m == nil {
		return "", all
	}
	rest = string([]rune(all)[min(len([]rune(m[0])), len([]rune(all))):])
	return m[1], strings.TrimLeft(rest, " .-–:)")
}

// finder finds the items that files are for. It takes the titles apart once: many files are compared with many long titles.
type finder struct {
	items []controller.ItemRow
	// sizes has how many pairs of syllables each title has, pairs in which titles, and how often, each stands.
	sizes []int
	pairs map[string][]titlePair
	kinds []knownKind
}

type titlePair struct{ item, count int }

// knownKind is a kind of document as the room calls it, and as a file's name would have it.
type knownKind struct{ name, plain string }

func newFinder(items []controller.ItemRow, kinds []string) *finder {
	f := &finder{items: items, sizes: make([]int, len(items)), pairs: map[string][]titlePair{}}
	for n, i := range items {
		if !i.Readable {
			continue
		}
		own, size := pairsOf(i.Title)
		f.sizes[n] = size
		for p, count := range own {
			f.pairs[p] = append(f.pairs[p], titlePair{n, count})
		}
	}
	for _, k := range kinds {
		if p := strings.Join(syllables(k), " "); utf8.RuneCountInString(k) <= meeting.MaxKind { // it could not be kept else
			f.kinds = append(f.kinds, knownKind{k, " " + p + " "})
		}
	}
	return f
}

// item finds the item a file is for: by the number its name begins with, or else by the words it shares with an item's title.
// "" where neither tells.
func (f *finder) item(name string) meeting.ItemID {
	number, rest := numberIn(name)
	if number != "" {
		at := slices.IndexFunc(f.items, func(i controller.ItemRow) bool { return i.Number == number })
		if whole, _, sub := strings.Cut(number, "."); at < 0 && sub { // a number of the document's own behind the item's
			at = slices.IndexFunc(f.items, func(i controller.ItemRow) bool { return i.Number == whole })
		}
		switch {
		case at >= 0 && f.items[at].Readable:
			return f.items[at].ID
		case at >= 0:
			return ""
		}
	}
	return f.alike(rest)
}

// alike finds the item whose title a name is like, and clearly more so than any other. Alike are two texts, from 0 to 1, by how
// much they have in common, without accents: in pairs of syllables, for a Vietnamese word is often two of them. Half of it is how
// much they share of both, half how much of the shorter one.
func (f *finder) alike(name string) meeting.ItemID {
	own, size := pairsOf(name)
	common := map[int]int{}
	for p, count := range own {
		for _, t := range f.pairs[p] {
			common[t.item] += min(count, t.count)
		}
	}
	best, second := 0.0, 0.0
	var found meeting.ItemID
	for n, i := range f.items {
		if common[n] == 0 {
			continue
		}
		shared, x, y := float64(common[n]), float64(size), float64(f.sizes[n])
		switch like := shared/(x+y) + shared/(2*max(min(x, y), 2)); { // one pair alone says little
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

// pairsOf counts the pairs of syllables in a text.
func pairsOf(s string) (pairs map[string]int, size int) {
	all := syllables(s)
	pairs = make(map[string]int, len(all))
	for i := range max(len(all)-1, 0) {
		pairs[all[i]+" "+all[i+1]]++
	}
	return pairs, max(len(all)-1, 0)
}

func syllables(s string) []string {
	return strings.FieldsFunc(plain(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// kind guesses which of the room's kinds a document is from its file's name, "" where that tells nothing. The kind named first
// counts.
func (f *finder) kind(name string) string {
	_, rest := numberIn(name)
	words := syllables(rest)
	all := " " + strings.Join(words, " ") + " "
	kind, at := "", len(all)
	for _, k := range f.kinds {
		i := strings.Index(all, k.plain)
		if i >= 0 && (i < at || i == at && len(k.name) > len(kind)) {
			kind, at = k.name, i
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
