package widget

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
)

// Style says how a text is set. The zero value is running text: Body, Ink, leading edge.
type Style struct {
	Size  fyne.ThemeSizeName  // one of the theme's type sizes; empty is Body
	Color fyne.ThemeColorName // one of the theme's text colours; empty is Ink
	Bold  bool
	Align fyne.TextAlign
	Grow  float32 // how much larger than Size, for text that a person sets larger; 0 is not
}

// The styles of the screens. A copy with another Color or Align is fine; other sizes are not.
var (
	StyleTitle     = Style{Size: theme.Title, Bold: true}
	StyleHeading   = Style{Size: theme.Heading, Bold: true}
	StyleLead      = Style{Size: theme.Lead, Bold: true}
	StyleBody      = Style{}
	StyleStrong    = Style{Bold: true}
	StyleSecondary = Style{Size: theme.SubText, Color: theme.Secondary}
	StyleSmall     = Style{Size: theme.Small}
	StyleFigure    = Style{Size: theme.Figure, Bold: true}
)

// Centered returns the style with its lines centred.
func (s Style) Centered() Style {
	s.Align = fyne.TextAlignCenter
	return s
}

// Colored returns the style in another colour.
func (s Style) Colored(c fyne.ThemeColorName) Style {
	s.Color = c
	return s
}

func (s Style) size() fyne.ThemeSizeName {
	if s.Size == "" {
		return theme.Body
	}
	return s.Size
}

func (s Style) color() fyne.ThemeColorName {
	if s.Color == "" {
		return theme.Ink
	}
	return s.Color
}

// Grown returns the style so many times as large.
func (s Style) Grown(by float32) Style {
	s.Grow = by
	return s
}

// points is the size of the letters.
func (s Style) points() float32 {
	if s.Grow > 0 {
		return theme.Size(s.size()) * s.Grow
	}
	return theme.Size(s.size())
}

// lift raises letters a little, so that their middle, and not that of the font's box, is the middle of the line: beside
// an icon the box alone looks too low.
func (s Style) lift() float32 { return s.points() * 0.06 }

// Text shows words that wrap at spaces (inside a word only where it alone is wider than the line) and are never cut.
// It is as wide as it is told to be; its height follows.
type Text struct {
	fynewidget.BaseWidget
	text  string
	style Style
	lines []*canvas.Text
	// broken keeps the lines of the last widths that were asked for: a layout asks for the same ones again and again.
	broken [2]broken
}

// broken is a text as it was broken into lines once.
type broken struct {
	text  string
	style Style
	size  float32
	width float32
	lines []string
}

// wrapped breaks the text into lines no wider than width.
func (t *Text) wrapped(width float32) []string {
	now := broken{text: t.text, style: t.style, size: t.style.points(), width: width}
	for _, b := range t.broken {
		if b.lines != nil && b.text == now.text && b.style == now.style && b.size == now.size && b.width == now.width {
			return b.lines
		}
	}
	now.lines = wrap(t.text, t.style, width)
	t.broken[0], t.broken[1] = now, t.broken[0]
	return now.lines
}

// NewText makes a text; line feeds in it are kept.
func NewText(text string, s Style) *Text {
	t := &Text{text: text, style: s}
	t.ExtendBaseWidget(t)
	return t
}

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text = text
	t.Refresh()
}

// Text returns the words.
func (t *Text) Text() string { return t.text }

// SetStyle changes how the words are set.
func (t *Text) SetStyle(s Style) {
	if t.style == s {
		return
	}
	t.style = s
	t.Refresh()
}

// HeightFor implements Wrapping.
func (t *Text) HeightFor(width float32) float32 {
	if t.text == "" {
		return 0
	}
	return float32(len(t.wrapped(width))) * t.style.measure("Ặg").Height
}

