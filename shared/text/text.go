// Package text is the one edge where text from outside enters: it becomes NFC
// (macOS sends file names decomposed), loses what cannot be seen, and is
// bounded in runes. Ids are checked here too.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxID is the length of the longest id, in bytes.
const MaxID = 64

// ValidID reports whether s can name something: 1 to 64 of [A-Za-z0-9_-].
func ValidID(s string) bool {
	if len(s) == 0 || len(s) > MaxID {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// Line cleans one line of text: NFC, no control, format or direction marks,
// runs of white space as one blank, none at the ends. ok is false where the
// text is not UTF-8 or what remains is not of least to most runes.
func Line(s string, least, most int) (out string, ok bool) {
	return cleaned(s, least, most, false)
}

// Paragraphs is Line for text of several lines: line feeds stay.
func Paragraphs(s string, least, most int) (out string, ok bool) {
	return cleaned(s, least, most, true)
}

func cleaned(s string, least, most int, lines bool) (string, bool) {
	// A rune has at most 4 bytes, and decomposed letters up to three marks:
	// anything longer cannot fit, and is not worth normalising.
	if len(s) > most*16+16 || !utf8.ValidString(s) {
		return "", false
	}
	// What is dropped may have stood between a letter and its mark, which then
	// compose, and marks may become spaces: each round leaves less or the same.
	out := norm.NFC.String(seen(norm.NFC.String(s), lines))
	for again := norm.NFC.String(seen(out, lines)); again != out; again = norm.NFC.String(seen(out, lines)) {
		out = again
	}
	n := utf8.RuneCountInString(out)
	return out, n >= least && n <= most
}

// seen drops what cannot be seen, and makes white space one blank.
func seen(s string, lines bool) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case r == '\n' && lines:
			b.WriteRune('\n')
			blank = false
		case unicode.IsSpace(r):
			blank = true
		case !unicode.IsGraphic(r) || r == utf8.RuneError:
			// control, format, private use, unassigned, bidi marks: dropped
		default:
			if blank && b.Len() > 0 {
				b.WriteByte(' ')
			}
			blank = false
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}
