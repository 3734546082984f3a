package fonts_test

import (
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"phonghop/assets/fonts"
)

var all = map[string][]byte{
	"TinosRegular":    fonts.TinosRegular,
	"TinosBold":       fonts.TinosBold,
	"TinosItalic":     fonts.TinosItalic,
	"TinosBoldItalic": fonts.TinosBoldItalic,
	"NotoSansRegular": fonts.NotoSansRegular,
	"NotoSansBold":    fonts.NotoSansBold,
}

// letters returns every letter of Vietnamese in NFC: 12 vowels with 6 tones
// (the level tone has no mark), the consonants and đ, in both cases.
func letters() []rune {
	const vowels = "aăâeêioôơuưy"
	tones := []string{"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}
	out := []rune("bcdđghklmnpqrstvxfjwz")
	for _, vowel := range vowels {
		for _, tone := range tones {
			out = append(out, []rune(norm.NFC.String(string(vowel)+tone))...)
		}
	}
	return append(out, []rune(strings.ToUpper(string(out)))...)
}

func TestLettersAreSingleRunes(t *testing.T) {
	if got, want := len(letters()), 2*(21+12*6); got != want {
		t.Fatalf("%d letters, want %d: some did not compose", got, want)
	}
}

func TestFontsCoverVietnamese(t *testing.T) {
	const marks = "0123456789 \u00a0.,;:!?()[]/%+-=*&@#\"'“”‘’–—…•₫°²³×±"
	for name, data := range all {
		t.Run(name, func(t *testing.T) {
			font, err := sfnt.Parse(data)
			if err != nil {
				t.Fatal(err)
			}
			var buf sfnt.Buffer
			for _, r := range append(letters(), []rune(marks)...) {
				glyph, err := font.GlyphIndex(&buf, r)
				if err != nil || glyph == 0 {
					t.Errorf("no glyph for %q (U+%04X): %v", r, r, err)
				}
			}
		})
	}
}

func TestLicenseNamesEachFont(t *testing.T) {
	for _, words := range []string{"Tinos", "Noto Sans", "SIL OPEN FONT LICENSE", "PERMISSION & CONDITIONS"} {
		if !strings.Contains(fonts.License, words) {
			t.Errorf("the licence text lacks %q", words)
		}
	}
}

func TestTotalSize(t *testing.T) {
	const limit = 4 << 20
	total := 0
	for _, data := range all {
		total += len(data)
	}
	if total > limit {
		t.Errorf("fonts take %d bytes, more than %d", total, limit)
	}
}
