//go:build !js

package deskscreen

import (
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"phonghop/client/internal/controller"
)

// Pick implements Files: one at a time, for the toolkit's dialog takes no more.
func (d Dialogs) Pick(chosen func([]controller.File)) {
	open := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			chosen(nil)
			return
		}
		uri := r.URI()
		_ = r.Close() // it is opened anew for every try
		chosen([]controller.File{fileOf(uri)})
	}, d.Window)
	open.SetFilter(storage.NewExtensionFileFilter([]string{".pdf", ".PDF"}))
	open.Resize(d.Window.Canvas().Size())
	open.Show()
}

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
