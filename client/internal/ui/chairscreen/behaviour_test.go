package chairscreen

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// found lists the objects on a canvas of one type, the uppermost sheet's where there is one.
func found[T fyne.CanvasObject](c fyne.Canvas) []T {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var out []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if t, ok := o.(T); ok {
			out = append(out, t)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(root)
	return out
}

func button(t *testing.T, c fyne.Canvas, label string) *widget.Button {
	t.Helper()
	for _, b := range found[*widget.Button](c) {
		if b.Label() == label {
			return b
		}
	}
	t.Fatalf("no button %q on the screen", label)
	return nil
}

// press waits until a guarded button takes presses, and presses it.
func press(t *testing.T, c fyne.Canvas, label string) {
	t.Helper()
	time.Sleep(2 * widget.DeadTime) // of the bubble's own clock
	test.Tap(button(t, c, label))
}

func openCard(t *testing.T, c fyne.Canvas, title string) {
	t.Helper()
	for _, card := range found[*widget.Card](c) {
		if card.Data().Title == title {
			test.Tap(card)
			return
		}
	}
	t.Fatalf("no row %q", title)
}

// on runs f with a console on a canvas, in a bubble with a clock of its own.
func on(t *testing.T, view controller.ChairView, f func(t *testing.T, r *room, s *Screen, c fyne.Canvas)) {
	synctest.Test(t, func(t *testing.T) {
		app := test.NewTempApp(t)
		theme.Apply(app, theme.Options{Mode: theme.Light})
		r := &room{view: view}
		s := New(r, "m", Leads{})
		defer s.Close()
		w := test.NewWindow(s.Object())
		defer w.Close()
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1280, 800))
		f(t, r, s, w.Canvas())
	})
}

func TestEachButtonAsksForWhatItSays(t *testing.T) {
	const third = longTitle
	for _, c := range []struct {
		name string
		view controller.ChairView
		do   func(t *testing.T, c fyne.Canvas)
		want string
	}{
		{"next", sitting(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("chair.next_item", 3)) }, "do next i3"},
		{"open", before(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("chair.open_meeting")) }, "do open "},
		{"recall", sitting(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("presenter.bring_back")) }, "recall"},
		{"take", sitting(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("presenter.take")) }, "give minh"},
		{"wish", sitting(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("chair.invite")) }, "give bao"},
		{"decline", sitting(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("chair.decline")) }, "decline bao"},
		{"give", sitting(), func(t *testing.T, c fyne.Canvas) {
			press(t, c, words.T("presenter.give"))
			openCard(t, c, "Nguyễn Quốc Bảo")
		}, "give bao"},
		{"turn", behalf(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("reader.next")) }, "show d1 page 5"},
		{"turn back", behalf(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("reader.previous")) }, "show d1 page 3"},
		{"stop acting", behalf(), func(t *testing.T, c fyne.Canvas) { press(t, c, words.T("chair.stop_acting")) }, "allow lan false"},
		{"pause", sitting(), func(t *testing.T, c fyne.Canvas) {
			press(t, c, words.T("chair.pause"))
			press(t, c, words.T("chair.pause"))
		}, "pause"},
		{"jump", sitting(), func(t *testing.T, c fyne.Canvas) {
			openCard(t, c, third)
			press(t, c, words.T("chair.start_item", 3))
		}, "start i3"},
		{"suspend", sitting(), func(t *testing.T, c fyne.Canvas) {
			openCard(t, c, sitting().Items[1].Title)
			press(t, c, words.T("chair.suspend_item"))
		}, "suspend i2"},
		{"end item", sitting(), func(t *testing.T, c fyne.Canvas) {
			openCard(t, c, sitting().Items[1].Title)
			press(t, c, words.T("chair.end_item", 2))
		}, "end i2"},
		{"end sitting", sitting(), func(t *testing.T, c fyne.Canvas) {
			press(t, c, words.T("common.more"))
			press(t, c, words.T("chair.end_sitting"))
			press(t, c, words.T("chair.end_sitting"))
		}, "end sitting"},
		{"close", sitting(), func(t *testing.T, c fyne.Canvas) {
			press(t, c, words.T("common.more"))
			press(t, c, words.T("chair.close_meeting"))
			press(t, c, words.T("chair.close_meeting"))
		}, "close"},
		{"pass chair", sitting(), func(t *testing.T, c fyne.Canvas) {
			press(t, c, words.T("common.more"))
			press(t, c, words.T("chair.hand_over"))
			openCard(t, c, "Trần Anh Tuấn")
			press(t, c, words.T("chair.hand_over"))
		}, "pass chair to tuan"},
		{"allow", sitting(), func(t *testing.T, c fyne.Canvas) {
			press(t, c, words.T("common.more"))
			found[*widget.Choice](c)[0].OnChosen(1)
		}, "allow lan true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			on(t, c.view, func(t *testing.T, r *room, _ *Screen, canvas fyne.Canvas) {
				c.do(t, canvas)
				if !slices.Equal(r.asked, []string{c.want}) {
					t.Errorf("asked for %q, want %q", r.asked, c.want)
				}
			})
		})
	}
}

