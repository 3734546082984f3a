package deskscreen

import (
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"phonghop/client/internal/controller"
)

// mostFiles bounds how many files are taken at once.
const mostFiles = 1000

// Dialogs chooses files with the toolkit's dialogs over a window. In a browser the browser's own dialog is used.
type Dialogs struct{ Window fyne.Window }

var _ Files = Dialogs{}

// Folders implements Files.
func (Dialogs) Folders() bool {
	d := fyne.CurrentDevice()
	return !d.IsMobile() && !d.IsBrowser()
}

// PickFolder implements Files.
func (d Dialogs) PickFolder(chosen func([]controller.File)) {
	open := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil || folder == nil {
			chosen(nil)
			return
		}
		uris, err := folder.List()
		if err != nil {
			chosen(nil)
			return
		}
		var files []controller.File
		for _, u := range uris {
			if isPDF(u.Name()) && len(files) < mostFiles {
				files = append(files, fileOf(u))
			}
		}
		chosen(files)
	}, d.Window)
	open.Resize(d.Window.Canvas().Size())
	open.Show()
}

func isPDF(name string) bool { return strings.EqualFold(filepath.Ext(name), ".pdf") }

// fileOf makes a file of what an address names. Its size is not known before it is read.
func fileOf(u fyne.URI) controller.File {
	return controller.File{Name: u.Name(), Size: sizeOf(u), Open: func() (io.ReadCloser, error) { return storage.Reader(u) }}
}
