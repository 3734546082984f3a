//go:build !js

package widget

// openKeyboard and closeKeyboard do nothing where the toolkit itself hears what is written.
func openKeyboard(*line)  {}
func closeKeyboard(*line) {}
