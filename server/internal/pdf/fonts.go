package pdf

import (
	"strings"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"phonghop/server/internal/document"
)

// fonts notes how each line is set, after a few of its glyphs: to ask of all
// would take as long again as reading the page.
func (o *openFile) fonts(page references.FPDF_TEXTPAGE, lines []document.Line, samples [][]int) error {
	for i := range lines {
		bold, coded := true, false
		for _, at := range samples[i] {
			info, err := o.lib.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: page, Index: at})
			if trapped(err) {
				return err
			}
			if err != nil { // a font without a name
				bold = false
				continue
			}
			bold = bold && boldFont(info.FontName, info.Flags)
			coded = coded || codedFont(info.FontName)
		}
		lines[i].Bold, lines[i].Coded = bold, coded
	}
	return nil
}

// forceBold is a font's flag, see PDF 1.7, table 123.
const forceBold = 1 << 18

func boldFont(name string, flags int) bool {
	if flags&forceBold != 0 {
		return true
	}
	name = strings.ToLower(baseName(name))
	for _, sign := range []string{"bold", "black", "heavy"} {
		if strings.Contains(name, sign) {
			return true
		}
	}
	return false
}

// codedFont tells the fonts of TCVN 3 and VNI, whose letters have the codes of
// others.
func codedFont(name string) bool {
	name = strings.ToUpper(baseName(name))
	return strings.HasPrefix(name, ".VN") || strings.HasPrefix(name, "VNI-")
}

// baseName is a font's name without the tag of a subset ("ABCDEF+").
func baseName(name string) string {
	const tag = 6
	if len(name) > tag && name[tag] == '+' {
		return name[tag+1:]
	}
	return name
}
