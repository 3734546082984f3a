package deskscreen

import (
	"slices"
	"testing"

	"phonghop/client/internal/ui/words"
	"phonghop/shared/roster"
)

// A list is added to, renamed, put in another order, shortened, and given up for the usual words.
func TestListsAreKept(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.r.people.Lists = map[roster.ListName][]string{roster.ListPlaces: {"Phòng A", "Phòng B", "Hội trường"}}
		b.press(words.T("lists.title"))
		b.open(words.T("lists.places"))
		b.press(words.T("lists.add"))
		b.field(0).SetText("Phòng C\n\nPhòng họp Đảng ủy; Nhà văn hóa")
		b.press(words.T("common.add"))
		b.r.done[0]("")
		b.open("Hội trường")
		b.field(0).SetText("Hội trường Thống Nhất")
		b.press(words.T("common.save"))
		b.r.done[1]("")
		b.open("Phòng B")
		b.press(words.T("lists.up"))
		b.r.done[2]("")
		b.open("Hội trường")
		b.press(words.T("lists.first"))
		b.r.done[3]("")
		b.open("Phòng A")
		b.press(words.T("common.remove"))
		b.r.done[4]("")
		b.press(words.T("lists.back"))
		b.press(words.T("lists.back"))
		b.want("list places Phòng A|Phòng B|Hội trường|Phòng C|Phòng họp Đảng ủy| Nhà văn hóa", "list places Phòng A|Phòng B|Hội trường Thống Nhất",
			"list places Phòng B|Phòng A|Hội trường", "list places Hội trường|Phòng A|Phòng B", "list places Phòng B|Hội trường", "reset places")
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
