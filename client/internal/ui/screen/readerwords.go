package screen

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/assets/icons"
	"phonghop/client/internal/reflow"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// pageWords are the words and links of the page at hand: what can be chosen and copied, and where it leads.
type pageWords struct {
	reader *reader
	at     pageOf
	have   bool
	text   protocol.PageText
	words  []widget.PageWord
	stop   context.CancelFunc

	link     string // the address of the link that was tapped, "" while none is shown
	from, to int    // the pages of the link that was followed; 0 where none was
}

func newPageWords(r *reader) *pageWords {
	w := &pageWords{reader: r, stop: func() {}}
	r.page.OnChosen, r.page.OnTappedAt = r.shell.refresh, w.tapped
	return w
}

func (w *pageWords) close() { w.stop() }

// wordsLook is what of them can be seen.
type wordsLook struct {
	Have, Chosen bool
	Link         string
	From         int
}

// look has the words of the page at hand fetched. What fails is not tried again before the page is shown anew: it serves no more than
// to choose words.
func (w *pageWords) look() wordsLook {
	r := w.reader
	want := pageOf{r.hash, r.seen.Page}
	if r.doc == nil {
		want = pageOf{}
	}
	if want != w.at {
		w.stop()
		w.at, w.have, w.text, w.words, w.link, w.stop = want, false, protocol.PageText{}, nil, "", func() {}
		if r.doc != nil {
			w.fetch(want)
		}
	}
	if p := r.seen.Page; p != w.to && p != w.from {
		w.from, w.to = 0, 0
	}
	_, _, chosen := r.page.Chosen()
	return wordsLook{w.have, chosen, w.link, w.from}
}

func (w *pageWords) fetch(want pageOf) {
	r := w.reader
	ctx, cancel := context.WithCancel(r.pen.ctx)
	w.stop = cancel
	doc := r.doc
	go func() {
		defer cancel()
		t, err := doc.Text(ctx, want.page)
		mainthread.Do(func() {
			if err == nil && w.at == want {
				w.take(t)
				r.shell.refresh()
			}
		})
	}()
}

// take has the words at hand, unless they say nothing.
func (w *pageWords) take(t protocol.PageText) {
	w.have, w.text = true, t
	var said strings.Builder
	for _, l := range t.Lines {
		for _, word := range l.Words {
			said.WriteString(word.Text)
		}
	}
	if !text.Legible(said.String()) {
		return
	}
	for i, l := range t.Lines {
		for _, word := range l.Words {
			w.words = append(w.words, widget.PageWord{Part: partOf(word.Box), Line: i})
		}
	}
}

// show gives the page its words and links. Where one writes, nothing is chosen.
func (w *pageWords) show() {
	r := w.reader
	var links []widget.PagePart
	if w.at.page == r.page.Page() {
		for _, l := range w.text.Links {
			links = append(links, partOf(l.Box))
		}
	}
	r.page.SetLinks(r.page.Page(), links)
	if r.pen.view.Writing() || w.at.page != r.page.Page() {
		r.page.SetWords(r.page.Page(), nil)
		return
	}
	r.page.SetWords(w.at.page, w.words)
}

// copy puts the chosen words into the clipboard, where the document's author allows it.
func (w *pageWords) copy() {
	r := w.reader
	first, last, ok := r.page.Chosen()
	if !ok || r.doc == nil || !r.doc.MayCopy() {
		return
	}
	width, height := r.doc.PageSize(w.at.page)
	widget.CopyText(reflow.Said(w.text, float64(width), float64(height), first, last))
	r.page.Unchoose()
	r.shell.note.show(words.T("reader.copied"))
}

