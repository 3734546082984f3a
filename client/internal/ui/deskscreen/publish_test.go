package deskscreen

import (
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// A guest is none of "all": the sheet says what each of them gets, before anything is sent.
func TestTheSheetSaysWhatGuestsGet(t *testing.T) {
	view := complete()
	on(t, "m", view, func(b bench) {
		b.press(words.T("desk.publish"))
		if !b.says(words.T("desk.for_all")) || !b.says(words.T("desk.guest_sees_none")) {
			t.Error("a guest who is invited to nothing is promised something")
		}
		v := complete()
		v.Items[1].Audience, v.Items[2].Audience = []meeting.PersonID{"bao"}, []meeting.PersonID{"bao"}
		b.r.view = v
		b.s.Refresh()
		if !b.says(words.T("desk.guest_sees", "2, 3")) || b.says(words.T("desk.guest_sees_none")) {
			t.Error("the items a guest is invited to are not told")
		}
	})
}

func TestChecksOpenTheChooser(t *testing.T) {
	view := draft()
	view.Checks = append(view.Checks, controller.Check{Key: "desk.lacking_invitation", N: 1})
	on(t, "m", view, func(b bench) {
		b.open(words.N("desk.lacking_audience", 1))
		b.open("Trần Anh Tuấn")
		b.press(words.T("common.done"))
		b.open(words.N("desk.lacking_invitation", 1))
		b.open("Quy hoạch khu đô thị ven sông")
		b.open("Nguyễn Quốc Bảo")
		b.press(words.T("common.done"))
		b.want("audience i5: true [tuan lan]", "audience i3: false [bao]")
	})
}

// Who may see an item is in sight when its form opens, not below the edge.
func TestTheAudienceIsInSight(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.press(words.T("desk.add_item"))
		for _, x := range found[*widget.Card](b.c) {
			if x.Data().Title == words.T("desk.invited") {
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(x)
				if below := at.Y + x.Size().Height; below > 800-76 {
					t.Errorf("its lower edge is at %.0f", below)
				}
				return
			}
		}
		t.Error("not there")
	})
}

func TestTheDeskTellsOfTheConnection(t *testing.T) {
	offline := draft()
	offline.Status.Link = session.Offline
	on(t, "m", offline, func(b bench) {
		if !b.says(words.T("desk.offline")) {
			t.Error("not on a meeting's desk")
		}
	})
	on(t, "", draft(), func(b bench) {
		if b.says(words.T("desk.offline")) {
			t.Error("told although all is well")
		}
		b.r.list.Status.Link = session.Offline
		b.r.people.Status.Link = session.Offline
		b.s.Refresh()
		if !b.says(words.T("desk.offline")) {
			t.Error("not on the list of meetings")
		}
		b.press(words.T("desk.roster"))
		if !b.says(words.T("desk.offline")) {
			t.Error("not on the people of the room")
		}
	})
}

// What is wrong with a PIN stands below its field, with the field in sight.
func TestAWeakPINIsToldAtItsField(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.roster"))
		b.press(words.T("desk.add_person"))
		b.field(0).SetText("Vũ Thị Mai")
		b.press(words.T("common.add"))
		b.r.done[0]("weak_pin")
		f := b.field(4)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f)
		if at.Y < 64 || at.Y+f.Size().Height > 800-72 {
			t.Errorf("the field is from %.0f to %.0f", at.Y, at.Y+f.Size().Height)
		}
		if len(found[*widget.Banner](b.c)) != 0 || !b.says(words.Refusal("weak_pin")) {
			t.Error("not told at the field")
		}
	})
}

func TestAScreenKeepsNoRoster(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.roster"))
		b.press(words.T("desk.add_person"))
		if !b.says(words.T("desk.room_secretary_help")) {
			t.Fatal("a person is not offered the right")
		}
		b.option(words.T("role.projector"))
		if b.says(words.T("desk.room_secretary_help")) {
			t.Error("a screen is offered the right to keep the roster")
		}
	})
}
