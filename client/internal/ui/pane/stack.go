package pane

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// Page is one that lies over a screen: a list to pick from, a form.
type Page struct {
	// Object fills the screen.
	Object fyne.CanvasObject
	// Focus gets the keyboard when the page comes; may be nil.
	Focus fyne.Focusable
	// Leave is what a device's own way back does instead of taking the page away; nil for a page that loses nothing.
	Leave func()
	// Refresh is called when models have changed; nil for a page that keeps what it shows. It reports whether the page still
	// has a reason to be there.
	Refresh func() bool
	// Undo and Redo are for the keys while the page is uppermost; nil where it has no steps of its own.
	Undo, Redo func()

	// was is where the keyboard was when another page came over this one.
	was    hold
	hadKey bool
}

// Stack is a screen with pages over it. Only the uppermost is seen.
type Stack struct {
	box   *fyne.Container
	base  Page
	pages []Page
}

// NewStack makes one with nothing over the screen.
func NewStack(base fyne.CanvasObject) *Stack {
	return &Stack{box: container.New(fillLayout{}, base), base: Page{Object: base}}
}

// Object is what to put on the screen.
func (s *Stack) Object() fyne.CanvasObject { return s.box }

// Depth counts the pages over the screen.
func (s *Stack) Depth() int { return len(s.pages) }

// Top is the uppermost page, or the screen itself.
func (s *Stack) Top() Page { return *s.top() }

func (s *Stack) top() *Page {
	if n := len(s.pages); n > 0 {
		return &s.pages[n-1]
	}
	return &s.base
}

// Push puts a page over what is seen.
func (s *Stack) Push(p Page) {
	below := s.top()
	below.was, below.hadKey = held(below.Object)
	s.pages = append(s.pages, p)
	s.show()
}

// Back takes the uppermost page away and reports whether there was one.
func (s *Stack) Back() bool {
	if len(s.pages) == 0 {
		return false
	}
	s.pages = s.pages[:len(s.pages)-1]
	s.show()
	return true
}

// Escape does what the Escape key and a device's own way back do: leave the uppermost page, as that page has it. It reports
// whether there was one.
func (s *Stack) Escape() bool {
	if n := len(s.pages); n > 0 && s.pages[n-1].Leave != nil {
		s.pages[n-1].Leave()
		return true
	}
	return s.Back()
}

// Clear takes all pages away.
func (s *Stack) Clear() {
	if len(s.pages) > 0 {
		s.pages = nil
		s.show()
	}
}

// Refresh refreshes the pages and takes away those without a reason, with all that came from them.
func (s *Stack) Refresh() {
	for i, p := range s.pages {
		if p.Refresh != nil && !p.Refresh() {
			s.pages = s.pages[:i]
			s.show()
			return
		}
	}
}

// fillLayout gives the whole place to what is shown, and asks for no more of the window than a small phone has: all that is
// shown wraps and scrolls.
type fillLayout struct{}

func (fillLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

func (fillLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// show shows the uppermost page. The keyboard comes to where it was on it, or to where it begins; it does not stay with what is no
// longer seen.
func (s *Stack) show() {
	c := Canvas(s.box)
	if _, inside := held(s.box); inside {
		c.Unfocus()
	}
	top := s.top()
	s.box.Objects = []fyne.CanvasObject{top.Object}
	s.box.Refresh()
	switch {
	case top.hadKey && !fyne.CurrentDevice().IsMobile(): // no keyboard comes up there by itself
		top.was.give(s.box)
	case top.Focus != nil:
		Focus(s.box, top.Focus)
	}
	top.hadKey = false
}

// followFocus keeps what has the keyboard in sight: Tab leads also to what lies below the edge. The mouse wheel scrolls over a
// field too. A long list is told in what it lies, so that it shows what is in sight.
func followFocus(s *widget.Scroll, objects []fyne.CanvasObject) {
	follow(func() *widget.Scroll { return s }, func(o interface{ InScroll(*widget.Scroll) }) { o.InScroll(s) }, objects)
}

// follow does so in what around gives at the time; long lists are left to list.
func follow(around func() *widget.Scroll, list func(interface{ InScroll(*widget.Scroll) }), objects []fyne.CanvasObject) {
	for _, o := range objects {
		if l, ok := o.(interface{ InScroll(*widget.Scroll) }); ok {
			list(l) // it keeps its own rows in sight
			continue
		}
		if f, ok := o.(interface{ OnFocus(func()) }); ok {
			f.OnFocus(func() {
				if s := around(); s != nil {
					s.Follow(o)
				}
			})
		}
		if f, ok := o.(interface {
			OnWheel(func(*fyne.ScrollEvent))
		}); ok {
			f.OnWheel(func(e *fyne.ScrollEvent) {
				if s := around(); s != nil {
					s.Scrolled(e)
				}
			})
		}
		switch o := o.(type) {
		case *fyne.Container:
			follow(around, list, o.Objects)
		case interface{ Parts() []fyne.CanvasObject }:
			follow(around, list, o.Parts())
		}
	}
}

// Canvas returns the canvas an object is on, nil while it is on none.
func Canvas(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }

// Focus gives the keyboard to something on the canvas of o.
func Focus(o fyne.CanvasObject, f fyne.Focusable) {
	if c := Canvas(o); c != nil {
		c.Focus(f)
	}
}

// Sheet puts a page's objects below each other under a head with the way back; it scrolls, and is no wider than 680. foot stays
// at the lower edge and may be nil.
func Sheet(title string, onBack func(), foot fyne.CanvasObject, objects ...fyne.CanvasObject) fyne.CanvasObject {
	body := widget.NewScroll(widget.Inset(16, 16, widget.Narrow(680, widget.Column(theme.Gap, objects...))))
	followFocus(body, objects)
	if foot != nil {
		foot = widget.Column(0, widget.Divider(), widget.Inset(16, 12, widget.Narrow(680, foot)))
	}
	return widget.Frame(widget.NewTopBar(words.T("common.back"), onBack, title), body, foot)
}
