package reflow_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"phonghop/client/internal/reflow"
	"phonghop/shared/protocol"
)

const (
	a4W, a4H = 595, 842
	high     = 16.0 // of a line of text
	letter   = 6.0  // wide
)

// at sets words on the page: letters of one width, beginning at a place.
func at(x, y float64, text string) protocol.TextLine { return sized(x, y, high, text) }

func sized(x, y, high float64, text string) (out protocol.TextLine) {
	wide := letter * high / 16
	for _, w := range strings.Fields(text) {
		end := x + wide*float64(len([]rune(w)))
		out.Words = append(out.Words, protocol.TextWord{Text: w, Box: [4]float64{x, y, end, y + high}})
		x = end + wide/2
	}
	return out
}

func bold(l protocol.TextLine) protocol.TextLine {
	l.Bold = true
	return l
}

// full is a line of words from a place to the right margin.
func full(x, y float64) protocol.TextLine {
	return at(x, y, strings.Repeat("những ", int((540-x)/(letter*5.5))))
}

// said tells the blocks in short: a letter for the kind, the level of headings and items, the marker and the text.
func said(blocks []reflow.Block) (out []string) {
	for _, b := range blocks {
		switch b.Kind {
		case reflow.Paragraph:
			out = append(out, "p "+b.Text)
		case reflow.Heading:
			out = append(out, fmt.Sprintf("h%d %s", b.Level, b.Text))
		case reflow.Item:
			out = append(out, fmt.Sprintf("i%d %s %s", b.Level, b.Marker, b.Text))
		case reflow.Margin:
			out = append(out, "m "+b.Text)
		case reflow.Cut:
			out = append(out, fmt.Sprintf("cut %d", len(b.Lines)))
		}
	}
	return out
}

