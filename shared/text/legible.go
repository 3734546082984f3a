package text

import "unicode"

// Legible reports whether text that was read out of a document says something:
// most of what is to be seen of it are characters that mean the same
// everywhere. Fonts with an alphabet of their own give private-use and
// replacement characters. Text without anything to be seen is legible.
func Legible(s string) bool {
	seen, lost := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			continue
		case r == unicode.ReplacementChar, unicode.Is(unicode.Co, r), !unicode.IsGraphic(r):
			lost++
		}
		seen++
	}
	return 2*lost <= seen
}
