package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// assemble makes a PDF of objects numbered from 1, of which the first is the
// catalogue.
func assemble(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// onePage makes a PDF of one page: its dictionary's entries (box, rotation,
// annotations) and its content. Font /F is Helvetica whose codes A, B, C ...
// mean the given runes.
func onePage(page, content string, meaning ...rune) []byte {
	var cmap strings.Builder
	fmt.Fprintf(&cmap, "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n", len(meaning))
	for i, r := range meaning {
		fmt.Fprintf(&cmap, "<%02X> <%04X>\n", 'A'+i, r)
	}
	cmap.WriteString("endbfchar endcmap end end")
	unicode := ""
	if len(meaning) > 0 {
		unicode = "/ToUnicode 6 0 R"
	}
	return assemble(
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"+page+">>",
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding"+unicode+">>",
		stream("", cmap.String()),
	)
}

func onePageFile(t testing.TB, page, content string, meaning ...rune) string {
	t.Helper()
	return write(t, "page.pdf", onePage(page, content, meaning...))
}
