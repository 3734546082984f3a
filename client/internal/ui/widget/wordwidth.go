package widget

import "sync"

// wordWidths keeps how wide words are. The toolkit keeps that too, but to ask it takes several times as long, and a long list asks
// for thousands of words, mostly the same.
var wordWidths = struct {
	sync.Mutex
	known map[wordKey]float32
}{known: map[wordKey]float32{}}

type wordKey struct {
	word string
	size float32
	bold bool
}

// mostWords bounds how many words are kept.
const mostWords = 20_000

// wordWidth is how wide one word is.
func (s Style) wordWidth(word string) float32 {
	key := wordKey{word, s.points(), s.Bold}
	wordWidths.Lock()
	width, ok := wordWidths.known[key]
	wordWidths.Unlock()
	if ok {
		return width
	}
	width = s.measure(word).Width
	wordWidths.Lock()
	defer wordWidths.Unlock()
	if len(wordWidths.known) >= mostWords {
		clear(wordWidths.known)
	}
	wordWidths.known[key] = width
	return width
}
