package deskscreen

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// at gives the keyboard to the row with that title.
func (b bench) at(title string) {
	b.t.Helper()
	for _, x := range found[*widget.Card](b.c) {
		if x.Data().Title == title {
			b.c.Focus(x)
			return
		}
	}
	b.t.Fatalf("no row %q", title)
}

// enter presses what has the keyboard.
func (b bench) enter() {
	b.t.Helper()
	f := b.c.Focused()
	if f == nil {
		b.t.Fatal("nothing has the keyboard")
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// has tells which row has the keyboard, "" for none.
func (b bench) has() string {
	if c, ok := b.c.Focused().(*widget.Card); ok {
		return c.Data().Title
	}
	return ""
}

// Who leaves a page is where he was on the one below, also where that was built anew meanwhile.
func TestTheKeyboardComesBack(t *testing.T) {
	uitest.Desktop(t)
	on(t, "m", draft(), func(b bench) {
		b.at(words.T("desk.people"))
		b.enter()
		if b.c.Focused() != nil {
			t.Errorf("what is no longer seen has the keyboard: %T", b.c.Focused())
		}
		b.at("Trần Anh Tuấn")
		b.enter()
		b.option(words.T("role.secretary")) // the list below is another one now
		b.press(words.T("common.done"))
		b.want("participant tuan [secretary] true ")
		if b.has() != "Trần Anh Tuấn" {
			t.Errorf("the keyboard is at %q, %T", b.has(), b.c.Focused())
		}
		b.s.Back()
		if b.has() != words.T("desk.people") {
			t.Errorf("on the desk the keyboard is at %q", b.has())
		}
	})
}

// What somebody else changes takes the keyboard from nobody.
func TestTheKeyboardStaysWhenOthersChange(t *testing.T) {
	uitest.Desktop(t)
	on(t, "m", draft(), func(b bench) {
		b.s.desk.openPeople()
		b.at("Lê Thu Hà")
		b.r.view.People = append(b.r.view.People[:0:0], b.r.view.People[1:]...)
		b.s.Refresh()
		if b.has() != "Lê Thu Hà" {
			t.Errorf("the keyboard is at %q", b.has())
		}
		b.r.view.People = append(b.r.view.People[:1:1], b.r.view.People[2:]...)
		b.s.Refresh()
		if b.has() != "Đỗ Thị Lan" { // who is where she was
			t.Errorf("the keyboard is at %q", b.has())
		}
	})
}

// Files are given to their items one after the other by the keyboard alone.
func TestFilesAreSortedByKeys(t *testing.T) {
	uitest.Desktop(t)
	on(t, "m", draft(), func(b bench) {
		b.s.desk.sortFiles(append(manyFiles[:5:5], controller.File{Name: "scan0002.pdf", Size: -1}), "", nil)
		b.at("scan0001.pdf")
		b.enter()
		b.at("Công tác nhân sự")
		b.enter()
		if b.has() != "scan0001.pdf" {
			t.Errorf("the keyboard is at %q", b.has())
		}
		b.press(words.N("desk.files_send", 5))
		if n := len(b.r.asked); n != 5 {
			t.Errorf("%d files were sent", n)
		}
	})
}

// An item that was deleted leaves the keyboard to the one in its place.
func TestTheKeyboardAfterDeleting(t *testing.T) {
	uitest.Desktop(t)
	on(t, "m", draft(), func(b bench) {
		b.s.desk.choose("i4")
		for _, x := range found[*widget.IconButton](b.c) {
			if x.Word() == words.T("common.delete") {
				b.c.Focus(x)
			}
		}
		b.enter()
		b.press(words.T("desk.delete_item"))
		b.r.view.Items = append(b.r.view.Items[:3:3], b.r.view.Items[4:]...)
		b.s.Refresh()
		if x, ok := b.c.Focused().(*widget.IconButton); !ok || x.Word() != words.T("common.delete") {
			t.Errorf("the keyboard is at %T", b.c.Focused())
		}
		b.want("remove i4")
	})
}

// The Tab key leads on the desk to nothing that is out of sight, and past what cannot be pressed.
func TestTheKeyboardIsInSight(t *testing.T) {
	uitest.Desktop(t)
	sized(t, "m", draft(), fyne.NewSize(1280, 480), func(b bench) {
		b.s.desk.choose("i2")
		d := fyne.CurrentApp().Driver()
		for range 60 {
			test.FocusNext(b.c)
			o, ok := b.c.Focused().(fyne.CanvasObject)
			if !ok {
				t.Fatal("nothing has the keyboard")
			}
			at := d.AbsolutePositionForObject(o)
			if at.Y < 0 || at.Y+o.Size().Height > 480+1 {
				t.Errorf("the keyboard is out of sight at %T: %v", o, at)
			}
			if x, ok := o.(fyne.Disableable); ok && x.Disabled() {
				t.Errorf("the keyboard is at what cannot be pressed: %T", o)
			}
		}
	})
}
