package deskscreen

import (
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// A field saves itself when one pauses, or goes on to another; what cannot be saved is told when the form is left.
func TestFieldsSaveThemselves(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editItem(b.r.view.Items[0])
		b.field(0).SetText("Báo cáo")
		b.want()
		rest(2 * savePause)
		b.want("change i1: Báo cáo|Sở Tài chính||discuss|40")
		b.r.asked = nil
		b.field(0).SetText("Báo cáo quý")
		b.c.Focus(b.field(1).Focusable())
		b.want("change i1: Báo cáo quý|Sở Tài chính||discuss|40")
		b.r.asked = nil
		b.field(2).SetText("nhiều")
		b.field(1).SetText("Sở Y tế")
		rest(2 * savePause)
		b.want("change i1: Báo cáo quý|Sở Y tế||discuss|40")
		b.press(words.T("common.done"))
		if b.s.stack.Depth() != 1 || !b.says(words.T("desk.minutes_bad", meeting.MaxMinutes)) {
			t.Error("what cannot be saved is not told")
		}
		b.s.Back()
		if b.c.Overlays().Top() == nil {
			t.Error("it is lost without a question")
		}
	})
}

// Two secretaries at one item: each sees what the other changed, and neither loses what he writes.
func TestTwoSecretariesAtOnce(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editItem(b.r.view.Items[0])
		test.Type(b.field(0).Focusable(), " - dự thảo")
		b.r.view.Items[0].Title, b.r.view.Items[0].Unit = "Báo cáo khác", "Sở Y tế"
		b.s.Refresh()
		if got := b.field(1).Text(); got != "Sở Y tế" {
			t.Errorf("the other's unit is not shown: %q", got)
		}
		written := strings.TrimSpace(b.field(0).Text())
		if written == "Báo cáo khác" {
			t.Error("what was being written is gone")
		}
		b.press(words.T("common.done"))
		b.want("change i1: " + written + "|Sở Y tế||discuss|40")
	})
	on(t, "m", draft(), func(b bench) {
		b.press(words.T("desk.edit_details"))
		b.field(2).SetText("Phòng họp C")
		b.r.view.Form.Title = "Phiên họp của người khác"
		b.s.Refresh()
		if got := b.field(0).Text(); got != "Phiên họp của người khác" {
			t.Errorf("the other's title is not shown: %q", got)
		}
		b.press(words.T("common.done"))
		b.want("describe Phiên họp của người khác|Phiên họp thường kỳ|Phòng họp C|sir_madam|08:00 - 11:30 · Thứ Hai, 23/11/2026")
	})
}

// marked tells whether the line is seen where a row would land. The object itself is never hidden: its window would forget it.
func marked(l *sortable) bool { return l.mark.Visible() && l.mark.FillColor != color.Transparent }

// What was written a moment ago is saved when the desk goes away, as when the window is closed.
func TestClosingSavesWhatIsWritten(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editItem(b.r.view.Items[0])
		b.field(0).SetText("Báo cáo")
		b.s.Close()
		b.want("change i1: Báo cáo|Sở Tài chính||discuss|40")
	})
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editItem(b.r.view.Items[0])
		b.press(words.T("common.done"))
		b.s.Close()
		b.want()
	})
}

// The way back saves what was written a moment ago, on a form that is right as on one of which a field is not.
func TestBackSavesWhatIsWritten(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editItem(b.r.view.Items[0])
		b.field(0).SetText("Báo cáo")
		b.s.Back()
		b.want("change i1: Báo cáo|Sở Tài chính||discuss|40")
		if b.s.stack.Depth() != 0 {
			t.Error("the form stays")
		}
		b.r.asked = nil
		b.s.desk.editItem(b.r.view.Items[0])
		b.field(0).SetText("Báo cáo quý")
		b.field(2).SetText("nhiều")
		b.s.Back()
		b.want("change i1: Báo cáo quý|Sở Tài chính||discuss|40")
		if b.s.stack.Depth() != 1 {
			t.Error("what cannot be saved is lost without a question")
		}
	})
}

