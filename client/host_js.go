package main

import (
	"runtime/debug"
	"syscall/js"
	"time"
)

// inBrowser tells that the client is a page of the room's own server.
const inBrowser = true

// pageHost is the server the page came from, as "https://host:port".
func pageHost() string { return js.Global().Get("location").Get("origin").String() }

// given are the settings that the page's address has behind the question mark: "?lang=en&projector". Nothing else can be
// set from there.
func given() (settings, error) {
	query := js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
	s := settings{Projector: query.Call("has", "projector").Bool()}
	if lang := query.Call("get", "lang"); lang.Type() == js.TypeString && (lang.String() == "vi" || lang.String() == "en") {
		s.Lang = lang.String()
	}
	return s, s.complete()
}

// boundMemory has the program clear up sooner than others do: what a browser has once given to it, it keeps for good, and a
// tablet's system closes pages that have much.
//
// Until the first screen is there the page has it clear up seldom: nearly all that is made then stays.
func boundMemory() {
	debug.SetMemoryLimit(256 << 20)
	time.AfterFunc(10*time.Second, func() { debug.SetGCPercent(50) })
}

// ignored takes a browser's refusal of what is a convenience only.
var ignored = js.FuncOf(func(js.Value, []js.Value) any { return nil })

// keepAwake asks the browser not to let the screen go dark, now and whenever the page is seen again: the toolkit cannot.
// Browsers that do not know how are left alone.
func keepAwake() {
	lock, page := js.Global().Get("navigator").Get("wakeLock"), js.Global().Get("document")
	if !lock.Truthy() {
		return
	}
	ask := js.FuncOf(func(js.Value, []js.Value) any {
		if page.Get("visibilityState").String() == "visible" {
			lock.Call("request", "screen").Call("catch", ignored) // low battery, for one
		}
		return nil
	})
	page.Call("addEventListener", "visibilitychange", ask)
	ask.Invoke()
}

// fullScreen turns the page's full screen on or off, nil where the browser has none, as on an iPhone, or where the page is
// an app of its own already. The browser allows it soon after a touch, which the toolkit tells of in time.
func fullScreen() func() {
	page := js.Global().Get("document")
	for _, n := range [][3]string{
		{"requestFullscreen", "exitFullscreen", "fullscreenElement"},
		{"webkitRequestFullscreen", "webkitExitFullscreen", "webkitFullscreenElement"},
	} {
		ask, leave, now := n[0], n[1], n[2]
		whole := page.Get("documentElement")
		if whole.Get(ask).Type() != js.TypeFunction || js.Global().Call("matchMedia", "(display-mode: standalone)").Get("matches").Bool() {
			continue
		}
		return func() {
			var done js.Value
			if page.Get(now).Truthy() {
				done = page.Call(leave)
			} else {
				done = whole.Call(ask)
			}
			if done.Truthy() { // older ones answer nothing
				done.Call("catch", ignored)
			}
		}
	}
	return nil
}
