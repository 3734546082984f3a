package storetest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"phonghop/server/internal/document"
	"phonghop/shared/text"
)

// page makes a page's text of lines of words.
func page(lines ...string) (out document.Text) {
	for y, line := range lines {
		var words document.Line
		for x, w := range strings.Fields(line) {
			words.Words = append(words.Words, document.Word{Text: w, Box: document.Box{X: float32(x) * 40, Y: float32(y) * 16, W: 38, H: 12}})
		}
		out.Lines = append(out.Lines, words)
	}
	return out
}

// searched gives the pages that have a phrase, e.g. "a3 b1".
func searched(t *testing.T, s document.Store, typed string, skip, most int, digits ...string) string {
	t.Helper()
	q, ok := text.ParseQuery(typed)
	if !ok {
		t.Fatalf("%q is no query", typed)
	}
	var hashes, out []string
	for _, d := range digits {
		hashes = append(hashes, hash(d))
	}
	err := s.Search(t.Context(), hashes, q, skip, func(hash string, page int, text document.Text) bool {
		if len(q.Find(text.Strings(), 1)) == 0 {
			t.Errorf("%q is not on page %d of %s: %v", typed, page, hash, text)
		}
		out = append(out, fmt.Sprint(hash[:1], page))
		return len(out) < most
	})
	if err != nil {
		t.Fatalf("Search: %v", err)
	}
	return strings.Join(out, " ")
}

func documentSearch(t *testing.T, open func() document.Store) {
	s := open()
	for digit, pages := range map[string][]document.Text{
		"a": {page("Tổng mức Đầu", "tư công năm 2027"), {}, page("dau tu (khong dau)"), page("ĐẦU-TƯ CÔNG: 12%", "đầu tư")},
		"b": {page("hoà bình"), page("Hòa Bình", `"OR" NEAR * công`)},
		"c": {page("đầu tư")},
	} {
		putDocument(t, s, record(digit, 10))
		for i := len(pages); i > 0; i-- {
			putText(t, s, hash(digit), i, pages[i-1])
		}
	}
	check := func(want, typed string, digits ...string) {
		t.Helper()
		if got := searched(t, s, typed, 0, 100, digits...); got != want {
			t.Errorf("%q in %v: %q, want %q", typed, digits, got, want)
		}
	}
	for range 2 {
		check("a1 a4", "đầu tư", "a", "b")
		check("a1 a4 c1", "ĐẦU TƯ", "a", "c")
		check("c1 a1 a3 a4", "dau tu", "c", "a")
		check("a1", "tư công năm", "a", "b", "c")
		check("", "công tư", "a", "b", "c")
		check("", "đâu tư", "a", "b", "c")
		check("", "dau t", "a", "b", "c")
		check("b1 b2", "hòa bình", "b")
		check("b2", `"or" near *`, "b")
		check("a4", "12%", "a")
		check("", "dau tu")
		check("c1", "dau tu", "9", "c", "8")
		s = open()
	}
	if got := searched(t, s, "dau tu", 1, 2, "a", "c"); got != "a3 a4" {
		t.Errorf("two after the first: %q", got)
	}
	if got := searched(t, s, "dau tu", 9, 2, "a", "c"); got != "" {
		t.Errorf("after the last: %q", got)
	}
	// What is replaced or deleted is not found any more.
	putText(t, s, hash("a"), 1, page("khác"))
	putText(t, s, hash("a"), 4, document.Text{})
	putDocument(t, s, record("a", 10))
	check("a3", "dau tu", "a")
	check("a1", "khac", "a")
	if err := s.DeleteDocument(t.Context(), hash("a")); err != nil {
		t.Fatal(err)
	}
	check("c1", "dau tu", "a", "b", "c")
	putDocument(t, s, record("d", 2)) // takes the place of the one that went
	check("", "dau tu", "d")
	putDocument(t, s, record("a", 10))
	check("", "dau tu", "a")
}

func documentCoverage(t *testing.T, open func() document.Store) {
	s := open()
	putDocument(t, s, record("a", 4))
	putDocument(t, s, record("b", 2))
	for i, text := range []document.Text{page("chữ"), {}, {Cut: true}} {
		putText(t, s, hash("a"), i+1, text)
	}
	want := map[string]document.Coverage{hash("a"): {Pages: 4, Read: 3, Blank: 2}, hash("b"): {Pages: 2}}
	for range 2 {
		got, err := s.Coverage(t.Context(), []string{hash("b"), hash("c"), hash("a")})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("Coverage: %v, %v, want %v", got, err, want)
		}
		s = open()
	}
	putText(t, s, hash("a"), 2, page("đã đọc lại"))
	if got, err := s.Coverage(t.Context(), []string{hash("a")}); err != nil || got[hash("a")].Blank != 1 {
		t.Errorf("Coverage: %v, %v", got, err)
	}
}
