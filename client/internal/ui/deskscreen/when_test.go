package deskscreen

import (
	"strings"
	"testing"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
)

func TestParseDay(t *testing.T) {
	for text, want := range map[string]day{
		"23/11/2026": {2026, time.November, 23}, "3.1.2027": {2027, time.January, 3}, "03 - 02 - 2028": {2028, time.February, 3}, "29/2/2028": {2028, time.February, 29},
		"29/2/2027": {}, "31/04/2026": {}, "23/11": {}, "23/11/26": {}, "0/1/2026": {}, "1/13/2026": {}, "": {}, "hôm nay": {}, "23/11/2026 08:00": {}, "1/1/1999": {},
	} {
		if got, ok := parseDay(text); got != want || ok != (want != day{}) {
			t.Errorf("%q: %v, %t", text, got, ok)
		}
	}
}

func TestParseClock(t *testing.T) {
	for text, want := range map[string]int{"08:00": 480, "8:05": 485, "8h30": 510, "8h": 480, "13g15": 795, "8": 480, "23:59": 1439, "0:00": 0,
		"24:00": -1, "8:60": -1, "8:5": -1, "": -1, "sáng": -1, "-1:00": -1, "108:00": -1} {
		got, ok := parseClock(text)
		if want < 0 && ok || want >= 0 && (!ok || got != want) {
			t.Errorf("%q: %d, %t", text, got, ok)
		}
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct{ day, from, last, to, field, want string }{
		{"", "", "", "", "", ""},
		{"23/11/2026", "8:00", "", "", "", "08:00 · Thứ Hai, 23/11/2026"},
		{"23/11/2026", "8:00", "", "11:30", "", "08:00 - 11:30 · Thứ Hai, 23/11/2026"},
		{"23/11/2026", "8:00", "24/11/2026", "11:30", "", "08:00 · Thứ Hai, 23/11/2026 -\n11:30 · Thứ Ba, 24/11/2026"},
		{"", "8:00", "", "", "day", ""},
		{"", "", "24/11/2026", "", "day", ""},
		{"23/11/2026", "", "", "", "from", ""},
		{"23/11/2026", "8:00", "24/11/2026", "", "to", ""},
		{"23/11/2026", "8:00", "", "8:00", "to", ""},
		{"23/11/2026", "8:00", "22/11/2026", "9:00", "to", ""},
	} {
		from, to, field, what := span(c.day, c.from, c.last, c.to)
		if field != c.field || (what == "") != (field == "") {
			t.Errorf("%+v: %q, %q", c, field, what)
		}
		if got := spanText(from, to); field == "" && got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// Whatever is typed as a date or time, reading it does not panic, and what is read is written back the same.
func FuzzWhen(f *testing.F) {
	f.Add("23/11/2026", "8h30")
	f.Add("9999999999/1/2026", "99:99")
	f.Fuzz(func(t *testing.T, d, c string) {
		if x, ok := parseDay(d); ok {
			if again, ok := parseDay(dayText(x.at(720))); !ok || again != x {
				t.Errorf("%q became %v", d, again)
			}
		}
		if m, ok := parseClock(c); ok && (m < 0 || m >= 24*60) {
			t.Errorf("%q: %d minutes", c, m)
		}
	})
}

func TestSearchWithoutAccents(t *testing.T) {
	people := []controller.PersonRow{{Name: "Đỗ Văn Hưng", Unit: "Sở Xây dựng"}, {Name: "Phạm Thị Ngọc Ánh", Position: "Giám đốc"}}
	for what, want := range map[string]int{"": 2, "do van hung": 1, "HƯNG": 1, "anh giam doc": 1, "xay": 1, "khong co": 0, "  ": 2} {
		if got := len(search(people, what)); got != want {
			t.Errorf("%q: %d", what, got)
		}
	}
}

func TestLeadingNumbers(t *testing.T) {
	for name, want := range map[string]string{"3. bao cao.pdf": "3", "03_x.pdf": "3", "7a - y.pdf": "7a", "12.pdf": "12", "ttr-12.pdf": "", "2026 kế hoạch.pdf": "", "3bao.pdf": ""} {
		got := ""
		if m := leading().FindStringSubmatch(name); m != nil {
			got = m[1]
		}
		if got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestSuggestedPINs(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := suggestPIN()
		if len(p) != 6 || strings.Trim(p, "0123456789") != "" {
			t.Fatalf("%q", p)
		}
		seen[p] = true
	}
	if len(seen) < 190 {
		t.Errorf("only %d of 200 differ", len(seen))
	}
}

func TestSpanTextFollowsTheLanguage(t *testing.T) {
	words.Use(words.English)
	defer words.Use(words.Vietnamese)
	if got := spanText(starts, starts.Add(time.Hour)); got != "08:00 - 09:00 · Monday, 23/11/2026" {
		t.Error(got)
	}
}
