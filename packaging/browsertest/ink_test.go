package browsertest

import (
	"image"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"phonghop/shared/ink"
	"phonghop/shared/notes"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// written is what a person has written for himself on the first page, as the
// server has it.
func (h *house) written(token string) (all []ink.Stroke) {
	h.t.Helper()
	d := websocket.Dialer{TLSClientConfig: pin.ClientConfig(pin.New(pin.Fingerprint{}))}
	ws, resp, err := d.DialContext(h.t.Context(), strings.Replace(h.url, "https:", "wss:", 1)+"/v1/socket", http.Header{"Authorization": {"Bearer " + token}})
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _, _ = resp.Body.Close(), ws.Close() }()
	stream := "person/" + h.m
	if err := ws.WriteJSON(protocol.Message{
		Type: protocol.TypeHello, Version: protocol.Version, Client: uuid.NewString(), Program: "test", Streams: []protocol.Position{{Stream: stream}},
	}); err != nil {
		h.t.Fatal(err)
	}
	for {
		var m protocol.Message
		if err := ws.ReadJSON(&m); err != nil {
			h.t.Fatal(err)
		}
		if m.Type != protocol.TypeStream || m.Stream != stream {
			continue
		}
		s, err := notes.Restore(m.Snapshot)
		if err != nil {
			h.t.Fatalf("%s %s: %v", m.Stream, m.Code, err)
		}
		for _, id := range s.Sheets() {
			all = append(all, s.Layer(id).Page(1)...)
		}
		return all
	}
}

// signsIn signs a person in beside his tablet.
func (h *house) signsIn(p person) (token string) {
	h.t.Helper()
	var s protocol.Session
	h.call("POST", "/v1/sessions", protocol.SignIn{Person: p.ID, PIN: p.PIN, Device: protocol.Device{ID: "beside", Name: "test"}}, &s)
	return s.Token
}

// dark is what letters and icons are drawn in.
func dark(img image.Image, x, y int) bool {
	r, g, b, _ := img.At(x, y).RGBA()
	return r>>8 < 80 && g>>8 < 80 && b>>8 < 80
}

// firstTool is the first tool of the bar below: the pencil.
func (b *tablet) firstTool(img image.Image) (point, bool) {
	size := img.Bounds().Size()
	for x := 0; x < size.X/2; x++ {
		for y := size.Y - int(60*b.scale); y < size.Y-int(10*b.scale); y++ {
			if dark(img, x, y) {
				return point{float64(x)/b.scale + 8, float64(y) / b.scale}, true
			}
		}
	}
	return point{}, false
}

// takesPen turns to writing, until the palette is there.
func (b *tablet) takesPen() {
	b.t.Helper()
	b.until("the palette is there", func() bool {
		if at, ok := b.button(b.look()); ok && at.x > float64(b.wide)*0.7 && at.y < float64(b.high)*0.3 {
			return true
		}
		if at, ok := b.firstTool(b.look()); ok {
			b.tap(at.x, at.y)
			b.arrived()
		}
		return false
	})
}

// stylus sends what a pen does at a place, as hard as it is pressed.
func (b *tablet) stylus(kind input.DispatchMouseEventType, at point, force float64) {
	b.t.Helper()
	p := input.DispatchMouseEventParams{Type: kind, X: at.x, Y: at.y, Force: force, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1, PointerType: input.DispatchMouseEventPointerTypePen}
	if kind == input.DispatchMouseEventTypeMouseReleased {
		p.Buttons = 0
	}
	send(b, input.DispatchMouseEvent, p)
}

// draws writes a line with a pen that is pressed harder and harder.
func (b *tablet) draws(from, to point, meanwhile func(step int)) {
	b.t.Helper()
	const steps = 12
	b.stylus(input.DispatchMouseEventTypeMousePressed, from, 0.1)
	for i := 1; i <= steps; i++ {
		part := float64(i) / steps
		b.stylus(input.DispatchMouseEventTypeMouseMoved, point{from.x + (to.x-from.x)*part, from.y + (to.y-from.y)*part}, 0.1+0.8*part)
		if meanwhile != nil {
			meanwhile(i)
		}
		b.do("a frame", chromedp.Sleep(16*time.Millisecond))
	}
	b.stylus(input.DispatchMouseEventTypeMouseReleased, to, 0)
}

// palm lays the side of a hand on the glass: large touches.
func (b *tablet) palm(kind input.DispatchTouchEventType, at ...point) {
	b.t.Helper()
	points := []*input.TouchPoint{}
	for i, p := range at {
		id, wide, high := float64(i), 46.0, 31.0
		points = append(points, &input.TouchPoint{X: p.x, Y: p.y, ID: &id, RadiusX: &wide, RadiusY: &high})
	}
	send(b, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
}

// blue counts the pixels of the pen's ink on the page's side of the screen.
func (b *tablet) blue() (n int) {
	img := b.look()
	size := img.Bounds().Size()
	for y := size.Y / 10; y < size.Y*85/100; y++ {
		for x := 0; x < size.X*3/4; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			if bl>>8 > 120 && bl > r+0x4000 && bl > g+0x3000 {
				n++
			}
		}
	}
	return n
}