// NaturalWidth is the width at which no line has to wrap.
func (t *Text) NaturalWidth() float32 {
	widest := float32(0)
	for line := range strings.SplitSeq(t.text, "\n") {
		widest = max(widest, t.style.measure(line).Width)
	}
	return widest
}

func (t *Text) minWidth() float32 { return min(t.longestWord(), narrowest) }

// longestWord is the width below which a word breaks.
func (t *Text) longestWord() float32 {
	widest := float32(0)
	set := t.style.set()
	for word := range strings.FieldsSeq(t.text) {
		widest = max(widest, set.word(word))
	}
	return widest
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{size: t.Size}
	d.layout = func(size fyne.Size) {
		wrapped := t.wrapped(size.Width)
		if t.text == "" {
			wrapped = nil
		}
		for len(t.lines) < len(wrapped) {
			t.lines = append(t.lines, &canvas.Text{})
		}
		t.lines = t.lines[:len(wrapped)]
		d.objects = d.objects[:0]
		h := t.style.measure("Ặg").Height
		for i, words := range wrapped {
			paintLine(t.lines[i], words, t.style)
			place(t.lines[i], 0, float32(i)*h-t.style.lift(), size.Width, h)
			d.objects = append(d.objects, t.lines[i])
		}
	}
	d.refresh = func() {}
	d.min = func() fyne.Size {
		width := t.Size().Width
		if width == 0 {
			width = t.NaturalWidth()
		}
		return fyne.NewSize(t.minWidth(), t.HeightFor(width))
	}
	return d
}

// wrap breaks text into lines no wider than width; a width of 0 or less breaks only at line feeds.
func wrap(text string, s Style, width float32) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		// A text of several hundred letters is on no line; it is not measured as a whole to find that out.
		if width <= 0 || len(paragraph) < 600 && s.fits(paragraph, width+0.5) {
			lines = append(lines, paragraph)
			continue
		}
		lines = append(lines, wrapParagraph(paragraph, s, width+0.5)...)
	}
	return lines
}

// nearly is by how much a line can differ from what its words measure: only within it the line itself is measured, which is the
// dear part, for words come again and lines do not.
const nearly = 4

// fits tells whether a text has room on one line.
func (s Style) fits(text string, width float32) bool {
	set := s.set()
	blank, wide := set.word(" "), float32(0)
	for word := range strings.FieldsSeq(text) {
		if wide += set.word(word); wide > width+nearly {
			return false
		}
		wide += blank
	}
	return s.measure(text).Width <= width // blanks beside each other count too
}

func wrapParagraph(paragraph string, s Style, width float32) []string {
	var lines []string
	set := s.set()
	line, wide, blank := "", float32(0), set.word(" ")
	for word := range strings.FieldsSeq(paragraph) {
		alone := set.word(word)
		candidate, length := word, alone
		if line != "" {
			candidate, length = line+" "+word, wide+blank+length
		}
		if math.Abs(float64(length-width)) < nearly {
			length = s.measure(candidate).Width
		}
		if length <= width {
			line, wide = candidate, length
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		if alone <= width {
			line, wide = word, alone
			continue
		}
		pieces := breakWord(word, s, width)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
		wide = s.measure(line).Width
	}
	return append(lines, line)
}

// breakWord cuts a word that is wider than a whole line: a long address, a file name. The text is NFC, so a letter
// with its accents is one rune.
func breakWord(word string, s Style, width float32) []string {
	var pieces []string
	set := s.set()
	for rest := []rune(word); len(rest) > 0; {
		n, wide := 0, float32(0)
		for n < len(rest) && wide <= width {
			wide += set.word(string(rest[n]))
			n++
		}
		// Letters move together beside each other: what they measure alone tells only about where the line is full.
		for n < len(rest) && s.measure(string(rest[:n+1])).Width <= width {
			n++
		}
		for n > 1 && s.measure(string(rest[:n])).Width > width {
			n--
		}
		pieces = append(pieces, string(rest[:n]))
		rest = rest[n:]
	}
	return pieces
}
