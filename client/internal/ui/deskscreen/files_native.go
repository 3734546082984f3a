//go:build !js

package deskscreen

import (
	"os"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
)

// Pick implements Files: one at a time, for the toolkit's dialog takes no more.
func (d Dialogs) Pick(chosen func([]controller.File)) { d.pickOne(chosen) }

// sizeOf is the size of a file of the device in bytes, -1 for what is not one.
func sizeOf(u fyne.URI) int64 {
	if u.Scheme() != "file" {
		return -1
	}
	info, err := os.Stat(u.Path())
	if err != nil {
		return -1
	}
	return info.Size()
}
