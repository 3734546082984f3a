package browsertest

import (
	"image"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// pages are the first pages of the shown document, by number.
type pages map[int]light

// known is how many of them are told apart.
const known = 12

func (h *house) pages() pages {
	all := pages{}
	for n := 1; n <= known; n++ {
		all[n] = lightOf(h.picture(n, 200))
	}
	return all
}

func (p pages) ratio() float64 {
	return float64(p[1].h) / float64(p[1].w)
}

// shown is the page that the screen shows, and where; 0 where it is none.
func (b *tablet) shown(all pages) (int, box) {
	img := b.look()
	in, ok := b.pageBox(img, all.ratio())
	if !ok {
		return 0, in
	}
	// The foot of the page may be under a button.
	part := box{in.x, in.y, in.w, min(in.h, float64(b.high)*0.78-in.y)}
	screen := lightOf(img)
	best, least, second := 0, 255.0, 255.0
	for n, picture := range all {
		switch d := b.differs(screen, picture, in, part); {
		case d < least:
			best, least, second = n, d, least
		case d < second:
			second = d
		}
	}
	if least > 9 || second-least < 2 {
		return 0, in
	}
	return best, in
}

// reads waits until the screen shows a page, and says where.
func (b *tablet) reads(all pages, number int) (at box) {
	b.t.Helper()
	b.until("page "+string(rune('0'+number/10))+string(rune('0'+number%10))+" is shown", func() bool {
		var n int
		n, at = b.shown(all)
		return n == number
	})
	return at
}

// enlargesNoMore taps twice, which shows the whole page again. On a busy
// machine two taps can come too late after each other to be a double one.
func (b *tablet) enlargesNoMore(all pages, number int) {
	b.t.Helper()
	b.until("a double tap shows the whole page", func() bool {
		b.doubleTap(float64(b.wide)/2, float64(b.high)/2)
		for range 10 {
			if n, _ := b.shown(all); n == number {
				return true
			}
			b.do("let it be drawn", chromedp.Sleep(300*time.Millisecond))
		}
		return false
	})
}

// goOn touches the one filled button until a page of the document is shown.
func (b *tablet) goOn(all pages, number int) {
	b.t.Helper()
	b.until("the button leads to the page", func() bool {
		if n, _ := b.shown(all); n == number {
			return true
		}
		if at, ok := b.button(b.look()); ok {
			b.tap(at.x, at.y)
			b.arrived()
		}
		return false
	})
}

// write types a text as an input method for Vietnamese does: each word is
// composed letter by letter before it is taken over.
func (b *tablet) write(text string) {
	b.t.Helper()
	for _, word := range strings.SplitAfter(text, " ") {
		letters := []rune(strings.TrimSuffix(word, " "))
		for n := 1; n <= len(letters); n++ {
			at := int64(n)
			send(b, input.ImeSetComposition, input.ImeSetCompositionParams{Text: string(letters[:n]), SelectionStart: at, SelectionEnd: at})
		}
		send(b, input.InsertText, input.InsertTextParams{Text: word})
	}
}

// tapField touches the field for the name, the first that is white, and
// lets the tap arrive.
func (b *tablet) tapField() bool {
	b.t.Helper()
	y, ok := b.firstWhite(b.look())
	if ok {
		b.tap(float64(b.wide)/2, y+20)
		b.arrived()
	}
	return ok
}

// signIn signs a person in with fingers and keys, from the list of names.
func (b *tablet) signIn(p person) {
	b.t.Helper()
	open := func() bool { return value[bool](b, `document.getElementById("keyboard").className === "open"`) }
	b.until("the field for the name is there", func() bool {
		return b.tapField() && open()
	})
	b.write(p.Name)
	b.until("the name stands in the field", func() bool { return value[string](b, `document.getElementById("keyboard").value`) == p.Name })
	below := value[float64](b, `document.getElementById("keyboard").getBoundingClientRect().bottom`)
	b.keep("name")
	b.until("the person is chosen", func() bool {
		b.tap(float64(b.wide)/2, below+55)
		b.arrived()
		return !open()
	})
	b.press(p.PIN)
	b.press("\r")
}

// quiet fails the test where the page complained.
func (b *tablet) quiet() {
	b.t.Helper()
	for _, said := range b.console() {
		low := strings.ToLower(said)
		if strings.Contains(low, "exception") || strings.Contains(low, "content security policy") || strings.Contains(low, "panic") {
			b.t.Errorf("the page said %q", said)
		}
	}
}

// The way of a delegate with a tablet: from the link in the QR code to
// reading along, reading apart, and back, over a network that goes away.
func TestADelegateWithATablet(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	for name, d := range map[string]device{"landscape": landscape, "portrait": portrait} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			h.show(1)
			b := tab(t, browse(t, h), d)
			b.do("open the link of the QR code", chromedp.Navigate(h.front+"/join?fp=x&id=y"))
			b.do("go into the room", chromedp.Click(chromedp.CSS("a.go")))
			b.shownUp()
			b.signIn(h.who("delegate"))
			b.goOn(all, 1)
			b.keep(name + "-following")
			h.show(7)
			b.reads(all, 7)

			at := b.swipes(all, 8)
			b.pinches(h, at)
			b.enlargesNoMore(all, 8)
			h.show(9)
			b.goOn(all, 9)

			b.visit(h.front + "/") // loaded anew, the browser knows the person
			b.goOn(all, 9)

			h.wire.set(true)
			h.show(11)
			b.do("let the browser see it", chromedp.Sleep(time.Second))
			h.wire.set(false)
			b.reads(all, 11)
			b.keep(name + "-back")
			b.quiet()
		})
	}
}