func TestPage(t *testing.T) {
	some := strings.TrimSpace(strings.Repeat("những ", 13))
	for _, c := range []struct {
		name    string
		lines   []protocol.TextLine
		figures []reflow.Box
		want    []string
	}{
		{"nothing", nil, nil, nil},
		{"a wrapped paragraph", []protocol.TextLine{full(120, 100), full(85, 120), at(85, 140, "hết đoạn.")}, nil,
			[]string{"p " + strings.TrimSpace(strings.Repeat("những ", 12+13)) + " hết đoạn."}},
		{"first lines are set in", []protocol.TextLine{full(120, 100), full(85, 120), full(120, 140), full(85, 160), at(85, 180, "ngắn")}, nil,
			[]string{"p " + strings.TrimSpace(strings.Repeat("những ", 25)), "p " + strings.TrimSpace(strings.Repeat("những ", 25)) + " ngắn"}},
		{"a line that ends early ends its paragraph", []protocol.TextLine{full(85, 100), at(85, 120, "hết đoạn."), full(85, 140), full(85, 160)}, nil,
			[]string{"p " + some + " hết đoạn.", "p " + some + " " + some}},
		{"a gap ends a paragraph", []protocol.TextLine{full(85, 100), full(85, 120), full(85, 160), full(85, 180)}, nil,
			[]string{"p " + some + " " + some, "p " + some + " " + some}},
		{"a hyphen stays and joins", []protocol.TextLine{full(85, 100), withLast(full(85, 120), "kinh-"), at(85, 140, "tế xã hội")}, nil,
			[]string{"p " + some + " " + strings.TrimSpace(strings.Repeat("những ", 12)) + " kinh-tế xã hội"}},
		{"a dash between words does not", []protocol.TextLine{full(85, 100), withLast(full(85, 120), "-"), at(85, 140, "xã hội")}, nil,
			[]string{"p " + some + " " + strings.TrimSpace(strings.Repeat("những ", 12)) + " - xã hội"}},
		{"larger is a heading", []protocol.TextLine{sized(85, 100, 26, "Báo cáo"), sized(85, 140, 20, "Phần một"), full(85, 180), full(85, 200), full(85, 220)}, nil,
			[]string{"h1 Báo cáo", "h2 Phần một", "p " + some + " " + some + " " + some}},
		{"bold is a heading", []protocol.TextLine{bold(at(85, 100, "1. Tình hình chung")), full(85, 120), full(85, 140)}, nil,
			[]string{"h2 1. Tình hình chung", "p " + some + " " + some}},
		{"where all is bold, bold says nothing", []protocol.TextLine{bold(full(85, 120)), bold(full(85, 140)), bold(at(85, 180, "Điều lệ"))}, nil,
			[]string{"p " + some + " " + some, "p Điều lệ"}},
		{"capitals are a heading", []protocol.TextLine{at(250, 100, "TỜ TRÌNH"), full(85, 140), full(85, 160)}, nil,
			[]string{"h2 TỜ TRÌNH", "p " + some + " " + some}},
		{"lists", []protocol.TextLine{at(85, 100, "- Một khoản;"), full(85, 120), at(125, 140, "a) Khoản nhỏ;"), at(125, 160, "12. Khoản"), at(85, 180, "\uf0b7 Chấm")}, nil,
			[]string{"i0 - Một khoản;", "p " + some, "i1 a) Khoản nhỏ;", "i1 12. Khoản", "i0 \uf0b7 Chấm"}},
		{"an item that wraps", []protocol.TextLine{withFirst(full(85, 100), "-"), at(97, 120, "phần sau"), at(85, 140, "- khoản sau")}, nil,
			[]string{"i0 - " + strings.TrimSpace(strings.Repeat("những ", 13)) + " phần sau", "i0 - khoản sau"}},
		{"a marker far from its words", []protocol.TextLine{at(85, 100, "1."), at(150, 100, "Nội dung"), full(85, 130), full(85, 150)}, nil,
			[]string{"i0 1. Nội dung", "p " + some + " " + some}},
		{"a number at the begin of a line is none", []protocol.TextLine{full(85, 100), withFirst(full(85, 120), "12.5"), at(85, 140, "hết")}, nil,
			[]string{"p " + some + " 12.5 " + some + " hết"}},
		{"a page's number and a running head", []protocol.TextLine{at(300, 20, "3"), at(85, 40, "Báo cáo số 12"), full(85, 100), full(85, 120), at(300, 800, "Trang 3/12")}, nil,
			[]string{"m 3", "m Báo cáo số 12", "p " + some + " " + some, "m Trang 3/12"}},
		{"two columns are read one after the other", columns(), nil,
			[]string{"p " + strings.TrimSpace(strings.Repeat("một hai ba bốn năm sáu bảy ", 6)), "p " + strings.TrimSpace(strings.Repeat("tám chín mười mười một mười hai ", 6))}},
		{"a table is shown as it is", []protocol.TextLine{full(85, 100), at(85, 140, "Thu"), at(300, 140, "100"), at(400, 140, "120"), at(85, 160, "Chi"), at(300, 160, "90"), at(85, 178, "thường xuyên"), full(85, 240)}, nil,
			[]string{"p " + some, "cut 6", "p " + some}},
		{"a figure between paragraphs", []protocol.TextLine{full(85, 100), full(85, 400)}, []reflow.Box{{100, 150, 500, 380}},
			[]string{"p " + some, "cut 0", "p " + some}},
		{"a figure with words in it and at it", []protocol.TextLine{full(85, 100), full(85, 120), at(150, 200, "Cột một"), sized(150, 385, 11, "2025"), full(85, 440)}, []reflow.Box{{100, 150, 500, 380}},
			[]string{"p " + some + " " + some, "cut 2", "p " + some}},
		{"a figure at the end comes before the foot", []protocol.TextLine{full(85, 100), full(85, 120), at(300, 810, "3")}, []reflow.Box{{100, 300, 500, 380}},
			[]string{"p " + some + " " + some, "cut 0", "m 3"}},
		{"what cannot be trusted", []protocol.TextLine{coded(full(85, 100)), full(85, 200), at(85, 300, "\ue001\ue002\ue003 \ue004"), full(85, 400), at(85, 500, "....... = ∑ ∫ ……"), full(85, 600), at(85, 700, "một"), at(86, 702, "hai")}, nil,
			[]string{"cut 1", "p " + some, "cut 1", "p " + some, "cut 1", "p " + some, "cut 2"}},
		{"outside of the page", []protocol.TextLine{full(85, 100), at(85, 900, "ngoài trang")}, nil, []string{"p " + some}},
		{"over the edge of the page", []protocol.TextLine{full(85, 100), at(480, 300, strings.Repeat("những ", 9))}, nil, []string{"p " + some, "cut 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := said(reflow.Page(protocol.PageText{Page: 1, Lines: c.lines}, a4W, a4H, c.figures))
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func coded(l protocol.TextLine) protocol.TextLine {
	l.Coded = true
	return l
}

// withLast has another last word, as wide as what was there.
func withLast(l protocol.TextLine, word string) protocol.TextLine {
	l.Words = slices.Clone(l.Words)
	l.Words[len(l.Words)-1].Text = word
	return l
}

// withFirst puts a word before a line and moves it to the right.
func withFirst(l protocol.TextLine, word string) protocol.TextLine {
	first := l.Words[0].Box
	out := protocol.TextLine{Words: []protocol.TextWord{{Text: word, Box: [4]float64{first[0], first[1], first[0] + 6, first[3]}}}}
	for _, w := range l.Words {
		w.Box[0], w.Box[2] = w.Box[0]+12, w.Box[2]+12
		out.Words = append(out.Words, w)
	}
	return out
}

func columns() (out []protocol.TextLine) {
	for i := range 6 {
		out = append(out, at(60, 100+20*float64(i), "một hai ba bốn năm sáu bảy"))
	}
	for i := range 6 {
		out = append(out, at(320, 100+20*float64(i), "tám chín mười mười một mười hai"))
	}
	return out
}

// A page of more lines than a page of text has is shown as it is.
func TestPageOfTooManyLines(t *testing.T) {
	var p protocol.PageText
	for i := range reflow.MaxLines + 1 {
		p.Lines = append(p.Lines, at(float64(i%50)*10, float64(i/50)*20, "x"))
	}
	if got := reflow.Page(p, a4W, a4H, nil); len(got) != 1 || got[0].Kind != reflow.Cut || len(got[0].Lines) != len(p.Lines) || got[0].Box != (reflow.Box{0, 0, a4W, a4H}) {
		t.Errorf("%d blocks", len(got))
	}
}

func TestPlain(t *testing.T) {
	for want, p := range map[bool]protocol.PageText{false: {Lines: []protocol.TextLine{{}, coded(full(85, 100))}}, true: {Lines: []protocol.TextLine{coded(full(85, 100)), full(85, 200)}}} {
		if reflow.Plain(p) != want {
			t.Errorf("Plain is %t", !want)
		}
	}
}

func genPage(t *rapid.T) (protocol.PageText, []reflow.Box) {
	word := rapid.SampledFrom([]string{"những", "Ủy", "BAN", "-", "1.", "a)", "2.1", "kinh-", "\uf0b7", "\ufffd", "…", "12,5", "שלום", "x", "TRANG", "100"})
	coordinate := func(most float64) *rapid.Generator[float64] {
		return rapid.OneOf(rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(0, int(most/10)).Draw(t, "grid") * 10) }), rapid.Float64Range(-50, most+50),
			rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, -1e300, 1e300}))
	}
	var p protocol.PageText
	for range rapid.IntRange(0, 30).Draw(t, "lines") {
		text := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), " ")
		l := sized(coordinate(a4W).Draw(t, "x"), coordinate(a4H).Draw(t, "y"), rapid.SampledFrom([]float64{16, 16, 16, 24, 8, 0}).Draw(t, "high"), text)
		l.Bold, l.Coded = rapid.Bool().Draw(t, "bold"), rapid.IntRange(0, 9).Draw(t, "coded") == 0
		p.Lines = append(p.Lines, l)
	}
	var figures []reflow.Box
	for range rapid.IntRange(0, 3).Draw(t, "figures") {
		figures = append(figures, reflow.Box{coordinate(a4W).Draw(t, "l"), coordinate(a4H).Draw(t, "t"), coordinate(a4W).Draw(t, "r"), coordinate(a4H).Draw(t, "b")})
	}
	return p, figures
}

