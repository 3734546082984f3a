package pdf

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"phonghop/server/internal/document"
)

// maxAnnotations bounds how many annotations are looked at for links.
const maxAnnotations = 4 * document.MaxLinks

// links reads where a page leads. Links of damaged files are left out.
func (o *openFile) links(page requests.Page, f frame) (out []document.Link, err error) {
	for at, looked := 0, 0; looked < maxAnnotations && len(out) < document.MaxLinks; looked++ {
		next, err := o.lib.FPDFLink_Enumerate(&requests.FPDFLink_Enumerate{Page: page, StartPos: at})
		if err != nil {
			return out, onlyTraps(err)
		}
		if next.Link == nil || next.NextStartPos == nil || *next.NextStartPos <= at {
			return out, nil
		}
		at = *next.NextStartPos
		link, ok, err := o.link(*next.Link, f)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, link)
		}
	}
	return out, nil
}

// link reads one link; ok is false where it leads nowhere that is shown.
func (o *openFile) link(ref references.FPDF_LINK, f frame) (out document.Link, ok bool, err error) {
	area, err := o.lib.FPDFLink_GetAnnotRect(&requests.FPDFLink_GetAnnotRect{Link: ref})
	if err != nil || area.Rect == nil {
		return out, false, onlyTraps(err)
	}
	r := area.Rect
	out.Box = f.rect(float64(r.Left), float64(r.Bottom), float64(r.Right), float64(r.Top)).box()
	if out.Box.W <= 0 || out.Box.H <= 0 {
		return out, false, nil
	}
	direct, err := o.lib.FPDFLink_GetDest(&requests.FPDFLink_GetDest{Document: o.doc, Link: ref})
	if trapped(err) {
		return out, false, err
	}
	if err == nil && direct.Dest != nil {
		out.Page, err = o.pageOf(*direct.Dest)
		return out, out.Page > 0, err
	}
	act, err := o.lib.FPDFLink_GetAction(&requests.FPDFLink_GetAction{Link: ref})
	if err != nil || act.Action == nil {
		return out, false, onlyTraps(err)
	}
	return o.follow(out, *act.Action)
}

// follow reads what a link's action does. Programs and other files are never
// led to.
func (o *openFile) follow(out document.Link, act references.FPDF_ACTION) (document.Link, bool, error) {
	kind, err := o.lib.FPDFAction_GetType(&requests.FPDFAction_GetType{Action: act})
	if err != nil {
		return out, false, onlyTraps(err)
	}
	switch kind.Type {
	case enums.FPDF_ACTION_ACTION_GOTO:
		to, err := o.lib.FPDFAction_GetDest(&requests.FPDFAction_GetDest{Document: o.doc, Action: act})
		if err != nil || to.Dest == nil {
			return out, false, onlyTraps(err)
		}
		out.Page, err = o.pageOf(*to.Dest)
		return out, out.Page > 0, err
	case enums.FPDF_ACTION_ACTION_URI:
		to, err := o.lib.FPDFAction_GetURIPath(&requests.FPDFAction_GetURIPath{Document: o.doc, Action: act})
		if err != nil || to.URIPath == nil {
			return out, false, onlyTraps(err)
		}
		out.URI = cleanURI(*to.URIPath)
		return out, out.URI != "", nil
	}
	return out, false, nil
}

// pageOf is the page, from 1, that a destination is on; 0 where there is none.
func (o *openFile) pageOf(dest references.FPDF_DEST) (int, error) {
	at, err := o.lib.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: o.doc, Dest: dest})
	if err != nil || at.Index < 0 || at.Index >= o.pages {
		return 0, onlyTraps(err)
	}
	return at.Index + 1, nil
}

// onlyTraps forgets the errors of a damaged file.
func onlyTraps(err error) error {
	if trapped(err) {
		return err
	}
	return nil
}

// cleanURI gives an address that a person may be shown, else "": of the web
// or of mail, printable, bounded.
func cleanURI(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 4*document.MaxURIRunes || !utf8.ValidString(s) || utf8.RuneCountInString(s) > document.MaxURIRunes {
		return ""
	}
	for _, r := range s {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return ""
		}
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
	case "mailto":
		if u.Opaque == "" {
			return ""
		}
	default:
		return ""
	}
	return s
}
