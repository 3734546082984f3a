//go:build !sight

package main

import "fyne.io/fyne/v2"

// showSight is for programs that drive a window from outside (see sight_on.go); a released client has nothing of it.
func showSight(fyne.Window) (stop func()) { return func() {} }