// swipes turns to a page with one finger, and says where it lies. On a machine
// that has too much to do a swipe may come in too slow to be one.
func (b *tablet) swipes(all pages, number int) (at box) {
	b.t.Helper()
	middle := float64(b.high) / 2
	b.until("a finger turns the page", func() bool {
		var n int
		if n, at = b.shown(all); n == number-1 {
			b.drag(4, [2]point{{float64(b.wide) * 0.7, middle}, {float64(b.wide) * 0.3, middle + 6}})
			return b.led(func() bool { n, at = b.shown(all); return n == number })
		}
		return n == number
	})
	return at
}

// shownUp waits until the client has drawn itself.
func (b *tablet) shownUp() {
	b.t.Helper()
	b.until("the client shows itself", func() bool { return value[bool](b, `!!document.querySelector("#boot.gone")`) })
}

// pinches magnifies the page with two fingers, and looks whether it grew
// around them as much as they went apart.
func (b *tablet) pinches(h *house, at box) {
	b.t.Helper()
	const ratio = 2.0
	m := point{at.x + at.w*0.5, at.y + at.h*0.3}
	b.drag(12, [2]point{{m.x - 40, m.y}, {m.x - 40*ratio, m.y}}, [2]point{{m.x + 40, m.y}, {m.x + 40*ratio, m.y}})
	picture := lightOf(h.picture(8, 800))
	view := box{float64(b.wide) * 0.05, float64(b.high) * 0.15, float64(b.wide) * 0.9, float64(b.high) * 0.6}
	least, grown := 255.0, 0.0
	b.until("the page is magnified", func() bool {
		screen := lightOf(b.look())
		least = 255
		for r := 0.8; r <= 2.6; r += 0.05 {
			for dx := -40.0; dx <= 40; dx += 10 {
				for dy := -40.0; dy <= 40; dy += 10 {
					in := box{m.x + (at.x-m.x)*r + dx, m.y + (at.y-m.y)*r + dy, at.w * r, at.h * r}
					if d := b.differs(screen, picture, in, view); d < least {
						least, grown = d, r
					}
				}
			}
		}
		return grown > 1.1
	})
	b.keep("pinched")
	if grown < ratio*0.88 || grown > ratio*1.12 || least > 14 {
		b.t.Errorf("two fingers that went apart by %.2f magnified the page by %.2f (the picture differs by %.1f)", ratio, grown, least)
	}
}

// A finger scrolls the list of names on every kind of device, and nothing of
// the page itself moves.
func TestFingersScrollLists(t *testing.T) {
	h := open(t)
	browser := browse(t, h)
	for name, d := range map[string]device{"landscape": landscape, "portrait": portrait, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			b := tab(t, browser, d)
			b.visit(h.front + "/")
			b.do("let the names come", chromedp.Sleep(time.Second))
			before := b.look()
			b.keep(name + "-names")
			x := float64(b.wide) / 2
			b.drag(12, [2]point{{x, float64(b.high) * 0.8}, {x, float64(b.high) * 0.4}})
			b.until("the list has moved", func() bool { return changed(before, b.look()) > 0.02 })
			if moved := value[float64](b, "Math.abs(scrollX)+Math.abs(scrollY)+Math.abs(visualViewport.offsetTop)+Math.abs(visualViewport.scale-1)"); moved != 0 {
				t.Errorf("the page itself moved: %v", moved)
			}
			b.quiet()
		})
	}
}

