package document

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestCleanName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Báo cáo.pdf":                     "Báo cáo.pdf",
		"Ba\u0301o ca\u0301o.pdf":         "Báo cáo.pdf",
		"Tờ trình 12/TTr-STC.pdf":         "Tờ trình 12-TTr-STC.pdf",
		"../../etc/passwd":                "etc-passwd",
		`..\..\windows\a.pdf`:             "windows-a.pdf",
		"a\x00b\r\n\tc.pdf":               "ab c.pdf",
		"evil\u202Efdp.exe":               "evilfdp.exe",
		"\u200Ezero\u200Bwidth.pdf":       "zerowidth.pdf",
		"  many   blanks .pdf":            "many blanks .pdf",
		"":                                nameless,
		"///":                             nameless,
		".pdf":                            nameless,
		"\xff\xfe":                        nameless,
		"bad\xffutf.pdf":                  "badutf.pdf",
		strings.Repeat("ă", 300):          strings.Repeat("ă", 200),
		strings.Repeat("ă", 300) + ".pdf": strings.Repeat("ă", 196) + ".pdf",
	} {
		if got := CleanName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	f.Add("a/b.pdf")
	f.Add("\u202e\x00\\" + strings.Repeat("e\u0301", 250) + ".pdf")
	f.Fuzz(func(t *testing.T, in string) {
		got := CleanName(in)
		if got == "" || !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxNameRunes ||
			strings.ContainsAny(got, `/\`) || !norm.NFC.IsNormalString(got) || strings.HasPrefix(got, ".") {
			t.Fatalf("%q becomes %q", in, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Fatalf("%q becomes %q", in, got)
			}
		}
		if again := CleanName(got); again != got {
			t.Fatalf("%q becomes %q, then %q", in, got, again)
		}
	})
}
