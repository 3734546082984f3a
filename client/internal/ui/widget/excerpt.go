package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/client/internal/ui/theme"
)

// Excerpt is a row that can be pressed: a line of a document in which some words are marked, with its page number at the head. It
// wraps; at least 56 high.
type Excerpt struct {
	pressable
	number                string
	before, marked, after string
	selected              bool

	width float32 // of the lines below, and the size of their letters
	size  float32
	lines [][]piece
}

// piece is a run of words of a line in one style.
type piece struct {
	text   string
	marked bool
	x, w   float32
}

// NewExcerpt makes a row; selected has the ground of what is at hand.
func NewExcerpt(number, before, marked, after string, selected bool, onTapped func()) *Excerpt {
	e := &Excerpt{number: number, before: before, marked: marked, after: after, selected: selected}
	e.press = onTapped
	e.ExtendBaseWidget(e)
	return e
}

// Text returns the whole line.
func (e *Excerpt) Text() string {
	return strings.TrimSpace(e.before + " " + e.marked + " " + e.after)
}

func (e *Excerpt) style(marked bool) Style {
	if marked {
		return StyleStrong
	}
	return StyleBody
}

// head is the room for the number.
func (e *Excerpt) head() float32 { return theme.Scaled(52) }

func (e *Excerpt) lineHeight() float32 {
	return fyne.MeasureText("Ậg", theme.Size(theme.Body), fyne.TextStyle{Bold: true}).Height
}

// room is the width of the lines at a width of the row.
func (e *Excerpt) room(width float32) float32 { return max(width-e.head()-theme.Scaled(12), 1) }

// wrapped cuts the line into lines no wider than that.
func (e *Excerpt) wrapped(room float32) (lines [][]piece) {
	if e.lines != nil && e.width == room && e.size == theme.Size(theme.Body) {
		return e.lines
	}
	blank := StyleBody.measure(" ").Width
	var line []piece
	x := float32(0)
	for _, part := range []struct {
		text   string
		marked bool
	}{{e.before, false}, {e.marked, true}, {e.after, false}} {
		style := e.style(part.marked)
		for _, whole := range strings.Fields(part.text) {
			for _, word := range breakWord(whole, style, room) {
				w := style.measure(word).Width
				if x > 0 && x+2*blank+w > room {
					lines, line, x = append(lines, line), nil, 0
				}
				line, x = appendWord(line, x, w, blank, word, part.marked)
			}
		}
	}
	return append(lines, line)
}

// appendWord adds a word to a line, to the run before where the style is the same, and gives where it ends.
func appendWord(line []piece, x, w, blank float32, word string, marked bool) ([]piece, float32) {
	if n := len(line); n > 0 {
		x += blank
		if last := &line[n-1]; last.marked == marked {
			last.text += " " + word
			last.w = x + w - last.x
			return line, x + w
		}
		x += theme.Scaled(3) // room for the mark's edge
	}
	return append(line, piece{word, marked, x, w}), x + w
}

// HeightFor implements Wrapping.
func (e *Excerpt) HeightFor(width float32) float32 {
	return max(theme.Scaled(56), float32(len(e.wrapped(e.room(width))))*e.lineHeight()+theme.Scaled(20))
}

// CreateRenderer implements fyne.Widget.
func (e *Excerpt) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, number := newBox(), newBox(), &canvas.Text{}
	d := &drawing{size: e.Size}
	d.layout = func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		placeRing(ring, size)
		if room := e.room(size.Width); e.lines == nil || room != e.width || e.size != theme.Size(theme.Body) {
			e.lines = e.wrapped(room)
			e.width, e.size = room, theme.Size(theme.Body)
			d.objects = append(d.objects[:3:3], e.words()...)
		}
		top := (size.Height - float32(len(e.lines))*e.lineHeight()) / 2
		place(number, 0, top, e.head()-theme.Scaled(8), e.lineHeight())
		e.placeWords(d.objects[3:], top)
	}
	d.refresh = func() {
		fill := fyne.ThemeColorName("")
		switch {
		case e.selected:
			fill = theme.Soft
		case e.hovered:
			fill = theme.Quiet
		}
		paintBox(ground, fill, "", 0, theme.RadiusS)
		e.paintFocus(ring, theme.RadiusS+3)
		paintLine(number, e.number, Style{Size: theme.SubText, Bold: true, Color: theme.Accent, Align: fyne.TextAlignTrailing})
		d.objects = append([]fyne.CanvasObject{ground, ring, number}, e.words()...)
	}
	d.min = func() fyne.Size {
		w := float32(narrowest)
		return fyne.NewSize(w, e.HeightFor(max(w, e.Size().Width)))
	}
	d.refresh()
	return d
}

// words makes what is drawn of the lines: for each run its text, and a ground below what is marked.
func (e *Excerpt) words() (out []fyne.CanvasObject) {
	for _, line := range e.lines {
		for _, p := range line {
			if p.marked {
				box := newBox()
				paintBox(box, theme.Amber, theme.Notice, 1, 4)
				out = append(out, box)
			}
			t := &canvas.Text{}
			s := e.style(p.marked)
			if p.marked {
				s = s.Colored(theme.Notice)
			}
			paintLine(t, p.text, s)
			out = append(out, t)
		}
	}
	return out
}

func (e *Excerpt) placeWords(objects []fyne.CanvasObject, top float32) {
	i, h := 0, e.lineHeight()
	for n, line := range e.lines {
		for _, p := range line {
			x, y := e.head()+p.x, top+float32(n)*h
			if p.marked && i < len(objects) {
				const around = 2
				place(objects[i], x-around, y, p.w+2*around, h)
				i++
			}
			if i < len(objects) {
				place(objects[i], x, y, p.w, h)
				i++
			}
		}
	}
}