// changed is the part of two pictures that differs.
func changed(a, b image.Image) float64 {
	n, all := 0, 0
	was, is := lightOf(a), lightOf(b)
	for y := 0; y < a.Bounds().Dy(); y += 4 {
		for x := 0; x < a.Bounds().Dx(); x += 4 {
			all++
			if d := was.around(float64(x), float64(y), 1) - is.around(float64(x), float64(y), 1); d > 30 || d < -30 {
				n++
			}
		}
	}
	return float64(n) / float64(all)
}

// Vietnamese comes in as it is written: by an input method, letter by letter,
// and pasted; pictures of a tablet's keyboard do not.
func TestVietnameseIsWritten(t *testing.T) {
	h := open(t)
	b := tab(t, browse(t, h), portrait)
	b.visit(h.front + "/")
	b.until("the field is open", func() bool {
		return b.tapField() && value[bool](b, `document.getElementById("keyboard").className === "open"`)
	})
	const text = "Nguyễn Thị Phượng, quận Bình Thạnh"
	field := func(want string) {
		t.Helper()
		b.until(want+" stands in the field", func() bool { return value[string](b, `document.getElementById("keyboard").value`) == want })
	}
	b.write(text)
	field(text)
	for range []rune(text) {
		b.press("\b")
	}
	field("")
	send(b, input.InsertText, input.InsertTextParams{Text: "Phượng 😀"}) // a decomposed word and a picture
	field("Phượng ")
	b.quiet()
}

// Browsers that cannot show the client say so, in the reader's language.
func TestBrowsersThatCannot(t *testing.T) {
	h := open(t)
	browser := browse(t, h)
	for name, c := range map[string]struct{ script, says string }{
		"no WebGL":       {`HTMLCanvasElement.prototype.getContext = () => null`, "WebGL"},
		"no WebAssembly": {`delete window.WebAssembly`, "quá cũ"},
		"no program":     {`window.fetch = () => Promise.reject(new TypeError("gone"))`, "kiểm tra mạng"},
		"a broken one":   {`WebAssembly.instantiateStreaming = () => Promise.reject(new Error("broken"))`, "tải lại"},
	} {
		t.Run(name, func(t *testing.T) {
			b := tab(t, browser, phone)
			send(b, page.Enable, page.EnableParams{})
			send(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: c.script})
			b.do("open the page", chromedp.Navigate(h.front+"/"))
			b.until("it says why", func() bool {
				return strings.Contains(value[string](b, `document.getElementById("boot-text").textContent`), c.says)
			})
			b.keep(strings.ReplaceAll(name, " ", "-"))
		})
	}
}

// The page takes no script but its own, and keeps the sign-in from all.
func TestThePageIsClosed(t *testing.T) {
	h := open(t)
	b := tab(t, browse(t, h), laptop)
	b.visit(h.front + "/")
	p := h.who("delegate")
	got := value[string](b, `(() => { const r = new XMLHttpRequest(); r.open("POST", "/v1/sessions", false);
		r.setRequestHeader("Content-Type", "application/json"); r.setRequestHeader("X-Phonghop-Cookie", "1");
		r.send(JSON.stringify({person: "`+p.ID+`", pin: "`+p.PIN+`", device: {id: "d"}})); return r.status + " " + JSON.parse(r.responseText).token + document.cookie; })()`)
	if got != "201 " {
		t.Errorf("signed in with %q: a script must not see the sign-in", got)
	}
	// Later, because the debugger's own expressions may do more than the page.
	value[int](b, `setTimeout(() => { const s = document.createElement("script"); s.textContent = "window.smuggled = 1"; document.body.appendChild(s);
		try { eval("window.smuggled = 1") } catch (e) { window.refused = 1 } }, 0)`)
	b.until("the page has tried", func() bool { return value[bool](b, `!!window.refused || !!window.smuggled`) })
	ran := value[bool](b, `!!window.smuggled`)
	if ran {
		t.Error("a script that was smuggled into the page ran")
	}
}