// Fingers and a pen write what was meant, and nothing else: what the system
// takes away leaves no stroke, nor does the hand beside a pen.
func TestWritingWithFingersAndPen(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), landscape)
	b.visit(h.front + "/")
	writer := h.who("delegate")
	b.signIn(writer)
	b.goOn(all, 1)
	b.calm()
	b.takesPen()
	token := h.signsIn(writer)
	left, right := float64(b.wide)*0.15, float64(b.wide)*0.5
	line := func(y float64) [2]point { return [2]point{{left, y}, {right, y + 20}} }
	has := func(what string, want int) {
		t.Helper()
		b.until(what, func() bool { return len(h.written(token)) >= want })
		if got := h.written(token); len(got) != want {
			t.Fatalf("%s: %d strokes, want %d", what, len(got), want)
		}
	}

	b.drag(10, line(200))
	has("a finger writes", 1)
	b.calm()
	before := b.blue()
	if before == 0 {
		t.Error("what was written is not to be seen")
	}
	b.takenAway(line(260))
	b.calm()
	if after := b.blue(); after != before {
		t.Errorf("a stroke that was taken away is to be seen: %d pixels more", after-before)
	}
	b.drag(10, line(320))
	has("a finger writes after a stroke that was taken away", 2)

	b.besideThePen(line)
	has("a pen writes, not the hand beside it", 3)
	b.palm(input.DispatchTouchEventTypeTouchStart, point{right, 600})
	for i := range 8 {
		b.palm(input.DispatchTouchEventTypeTouchMove, point{right - float64(i)*6, 600})
	}
	b.palm(input.DispatchTouchEventTypeTouchEnd)
	b.takenAway(line(440))
	b.draws(line(500)[0], line(500)[1], nil)
	has("no hand writes after the pen", 4)
	b.keep("ink-pen")
	if n := h.state().Contents[h.item].Shown.Page; n != 1 {
		t.Errorf("the room was taken to page %d", n)
	}
	for _, s := range h.written(token) {
		if ink.HasPressure(s.Ink) {
			t.Error("pressure counts, which nobody has asked for")
		}
	}

	b.asksForPressure()
	b.draws(line(560)[0], line(560)[1], nil)
	has("a pen writes with pressure", 5)
	b.calm()
	b.keep("ink-pressure")
	pressed := h.written(token)[4]
	points, err := ink.Unpack(pressed.Ink)
	if err != nil || !ink.HasPressure(pressed.Ink) {
		t.Fatalf("%s without pressure: %v", pressed, err)
	}
	if first, last := points[0].Pressure, points[len(points)-1].Pressure; first > 0.4 || last < 0.6 {
		t.Errorf("pressed from %.2f to %.2f", first, last)
	}
	b.quiet()
}

// besideThePen writes with a pen while the hand lies on the glass, comes down
// anew, moves and is taken away.
func (b *tablet) besideThePen(line func(float64) [2]point) {
	b.t.Helper()
	at := point{float64(b.wide) * 0.55, 480}
	b.draws(line(380)[0], line(380)[1], func(step int) {
		switch {
		case step == 2:
			b.palm(input.DispatchTouchEventTypeTouchStart, at)
		case step == 4:
			b.palm(input.DispatchTouchEventTypeTouchStart, at, point{at.x + 40, at.y + 60})
		case step > 4 && step < 9:
			b.palm(input.DispatchTouchEventTypeTouchMove, point{at.x - float64(step)*5, at.y}, point{at.x + 40 - float64(step)*5, at.y + 60})
		case step == 9:
			b.palm(input.DispatchTouchEventTypeTouchCancel)
		}
	})
}

// asksForPressure presses the words under the pen that have pressure count.
func (b *tablet) asksForPressure() {
	b.t.Helper()
	b.until("the pen's own panel is open", func() bool {
		if at, ok := b.lowestWhite(b.look()); ok {
			b.tap(at.x, at.y)
			return true
		}
		img := b.look()
		size := img.Bounds().Size()
		for y := size.Y * 88 / 100; y > size.Y/2; y-- { // the palette's last word, at its right: what is beside it takes strokes back
			for x := size.X - 1; x > size.X*9/10; x-- {
				if dark(img, x, y) {
					b.tap(float64(x)/b.scale-12, float64(y)/b.scale-4)
					b.arrived()
					return false
				}
			}
		}
		return false
	})
	b.calm()
	b.keep("ink-panel")
}

// lowestWhite is the lowest broad button of the panel at the side.
func (b *tablet) lowestWhite(img image.Image) (point, bool) {
	size := img.Bounds().Size()
	for y := size.Y * 88 / 100; y > size.Y/5; y-- {
		run := 0
		for x := size.X * 7 / 10; x < size.X; x++ {
			if !white(img.At(x, y)) {
				run = 0
			} else if run++; float64(run) > 200*b.scale {
				return point{float64(x)/b.scale - 100, float64(y)/b.scale - 12}, true
			}
		}
	}
	return point{}, false
}
