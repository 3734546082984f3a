//go:build !js

package widget

import "fyne.io/fyne/v2"

// thrown is how fast the finger went that has just let go of a list: 0 but in browsers. Phones and tablets let lists glide by
// themselves; a desktop's mouse throws nothing.
func thrown() (vx, vy float32) { return 0, 0 }

// claimPointer tells whether the view got the pointer from somewhere else than the toolkit; only browsers have that.
func claimPointer(*PageView, fyne.Position) bool { return false }
