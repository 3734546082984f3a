package screen

import (
	"context"
	"image/color"
	"io"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/inkview"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/ink"
	"phonghop/shared/protocol"
)

// InkActions is writing on pages, as the screens need it; *controller.Controller has it.
type InkActions interface {
	Ink(id string) controller.InkView
	ProjectorInk() controller.InkView
	SetHand(h controller.Hand)
	ShareInk(id string, on bool) (code string)
	Write(id string, to controller.InkTarget, s ink.Stroke) (code string)
	LiveInk(id string, to controller.InkTarget, s ink.Stroke, from int, points []ink.Point)
	Rub(id string, to controller.InkTarget, all []controller.Rubbed) (code string)
	PointAt(id string, x, y float64, off bool)
	UndoInk(id string) (code string)
	RedoInk(id string) (code string)
	OpenCommon(id string, on bool) (code string)
	LockInk(id string, on bool) (code string)
	HideInk(id string, on bool) (code string)
	ClearInk(id string) (code string)
	CopyInk(id string, toShared bool) (code string)
	MyNotes(id string) []controller.NoteRow
	TakeHome(id string, shared bool, to io.WriteCloser, done func(code string))
	TakeHomeURL(id string, shared bool) string
	TakeHomeAll(id string, to controller.Folder, told func(controller.TakenHome))
}

// pen is the reader's writing: the ink over its page, the palette, and what is asked before a note is there.
type pen struct {
	reader *reader
	view   *inkview.View
	seen   controller.InkView

	words   map[pageOf]protocol.PageText
	reading map[pageOf]bool
	scroll  *widget.Scroll
	taking  *controller.TakenHome // the documents being taken home, nil while none are
	cancel  context.CancelFunc
	ctx     context.Context
}

// pageOf is a page of a document by its content.
type pageOf struct {
	hash string
	page int
}

// wordsKept is how many pages' words are held for marking them.
const wordsKept = 20

func newPen(r *reader) *pen {
	p := &pen{reader: r, words: map[pageOf]protocol.PageText{}, reading: map[pageOf]bool{}, scroll: newScroll()}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	act, id := r.shell.act, r.id
	p.view = inkview.New(r.page, inkview.Wishes{
		Write: func(to controller.InkTarget, s ink.Stroke) { p.did(act.Write(id, to, s)) },
		Rub:   func(to controller.InkTarget, all []controller.Rubbed) { p.did(act.Rub(id, to, all)) },
		Live: func(to controller.InkTarget, s ink.Stroke, from int, points []ink.Point) {
			act.LiveInk(id, to, s, from, points)
		},
		Point:  func(x, y float64, off bool) { act.PointAt(id, x, y, off) },
		Note:   p.askNote,
		Words:  p.pageWords,
		Caught: func() { r.shell.refresh() },
	})
	return p
}

func (p *pen) close() {
	p.cancel()
	p.view.Close()
}

// did shows what came of a wish at once, and tells where it was refused.
func (p *pen) did(code string) { p.reader.shell.refused(code) }

// look is what of writing can be seen besides the ink itself.
type penLook struct {
	On                                    bool
	Hand                                  controller.Hand
	Shared, MayShare                      bool
	WhyNot                                string
	CanUndo, CanRedo, CanPoint            bool
	Common, Locked, Hidden                bool
	CanCommon, CanLock, CanHide, CanClear bool
	OldVersion, Caught                    int
	Written                               string
	Writers                               string
	Stylus                                bool
}

// model takes what is written now and shows it.
func (p *pen) model() penLook {
	r := p.reader
	p.seen = controller.InkView{}
	if r.doc != nil && r.hash == r.seen.Hash {
		p.seen = r.shell.act.Ink(r.id)
	}
	p.view.Show(p.seen)
	r.showOthers()
	v := p.seen
	var pages, people []string
	for _, n := range v.Written {
		pages = append(pages, words.Number(n))
	}
	for _, w := range v.Writers {
		people = append(people, words.T("ink.writer", w.Name, w.Strokes))
	}
	return penLook{p.view.Writing(), v.Hand, v.Target.Shared, v.MayShare, v.WhyNot, v.CanUndo, v.CanRedo, v.CanPoint, v.Common, v.Locked, v.Hidden,
		v.CanCommon, v.CanLock, v.CanHide, v.CanClear, v.OldVersion, p.view.Caught(), strings.Join(pages, ", "), strings.Join(people, "\n"), p.view.Stylus()}
}

// toggle turns between reading and writing.
func (p *pen) toggle() {
	p.set(!p.view.Writing())
}

func (p *pen) set(on bool) {
	r := p.reader
	p.view.SetWriting(on)
	r.bare = false
	if on {
		r.text.on = false
		r.panel = noPanel
		r.shell.window.Canvas().Unfocus()
	} else if p.seen.Target.Shared {
		r.shell.act.ShareInk(r.id, false)
	}
	r.shell.redraw()
}

