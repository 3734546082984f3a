package text_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"phonghop/shared/text"
)

func TestForms(t *testing.T) {
	for _, c := range []struct{ in, exact, folded string }{
		{"Đặng Thị HÒA", "đặng thị hoà", "dang thi hoa"},
		{"hoà bình", "hoà bình", "hoa binh"},
		{"ỦY BAN uỷ ban", "uỷ ban uỷ ban", "uy ban uy ban"},
		{"khỏe khoẻ", "khoẻ khoẻ", "khoe khoe"},
		{"đường ĐƯỜNG", "đường đường", "duong duong"},
		{norm.NFD.String("Ngân sách"), "ngân sách", "ngan sach"},
		{"KT-XH 2027", "kt-xh 2027", "kt-xh 2027"},
		{"", "", ""},
	} {
		if got := text.Exact(c.in); got != c.exact {
			t.Errorf("Exact(%q) = %q, want %q", c.in, got, c.exact)
		}
		if got := text.Fold(c.in); got != c.folded {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.folded)
		}
	}
}

// The table says what decomposing says.
func TestFoldOfEveryRune(t *testing.T) {
	for r := rune(1); r < 0x3000; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		alone, among := text.Fold(string(r)), text.Fold("\u4e2d"+string(r))
		if "\u4e2d"+alone != among {
			t.Errorf("%q folds to %q alone, to %q among others", r, alone, among)
		}
	}
}

func TestQueryFind(t *testing.T) {
	words := strings.Fields(`1. Đầu tư công: “đầu tư” (dau tu), Đầu-tư KT-XH; số 112/TTr-UBND của Ủy ban`)
	for _, c := range []struct {
		query string
		want  string // the words of each place
	}{
		{"đầu tư", "Đầu tư|“đầu tư”|Đầu-tư"},
		{"ĐẦU TƯ", "Đầu tư|“đầu tư”|Đầu-tư"},
		{norm.NFD.String("đầu tư"), "Đầu tư|“đầu tư”|Đầu-tư"},
		{"dau tu", "Đầu tư|“đầu tư”|(dau tu),|Đầu-tư"},
		{"đâu tư", ""},
		{"đau tu", ""},
		{"tư", "tư|tư”|Đầu-tư"},
		{"t", ""},
		{"đầu", "Đầu|“đầu|Đầu-tư"},
		{"tư công đầu tư", "tư công: “đầu tư”"},
		{"112/ttr", "112/TTr-UBND"},
		{"ubnd của uỷ ban", "112/TTr-UBND của Ủy ban"},
		{"kt xh", "KT-XH;"},
		{"ban nhân dân", ""},
	} {
		q, ok := text.ParseQuery(c.query)
		if !ok {
			t.Errorf("%q is no query", c.query)
			continue
		}
		var got []string
		for _, s := range q.Find(words, 100) {
			got = append(got, strings.Join(words[s.First:s.Last+1], " "))
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%q finds %q, want %q", c.query, g, c.want)
		}
	}
}

func TestQueryBounds(t *testing.T) {
	for _, bad := range []string{"", "  ", "…", "-/-", "\xff\xfe", strings.Repeat("a", text.MaxQuery+1), strings.Repeat("a", 1<<20), "\u202e"} {
		if q, ok := text.ParseQuery(bad); ok {
			t.Errorf("%.20q is a query: %q", bad, q.Phrase())
		}
	}
	if _, ok := text.ParseQuery(strings.Repeat("ữ", text.MaxQuery)); !ok {
		t.Error("the longest query is refused")
	}
	q, _ := text.ParseQuery("a")
	if got := q.Find(strings.Fields(strings.Repeat("a ", 50)), 7); len(got) != 7 {
		t.Errorf("%d places, want 7", len(got))
	}
	if got := (text.Query{}).Find([]string{"a"}, 9); got != nil {
		t.Errorf("nothing is found at %v", got)
	}
}

// What is found in the words is what the phrase is part of in the index, and
// the other way round: a search may look at either.
func TestIndexAgreesWithFind(t *testing.T) {
	syllable := rapid.SampledFrom([]string{"đầu", "Đầu", "dau", "tư", "tu", "(tư)", "hòa", "hoà", "HOA", "KT-XH", "xh", "12/TTr", "…", "ủy", "uỷ"})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(syllable, 0, 12).Draw(t, "words")
		typed := strings.Join(rapid.SliceOfN(syllable, 1, 3).Draw(t, "typed"), " ")
		q, ok := text.ParseQuery(typed)
		if !ok {
			return
		}
		exact, folded := text.Index(strings.Join(words, " "))
		in := folded
		if q.Exact() {
			in = exact
		}
		indexed := strings.Contains(" "+in+" ", " "+q.Phrase()+" ")
		if found := q.Find(words, 1); indexed != (len(found) > 0) {
			t.Fatalf("%q in %q: found %v, index %t", typed, words, found, indexed)
		}
	})
}

func FuzzParseQuery(f *testing.F) {
	f.Add("đầu tư công")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, typed string) {
		q, ok := text.ParseQuery(typed)
		if !ok {
			return
		}
		for _, r := range q.Phrase() {
			if r == '"' || r == '*' || r == '\n' {
				t.Fatalf("%q leads to the phrase %q", typed, q.Phrase())
			}
		}
		line, _ := text.Line(typed, 1, text.MaxQuery)
		if got := q.Find([]string{line}, 1); len(got) != 1 {
			t.Fatalf("%q is not found in itself", line)
		}
	})
}
