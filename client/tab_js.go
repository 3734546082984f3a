package main

import (
	"encoding/json"
	"strconv"
	"syscall/js"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/screen"
)

// What a tab remembers of itself as long as it is open, also when its page is loaded anew: that it was here, and where the
// person is. It is the browser's session storage, which other tabs do not see and which ends with the tab.
const (
	tabMark   = "phonghop-tab"
	tabStay   = "phonghop-stay"
	tabLoaded = "phonghop-loaded"
)

// remembered and remember are no promise: a browser may have no such storage.
func remembered(name string) (text string) {
	defer func() { _ = recover() }()
	if v := js.Global().Get("sessionStorage").Call("getItem", name); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

func remember(name, text string) {
	defer func() { _ = recover() }()
	js.Global().Get("sessionStorage").Call("setItem", name, text)
}

// resumed tells whether this tab had the client before.
func resumed() bool {
	was := remembered(tabMark) != ""
	remember(tabMark, "1")
	return was
}

// tabStays keeps where the person is in the tab.
type tabStays struct{}

func stays() screen.Stays { return tabStays{} }

// Kept implements screen.Stays.
func (tabStays) Kept() (at screen.Stay, ok bool) {
	return at, json.Unmarshal([]byte(remembered(tabStay)), &at) == nil
}

// Keep implements screen.Stays.
func (tabStays) Keep(at screen.Stay) {
	if data, err := json.Marshal(at); err == nil {
		remember(tabStay, string(data))
	}
}

// loadAgain is how long a page that was loaded anew for a new server is left alone.
const loadAgain = time.Minute

// replaced loads the page anew where the server is of another version than this client: the page comes from the server, and
// so does the client that fits. What waits to be sent is kept, and goes on from there.
func replaced(device *controller.Controller) {
	why := device.SignIn().Code
	if device.Stage() == controller.StageInside {
		st := device.Meetings().Status
		if st.Link != session.Ended {
			return
		}
		why = st.WhyCode
	}
	if !session.OtherVersion(why) {
		return
	}
	last, err := strconv.ParseInt(remembered(tabLoaded), 10, 64)
	if err == nil && time.Since(time.Unix(last, 0)) < loadAgain {
		return
	}
	remember(tabLoaded, strconv.FormatInt(time.Now().Unix(), 10))
	js.Global().Get("location").Call("reload")
}
