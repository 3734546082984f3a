package widget

import (
	"sync"

	"fyne.io/fyne/v2"
)

// wordWidths keeps how wide words are. The toolkit keeps that too, but to ask it takes several times as long, and a long list asks
// for thousands of words, mostly the same.
var wordWidths = struct {
	sync.Mutex
	known map[wordKey]float32
}{known: map[wordKey]float32{}}

type wordKey struct {
	word string
	set  typeSet
}

// typeSet is the letters that words are set in: their size and weight. To ask the theme for the size once for each word takes as
// long as to look the word up.
type typeSet struct {
	points float32
	bold   bool
}

func (s Style) set() typeSet { return typeSet{s.points(), s.Bold} }

// mostWords bounds how many words are kept.
const mostWords = 20_000

// word is how wide one word is.
func (t typeSet) word(word string) float32 {
	key := wordKey{word, t}
	wordWidths.Lock()
	width, ok := wordWidths.known[key]
	wordWidths.Unlock()
	if ok {
		return width
	}
	width = fyne.MeasureText(word, t.points, fyne.TextStyle{Bold: t.bold}).Width
	wordWidths.Lock()
	defer wordWidths.Unlock()
	if len(wordWidths.known) >= mostWords {
		clear(wordWidths.known)
	}
	wordWidths.known[key] = width
	return width
}
