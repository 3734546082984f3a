package widget

import "fyne.io/fyne/v2"

// onTablet tells whether the toolkit's driver of tablets and phones is at work. It tells of touches otherwise than the driver of
// desktops and browsers does, and raises the keyboard of the screen for whatever gets the focus.
func onTablet() bool {
	d := fyne.CurrentDevice()
	return d.IsMobile() && !d.IsBrowser()
}
