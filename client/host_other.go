//go:build !js

package main

import (
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	"github.com/alecthomas/kong"
)

// inBrowser tells that the client is a page of the room's own server.
const inBrowser = false

// pageHost is the server the page came from: none.
func pageHost() string { return "" }

// given are the settings of the command line and the environment.
func given() (settings, error) { return parse(os.Args[1:]) }

func parse(args []string) (settings, error) {
	var s settings
	parser, err := kong.New(&s, kong.Name("phonghop"), kong.Description("The client of a paperless meeting room."))
	if err != nil {
		return s, fmt.Errorf("reading the command line: %w", err)
	}
	if _, err := parser.Parse(args); err != nil {
		return s, fmt.Errorf("%w (phonghop --help shows what there is)", err)
	}
	return s, s.complete()
}

// keepAwake lets nobody's screen go dark in mid-sentence; where the system does not allow that, it does nothing.
func keepAwake() { fyne.CurrentApp().Driver().SetDisableScreenBlanking(true) }

// fullScreen is nil: the system's own window has its own ways.
func fullScreen() func() { return nil }

// boundMemory is for browsers.
func boundMemory() {}
