package screen

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/reflow"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/protocol"
)

// textSizes are how much larger than the screens' own letters a page's text is set.
var textSizes = []float32{1, 1.2, 1.45, 1.75, 2.1}

const usualTextSize = 1

// textView shows a page's text set anew in large letters, for screens on which the page is too small to read. The page itself is one
// tap away, and what is no running text is shown as it is on the page.
type textView struct {
	reader *reader
	on     bool
	size   int // of textSizes
	scroll *widget.Scroll

	at      pageOf       // the page that page is of, or that is being read
	paper   widget.Paper // of its pictures
	page    *readPage    // nil while it is being read
	stop    func()       // ends the reading
	shown   pageOf       // whose text scroll has
	content []fyne.CanvasObject
}

// readPage is a page set anew.
type readPage struct {
	blocks []reflow.Block
	cuts   []*widget.CutPicture // of the blocks, nil where they have text
	code   string               // why it could not be read
}

// blank reports whether a page has nothing to be set anew.
func (p *readPage) blank() bool {
	for _, b := range p.blocks {
		if b.Kind != reflow.Cut && b.Kind != reflow.Margin {
			return false
		}
	}
	return true
}

func newTextView(r *reader) *textView {
	return &textView{reader: r, size: usualTextSize, scroll: newScroll(), stop: func() {}}
}

func (v *textView) close() { v.stop() }

// textLook is what of it can be seen.
type textLook struct {
	On, Read bool
	Size     int
	Code     string
}

func (v *textView) look() textLook {
	if !v.on {
		v.forget()
		return textLook{Size: v.size}
	}
	l := textLook{On: true, Size: v.size}
	v.read()
	if v.page != nil {
		l.Read, l.Code = true, v.page.code
	}
	return l
}

// forget lets the page's pictures go.
func (v *textView) forget() {
	v.stop()
	v.at, v.page, v.content, v.shown = pageOf{}, nil, nil, pageOf{}
}

// showing reports whether the page's text stands in the place of the page.
func (v *textView) showing() bool {
	return v.on && v.reader.doc != nil && v.reader.failed == "" && (v.page == nil || v.page.code == "" && !v.page.blank())
}

// toggle changes between the page and its text. Where one reads the text, one does not write.
func (v *textView) toggle() {
	r := v.reader
	v.on = !v.on
	r.bare = false
	if v.on && r.pen.view.Writing() {
		r.pen.set(false)
	}
	if r.panel != noPanel {
		r.open(noPanel)
		return
	}
	r.shell.redraw()
}

// leave goes to the page.
func (v *textView) leave() {
	if v.on {
		v.toggle()
	}
}

func (v *textView) grow(by int) {
	v.size = min(max(v.size+by, 0), len(textSizes)-1)
	v.content = nil
	v.reader.shell.redraw()
}

// read has the page at hand read, if that is not under way or done.
func (v *textView) read() {
	r := v.reader
	want := pageOf{r.hash, r.seen.Page}
	if r.doc == nil || want == v.at && v.paper == r.shell.chosen.Paper {
		return
	}
	v.stop()
	ctx, cancel := context.WithCancel(r.pen.ctx)
	v.at, v.paper, v.page, v.stop, v.content = want, r.shell.chosen.Paper, nil, cancel, nil
	doc, paper := r.doc, v.paper
	go func() {
		defer cancel()
		got := readText(ctx, doc, want.page, paper)
		mainthread.Do(func() {
			if got != nil && v.at == want && v.paper == paper {
				v.page = got
				r.shell.refresh()
			}
		})
	}()
}

// readText fetches a page's words and picture and sets them. It returns nil where ctx ended before.
func readText(ctx context.Context, doc Document, page int, paper widget.Paper) *readPage {
	t, err := doc.Text(ctx, page)
	var img *image.RGBA
	if err == nil && reflow.Plain(t) {
		img, err = doc.Picture(ctx, page, widget.PictureLarge)
	}
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return &readPage{code: controller.Code(err)}
	case img == nil:
		return &readPage{}
	}
	w, h := doc.PageSize(page)
	return setPage(t, img, w, h, paper)
}

func setPage(t protocol.PageText, img *image.RGBA, w, h float32, paper widget.Paper) *readPage {
	b := img.Bounds()
	figures := reflow.Figures(reflow.Picture{Pix: img.Pix, Stride: img.Stride, W: b.Dx(), H: b.Dy()}, t, float64(w), float64(h))
	out := &readPage{blocks: reflow.Page(t, float64(w), float64(h), figures)}
	out.cuts = make([]*widget.CutPicture, len(out.blocks))
	if out.blank() {
		return out // the page is shown instead
	}
	for i, k := range out.blocks {
		if k.Kind == reflow.Cut {
			out.cuts[i] = widget.NewCutPicture(img, partOf(k.Box), w, h, paper)
		}
	}
	return out
}

// draw is the text with the line that says what it is, or the page with what is to be said of it.
func (v *textView) draw(page fyne.CanvasObject) fyne.CanvasObject {
	switch {
	case v.page == nil:
		return body(v.scroll, listWidth, widget.EmptyState(icons.ScanText, words.T("reader.text_loading"), "", nil))
	case v.page.code != "":
		return widget.Frame(v.strip(words.T("reader.text_failed"), v.again()), page, nil)
	case v.page.blank():
		return widget.Frame(v.strip(words.T("reader.text_none")), page, nil)
	}
	if v.content == nil {
		v.content = v.blocks()
	}
	column := widget.Narrow(listWidth, widget.Inset(16, 16, widget.Column(theme.Gap, v.content...)))
	strip := v.strip(words.T("reader.text_notice"), v.sizes()...)
	if v.reader.tiny { // the text needs the room: what is said of it goes with it
		column, strip = widget.Column(0, strip, column), nil
	}
	if v.shown != v.at {
		v.shown = v.at
		v.scroll.SetColumn(column)
	} else {
		refill(v.scroll, column)
	}
	return widget.Frame(strip, v.scroll, nil)
}

