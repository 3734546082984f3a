package document

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxNameRunes      = 200
	maxExtensionRunes = 10
	nameless          = "document.pdf"
)

// CleanName makes a file name fit to be shown and saved anywhere: one line of
// NFC text of at most 200 runes, without slashes (they become hyphens:
// "12/TTr" is a document's number), invisible characters and marks that turn
// the direction of writing. A name that is too long loses its end, not its
// extension. The result is never empty.
func CleanName(name string) string {
	// Bounded before it is normalised; the extension is at the end.
	const most = 4 * utf8.UTFMax * maxNameRunes
	if len(name) > most {
		name = name[:most/2] + name[len(name)-most/2:]
	}
	name = norm.NFC.String(strings.ToValidUTF8(name, ""))
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '/' || r == '\\':
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, name)
	name = strings.TrimLeft(strings.Join(strings.Fields(name), " "), ".- ")
	if name == "" || strings.EqualFold(name, "pdf") {
		return nameless
	}
	return norm.NFC.String(shorten(name))
}

func shorten(name string) string {
	runes := []rune(name)
	if len(runes) <= maxNameRunes {
		return name
	}
	extension := []rune(path.Ext(name))
	if len(extension) > maxExtensionRunes {
		extension = nil
	}
	stem := strings.TrimRight(string(runes[:maxNameRunes-len(extension)]), " ")
	return stem + string(extension)
}
