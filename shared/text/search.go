package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Exact brings text to the form in which it is compared with its accents:
// NFC, small letters, and one place for the tone of oa, oe and uy, of which
// two are in use (hòa and hoà are the same word).
func Exact(s string) string {
	if plainASCII(s) {
		return strings.ToLower(s)
	}
	s = strings.ToLower(norm.NFC.String(s))
	if !strings.ContainsAny(s, toned) {
		return s
	}
	return tones.Replace(s)
}

// Fold brings text to what somebody types who leaves out accents and capitals:
// "Đặng Thị Hòa" is "dang thi hoa".
func Fold(s string) string {
	if plainASCII(s) {
		return strings.ToLower(s)
	}
	for _, r := range s {
		if int(r) >= len(latin) || latin[r] == 0 {
			return strings.Map(foldRune, norm.NFD.String(s))
		}
	}
	return strings.Map(func(r rune) rune { return latin[r] }, s)
}

// foldRune folds a rune of decomposed text; -1 is none.
func foldRune(r rune) rune {
	switch {
	case unicode.Is(unicode.Mn, r):
		return -1
	case r == 'đ' || r == 'Đ':
		return 'd'
	}
	return unicode.ToLower(r)
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// toned are the first vowels that tones looks for.
const toned = "òóỏõọùúủũụ"

// tones moves the tone of an old spelling to the second vowel.
var tones = strings.NewReplacer(
	"òa", "oà", "óa", "oá", "ỏa", "oả", "õa", "oã", "ọa", "oạ",
	"òe", "oè", "óe", "oé", "ỏe", "oẻ", "õe", "oẽ", "ọe", "oẹ",
	"ùy", "uỳ", "úy", "uý", "ủy", "uỷ", "ũy", "uỹ", "ụy", "uỵ",
)

// Tokens cuts text that was brought to a form into what is searched for: runs
// of letters, digits and the marks that belong to them.
func Tokens(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mn, r)
	})
}

// MaxQuery bounds what is searched for, in runes.
const MaxQuery = 200

// Query is a phrase to look for: its words, whole and one after the other. One
// with any accent is looked for as it is written, one without in all spellings
// ("dau tu" finds "đầu tư"). It is a value that never changes.
type Query struct {
	exact  bool
	tokens []string
}

// ParseQuery reads what was typed. ok is false for text that is not UTF-8, is
// too long, or has no letter and no digit.
func ParseQuery(typed string) (q Query, ok bool) {
	line, ok := Line(typed, 1, MaxQuery)
	if !ok {
		return Query{}, false
	}
	exact, folded := Exact(line), Fold(line)
	q.exact = exact != folded
	if q.exact {
		q.tokens = Tokens(exact)
	} else {
		q.tokens = Tokens(folded)
	}
	return q, len(q.tokens) > 0
}

// Exact reports whether accents count.
func (q Query) Exact() bool { return q.exact }

// Phrase gives the words with a blank between them, in the form they are
// compared in: letters, digits and blanks only.
func (q Query) Phrase() string { return strings.Join(q.tokens, " ") }

// Index gives a page's text in both forms, cut into words with a blank between
// them: what Phrase is looked for in.
func Index(page string) (exact, folded string) {
	return strings.Join(Tokens(Exact(page)), " "), strings.Join(Tokens(Fold(page)), " ")
}

// Span is a run of words, from First to Last, both included.
type Span struct{ First, Last int }

// Find gives where the phrase stands in the words of a page, which are in
// their order and may have signs around them, at most most of them. Places do
// not overlap.
func (q Query) Find(words []string, most int) []Span {
	if len(q.tokens) == 0 {
		return nil
	}
	form := Fold
	if q.exact {
		form = Exact
	}
	var all []string
	var owners []int
	for i, w := range words {
		for _, t := range Tokens(form(w)) {
			all, owners = append(all, t), append(owners, i)
		}
	}
	var out []Span
	for at := 0; at+len(q.tokens) <= len(all) && len(out) < most; {
		if !starts(all[at:], q.tokens) {
			at++
			continue
		}
		end := at + len(q.tokens)
		out = append(out, Span{owners[at], owners[end-1]})
		at = end
	}
	return out
}

func starts(all, with []string) bool {
	for i, w := range with {
		if all[i] != w {
			return false
		}
	}
	return true
}
