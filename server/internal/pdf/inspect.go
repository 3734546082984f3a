package pdf

import (
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"golang.org/x/text/unicode/norm"

	"phonghop/server/internal/document"
)

// a4 stands for pages that pdfium cannot open but whose successors it can.
var a4 = document.Size{W: 595.28, H: 841.89}

// inspect reads what a document says about itself. Damaged metadata and
// outlines are left out; a document of which no page opens is broken.
func (e *engine) inspect(path string) (*document.Info, error) {
	var info document.Info
	err := e.call(path, func(o *openFile) error {
		var err error
		if info.Sizes, err = o.sizes(); err != nil {
			return err
		}
		if title, err := o.lib.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: o.doc, Tag: "Title"}); err == nil {
			info.Title = cleanTitle(title.Value)
		} else if trapped(err) {
			return err
		}
		rights, err := o.lib.FPDF_GetDocPermissions(&requests.FPDF_GetDocPermissions{Document: o.doc})
		if trapped(err) {
			return err
		}
		info.NoCopy = err == nil && !rights.CopyOrExtractText
		walk := outlineWalk{file: o, pages: len(info.Sizes)}
		if err := walk.children(nil, 0); trapped(err) {
			return err
		}
		info.Outline = walk.entries
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &info, nil
}

// sizes returns the size of every page. A page tree may promise more pages
// than it has: what is missing at the end is not counted.
func (o *openFile) sizes() ([]document.Size, error) {
	sizes := make([]document.Size, 0, o.pages)
	readable := 0
	var first error
	for n := 1; n <= o.pages; n++ {
		size, err := o.size(n)
		switch {
		case err == nil:
			readable = n
		case trapped(err):
			return nil, err
		default:
			size = a4
			if first == nil {
				first = err
			}
		}
		sizes = append(sizes, size)
	}
	if readable == 0 {
		return nil, document.Refuse(document.CodeBroken, "no page can be opened: %v", first)
	}
	return sizes[:readable], nil
}

type outlineWalk struct {
	file    *openFile
	pages   int
	entries []document.OutlineEntry
}

// children adds the entries below parent. Outlines of damaged files can be
// endless rings: the bounds on entries and levels end the walk.
func (w *outlineWalk) children(parent *references.FPDF_BOOKMARK, level int) error {
	if level >= document.MaxOutlineLevel {
		return nil
	}
	lib, doc := w.file.lib, w.file.doc
	child, err := lib.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: doc, Bookmark: parent})
	if err != nil {
		return err
	}
	for mark := child.Bookmark; mark != nil && len(w.entries) < document.MaxOutline; {
		if err := w.add(*mark, level); err != nil {
			return err
		}
		if err := w.children(mark, level+1); err != nil {
			return err
		}
		next, err := lib.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: doc, Bookmark: *mark})
		if err != nil {
			return err
		}
		mark = next.Bookmark
	}
	return nil
}

func (w *outlineWalk) add(mark references.FPDF_BOOKMARK, level int) error {
	lib, doc := w.file.lib, w.file.doc
	title, err := lib.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: mark})
	if err != nil {
		return err
	}
	entry := document.OutlineEntry{Title: cleanTitle(title.Title), Level: level}
	dest, err := lib.FPDFBookmark_GetDest(&requests.FPDFBookmark_GetDest{Document: doc, Bookmark: mark})
	if err != nil {
		return err
	}
	if dest.Dest != nil {
		at, err := lib.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: doc, Dest: *dest.Dest})
		if err != nil {
			return err
		}
		if at.Index >= 0 && at.Index < w.pages {
			entry.Page = at.Index + 1
		}
	}
	w.entries = append(w.entries, entry)
	return nil
}

// cleanTitle makes one line of NFC text of a title.
func cleanTitle(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	s = norm.NFC.String(strings.Join(strings.Fields(s), " "))
	runes := 0
	for i := range s {
		if runes == document.MaxTitleRunes {
			return s[:i]
		}
		runes++
	}
	return s
}
