package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// marked puts above every screen that the connection is not encrypted, where that is so.
func (s *Shell) marked(screens fyne.CanvasObject) fyne.CanvasObject {
	if !s.options.InClear {
		return screens
	}
	s.mark = widget.NewBanner(widget.BannerWrong, words.T("clear.banner_short"), "", nil)
	return widget.Frame(s.mark, screens, nil)
}

// remark says it in the language of now.
func (s *Shell) remark() {
	if s.mark != nil {
		s.mark.SetText(words.T("clear.banner_short"))
	}
}
