package reflow

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// What stands before a point of a list, as patterns.
var (
	bulletForm   = regexp.MustCompile(`^[-–—+*•●▪◦○■□▫‣·➢✓❖\x{F000}-\x{F0FF}]$`)
	numberedForm = regexp.MustCompile(`^\(?([0-9]{1,3}|[a-zđA-ZĐ]|[ivxIVX]{1,5})[.)]$`)
	decimalForm  = regexp.MustCompile(`^[0-9]{1,2}(\.[0-9]{1,2}){1,3}\.?$`)
)

func marksByPattern(word string) certainty {
	switch {
	case bulletForm.MatchString(word), numberedForm.MatchString(word):
		return sure
	case decimalForm.MatchString(word):
		return perhaps
	}
	return none
}

func TestMarks(t *testing.T) {
	for _, word := range []string{"", "-", "–", "●", "\uf0b7", "\uf100", "1.", "123)", "1234.", "(a)", "((a)", "Đ.", "đ)", "ê.", "iv.", "viiii)", "viiiii)", "XIV.", "(.",
		".", ")", "1.2", "1.2.", "1.2.3.4", "1.2.3.4.5", "12.345", "1..2", "1.2..", "99.99.99.99.", "\xff.", "\xff", "-1", "a", "1"} {
		if got, want := marks(word), marksByPattern(word); got != want {
			t.Errorf("%q: %d, want %d", word, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("012(.)aivxIVXđĐê-•\uf0b7\u200b")), 0, 12, -1).Draw(t, "word")
		if got, want := marks(word), marksByPattern(word); got != want {
			t.Fatalf("%q: %d, want %d", word, got, want)
		}
	})
}