// What was typed stays when the wish is refused, and the words say why.
func TestReasonIsKeptWhenRefused(t *testing.T) {
	on(t, sitting(), func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		openCard(t, c, longTitle)
		press(t, c, words.T("chair.withdraw"))
		press(t, c, words.T("chair.withdraw"))
		if len(r.asked) != 0 || s.stack.Depth() != 2 {
			t.Fatalf("withdrew without a reason: %q", r.asked)
		}
		r.code = "bad_state"
		field := found[*widget.TextField](c)[0]
		field.SetText("cơ quan trình xin rút")
		press(t, c, words.T("chair.withdraw"))
		if field.Text() != "cơ quan trình xin rút" || s.stack.Depth() != 2 {
			t.Error("what was typed is gone after a refusal")
		}
		r.code = ""
		field.OnSubmitted(field.Text())
		want := "withdraw i3: cơ quan trình xin rút"
		if !slices.Equal(r.asked, []string{want, want}) || s.stack.Depth() != 0 {
			t.Errorf("asked %q, %d pages left", r.asked, s.stack.Depth())
		}
	})
}

// The big button must not do what its new words say when the press was meant for the old ones.
func TestBigButtonRestsAfterItsWordsChanged(t *testing.T) {
	on(t, sitting(), func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		press(t, c, words.T("chair.next_item", 3))
		r.view.Next.Args, r.view.Next.Item = []string{"4"}, "i4"
		s.Refresh()
		test.Tap(button(t, c, words.T("chair.next_item", 4)))
		if len(r.asked) != 1 {
			t.Errorf("a press right after the change was taken: %q", r.asked)
		}
		press(t, c, words.T("chair.next_item", 4))
		if len(r.asked) != 2 {
			t.Errorf("the button stayed dead: %q", r.asked)
		}
	})
}

// Closing asks first; leaving the question does nothing.
func TestClosingAsks(t *testing.T) {
	v := sitting()
	v.Next = controller.Step{Kind: controller.StepClose, Key: "chair.close_meeting", Confirm: true, Live: true}
	on(t, v, func(t *testing.T, r *room, _ *Screen, c fyne.Canvas) {
		press(t, c, words.T("chair.close_meeting"))
		press(t, c, words.T("common.cancel"))
		if len(r.asked) != 0 {
			t.Fatalf("asked for %q", r.asked)
		}
		press(t, c, words.T("chair.close_meeting"))
		press(t, c, words.T("chair.close_meeting"))
		if !slices.Equal(r.asked, []string{"do close "}) {
			t.Errorf("asked for %q", r.asked)
		}
	})
}

func TestRefusalIsTold(t *testing.T) {
	on(t, sitting(), func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		r.code = "conflict"
		press(t, c, words.T("presenter.bring_back"))
		if n := len(found[*widget.Banner](c)); n != 1 {
			t.Errorf("%d banners", n)
		}
		press(t, c, words.T("common.close"))
		if n := len(found[*widget.Banner](c)); n != 0 {
			t.Error("the refusal stays after it was closed")
		}
	})
}

// A page over the console goes when what it is about is gone, and by the way back.
func TestPagesLeave(t *testing.T) {
	on(t, sitting(), func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		openCard(t, c, longTitle)
		if !s.Back() || s.Back() {
			t.Error("the way back is not there, or twice")
		}
		openCard(t, c, longTitle)
		r.view.Items = r.view.Items[:2]
		s.Refresh()
		if s.stack.Depth() != 0 {
			t.Error("the page of an item that is gone stays")
		}
	})
}

// Reading leads to the item; the way back leads out.
func TestLeads(t *testing.T) {
	app := test.NewTempApp(t)
	theme.Apply(app, theme.Options{})
	left, read := 0, meeting.ItemID("")
	s := New(&room{view: sitting()}, "m", Leads{OnLeave: func() { left++ }, OnRead: func(i meeting.ItemID) { read = i }})
	defer s.Close()
	w := test.NewTempWindow(t, s.Object())
	w.Resize(fyne.NewSize(1280, 800))
	test.Tap(button(t, w.Canvas(), words.T("chair.read")))
	test.Tap(found[*widget.IconButton](w.Canvas())[0])
	if left != 1 || read != "i2" {
		t.Errorf("left %d times, read %q", left, read)
	}
}

// The times go on with each refresh while nothing else changes.
func TestTimesGoOn(t *testing.T) {
	on(t, sitting(), func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		r.view.Items[1].Used += 7 * time.Minute
		s.Refresh()
		if !slices.ContainsFunc(found[*widget.Text](c), func(x *widget.Text) bool { return x.Text() == "25" }) {
			t.Error("the used time stands still")
		}
	})
}
