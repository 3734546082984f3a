//go:build !js

package widget

import "fyne.io/fyne/v2"

// CopyText puts text into the device's clipboard.
func CopyText(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }
