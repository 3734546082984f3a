//go:build !js

package main

import (
	"os"

	"fyne.io/fyne/v2"
)

// inBrowser tells that the client is a page of the room's own server.
const inBrowser = false

// pageHost is the server the page came from: none.
func pageHost() string { return "" }

func arguments() []string { return os.Args[1:] }

// keepAwake lets nobody's screen go dark in mid-sentence; where the system does not allow that, it does nothing.
func keepAwake() { fyne.CurrentApp().Driver().SetDisableScreenBlanking(true) }
