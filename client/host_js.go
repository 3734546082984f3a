package main

import "syscall/js"

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

// keepAwake asks the browser not to let the screen go dark, now and whenever the page is seen again: the toolkit cannot.
// Browsers that do not know how are left alone.
func keepAwake() {
	lock, page := js.Global().Get("navigator").Get("wakeLock"), js.Global().Get("document")
	if !lock.Truthy() {
		return
	}
	refused := js.FuncOf(func(js.Value, []js.Value) any { return nil }) // low battery, for one
	ask := js.FuncOf(func(js.Value, []js.Value) any {
		if page.Get("visibilityState").String() == "visible" {
			lock.Call("request", "screen").Call("catch", refused)
		}
		return nil
	})
	page.Call("addEventListener", "visibilitychange", ask)
	ask.Invoke()
}
