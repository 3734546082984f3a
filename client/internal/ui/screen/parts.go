package screen

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// Widths of columns at 100 %.
const (
	formWidth = 420
	listWidth = 760
	sideWidth = 360
	wideFrom  = 960 // from here on a side column stands beside the list
)

// refill changes a scrolled column and stays where it was scrolled to.
func refill(s *widget.Scroll, content fyne.CanvasObject) {
	at := s.Offset
	s.SetColumn(content)
	s.Offset = at
	s.Refresh()
}

// body is the usual middle of a screen: a scrolled column of limited width.
func body(s *widget.Scroll, width float32, objects ...fyne.CanvasObject) *widget.Scroll {
	refill(s, widget.Narrow(width, widget.Inset(16, 20, widget.Column(theme.Gap, objects...))))
	return s
}

func newScroll() *widget.Scroll { return widget.NewScroll(widget.Column(0)) }

// dotted joins what is there by middle dots.
func dotted(parts ...string) string {
	full := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, " · ")
}

// initials are the first letters of the two last words of a name: how colleagues are told apart here.
func initials(name string) string {
	parts := strings.Fields(name)
	if len(parts) > 2 {
		parts = parts[len(parts)-2:]
	}
	out := ""
	for _, p := range parts {
		for _, r := range p {
			out += string(r)
			break
		}
	}
	return strings.ToUpper(out)
}

// meButton says who is signed in and leads to the settings.
func (s *Shell) meButton() fyne.CanvasObject {
	return widget.NewIconButton(icons.User, s.act.Meetings().Me.Name, func() { s.push(newSettings(s)) }).Beside()
}

// languageButton changes to the other language: it is named in that one.
func (s *Shell) languageButton() fyne.CanvasObject {
	return widget.NewIconButton(icons.Languages, words.T("language.switch"), func() {
		p := s.chosen
		if words.Current() == words.English {
			p.Language = words.Vietnamese
		} else {
			p.Language = words.English
		}
		s.prefer(p)
	}).Beside()
}

func (s *Shell) settingsButton() fyne.CanvasObject {
	return widget.NewIconButton(icons.Settings, words.T("common.settings"), func() { s.push(newSettings(s)) }).Beside()
}

// stateBanners tell what is out of the ordinary with the connection; nothing where all is well.
func (s *Shell) stateBanners(st controller.Status) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	switch st.Link {
	case session.Offline:
		text := words.T("state.offline_reading")
		if st.Pending > 0 {
			text += " " + words.N("state.pending", st.Pending)
		}
		out = append(out, widget.NewBanner(widget.BannerOffline, text, "", nil))
	case session.Ended:
		out = append(out, s.endedBanner(st.WhyCode))
	}
	if st.Unkept {
		out = append(out, widget.NewBanner(widget.BannerNotice, words.T("state.unkept"), "", nil))
	}
	return out
}

// endedBanner says why the server is not spoken to any more. Where another key answers nobody is led to give his PIN: the way
// leads to the words about the key.
func (s *Shell) endedBanner(why string) fyne.CanvasObject {
	if session.OtherVersion(why) { // signing in changes nothing, and what waits to be sent is not to be lost by it
		return widget.NewBanner(widget.BannerWrong, words.Refusal(why), words.T("common.retry"), s.act.Wake)
	}
	if why != session.CodeKeyChanged {
		return widget.NewBanner(widget.BannerWrong, words.Refusal(why), words.T("signin.title"), s.act.SignOut)
	}
	leave := s.leaveRoom()
	if leave == nil {
		return widget.NewBanner(widget.BannerWrong, words.Refusal(why), "", nil)
	}
	return widget.NewBanner(widget.BannerWrong, words.Refusal(why), words.T("join.other_room"), leave)
}

// tinyBelow is the width at 100 % below which a screen has room for a word a line: a phone with type of 200 %.
const tinyBelow = 240

func (s *Shell) tiny() bool { return s.window.Canvas().Size().Width < theme.Scaled(tinyBelow) }

// linkChip is the connection in one word, nil while it is as it should be.
func linkChip(st controller.Status) fyne.CanvasObject {
	switch st.Link {
	case session.Offline, session.Ended:
		return widget.NewChip(words.T("state.offline_short"), widget.ChipOffline)
	case session.Connecting:
		return widget.NewChip(words.T("state.connecting"), widget.ChipNeutral)
	}
	return nil
}

// wholeLayout gives everybody the whole place, and asks for no more of the window than a small phone has: all that is shown wraps
// and scrolls.
type wholeLayout struct{}