// The row of an item is dragged by its grip to where the line is; Escape gives it up.
func TestDragAnItem(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		tree := b.s.desk.tree
		dragTo := func(id string, dx float32, to string, part float32) {
			g := tree.shown[id].grip
			d := fyne.CurrentApp().Driver()
			from := d.AbsolutePositionForObject(g).AddXY(10, 10)
			card := tree.shown[to].card
			at := fyne.NewPos(from.X+dx, d.AbsolutePositionForObject(card).Y+card.Size().Height*part)
			drag(g, from, at)
		}
		dragTo("i3", 0, "i1", 0.1)
		if !marked(tree) || tree.mark.Position().Y > 10 {
			t.Errorf("no line above the first item: %v", tree.mark.Position())
		}
		tree.shown["i3"].grip.DragEnd()
		dragTo("i4", 60, "i2", 0.9)
		tree.shown["i4"].grip.DragEnd()
		if dragTo("i5", 0, "i1", 0.1); !uitest.OnTablet { // which have no such key
			b.c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if marked(tree) {
				t.Error("the line stays after Escape")
			}
		} else {
			dragTo("i5", 0, "i4", 0.9)
		}
		tree.shown["i5"].grip.DragEnd()
		dragTo("i5", 0, "i4", 0.9) // to where it is
		tree.shown["i5"].grip.DragEnd()
		b.want(`move i3 before "i1"`, `move i4 in i2 before ""`)
	})
}

// Near the edge the agenda scrolls under the pointer, and stops with the drag.
func TestDragScrollsAtTheEdge(t *testing.T) {
	on(t, "m", overfull(), func(b bench) {
		tree := b.s.desk.tree
		g := tree.shown["i2"].grip
		from := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
		drag(g, from, fyne.NewPos(from.X, 795))
		rest(time.Second)
		scrolled := tree.scroll().Offset.Y
		if scrolled < 300 {
			t.Errorf("after a second at the edge it has scrolled by %v", scrolled)
		}
		if _, ok := tree.shown["i2"]; !ok {
			t.Fatal("the row under way is gone")
		}
		g.DragEnd()
		rest(time.Second)
		if got := tree.scroll().Offset.Y; got != scrolled {
			t.Error("it scrolls on after the drag")
		}
		if len(b.r.asked) != 1 {
			t.Errorf("asked for %q", b.r.asked)
		}
	})
}

// Only rows in sight, and some around them, are there.
func TestLongAgendaIsVirtual(t *testing.T) {
	on(t, "m", overfull(), func(b bench) {
		tree := b.s.desk.tree
		if n := len(tree.shown); n > 25 {
			t.Errorf("%d of %d rows are there", n, len(tree.rows))
		}
		tree.scroll().Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -99999)})
		if _, ok := tree.shown["i40"]; !ok {
			t.Error("the last row is not there at the end")
		}
		if _, ok := tree.shown["i1"]; ok {
			t.Error("the first row is still there")
		}
	})
}

// What is scrolled is as high as what lies in it: the last row can be reached, and nothing lies below it.
func TestTheScrolledHeightIsRight(t *testing.T) {
	sized(t, "m", draft(), fyne.NewSize(360, 640), func(b bench) {
		tree := b.s.desk.tree
		s, d := tree.scroll(), fyne.CurrentApp().Driver()
		ends := d.AbsolutePositionForObject(tree).Y - d.AbsolutePositionForObject(s.Content).Y + tree.HeightFor(tree.Size().Width)
		if have := s.Content.Size().Height; have < ends || have > ends+20 {
			t.Errorf("%v is scrolled, the agenda ends at %v", have, ends)
		}
	})
}

