package controller

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

// vietnamese has every letter of the alphabet with every tone, in names that are not too long.
var vietnamese = []string{
	"AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ BCDĐ EÈẺẼÉẸ ÊỀỂỄẾỆ GHIÌỈĨÍỊ KLMN OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ PQRST UÙỦŨÚỤ ƯỪỬỮỨỰ VX YỲỶỸÝỴ",
	"aàảãáạ ăằẳẵắặ âầẩẫấậ bcdđ eèẻẽéẹ êềểễếệ ghiìỉĩíị klmn oòỏõóọ ôồổỗốộ ơờởỡớợ pqrst uùủũúụ ưừửữứự vx yỳỷỹýỵ",
}

// A name of any letters is the same on every device, however a keyboard composes them, and its person signs in.
func TestNamesOfEveryVietnameseLetter(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	id := invite(desk)
	for _, name := range vietnamese {
		codes := make(chan string, 1)
		p := person(norm.NFD.String(name))
		p.ID = desk.AddPerson(p, servertest.PIN, func(code string) { codes <- code })
		desk.ok(<-codes)
		other := start(t, t.TempDir())
		other.enter(r, p.ID, false)
		other.until("his name", func() bool { return other.Meetings().Me.Name == name })
		desk.until("on the roster", func() bool { return desk.seen().Roster.People[p.ID].Name == name })
		desk.ok(desk.SetParticipant(id, meeting.Participant{Person: p.ID}))
		desk.ok(desk.GiveAnswer(id, meeting.GiveAnswer{Person: p.ID, Reply: meeting.StandsIn, Name: norm.NFD.String(name)}))
		other.until("the answer", func() bool { return other.Meeting(id).Invitation.Answer.Name == name })
	}
}

// Whoever is taken off the room while he reads is led back to the sign-in, and can not come in again; off the meeting only, its
// papers leave his device and he stays in the room.
func TestPersonRemovedWhileSignedIn(t *testing.T) {
	r := servertest.New(t)
	desk, reader := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 4)
	reader.enter(r, servertest.Delegate, false)
	reader.OpenMeeting(m.id)
	reader.until("the document", func() bool { v := reader.Meeting(m.id); return len(v.Items) == 1 && v.Status.Ready == 1 })
	desk.ok(desk.RemoveParticipant(m.id, servertest.Delegate))
	reader.until("off the meeting", func() bool { v := reader.Meeting(m.id); return !v.Exists && v.GoneCode != "" })
	reader.until("off the list", func() bool { return len(reader.Meetings().Running) == 0 })
	if reader.Stage() != StageInside {
		t.Errorf("at stage %s", reader.Stage())
	}
	codes := make(chan string, 1)
	desk.RemovePerson(servertest.Delegate, func(code string) { codes <- code })
	desk.ok(<-codes)
	reader.until("signed out", func() bool { return reader.Stage() == StageSignIn })
	reader.SignInAs(servertest.Delegate, servertest.PIN, false)
	reader.until("refused", func() bool { return reader.SignIn().Code != "" && !reader.SignIn().Busy })
	if reader.Stage() == StageInside {
		t.Error("who was taken off comes in again")
	}
}

// While a page is presented the agenda may change around it: the page, its followers and the running item stay.
func TestAgendaEditedWhilePresented(t *testing.T) {
	r := servertest.New(t)
	desk, reader := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 6)
	reader.enter(r, servertest.Delegate, false)
	reader.OpenMeeting(m.id)
	desk.ok(desk.TakePresenter(m.id))
	desk.ok(desk.PresentPlace(m.id, Spot{m.item, meeting.Place{Document: m.doc, Page: 3}}))
	reader.until("page 3", func() bool { return reader.Reader(m.id).Page == 3 && reader.Reader(m.id).Following })
	added, code := desk.AddItem(m.id, ItemForm{Title: "Nội dung bổ sung", Kind: meeting.Other}, m.item)
	desk.ok(code)
	desk.ok(desk.MoveItem(m.id, added, "", ""))
	form := desk.Meeting(m.id).Items[0].Form()
	form.Title = "Báo cáo đã sửa tên"
	desk.ok(desk.SetItem(m.id, m.item, form))
	desk.AttachFile(m.id, m.item, pdf("Phụ lục", 2))
	if code := desk.RemoveDocument(m.id, m.item, m.doc); code != string(meeting.InUse) {
		t.Errorf("the presented document was taken away: %q", code)
	}
	reader.until("the edited agenda", func() bool {
		v := reader.Meeting(m.id)
		return len(v.Items) == 2 && v.Items[0].Title == form.Title && len(v.Items[0].Documents) == 2
	})
	if v := reader.Reader(m.id); v.Page != 3 || !v.Following || reader.Meeting(m.id).Current != m.item {
		t.Errorf("the reader is on page %d, following %t, item %s", v.Page, v.Following, reader.Meeting(m.id).Current)
	}
	desk.ok(desk.TurnPage(m.id, 1))
	reader.until("the next page", func() bool { return reader.Reader(m.id).Page == 4 })
}

// A document that is replaced while it is read stays on the page, in the version that was read, until its reader opens the new one.
func TestDocumentReplacedWhileRead(t *testing.T) {
	r := servertest.New(t)
	desk, reader := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 6)
	reader.enter(r, servertest.Delegate, false)
	reader.OpenMeeting(m.id)
	reader.until("the document", func() bool {
		return len(reader.Meeting(m.id).Items) == 1 && len(reader.Meeting(m.id).Items[0].Documents) == 1
	})
	reader.ok(reader.OpenDocument(m.id, m.item, m.doc, 0, 5))
	reader.LeaveReader(m.id)
	desk.ReplaceFile(m.id, m.item, m.doc, pdf("Báo cáo (sửa)", 3))
	reader.until("the new version", func() bool { return reader.Reader(m.id).Replaced })
	if v := reader.Reader(m.id); v.Page != 5 || v.Pages != 6 || v.Hash != m.hash || !reader.Meeting(m.id).Items[0].Documents[0].Renewed() {
		t.Errorf("the reader is on page %d of %d, %s", v.Page, v.Pages, v.Hash)
	}
	reader.ok(reader.TurnPage(m.id, -1)) // reading on in the old one
	reader.ok(reader.OpenDocument(m.id, m.item, m.doc, 0, 4))
	reader.LeaveReader(m.id)
	if v := reader.Reader(m.id); v.Replaced || v.Page != 3 || v.Pages != 3 || !reader.Meeting(m.id).Items[0].Documents[0].Known() {
		t.Errorf("the new version: page %d of %d, replaced %t", v.Page, v.Pages, v.Replaced)
	}
}
