package browsertest

import (
	"image"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/norm"
)

// hand is ten fingers around a place, as a hand that is laid flat on the glass
// and moved a little, by so many CSS pixels.
func (b *tablet) hand(reach float64) (all []point) {
	for i := range 10 {
		row, column := float64(i/5), float64(i%5)
		all = append(all, point{float64(b.wide)/2 + (column-2)*reach, float64(b.high)/2 + (row-0.5)*reach*1.5})
	}
	return all
}

// calm waits until the screen has stood still for a moment.
func (b *tablet) calm() (last image.Image) {
	b.t.Helper()
	b.until("the screen stands still", func() bool {
		before := b.look()
		b.do("let it be drawn", chromedp.Sleep(300*time.Millisecond))
		last = b.look()
		return changed(before, last) == 0
	})
	return last
}

// lives waits until a page that the chair turns to is shown: nothing hangs.
func (h *house) lives(b *tablet, all pages, page int) {
	b.t.Helper()
	h.show(page)
	b.goOn(all, page)
}

// A hand that is laid on the glass, ten fingers that spread, and touches that
// the system takes away turn nothing and write nothing; and all goes on.
func TestFingersThatMeanNothing(outer *testing.T) {
	t := outer
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), portrait)
	b.visit(h.front + "/")
	b.signIn(h.who("delegate"))
	b.goOn(all, 1)
	h.lives(b, all, 3)
	b.calm()

	for name, do := range map[string]func(){
		"a flat hand":          b.layHand,
		"a hand that is moved": b.moveHand,
		"ten fingers spread":   b.spreadHand,
		"a swipe taken away":   b.swipeTakenAway,
		"a pinch taken away":   b.pinchTakenAway,
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			h.t, b.t = t, t
			defer func() { h.t, b.t = outer, outer }()
			do()
			b.calm()
			if n := h.state().Contents[h.item].Shown.Page; n != 3 {
				t.Errorf("the room was taken to page %d", n)
			}
			switch n, _ := b.shown(all); n {
			case 3:
			case 0: // a part of it, magnified
				b.enlargesNoMore(all, 3)
			default:
				t.Errorf("page %d is shown", n)
			}
			h.lives(b, all, 4)
			h.lives(b, all, 3)
		})
	}
	b.quiet()
}

func (b *tablet) layHand() {
	b.fingers(input.DispatchTouchEventTypeTouchStart, b.hand(60)...)
	b.do("rest", chromedp.Sleep(400*time.Millisecond))
	b.fingers(input.DispatchTouchEventTypeTouchEnd)
}

func (b *tablet) moveHand() {
	hand := b.hand(60)
	lines := make([][2]point, len(hand))
	for i, p := range hand {
		lines[i] = [2]point{p, {p.x + 14, p.y - 9}}
	}
	b.drag(8, lines...)
}

func (b *tablet) spreadHand() {
	from, to := b.hand(30), b.hand(80)
	lines := make([][2]point, len(from))
	for i := range from {
		lines[i] = [2]point{from[i], to[i]}
	}
	b.drag(10, lines...)
}

// takenAway begins to drag, and lets the system take the touches away before
// they end, as it does for its own gestures.
func (b *tablet) takenAway(lines ...[2]point) {
	at := func(part float64) (all []point) {
		for _, l := range lines {
			all = append(all, point{l[0].x + (l[1].x-l[0].x)*part, l[0].y + (l[1].y-l[0].y)*part})
		}
		return all
	}
	b.fingers(input.DispatchTouchEventTypeTouchStart, at(0)...)
	for i := 1; i <= 5; i++ {
		b.fingers(input.DispatchTouchEventTypeTouchMove, at(float64(i)/8)...)
		b.do("a frame", chromedp.Sleep(16*time.Millisecond))
	}
	b.fingers(input.DispatchTouchEventTypeTouchCancel)
}

func (b *tablet) swipeTakenAway() {
	b.takenAway([2]point{{float64(b.wide) * 0.8, 600}, {float64(b.wide) * 0.2, 606}})
}

func (b *tablet) pinchTakenAway() {
	b.takenAway([2]point{{360, 600}, {200, 600}}, [2]point{{440, 600}, {600, 600}})
}

// telex is how a Vietnamese keyboard composes a word: the bare letters first,
// each then given its hat or hook, the mark of the tone last of all.
func telex(word string) (steps []string) {
	const tones = "\u0300\u0301\u0303\u0309\u0323"
	flat := norm.NFC.String(strings.Map(func(r rune) rune {
		if strings.ContainsRune(tones, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word)))
	before := ""
	for _, r := range flat {
		bare := []rune(norm.NFD.String(string(r)))[0]
		if bare == 'đ' {
			bare = 'd'
		}
		steps = append(steps, before+string(bare))
		before += string(r)
		if bare != r {
			steps = append(steps, before)
		}
	}
	if flat != word {
		steps = append(steps, word)
	}
	return steps
}

func TestTelexSteps(t *testing.T) {
	for word, want := range map[string]string{
		"Nguyễn": "N Ng Ngu Nguy Nguye Nguyê Nguyên Nguyễn",
		"Phượng": "P Ph Phu Phư Phưo Phươ Phươn Phương Phượng",
		"quận":   "q qu qua quâ quân quận",
		"Bình":   "B Bi Bin Binh Bình",
		"đi":     "d đ đi",
	} {
		if got := strings.Join(telex(word), " "); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// What a Vietnamese keyboard writes changes letters that stand already: after
// each stroke the field shows just the word so far.
func TestVietnameseByTelex(t *testing.T) {
	h := open(t)
	b := tab(t, browse(t, h), portrait)
	b.visit(h.front + "/")
	b.until("the field is open", func() bool {
		return b.tapField() && value[bool](b, `document.getElementById("keyboard").className === "open"`)
	})
	field := func() string { return value[string](b, `document.getElementById("keyboard").value`) }
	written := ""
	for _, word := range strings.SplitAfter("Nguyễn Thị Phượng, quận Bình Thạnh", " ") {
		for _, step := range telex(strings.TrimRight(word, ", ")) {
			at := int64(len([]rune(step)))
			send(b, input.ImeSetComposition, input.ImeSetCompositionParams{Text: step, SelectionStart: at, SelectionEnd: at})
			b.until(written+step+" stands in the field", func() bool { return field() == written+step })
		}
		send(b, input.InsertText, input.InsertTextParams{Text: word})
		written += word
		b.until(written+" stands in the field", func() bool { return field() == written })
	}
	b.keep("telex")
	b.quiet()
}
