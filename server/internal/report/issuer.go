package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unknownPlace is left to be filled in by hand.
const unknownPlace = "…………"

// longestTown is how many runes the name of a place may have in a heading.
const longestTown = 40

// bodies are the short and the full words that an issuing body begins with.
var bodies = []struct{ words, full string }{
	{"ủy ban nhân dân", "Ủy ban nhân dân"}, {"uỷ ban nhân dân", "Ủy ban nhân dân"}, {"ubnd", "Ủy ban nhân dân"},
	{"hội đồng nhân dân", "Hội đồng nhân dân"}, {"hđnd", "Hội đồng nhân dân"},
}

// units are the kinds of administrative units, each with a space after it.
var units = []string{"thành phố ", "tỉnh ", "phường ", "xã ", "đặc khu ", "thị xã ", "thị trấn ", "quận ", "huyện "}

// body finds the issuing body named in the room's name, or in the meeting's
// place: "Phòng họp UBND phường Hòa An" is a room of "Ủy ban nhân dân phường
// Hòa An". Where none is named, the room's name stands for it.
func body(room, place string) string {
	room, place = strings.ToValidUTF8(room, "?"), strings.ToValidUTF8(place, "?")
	for _, text := range []string{room, place} {
		low := lower(text)
		for _, b := range bodies {
			if at := wordAt(low, b.words); at >= 0 {
				rest, _, _ := strings.Cut(text[at+len(b.words):], ",")
				return strings.TrimSpace(b.full + " " + strings.TrimSpace(rest))
			}
		}
	}
	return room
}

// town is the name of the unit whose body meets, as a heading gives it: "Hải
// Lam" of "thành phố Hải Lam", but "Phường 1", for a number alone is no name.
func town(room, place string) string {
	place = strings.ToValidUTF8(place, "?")
	for _, text := range []string{body(room, place), place} {
		low := lower(text)
		for _, unit := range units {
			at := wordAt(low, unit)
			if at < 0 {
				continue
			}
			name, _, _ := strings.Cut(text[at+len(unit):], ",")
			name = strings.TrimSpace(name)
			if name == "" || utf8.RuneCountInString(name) > longestTown {
				continue
			}
			if unicode.IsDigit(rune(name[0])) {
				name = capital(strings.TrimSpace(unit)) + " " + name
			}
			return plain(name)
		}
	}
	return unknownPlace
}

// lower writes in small letters without moving a byte; what would change its
// length stays as it is. The text is valid UTF-8.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, text)
}

// wordAt finds words at the beginning of a word; -1 where there are none.
func wordAt(text, words string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return -1
		}
		at += from
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); at == 0 || !unicode.IsLetter(before) {
			return at
		}
		from = at + 1
	}
}

func capital(word string) string {
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[size:]
}
