package widget

import (
	"sync"

	"fyne.io/fyne/v2"
)

// textSizes keeps how large texts are. The toolkit keeps that too, but to ask it takes several times as long, and screens ask for
// the same few hundred words with each frame.
var textSizes = struct {
	sync.Mutex
	known map[textKey]fyne.Size
}{known: map[textKey]fyne.Size{}}

type textKey struct {
	text string
	set  typeSet
}

// Bounds of what is kept: how many texts, and how long they are at most, in bytes.
const (
	mostTexts   = 20_000
	longestText = 200
)

// measure is how large a text is on one line.
func (s Style) measure(text string) fyne.Size {
	key := textKey{text, s.set()}
	textSizes.Lock()
	size, ok := textSizes.known[key]
	textSizes.Unlock()
	if ok {
		return size
	}
	size = fyne.MeasureText(text, key.set.points, fyne.TextStyle{Bold: s.Bold})
	if len(text) > longestText {
		return size
	}
	textSizes.Lock()
	defer textSizes.Unlock()
	if len(textSizes.known) >= mostTexts {
		clear(textSizes.known)
	}
	textSizes.known[key] = size
	return size
}
