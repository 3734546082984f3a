package screen

import (
	"context"
	"reflect"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/mobile"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// view is one screen on the stack.
type view interface {
	// model is what the screen shows at this moment. While it stays the same, by value, nothing is drawn.
	model() any
	// draw makes the screen from what model last gave.
	draw() fyne.CanvasObject
	// typed and typedRune get keys that nothing else took, but for those that lead back.
	typed(e *fyne.KeyEvent)
	typedRune(r rune)
	// back goes one step back within the screen; false means it has none.
	back() bool
	// name is the screen's part of the window's title.
	name() string
	// close ends what the screen has running.
	close()
}

// Options are what a Shell is told at the start.
type Options struct {
	Preferences Preferences
	// Keep stores changed preferences; nil means they end with the program.
	Keep func(Preferences)
	// Projector makes the window the room's big screen.
	Projector bool
	// OneRoom says that there is no other room to go to, as in a browser.
	OneRoom bool
	// Stays keeps where the person is; nil where every start begins at the list.
	Stays Stays
	// InClear says that whoever listens on the network can read all that comes and goes.
	InClear bool
	// FullScreen turns the whole screen on or off, as a browser does when it is asked; nil where there is nothing to ask.
	FullScreen func()
	Consoles   Consoles
}

// Shell owns a window: it shows the screen that fits the device's stage and leads from one to the next and back.
type Shell struct {
	act     Actions
	window  fyne.Window
	options Options
	chosen  Preferences

	tabs    map[string]*openTabs // by meeting
	stage   controller.Stage
	stack   []view
	shown   any
	visited string // the meeting this device went to by itself
	// comeback is where the last start left off, until it is reached again; stayed what was kept last.
	comeback *Stay
	recalled bool
	coming   bool // the agenda on the way there was reached
	stayed   Stay
	holder   *fyne.Container
	note     *note
	mark     *widget.Banner // what stands above every screen; nil: nothing
	ballot   Over           // nil on the room's big screen

	ctx      context.Context
	cancel   context.CancelFunc
	changed  atomic.Bool
	language func() // stops listening
	applied  theme.Options
}

// New makes the Shell of a window and shows the first screen in it. Close ends it.
func New(act Actions, window fyne.Window, options Options) *Shell {
	s := &Shell{act: act, window: window, options: options, chosen: options.Preferences, holder: container.New(wholeLayout{}), note: newNote()}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	words.Use(s.chosen.Language)
	s.look(0)
	s.teachToolkit()
	window.SetPadded(false)
	window.SetContent(s.marked(container.New(wholeLayout{}, s.holder, s.ballotLayer(), s.note.layer)))
	s.language = words.OnChange(func() {
		s.teachToolkit()
		s.remark()
		s.redraw()
	})
	s.listenToKeys()
	s.Update()
	return s
}

// Close ends all screens. The window stays.
func (s *Shell) Close() {
	s.cancel()
	s.language()
	s.note.close()
	s.clear()
}

// Changed is to be called when models may have changed, from any goroutine.
func (s *Shell) Changed() {
	if s.changed.CompareAndSwap(false, true) {
		mainthread.Do(s.Update)
	}
}

// Notify tells the person in one line what came otherwise than wished. Safe from any goroutine.
func (s *Shell) Notify(code string) {
	mainthread.Do(func() { s.refused(code) })
}

// Tick keeps what shows the time up to date until the Shell is closed. Call it on a goroutine of its own.
func (s *Shell) Tick() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			s.Changed()
		}
	}
}

// Update shows what has changed. Main goroutine only.
func (s *Shell) Update() {
	s.changed.Store(false)
	if s.ctx.Err() != nil {
		return
	}
	if stage := s.act.Stage(); stage != s.stage || len(s.stack) == 0 {
		s.stage = stage
		s.begin()
	}
	s.comeBack()
	s.goDirect()
	s.refresh()
	s.askForBallot()
	s.noteStay()
}

// begin puts the first screen of a stage on an empty stack.
func (s *Shell) begin() {
	s.clear()
	s.visited, s.shown = "", nil
	if s.stage != controller.StageInside {
		s.tabs = nil // another person has other documents
	}
	if s.ballot != nil {
		s.ballot.Close()
	}
	switch s.stage {
	case controller.StageSignIn:
		s.stack = []view{newSignIn(s)}
	case controller.StageInside:
		s.stack = []view{s.home()}
	default:
		s.stack = []view{newJoin(s)}
	}
	s.window.Canvas().Unfocus()
}

func (s *Shell) home() view {
	if s.options.Projector || s.act.Meetings().Me.Screen {
		return newProjector(s)
	}
	return newMeetings(s)
}

// goDirect leads into the meeting at hand, once: whoever then goes back to the list stays there.
func (s *Shell) goDirect() {
	if s.stage != controller.StageInside || len(s.stack) != 1 {
		return
	}
	if _, list := s.stack[0].(*meetings); !list {
		return
	}
	if id := s.act.Meetings().Direct; id != "" && id != s.visited {
		s.visited = id
		s.push(newAgenda(s, id))
	}
}

func (s *Shell) top() view { return s.stack[len(s.stack)-1] }

