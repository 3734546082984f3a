package deskscreen

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"phonghop/client/internal/ui/words"
	"phonghop/shared/roster"
)

// A list is added to, renamed, put in another order, shortened, and given up for the usual words; each is taken back by itself.
func TestListsAreKept(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.r.people.Lists = map[roster.ListName][]string{roster.ListPlaces: {"Phòng A", "Phòng B", "Hội trường"}}
		steps := 0
		took := func() {
			t.Helper()
			if steps >= len(b.r.done) {
				t.Fatalf("nothing was asked after %q", b.r.asked)
			}
			b.r.done[steps]("")
			steps++
		}
		b.press(words.T("lists.title"))
		b.open(words.T("lists.places"))
		b.press(words.T("lists.add"))
		b.field(0).SetText("Phòng C\n\nPhòng họp Đảng ủy; Nhà văn hóa;Phòng A")
		b.press(words.T("common.add"))
		took()
		b.open("Hội trường")
		b.field(0).SetText("Hội trường Thống Nhất")
		b.press(words.T("common.done"))
		took()
		b.open("Phòng B")
		b.press(words.T("lists.up"))
		took()
		b.press(words.T("common.done"))
		b.open("Hội trường Thống Nhất")
		b.press(words.T("lists.first"))
		took()
		b.press(words.T("common.remove"))
		took()
		b.press(words.T("lists.back"))
		b.press(words.T("lists.back"))
		took()
		there := []string{"list places Phòng A|Phòng B|Hội trường|Phòng C|Phòng họp Đảng ủy|Nhà văn hóa",
			"list places Phòng A|Phòng B|Hội trường Thống Nhất|Phòng C|Phòng họp Đảng ủy|Nhà văn hóa",
			"list places Phòng B|Phòng A|Hội trường Thống Nhất|Phòng C|Phòng họp Đảng ủy|Nhà văn hóa",
			"list places Hội trường Thống Nhất|Phòng B|Phòng A|Phòng C|Phòng họp Đảng ủy|Nhà văn hóa",
			"list places Phòng B|Phòng A|Phòng C|Phòng họp Đảng ủy|Nhà văn hóa", "reset places"}
		b.want(there...)
		b.r.asked = nil
		for range there {
			b.s.Undo()
			b.s.Undo() // the answer is still to come: it waits
			took()
		}
		b.s.Undo()
		b.want(there[4], there[3], there[2], there[1], there[0], "list places Phòng A|Phòng B|Hội trường")
		b.r.asked = nil
		b.option(words.T("common.redo"))
		took()
		b.want(there[0])
	})
}

// An entry is put in its place with Alt and the arrow keys too.
func TestAnEntryIsMovedByKeys(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.r.people.Lists = map[roster.ListName][]string{roster.ListPlaces: {"Phòng A", "Phòng B", "Hội trường"}}
		b.s.openList(roster.ListPlaces)
		list := found[*sortable](b.c)[0]
		list.shown["Phòng A"].card.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
		b.want("list places Phòng B|Phòng A|Hội trường")
		b.r.done[0]("forbidden")
		if !b.says(words.Refusal("forbidden")) {
			t.Error("a refusal is not told")
		}
	})
}

// What somebody else does to the list while an entry is written stays; one that is there already is not written twice.
func TestTwoAtOneList(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.r.people.Lists = map[roster.ListName][]string{roster.ListPlaces: {"Phòng A", "Phòng B"}}
		b.s.openList(roster.ListPlaces)
		b.open("Phòng B")
		b.field(0).SetText("Phòng A")
		rest(2 * savePause)
		b.want()
		b.r.people.Lists = map[roster.ListName][]string{roster.ListPlaces: {"Phòng 0", "Phòng A", "Phòng B"}}
		b.s.Refresh()
		b.field(0).SetText("Phòng BB")
		rest(2 * savePause)
		b.want("list places Phòng 0|Phòng A|Phòng BB")
		b.field(0).SetText("Phòng BBB") // before the answer
		rest(2 * savePause)
		b.r.done[0]("")
		b.want("list places Phòng 0|Phòng A|Phòng BB", "list places Phòng 0|Phòng A|Phòng BBB")
		b.r.done[1]("")
		b.s.Back()
		b.s.Undo()
		b.r.done[2]("")
		b.want("list places Phòng 0|Phòng A|Phòng BB", "list places Phòng 0|Phòng A|Phòng BBB", "list places Phòng 0|Phòng A|Phòng B")
	})
}

// A refusal stays on the form, with what was typed.
func TestListRefused(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.s.openList(roster.ListUnits)
		b.press(words.T("lists.add"))
		b.field(0).SetText("Sở Công Thương")
		b.press(words.T("common.add"))
		b.r.done[0]("too_many")
		if b.field(0).Text() != "Sở Công Thương" || !b.says(words.Refusal("too_many")) {
			t.Error("a refused word is lost, or nothing is said")
		}
	})
}

// What the room has in its lists is offered where somebody types, and nothing else; an empty list offers nothing.
func TestFieldsOfferTheRoomsWords(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		if !slices.Equal(b.s.listed(roster.ListMeetings), defaultWords(roster.ListMeetings)) {
			t.Error("a room without lists offers other words than the usual ones")
		}
		b.r.people.Lists = map[roster.ListName][]string{roster.ListMeetings: {"Họp giao ban Đảng ủy"}, roster.ListPlaces: {}}
		b.s.newMeeting()
		b.field(1).Focusable().FocusGained()
		b.field(1).SetText("họp")
		if !b.says("Họp giao ban Đảng ủy") || b.says("Họp Ban Chỉ đạo") {
			t.Error("the kinds of meeting are not the room's")
		}
		b.field(2).Focusable().FocusGained()
		b.field(2).SetText("phòng")
		if b.says("Phòng họp số 1") {
			t.Error("an empty list offers words")
		}
	})
}

// An invitation is issued by the body of whoever presides, else by the first of the room's own, else by the room.
func TestWhoInvites(t *testing.T) {
	v, people := draft(), everybody()
	if got := issuer(v, people); got != "Ủy ban nhân dân thành phố" {
		t.Errorf("with a chair: %q", got)
	}
	v.People = nil
	if got := issuer(v, people); got != people.Room {
		t.Errorf("without any: %q", got)
	}
	people.Lists = map[roster.ListName][]string{roster.ListIssuers: {"Văn phòng Ủy ban nhân dân", "x"}}
	if got := issuer(v, people); got != "Văn phòng Ủy ban nhân dân" {
		t.Errorf("by the list: %q", got)
	}
}
