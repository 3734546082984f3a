package paper

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestNumber(t *testing.T) {
	for in, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1.000", -12480: "-12.480", 1234567: "1.234.567"} {
		if got := Number(in); got != want {
			t.Errorf("Number(%d) = %q, want %q", in, got, want)
		}
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{{10.4, 1, "10,4"}, {9.96, 1, "10,0"}, {-0.04, 1, "0,0"}, {1234.5, 2, "1.234,50"}, {-3.25, 1, "-3,3"}, {12.07, 2, "12,07"}, {5, 0, "5"}} {
		if got := Decimal(c.v, c.digits); got != c.want {
			t.Errorf("Decimal(%v, %d) = %q, want %q", c.v, c.digits, got, c.want)
		}
	}
	if got := Percent(1, 0); got != "-" {
		t.Errorf("Percent of nothing = %q", got)
	}
}

func TestLongDate(t *testing.T) {
	for in, want := range map[string]string{
		"2026-09-05": "ngày 05 tháng 9 năm 2026", "2026-02-28": "ngày 28 tháng 02 năm 2026", "2026-11-18": "ngày 18 tháng 11 năm 2026",
	} {
		day, err := time.Parse(time.DateOnly, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := LongDate(day); got != want {
			t.Errorf("LongDate(%s) = %q, want %q", in, got, want)
		}
	}
}

func TestWordWiderThanItsCellIsAnError(t *testing.T) {
	d := New(Options{Title: "Bảng"})
	d.DrawTable(Table{Columns: []Column{{Width: 4}, {Width: 150}}}, []Row{{Cells: []string{"nghiêng", "x"}}})
	if err := d.Write(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "nghiêng") {
		t.Errorf("the error is %v", err)
	}
}

func TestRowWithWrongNumberOfCellsIsAnError(t *testing.T) {
	d := New(Options{Title: "Bảng"})
	d.DrawTable(Table{Columns: []Column{{Title: "A", Width: 1}, {Title: "B", Width: 1}}}, []Row{{Cells: []string{"một"}}})
	if err := d.Write(&bytes.Buffer{}); err == nil {
		t.Error("no error")
	}
}

func TestMarkedWords(t *testing.T) {
	d := New(Options{})
	var got []string
	for _, w := range d.words("Có **10/19 thành viên**, __tán thành__", "", 14) {
		glue := ""
		if w.glued {
			glue = "+"
		}
		got = append(got, glue+w.text+"/"+w.style)
	}
	want := "Có/ 10/19/B thành/B viên/B +,/ tán/I thành/I"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("words are %q, want %q", s, want)
	}
}

func TestLinesNeverLeaveTheirWidth(t *testing.T) {
	d := New(Options{})
	text := strings.Repeat("Ủy ban nhân dân thành phố xem xét, quyết định ", 12)
	p := Para{Size: 14, Indent: 12.7, Align: "J"}
	lines := d.breakLines(d.words(text, "", p.Size), p, 120)
	count := 0
	for i, line := range lines {
		used := 0.0
		for j, w := range line {
			used += w.width
			if j > 0 {
				used += d.Measure(" ", "", p.Size)
			}
			count++
		}
		room := 120.0
		if i == 0 {
			room -= p.Indent
		}
		if used > room+0.01 {
			t.Errorf("line %d takes %.2f of %.2f mm", i, used, room)
		}
	}
	if count != len(strings.Fields(text)) {
		t.Errorf("%d words in lines, %d in the text", count, len(strings.Fields(text)))
	}
}