// strip is the line above the text, with the way to the page.
func (v *textView) strip(said string, more ...fyne.CanvasObject) fyne.CanvasObject {
	text := widget.NewText(said, widget.StyleSecondary)
	var line fyne.CanvasObject
	if v.reader.tiny {
		line = widget.Row(4, 0, text, widget.NewIconButton(icons.FileText, "", v.leave))
	} else {
		page := widget.NewIconButton(icons.FileText, words.T("reader.original_page"), v.leave).Beside()
		line = widget.Flow(4, append([]fyne.CanvasObject{text, page}, more...)...)
	}
	return widget.Column(0, widget.Inset(16, 4, line), widget.Divider())
}

func (v *textView) again() fyne.CanvasObject {
	return widget.NewIconButton(icons.RefreshCw, words.T("common.retry"), func() {
		v.forget()
		v.reader.shell.redraw()
	}).Beside()
}

// sizes make the letters smaller and larger.
func (v *textView) sizes() []fyne.CanvasObject {
	smaller := widget.NewIconButton(icons.ZoomOut, "", func() { v.grow(-1) })
	smaller.SetEnabled(v.size > 0)
	larger := widget.NewIconButton(icons.ZoomIn, "", func() { v.grow(1) })
	larger.SetEnabled(v.size < len(textSizes)-1)
	return []fyne.CanvasObject{smaller, larger}
}

// blocks are the page's blocks as objects.
func (v *textView) blocks() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	by := textSizes[v.size]
	for i, b := range v.page.blocks {
		if o := v.block(i, b, by); o != nil {
			out = append(out, o)
		}
	}
	r := v.reader
	if r.tiny {
		out = append(out, widget.Flow(4, v.sizes()...))
	}
	if r.seen.Page < r.seen.Pages {
		out = append(out, widget.Inset(0, 12, widget.NewButton(words.T("reader.next"), widget.Outlined, func() { r.turn(1) }).WithIcon(icons.ChevronRight)))
	}
	return out
}

func (v *textView) block(i int, b reflow.Block, by float32) fyne.CanvasObject {
	switch b.Kind {
	case reflow.Heading:
		style := widget.StyleLead
		if b.Level == 1 {
			style = widget.StyleHeading
		}
		return widget.Inset(0, 4, widget.NewText(b.Text, style.Grown(by)))
	case reflow.Item:
		return indented(float32(b.Level)*16, widget.Hanging(8, marker(b.Marker, by), widget.NewText(b.Text, widget.StyleBody.Grown(by))))
	case reflow.Margin:
		return widget.NewText(b.Text, widget.StyleSecondary)
	case reflow.Cut:
		const zoom = 1.2 // a table's letters of 11 points are then as large as small words of the screens
		if p := v.page.cuts[i]; p != nil {
			return widget.NewCutOut(p, zoom*max(by/textSizes[usualTextSize], 1), v.scroll, v.leave)
		}
		return nil
	}
	return widget.NewText(b.Text, widget.StyleBody.Grown(by))
}

// marker is an item's marker.
func marker(mark string, by float32) fyne.CanvasObject {
	for _, r := range mark {
		if r >= 0xE000 && r <= 0xF8FF {
			mark = "•" // a bullet in a font of symbols, which has its own number for it
		}
	}
	return widget.NewText(mark, widget.StyleStrong.Grown(by))
}

// typed takes the keys while the text is shown.
func (v *textView) typed(e *fyne.KeyEvent) bool {
	if !v.showing() {
		return false
	}
	step := v.scroll.Size().Height
	switch e.Name {
	case fyne.KeyRight:
		v.reader.turn(1)
	case fyne.KeyLeft:
		v.reader.turn(-1)
	case fyne.KeyDown:
		v.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -step*0.2)})
	case fyne.KeyUp:
		v.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, step*0.2)})
	case fyne.KeyPageDown, fyne.KeySpace:
		v.leaf(-step*0.85, 1)
	case fyne.KeyPageUp:
		v.leaf(step*0.85, -1)
	default:
		return false
	}
	return true
}

// leaf moves the text, or turns the page where it is at its end.
func (v *textView) leaf(by float32, turn int) {
	before := v.scroll.Offset
	v.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
	if v.scroll.Offset == before {
		v.reader.turn(turn)
	}
}

// button leads to the page's text, or back to the page.
func (v *textView) button() fyne.CanvasObject {
	if v.on {
		return widget.NewButton(words.T("reader.original_page"), widget.Outlined, v.toggle).WithIcon(icons.FileText)
	}
	b := widget.NewButton(words.T("reader.text"), widget.Outlined, v.toggle).WithIcon(icons.ScanText)
	b.SetEnabled(v.reader.doc != nil)
	return b
}

// switcher is the same in the head of a narrow screen, where it is needed most.
func (v *textView) switcher() fyne.CanvasObject {
	if v.on || v.reader.doc == nil || v.reader.panel != noPanel || v.reader.tiny || !v.reader.shell.narrowBar() || v.reader.pen.view.Writing() {
		return nil
	}
	return widget.NewIconButton(icons.ScanText, words.T("reader.text_short"), v.toggle).Beside()
}