// share chooses the layer.
func (p *pen) share(on bool) {
	r := p.reader
	if on && !p.seen.MayShare {
		r.shell.note.show(words.T(p.seen.WhyNot))
		r.shell.redraw()
		return
	}
	p.did(r.shell.act.ShareInk(r.id, on))
	r.shell.redraw()
}

func (p *pen) take(h controller.Hand) {
	p.reader.shell.act.SetHand(h)
	if p.reader.panel == inkPanel && p.reader.shell.narrowBar() {
		p.reader.panel = noPanel
	}
	p.reader.shell.redraw()
}

// pageWords are the words of the page at hand, fetched when they are first asked for.
func (p *pen) pageWords() (protocol.PageText, bool) {
	r := p.reader
	key := pageOf{r.hash, r.seen.Page}
	if t, ok := p.words[key]; ok {
		return t, len(t.Lines) > 0
	}
	doc := r.doc
	if doc == nil || p.reading[key] {
		return protocol.PageText{}, false
	}
	p.reading[key] = true
	go func() {
		t, err := doc.Text(p.ctx, key.page)
		mainthread.Do(func() {
			delete(p.reading, key)
			if err != nil {
				return
			}
			if len(p.words) >= wordsKept {
				clear(p.words)
			}
			p.words[key] = t
		})
	}()
	return protocol.PageText{}, false
}

// noteLines is how many lines of a note are in view while it is written.
const noteLines = 4

// askNote asks for the text of a note.
func (p *pen) askNote(to controller.InkTarget, x, y float64) {
	r := p.reader
	var sheet *widget.Sheet
	field := widget.NewTextArea(words.T("ink.note_text"), words.T("ink.note_hint"), noteLines)
	done := func() {
		text := strings.TrimSpace(field.Text())
		if text == "" {
			sheet.Hide()
			return
		}
		w := float32(ink.Slack)
		if r.doc != nil {
			w, _ = r.doc.PageSize(to.Page)
		}
		s, ok := inkview.NewNote(p.seen.Hand, to, x, y, folded(text, lettersFor(p.seen.Hand, float64(w)-x)))
		if !ok {
			field.SetError(words.T("ink.note_long"))
			return
		}
		sheet.Hide()
		p.did(r.shell.act.Write(r.id, to, s))
	}
	field.OnSubmitted = func(string) { done() }
	field.OnCancelled = func() { sheet.Hide() }
	no := widget.NewButton(words.T("common.cancel"), widget.Outlined, func() { sheet.Hide() })
	yes := widget.NewButton(words.T("common.save"), widget.Filled, done)
	sheet = widget.NewSheet(widget.Column(theme.Gap, field, widget.Flow(theme.Gap, no, yes)), 520)
	sheet.ShowOn(r.shell.window.Canvas())
	r.shell.window.Canvas().Focus(field.Focusable())
}

// lettersFor is how many letters of a note stand in so many points.
func lettersFor(h controller.Hand, points float64) int {
	size := ink.Stroke{Tool: ink.Note, Width: h.Width}.Thickness()
	return max(int(points/(size*0.58)), 8)
}

// folded breaks the lines of a text into such of so many letters, between words.
func folded(text string, letters int) string {
	var lines []string
	for written := range strings.Lines(text) {
		line := ""
		for _, word := range strings.Fields(written) {
			if line != "" && len([]rune(line))+1+len([]rune(word)) > letters {
				lines, line = append(lines, line), ""
			}
			if line != "" {
				line += " "
			}
			line += word
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// over is the page with the edge that says whose layer one writes on.
func (p *pen) over(page fyne.CanvasObject) fyne.CanvasObject {
	if !p.view.Writing() || !p.seen.Target.Shared {
		return page
	}
	edge := canvas.NewRectangle(color.Transparent)
	edge.StrokeColor, edge.StrokeWidth = theme.Color(theme.Shared), theme.Scaled(5)
	return container.NewStack(page, edge)
}

// chip says whose layer it is, wherever one writes.
func (p *pen) chip() fyne.CanvasObject {
	switch {
	case !p.view.Writing():
		return nil
	case p.seen.Target.Shared:
		return widget.NewChip(words.T("reader.shared_note"), widget.ChipShared)
	}
	return widget.NewChip(words.T("ink.private_note"), widget.ChipNeutral)
}

// takeHome saves the document at hand with what is written on it, as a PDF.
func (p *pen) takeHome(shared bool) {
	r := p.reader
	if fyne.CurrentDevice().IsBrowser() {
		if u, err := url.Parse(r.shell.act.TakeHomeURL(r.id, shared)); err == nil {
			_ = fyne.CurrentApp().OpenURL(u) // the browser says what it does with it
		}
		return
	}
	save := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if err != nil || to == nil {
			return // thought better of it
		}
		r.shell.act.TakeHome(r.id, shared, to, func(code string) {
			mainthread.Do(func() {
				if code != "" {
					r.shell.refused(code)
					return
				}
				r.shell.note.show(words.T("ink.taken_home"))
			})
		})
	}, r.shell.window)
	save.SetFileName(r.seen.Document.Title + ".pdf")
	save.Show()
}