// What a person does in the meeting saves itself; two secretaries give him two functions, and each takes back only his own.
func TestTwoSecretariesAtOnePerson(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editParticipant(b.r.view.People[1])
		b.option(words.T("role.secretary"))
		b.r.view.People[1].Functions = []meeting.Function{meeting.Chair}
		b.s.Refresh()
		rest(2 * savePause)
		b.want("participant tuan [chair secretary] true ")
		b.r.asked = nil
		b.option(words.T("desk.is_member"))
		b.press(words.T("common.done"))
		b.want("participant tuan [chair secretary] false ")
		b.r.asked = nil
		b.s.Undo()
		b.want("participant tuan [chair] true ")
	})
}

// A refusal of what saves itself is told on the form, and the form stays.
func TestARefusedPartStays(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editParticipant(b.r.view.People[3])
		b.r.code = "last_secretary"
		b.option(words.T("role.secretary"))
		b.press(words.T("common.done"))
		if b.s.stack.Depth() != 1 || !b.says(words.Refusal("last_secretary")) {
			t.Error("the refusal is not told")
		}
	})
}

// Fields that only the server can save: what was written while an answer was on its way is sent after it, the form is left once all
// of it is saved, and it is taken back as one step.
func TestPeopleOfTheRoomSaveThemselves(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.s.openRoster()
		b.open("Đỗ Văn Hưng")
		b.press(words.T("common.edit"))
		b.field(1).SetText("Phó Giám đốc")
		rest(2 * savePause)
		b.field(1).SetText("Quyền Giám đốc")
		rest(2 * savePause)
		b.want("set person hung Đỗ Văn Hưng|Phó Giám đốc|60|false")
		b.press(words.T("common.done"))
		b.r.done[0]("")
		b.want("set person hung Đỗ Văn Hưng|Phó Giám đốc|60|false", "set person hung Đỗ Văn Hưng|Quyền Giám đốc|60|false")
		if b.s.stack.Depth() != 3 {
			t.Fatal("the form was left before it was saved")
		}
		b.r.done[1]("")
		if b.s.stack.Depth() != 2 {
			t.Fatal("the form stays")
		}
		b.press(words.T("common.undo")) // of the telling at the foot
		b.r.done[2]("")
		if p, _ := b.s.rosterPerson("hung"); p.Position != "Giám đốc" {
			t.Errorf("taken back to %q", p.Position)
		}
	})
}

// Two secretaries at one person of the room; a connection that is gone loses nothing without a question.
func TestTwoSecretariesAtThePeopleOfTheRoom(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.s.openPerson("hung")
		p, _ := b.s.rosterPerson("hung")
		b.s.editPerson(p)
		b.field(1).SetText("Phó Giám đốc")
		for n, q := range b.r.people.People {
			if q.ID == "hung" {
				b.r.people.People[n].Order = 7
			}
		}
		b.s.Refresh()
		if got := b.field(3).Text(); got != "7" {
			t.Errorf("the other's change is not shown: %q", got)
		}
		b.press(words.T("common.done"))
		b.r.done[0]("network")
		if b.s.stack.Depth() != 2 || !b.says(words.Refusal("network")) {
			t.Fatal("it is not told that it is not saved")
		}
		b.s.Back()
		b.r.done[1]("network")
		if b.c.Overlays().Top() == nil {
			t.Error("what is not saved is lost without a question")
		}
		b.want("set person hung Đỗ Văn Hưng|Phó Giám đốc|7|false", "set person hung Đỗ Văn Hưng|Phó Giám đốc|7|false")
	})
}

// The room's name saves itself, and is taken back.
func TestTheRoomsNameSavesItself(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.s.openRoster()
		b.press(words.T("desk.name_room"))
		b.field(0).SetText("")
		rest(2 * savePause)
		b.field(0).SetText("Phòng họp B")
		b.s.Close()
		b.want("name room Phòng họp B")
	})
	on(t, "", draft(), func(b bench) {
		was := b.r.people.Room
		b.s.openRoster()
		b.press(words.T("desk.name_room"))
		b.field(0).SetText("Phòng họp B")
		b.press(words.T("common.done"))
		b.r.done[0]("")
		b.s.Undo()
		b.r.done[1]("")
		b.want("name room Phòng họp B", "name room "+was)
	})
}
