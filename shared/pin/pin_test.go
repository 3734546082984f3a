package pin

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCodeIsCrockfordOfFirst60Bits(t *testing.T) {
	f := Fingerprint{0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0xFF}
	// 00000 00001 00010 00011 00100 00101 00110 00111 01000 01001 01010 01011
	if got, want := f.Code(), "0123-4567-89AB"; got != want {
		t.Fatalf("Code() = %q, want %q", got, want)
	}
	g := f
	g[7] ^= 0x0F // bits 61 to 64 are not shown
	g[8] = 0
	if g.Code() != f.Code() {
		t.Error("the code shows more than its 60 bits")
	}
	g = f
	g[7] ^= 0x10 // bit 60 is
	if g.Code() == f.Code() {
		t.Error("the code does not show bit 60")
	}
}

func TestParseCode(t *testing.T) {
	for in, want := range map[string]string{
		"KH7Q-2M4T-XW9P":   "KH7Q-2M4T-XW9P",
		"kh7q2m4txw9p":     "KH7Q-2M4T-XW9P",
		" kh7q 2m4t xw9p ": "KH7Q-2M4T-XW9P",
		"OIL0-1111-0000":   "0110-1111-0000",
		"":                 "",
		"KH7Q-2M4T-XW9":    "",
		"KH7Q-2M4T-XW9U":   "",
		"ĐH7Q-2M4T-XW9P":   "",
	} {
		got, err := ParseCode(in)
		if want == "" {
			if !errors.Is(err, ErrCode) {
				t.Errorf("ParseCode(%q) = %q, %v; want ErrCode", in, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("ParseCode(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestFingerprintRoundTrips(t *testing.T) {
	form := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$`)
	rapid.Check(t, func(t *rapid.T) {
		f := Fingerprint(sha256.Sum256(rapid.SliceOf(rapid.Byte()).Draw(t, "key")))
		if g, err := Parse(f.String()); err != nil || g != f {
			t.Fatalf("Parse(String) = %v, %v", g, err)
		}
		if !form.MatchString(f.Code()) {
			t.Fatalf("code %q", f.Code())
		}
		if c, err := ParseCode(strings.ToLower(f.Code())); err != nil || c != f.Code() {
			t.Fatalf("ParseCode = %q, %v", c, err)
		}
		b, err := json.Marshal(struct{ F Fingerprint }{f})
		if err != nil {
			t.Fatal(err)
		}
		var back struct{ F Fingerprint }
		if err := json.Unmarshal(b, &back); err != nil || back.F != f {
			t.Fatalf("JSON round trip of %s: %v", b, err)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	good := Fingerprint{1}.String()
	for _, s := range []string{
		"", good[:42], good + "=", good + "A", strings.Repeat("A", 43), "+" + good[1:],
		good[:42] + "B", // stray bits
		good[:20] + "\n" + good[21:], strings.Repeat("é", 43),
	} {
		if _, err := Parse(s); !errors.Is(err, ErrFingerprint) {
			t.Errorf("Parse(%q): %v, want ErrFingerprint", s, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Fingerprint{1, 2, 3}.String())
	f.Add("KH7Q-2M4T-XW9P")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := Parse(s); err == nil && p.String() != s {
			t.Errorf("Parse accepts %q, which is not the form of %q", s, p)
		}
		if c, err := ParseCode(s); err == nil {
			if again, err := ParseCode(c); err != nil || again != c {
				t.Errorf("ParseCode(%q) = %q is not stable", s, c)
			}
		}
	})
}
