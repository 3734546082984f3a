package pdf

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"phonghop/server/internal/document"
)

func linkAnnot(rect, what string) string {
	return fmt.Sprintf("<</Type/Annot/Subtype/Link/Rect[%s]%s>>", rect, what)
}

func uriAction(to string) string { return fmt.Sprintf("/A<</S/URI/URI(%s)>>", to) }

func TestLinks(t *testing.T) {
	t.Parallel()
	annots := []string{
		linkAnnot("100 700 200 720", "/Dest[3 0 R/Fit]"),
		linkAnnot("100 600 200 620", "/A<</S/GoTo/D[3 0 R/XYZ 0 0 0]>>"),
		linkAnnot("100 500 200 520", uriAction("https://example.gov.vn/a?b=1")),
		linkAnnot("100 400 200 420", uriAction("mailto:vanthu@example.gov.vn")),
		linkAnnot("100 300 200 320", uriAction("javascript:alert\\(1\\)")),
		linkAnnot("100 300 200 320", uriAction("file:///etc/passwd")),
		linkAnnot("100 300 200 320", uriAction("https://x/"+strings.Repeat("a", document.MaxURIRunes))),
		linkAnnot("100 300 200 320", "/A<</S/Launch/F(calc.exe)>>"),
		linkAnnot("100 300 200 320", "/Dest[99 0 R/Fit]"),
		linkAnnot("100 300 200 320", ""),
		linkAnnot("200 300 100 320", uriAction("https://turned.round")),
		"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]>>",
	}
	text := readText(t, newPool(t, nil), onePageFile(t, a4Box+"/Annots["+strings.Join(annots, "")+"]", "BT /F 12 Tf 50 700 Td (x) Tj ET"), 1)
	box := func(y float32) document.Box { return document.Box{X: 100, Y: y, W: 100, H: 20} }
	want := []document.Link{
		{Box: box(122), Page: 1}, {Box: box(222), Page: 1}, {Box: box(322), URI: "https://example.gov.vn/a?b=1"},
		{Box: box(422), URI: "mailto:vanthu@example.gov.vn"}, {Box: box(522), URI: "https://turned.round"},
	}
	if !reflect.DeepEqual(text.Links, want) {
		t.Errorf("links %+v,\nwant %+v", text.Links, want)
	}
}

func TestLinksAreBounded(t *testing.T) {
	t.Parallel()
	annots := strings.Repeat(linkAnnot("100 700 200 720", uriAction("https://x")), document.MaxLinks+50)
	text := readText(t, newPool(t, nil), onePageFile(t, a4Box+"/Annots["+annots+"]", ""), 1)
	if len(text.Links) != document.MaxLinks {
		t.Errorf("%d links", len(text.Links))
	}
}

func TestCleanURI(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" https://a.vn/b ": "https://a.vn/b", "HTTP://A.vn": "HTTP://A.vn", "mailto:a@b": "mailto:a@b", "https://ủy-ban.vn/văn-bản": "https://ủy-ban.vn/văn-bản",
		"": "", "a.vn": "", "//a.vn": "", "https:": "", "mailto:": "", "tel:113": "", "data:text/html,x": "", "https://a\u202e.vn": "", "https://a\x00.vn": "", "https://a b": "", "https://\xff": "",
		"https://[": "",
	} {
		if got := cleanURI(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestFonts(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]bool{
		"Times-Roman": {}, "Times-Bold": {true}, "ABCDEF+TimesNewRomanPS-BoldMT": {true}, "Arial-Black": {true}, "Boldoni": {true},
		".VnTime": {false, true}, "ABCDEF+.VnTimeH": {false, true}, "VNI-Times": {false, true}, "Vnexpress": {},
	} {
		if got := [2]bool{boldFont(name, 0), codedFont(name)}; got != want {
			t.Errorf("%s: bold, coded %v, want %v", name, got, want)
		}
	}
	doc := fpdf.New("P", "mm", "A4", "")
	doc.AddPage()
	for _, style := range []string{"", "B", "I"} {
		doc.SetFont("Times", style, 13)
		doc.CellFormat(0, 8, "A line of words.", "", 1, "L", false, 0, "")
	}
	doc.SetFont("Times", "B", 13)
	doc.Write(8, "Bold at its begin")
	doc.SetFont("Times", "", 13)
	doc.Write(8, " and not at its end")
	path := filepath.Join(t.TempDir(), "fonts.pdf")
	if err := doc.OutputFileAndClose(path); err != nil {
		t.Fatal(err)
	}
	var bold []bool
	for _, l := range readText(t, newPool(t, nil), path, 1).Lines {
		bold = append(bold, l.Bold)
	}
	if want := []bool{false, true, false, false}; !reflect.DeepEqual(bold, want) {
		t.Errorf("bold lines %v, want %v", bold, want)
	}
}

// A page that has only what a font of symbols means is as a scan is.
func TestPrivateAlphabetIsNoText(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	file := onePageFile(t, a4Box, "BT /F 12 Tf 50 700 Td (ABC) Tj 0 -20 Td (CBA) Tj ET", 0xE001, 0xE002, 0xF0B7)
	if text := readText(t, p, file, 1); len(text.Lines) != 0 {
		t.Errorf("got %q", text)
	}
	file = onePageFile(t, a4Box, "BT /F 12 Tf 50 700 Td (A) Tj 20 0 Td (words) Tj ET", 0xF0B7)
	if text := readText(t, p, file, 1); len(text.Lines) == 0 {
		t.Error("a bullet of a font of symbols takes its line away")
	}
}

func TestRightToCopy(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	for name, c := range map[string]struct {
		rights byte
		want   bool
	}{"print only": {fpdf.CnProtectPrint, true}, "copy too": {fpdf.CnProtectPrint | fpdf.CnProtectCopy, false}} {
		doc := fpdf.New("P", "mm", "A4", "")
		doc.SetProtection(c.rights, "", "owner")
		doc.AddPage()
		path := filepath.Join(t.TempDir(), "rights.pdf")
		if err := doc.OutputFileAndClose(path); err != nil {
			t.Fatal(err)
		}
		info, err := p.Inspect(background(t), path)
		if err != nil {
			t.Fatal(err)
		}
		if info.NoCopy != c.want {
			t.Errorf("%s: no copy is %t", name, info.NoCopy)
		}
	}
	info, err := p.Inspect(background(t), textPDF(t, 1))
	if err != nil || info.NoCopy {
		t.Errorf("a document without a lock: %t, %v", info.NoCopy, err)
	}
}
