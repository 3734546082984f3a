//go:build !js

package widget

// ListenToBrowser does nothing outside of browsers.
func ListenToBrowser() {}
