package protocol_test

import (
	"reflect"
	"strings"
	"testing"

	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

func line(y float64, words ...string) (l protocol.TextLine) {
	for x, w := range words {
		at := 50 + float64(x)*40
		l.Words = append(l.Words, protocol.TextWord{Text: w, Box: [4]float64{at, y, at + 36, y + 12}})
	}
	return l
}

func TestFind(t *testing.T) { // [H24]
	page := protocol.PageText{Page: 3, Lines: []protocol.TextLine{
		line(100, "Tổng", "mức", "Đầu", "tư:"), {}, line(120, "(công),", "dau", "tu", "khác"), line(140, "đầu"), line(160, "tư"),
	}}
	for _, c := range []struct {
		typed string
		most  int
		want  []protocol.Place
	}{
		{"đầu tư", 9, []protocol.Place{
			{Before: "Tổng mức", Match: "Đầu tư:", Boxes: [][4]float64{{130, 100, 206, 112}}},
			{Match: "đầu", Boxes: [][4]float64{{50, 140, 86, 152}, {50, 160, 86, 172}}},
		}},
		{"dau tu", 2, []protocol.Place{
			{Before: "Tổng mức", Match: "Đầu tư:", Boxes: [][4]float64{{130, 100, 206, 112}}},
			{Before: "(công),", Match: "dau tu", After: "khác", Boxes: [][4]float64{{90, 120, 166, 132}}},
		}},
		{"tư công", 9, []protocol.Place{
			{Before: "Tổng mức Đầu", Match: "tư:", Boxes: [][4]float64{{170, 100, 206, 112}, {50, 120, 86, 132}}},
		}},
		{"khác đâu", 9, []protocol.Place{}},
	} {
		q, _ := text.ParseQuery(c.typed)
		if got := page.Find(q, c.most); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %+v, want %+v", c.typed, got, c.want)
		}
	}
}

func TestFindCutsLongLines(t *testing.T) { // [H24]
	words := append(strings.Fields(strings.Repeat("trước ", 9000)), "đây")
	words = append(words, strings.Fields(strings.Repeat("sau ", 9000))...)
	q, _ := text.ParseQuery("đây")
	got := protocol.PageText{Lines: []protocol.TextLine{line(1, words...)}}.Find(q, 9)
	if len(got) != 1 || got[0].Match != "đây" || len([]rune(got[0].Before)) > protocol.MaxAround || len([]rune(got[0].After)) > protocol.MaxAround ||
		!strings.HasPrefix(got[0].Before, "…") || !strings.HasSuffix(got[0].After, "…") {
		t.Errorf("%+v", got)
	}
	q, _ = text.ParseQuery("trước")
	if all := (protocol.PageText{Lines: []protocol.TextLine{line(1, words...)}}).Find(q, 7); len(all) != 7 {
		t.Errorf("%d places", len(all))
	}
}