func (wholeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

func (wholeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// adaptive builds its content for wide or narrow places, and anew when it goes from one to the other.
type adaptive struct {
	fynewidget.BaseWidget
	build  func(wide bool) fyne.CanvasObject
	holder *fyne.Container
	wide   bool
}

func newAdaptive(build func(wide bool) fyne.CanvasObject) *adaptive {
	a := &adaptive{build: build, holder: container.NewStack()}
	a.ExtendBaseWidget(a)
	return a
}

// Resize implements fyne.CanvasObject.
func (a *adaptive) Resize(size fyne.Size) {
	wide := size.Width >= theme.Scaled(wideFrom)
	if len(a.holder.Objects) == 0 || wide != a.wide {
		a.wide = wide
		a.holder.Objects = []fyne.CanvasObject{a.build(wide)}
		a.holder.Refresh()
	}
	a.BaseWidget.Resize(size)
}

// MinSize implements fyne.CanvasObject: it takes what it is given.
func (a *adaptive) MinSize() fyne.Size { return fyne.NewSize(280, 120) }

// CreateRenderer implements fyne.Widget.
func (a *adaptive) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(a.holder)
}

// handed is a row of tools with the page buttons at the side of the hand that turns the pages.
func handed(turn fyne.CanvasObject, tools ...fyne.CanvasObject) fyne.CanvasObject {
	if theme.LeftHand() {
		return widget.Row(4, 1, append([]fyne.CanvasObject{turn, widget.Column(0)}, tools...)...)
	}
	return widget.Row(4, len(tools), append(append([]fyne.CanvasObject{}, tools...), widget.Column(0), turn)...)
}

// beside puts a column of fixed width at the trailing side, or at the leading one for whoever writes with the left hand.
func beside(main, side fyne.CanvasObject, width float32) fyne.CanvasObject {
	return container.New(&besideLayout{width}, main, side)
}

type besideLayout struct{ width float32 }

func (l *besideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 120) }

func (l *besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(theme.Scaled(l.width), size.Width/2)
	main, side := float32(0), size.Width-w
	if theme.LeftHand() {
		main, side = w, 0
	}
	objects[0].Move(fyne.NewPos(main, 0))
	objects[0].Resize(fyne.NewSize(size.Width-w, size.Height))
	objects[1].Move(fyne.NewPos(side, 0))
	objects[1].Resize(fyne.NewSize(w, size.Height))
}

// newFitting shows the first of its objects that the width has room for, else the last. Their order is from wide to narrow. They
// are measured once: what makes them wider or narrower makes new ones.
func newFitting(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&fittingLayout{}, objects...)
}

type fittingLayout struct{ sizes []fyne.Size }

func (l *fittingLayout) measure(objects []fyne.CanvasObject) []fyne.Size {
	if len(l.sizes) != len(objects) {
		l.sizes = l.sizes[:0]
		for _, o := range objects {
			l.sizes = append(l.sizes, o.MinSize())
		}
	}
	return l.sizes
}

func (l *fittingLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, least := range l.measure(objects) {
		m = fyne.NewSize(least.Width, max(m.Height, least.Height))
	}
	return m
}

func (l *fittingLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	show := firstFitting(l.measure(objects), size.Width)
	for i, o := range objects {
		if i != show {
			o.Hide()
		}
	}
	objects[show].Show()
	objects[show].Resize(size)
}

// measured are the least sizes of objects.
func measured(objects []fyne.CanvasObject) []fyne.Size { return (&fittingLayout{}).measure(objects) }

// firstFitting is the index of the first size that the width has room for, else of the last.
func firstFitting(sizes []fyne.Size, width float32) int {
	for i, least := range sizes {
		if least.Width <= width {
			return i
		}
	}
	return len(sizes) - 1
}

// centred puts a column into the middle of the height there is.
func centred(o fyne.CanvasObject) fyne.CanvasObject { return container.New(centredLayout{}, o) }

type centredLayout struct{}

func (centredLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 120) }

func (centredLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		// The first pass tells the column its width, the second its height.
		o.Resize(size)
		h := min(o.MinSize().Height, size.Height)
		o.Resize(fyne.NewSize(size.Width, h))
		o.Move(fyne.NewPos(0, (size.Height-h)/2))
	}
}

// ellipsis is a text of so many letters at most, with an ellipsis where it was longer: for what cannot be scrolled. It ends after
// a whole word where it has any.
func ellipsis(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	cut := string(letters[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + "…"
}
