package screen

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// takeAllButton takes all documents with one's own notes home, and tells how far that is; nil where the device has no folders to
// choose from.
func (p *pen) takeAllButton() fyne.CanvasObject {
	if d := fyne.CurrentDevice(); d.IsMobile() || d.IsBrowser() {
		return nil
	}
	label := words.T("ink.take_all")
	if t := p.taking; t != nil {
		label = words.T("ink.taking_all", min(t.Done+1, max(t.All, 1)), max(t.All, 1))
	}
	b := widget.NewButton(label, widget.Outlined, p.chooseFolder).WithIcon(icons.Download)
	b.SetEnabled(p.taking == nil)
	return b
}

func (p *pen) chooseFolder() {
	window := p.reader.shell.window
	open := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		if err == nil && dir != nil { // else thought better of it
			p.takeAll(directory{dir})
		}
	}, window)
	open.Resize(window.Canvas().Size())
	open.Show()
}

// takeAll takes the documents to a folder. It goes on when the page is left, and says at the end what came of it.
func (p *pen) takeAll(to controller.Folder) {
	if p.taking != nil {
		return
	}
	s := p.reader.shell
	p.taking = &controller.TakenHome{}
	s.redraw()
	s.act.TakeHomeAll(p.reader.id, to, func(t controller.TakenHome) {
		mainthread.Do(func() {
			p.taking = &t
			if t.Over {
				p.taking = nil
				s.note.show(takenWords(t))
			}
			s.redraw()
		})
	})
}

// takenWords say what came of it in the end.
func takenWords(t controller.TakenHome) string {
	switch {
	case t.Code == "":
		return words.T("ink.taken_all", t.Done)
	case t.All == 0:
		return words.Refusal(t.Code)
	}
	const most = 3
	failed := t.Failed
	if len(failed) > most {
		failed = append(failed[:most:most], "…")
	}
	return words.T("ink.taken_some", t.Saved(), t.All, strings.Join(failed, "; "), words.Refusal(t.Code))
}

// directory is a folder of the device.
type directory struct{ fyne.ListableURI }

// namesTried bounds how many names are tried for a file whose name is taken.
const namesTried = 1000

// Create implements controller.Folder: a name that is taken gets a number.
func (d directory) Create(name string) (controller.NewFile, error) {
	stem, extension := strings.TrimSuffix(name, ".pdf"), ".pdf"
	for n := 1; n <= namesTried; n++ {
		if n > 1 {
			name = fmt.Sprintf("%s (%d)%s", stem, n, extension)
		}
		at, err := storage.Child(d.ListableURI, name)
		if err != nil {
			return nil, err
		}
		if there, err := storage.Exists(at); err != nil {
			return nil, err
		} else if there {
			continue
		}
		w, err := storage.Writer(at)
		if err != nil {
			return nil, err
		}
		return newFile{w, at}, nil
	}
	return nil, fmt.Errorf("%d files are named like %s", namesTried, name)
}

// newFile is a file being written.
type newFile struct {
	fyne.URIWriteCloser
	at fyne.URI
}

// Discard implements controller.NewFile.
func (f newFile) Discard() {
	_ = f.Close()            // it is thrown away
	_ = storage.Delete(f.at) // what is left is not a PDF, and the person is told that it failed
}
