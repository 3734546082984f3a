//go:build !js

package votescreen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"phonghop/client/internal/controller"
)

// SaveOn lets the person choose where a file goes, in the toolkit's dialog.
func SaveOn(on fyne.Window) Saver {
	return func(name string, data []byte, done func(code string)) {
		save := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			if err != nil {
				done(controller.Code(err))
				return
			}
			if w == nil {
				return // given up
			}
			_, err = w.Write(data)
			if closed := w.Close(); err == nil {
				err = closed
			}
			done(controller.Code(err))
		}, on)
		save.SetFileName(name)
		save.Resize(on.Canvas().Size())
		save.Show()
	}
}
