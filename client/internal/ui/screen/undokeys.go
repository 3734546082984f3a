package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// undoer is a console in which steps are taken back and done again.
type undoer interface {
	Undo()
	Redo()
}

// listenToUndo leads Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z to a console that takes steps back. A field that is being written in has these
// keys for itself.
func (s *Shell) listenToUndo(c fyne.Canvas) {
	undo := func(fyne.Shortcut) { s.withUndoer(undoer.Undo) }
	redo := func(fyne.Shortcut) { s.withUndoer(undoer.Redo) }
	c.AddShortcut(&fyne.ShortcutUndo{}, undo)
	c.AddShortcut(&fyne.ShortcutRedo{}, redo)
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}, redo)
}

func (s *Shell) withUndoer(do func(undoer)) {
	if len(s.stack) == 0 || s.asks() {
		return
	}
	if v, ok := s.top().(*consoleView); ok {
		if u, ok := v.console.(undoer); ok {
			do(u)
		}
	}
}
