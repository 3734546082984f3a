//go:build sight

package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/uitest"
)

// showSight tells whoever connects to the socket PHONGHOP_SIGHT what is to be seen in the window: one array of JSON for each
// connection. It is how the tests of whole windows know where to press; it is built only with the tag "sight", never into a
// release, and changes nothing.
func showSight(w fyne.Window) (stop func()) {
	path := os.Getenv("PHONGHOP_SIGHT")
	if path == "" {
		return func() {}
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		fmt.Fprintln(os.Stderr, "phonghop: sight:", err)
		os.Exit(2)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			tell(c, w)
		}
	}()
	return func() { _ = l.Close() }
}

func tell(c net.Conn, w fyne.Window) {
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	var things []uitest.Thing
	fyne.DoAndWait(func() { things = uitest.Seen(w.Canvas()) })
	_ = json.NewEncoder(c).Encode(things)
}