func squeezed(s string) string { return strings.ReplaceAll(s, " ", "") }

// Every character of a page's text stands in one block, in its order, or lies in a part that is shown as it is.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, figures := genPage(t)
		blocks := reflow.Page(p, a4W, a4H, figures)
		seen := map[int]int{}
		last := -1
		for _, b := range blocks {
			if !(b.Box[0] >= 0 && b.Box[1] >= 0 && b.Box[2] <= a4W && b.Box[3] <= a4H && b.Box[2] >= b.Box[0] && b.Box[3] >= b.Box[1]) && b.Kind == reflow.Cut {
				t.Fatalf("a part outside of the page: %v", b.Box)
			}
			text := ""
			for i, n := range b.Lines {
				seen[n]++
				if i > 0 && b.Lines[i-1] >= n {
					t.Fatalf("lines %v are out of order", b.Lines)
				}
				for _, w := range p.Lines[n].Words {
					text += w.Text
				}
				if b.Kind == reflow.Cut {
					inside(t, b.Box, p.Lines[n])
				}
			}
			if b.Kind == reflow.Cut {
				if b.Text != "" || b.Marker != "" {
					t.Fatalf("a part with text: %+v", b)
				}
				continue
			}
			if squeezed(b.Marker+b.Text) != squeezed(text) {
				t.Fatalf("block %q %q of lines that say %q", b.Marker, b.Text, text)
			}
			if b.Lines[0] <= last {
				t.Fatalf("block of line %d after line %d", b.Lines[0], last)
			}
			last = b.Lines[len(b.Lines)-1]
		}
		for n, l := range p.Lines {
			if want := visible(l); want >= 0 && seen[n] != want {
				t.Fatalf("line %d is there %d times", n, seen[n])
			}
		}
	})
}

// onPage reports whether a word is on the page with all of it.
func onPage(b reflow.Box) bool { return b[0] >= 0 && b[1] >= 0 && b[2] <= a4W && b[3] <= a4H }

// visible says how often a line is to be shown: 1 where a word of it is on the page, 0 where it has none, -1 where that is a matter of
// taste.
func visible(l protocol.TextLine) int {
	if len(l.Words) == 0 {
		return 0
	}
	for _, w := range l.Words {
		if onPage(w.Box) {
			return 1
		}
	}
	return -1
}

// inside wants a line's words in a part of the page, as far as they are on the page.
func inside(t *rapid.T, box reflow.Box, l protocol.TextLine) {
	for _, w := range l.Words {
		if !onPage(w.Box) {
			continue
		}
		if w.Box[0] < box[0]-0.01 || w.Box[1] < box[1]-0.01 || w.Box[2] > box[2]+0.01 || w.Box[3] > box[3]+0.01 {
			t.Fatalf("the word %q at %v is not in the part %v", w.Text, w.Box, box)
		}
	}
}
