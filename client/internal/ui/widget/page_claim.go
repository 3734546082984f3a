//go:build !js

package widget

import "fyne.io/fyne/v2"

// claimPointer tells whether the view got the pointer from somewhere else than the toolkit; only browsers have that.
func claimPointer(*PageView, fyne.Position) bool { return false }
