//go:build !js

package widget

// claimPointer tells whether the view got the pointer from somewhere else than the toolkit; only browsers have that.
func claimPointer(*PageView) bool { return false }