func (s *Shell) push(v view) {
	s.stack = append(s.stack, v)
	s.turned()
}

// pop leaves the top screen; the lowest stays.
func (s *Shell) pop() {
	if len(s.stack) < 2 {
		return
	}
	gone := s.top()
	s.stack = s.stack[:len(s.stack)-1]
	s.turned()
	gone.close()
}

// turned shows another screen than before.
func (s *Shell) turned() {
	s.shown = nil
	s.window.Canvas().Unfocus()
	s.refresh()
}

func (s *Shell) clear() {
	for _, v := range s.stack {
		v.close()
	}
	s.stack = nil
}

// refresh draws the top screen if its model has changed.
func (s *Shell) refresh() {
	if len(s.stack) == 0 {
		return
	}
	m := s.top().model()
	if s.shown != nil && reflect.DeepEqual(m, s.shown) {
		return
	}
	s.shown = m
	s.holder.Objects = []fyne.CanvasObject{s.top().draw()}
	s.holder.Refresh()
	s.window.SetTitle(s.title())
}

// redraw draws the top screen in any case.
func (s *Shell) redraw() {
	s.shown = nil
	s.refresh()
}

// title names room, part and person, so that a window is found among others.
func (s *Shell) title() string {
	parts := []string{}
	if len(s.stack) > 0 {
		parts = append(parts, s.top().name())
	}
	if s.stage == controller.StageInside {
		parts = append(parts, s.act.Meetings().Me.Name)
	}
	if s.stage != controller.StageRooms {
		parts = append(parts, s.act.Projector().Room)
	}
	parts = append(parts, words.T("app.title"))
	full := parts[:0]
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, " - ")
}

// listenToKeys leads Escape, the device's back key and Alt with the left arrow back, other keys to the screen.
func (s *Shell) listenToKeys() {
	c := s.window.Canvas()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyEscape, mobile.KeyBack:
			s.goBack()
		case fyne.KeyF1:
			if !s.asks() {
				s.openHelp()
			}
		default:
			if len(s.stack) > 0 && !s.asks() {
				s.top().typed(e)
			}
		}
	})
	c.SetOnTypedRune(func(r rune) {
		if r == '?' && !s.asks() {
			s.openHelp()
			return
		}
		if len(s.stack) > 0 && !s.asks() {
			s.top().typedRune(r)
		}
	})
	s.listenToUndo(c)
	c.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) {
		if len(s.stack) > 0 {
			if r, ok := s.top().(*reader); ok {
				r.words.copy()
			}
		}
	})
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) { s.find() })
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) { s.retrace((*reader).goBack, s.goBack) })
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) { s.retrace((*reader).goForward, func() {}) })
}

// retrace leads through the places read where a document with such places is on the screen; else it does the other thing.
func (s *Shell) retrace(where func(*reader), other func()) {
	if len(s.stack) > 0 {
		if r, ok := s.top().(*reader); ok && (r.seen.CanGoBack || r.seen.CanGoForward) {
			where(r)
			return
		}
	}
	other()
}

// find opens the search of a screen that has one.
func (s *Shell) find() {
	if len(s.stack) == 0 {
		return
	}
	switch v := s.top().(type) {
	case *reader:
		v.openSearch()
	case *agenda:
		v.search()
	}
}

func (s *Shell) goBack() {
	if s.ballot != nil && s.ballot.Back() {
		return
	}
	if len(s.stack) > 0 && !s.top().back() {
		s.pop()
	}
}

// look takes on the look chosen; a scale above 0 stands in for the chosen one.
func (s *Shell) look(scale float32) {
	o := theme.Options{Mode: s.chosen.Mode, Scale: s.chosen.Scale, LeftHand: s.chosen.LeftHand, Still: s.chosen.Still, Contrast: s.chosen.Contrast}
	if scale > 0 {
		o.Scale = scale
	}
	if s.applied == o {
		return
	}
	s.applied = o
	theme.Apply(fyne.CurrentApp(), o)
	s.shown = nil
}

func (s *Shell) teachToolkit() {
	if err := words.TeachToolkit(); err != nil {
		fyne.LogError("the toolkit's own words stay in its language", err)
	}
}

// prefer keeps and shows changed preferences.
func (s *Shell) prefer(p Preferences) {
	s.chosen = p
	if s.options.Keep != nil {
		s.options.Keep(p)
	}
	s.look(0)
	words.Use(p.Language)
	s.redraw()
}

// refused tells what a refusal code means; "" is none.
func (s *Shell) refused(code string) {
	if code != "" {
		s.note.show(words.Refusal(code))
	}
	s.Update()
}

// leaveRoom gives what the way back to the rooms does, nil where there is only this one.
func (s *Shell) leaveRoom() func() {
	if s.options.OneRoom {
		return nil
	}
	return func() {
		s.act.LeaveRoom()
		s.Update()
	}
}

func (s *Shell) confirm(q widget.Question, yes func()) {
	widget.NewConfirmSheet(q, yes).ShowOn(s.window.Canvas())
}

// still is what most screens have in common: no keys, no steps back, nothing running.
type still struct{}

func (still) typed(*fyne.KeyEvent) {}
func (still) typedRune(rune)       {}
func (still) back() bool           { return false }
func (still) close()               {}