// bar is what can be done with the chosen words, or with the address of a link; nil while there are none.
func (w *pageWords) bar() fyne.CanvasObject {
	r := w.reader
	if w.link != "" {
		return w.linkBar()
	}
	if w.from > 0 && w.to == r.seen.Page {
		return w.wayBack()
	}
	if _, _, ok := r.page.Chosen(); !ok || r.text.showing() || r.doc == nil {
		return nil
	}
	shut := widget.NewIconButton(icons.X, words.T("reader.unchoose"), r.page.Unchoose).Beside()
	if !r.doc.MayCopy() {
		return widget.Flow(8, widget.NewText(words.T("reader.no_copy"), widget.StyleBody), shut)
	}
	take := widget.NewButton(words.T("reader.copy"), widget.Filled, w.copy)
	if !r.tiny {
		take.SetIcon(icons.Copy)
	}
	return widget.Flow(8, take, shut)
}

// linkBar shows where a link leads out of the document. It is never opened: the room's devices may have no way there, and nobody
// leaves a meeting by a slip of the finger.
func (w *pageWords) linkBar() fyne.CanvasObject {
	shut := func() {
		w.link = ""
		w.reader.shell.redraw()
	}
	address := w.link
	copying := widget.NewButton(words.T("reader.copy_link"), widget.Filled, func() {
		widget.CopyText(address)
		w.link = ""
		w.reader.shell.note.show(words.T("reader.copied"))
		w.reader.shell.redraw()
	}).WithIcon(icons.Copy)
	return widget.Column(theme.Gap/2, widget.NewText(shortened(address), widget.StyleBody),
		widget.Flow(8, copying, widget.NewIconButton(icons.X, words.T("common.close"), shut).Beside()))
}

// shortened is an address of which the end is left out where it is very long; it is copied whole.
func shortened(address string) string {
	const most = 160
	runes := []rune(address)
	if len(runes) <= most {
		return address
	}
	return string(runes[:most]) + "…"
}

// follow goes to the page that a link leads to; the way back stays on the screen until another page is turned to.
func (w *pageWords) follow(page int) {
	r := w.reader
	from := r.seen.Page
	if page == from {
		return
	}
	if code := r.shell.act.ShowPage(r.id, page); code != "" {
		r.shell.refused(code)
		return
	}
	w.from, w.to = from, page
	r.shell.Update()
}

// wayBack leads to where a link was followed from.
func (w *pageWords) wayBack() fyne.CanvasObject {
	r, from := w.reader, w.from
	back := widget.NewButton(words.T("reader.back_from_link", from), widget.Outlined, func() {
		w.from, w.to = 0, 0
		r.shell.refused(r.shell.act.ShowPage(r.id, from))
	}).WithIcon(icons.Undo2)
	return back
}

// over lays what can be done over the lower edge of the page: beside the page it would move the page below the finger that chooses.
func (w *pageWords) over(page fyne.CanvasObject) fyne.CanvasObject {
	bar := w.bar()
	if bar == nil {
		return page
	}
	return container.New(lowerLayout{}, page, widget.NewPanel(bar))
}

// lowerLayout lays the second object over the lower edge of the first.
type lowerLayout struct{}

func (lowerLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (lowerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
	const widest = 480
	gap := theme.Scaled(8)
	bar := objects[1]
	w := min(size.Width-2*gap, theme.Scaled(widest))
	h := bar.MinSize().Height
	if b, ok := bar.(widget.Wrapping); ok {
		h = b.HeightFor(w)
	}
	h = min(h, size.Height-2*gap)
	bar.Resize(fyne.NewSize(w, h))
	bar.Move(fyne.NewPos((size.Width-w)/2, size.Height-h-gap))
}

// tapped goes where a link on the page leads; false where there is none.
func (w *pageWords) tapped(x, y float32) bool {
	r := w.reader
	if w.at.page != r.page.Page() || r.pen.view.Writing() {
		return false
	}
	const around = 3 // points
	for _, l := range w.text.Links {
		if b := l.Box; float64(x) < b[0]-around || float64(x) > b[2]+around || float64(y) < b[1]-around || float64(y) > b[3]+around {
			continue
		}
		if l.Page > 0 {
			w.follow(l.Page)
			return true
		}
		w.link = l.URI
		r.shell.redraw()
		return true
	}
	return false
}
