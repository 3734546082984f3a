package controller

import (
	"slices"
	"testing"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

func TestDueDay(t *testing.T) {
	hanoi := time.FixedZone("", 7*3600)
	at := func(month time.Month, d, h int) time.Time { return time.Date(2026, month, d, h, 0, 0, 0, hanoi) }
	for _, c := range []struct {
		kind         string
		starts, want time.Time
	}{
		{"Phiên họp thường kỳ", at(11, 26, 8), at(11, 23, 0)},         // Thursday: Monday
		{"Phiên họp thường kỳ", at(11, 23, 8), at(11, 18, 0)},         // Monday: Wednesday
		{"Phiên họp thường kỳ", at(11, 22, 8), at(11, 18, 0)},         // Sunday
		{"Phiên họp đột xuất", at(11, 23, 14), at(11, 20, 0)},         // Monday: Friday
		{"Kỳ họp bất thường", at(12, 1, 8), at(11, 30, 0)},            // over the end of a month
		{"", at(1, 2, 0), time.Date(2025, 12, 29, 0, 0, 0, 0, hanoi)}, // over the new year, a holiday
	} {
		if got, _ := dueDay(c.kind, c.starts); !got.Equal(c.want) {
			t.Errorf("%s %v: due %v, want %v", c.kind, c.starts, got, c.want)
		}
	}
	if day, _ := dueDay("", time.Time{}); !day.IsZero() || after(time.Now(), day) {
		t.Error("a meeting without a time has a day on which documents are due")
	}
	if day := at(11, 23, 0); after(at(11, 23, 23), day) || !after(at(11, 24, 0), day) {
		t.Error("the due day itself is in time, the next one is not")
	}
}

// Late documents and items without a presenter are told of, and block nothing.
func TestChecksOfTimeAndPresenters(t *testing.T) {
	starts := time.Date(2026, 11, 26, 8, 0, 0, 0, time.Local)
	doc := func(id string, at ...time.Time) meeting.Document {
		d := meeting.Document{ID: meeting.DocumentID(id)}
		for n, t := range at {
			d.Versions = append(d.Versions, meeting.Version{Number: n + 1, Hash: id, At: t})
		}
		return d
	}
	intime, late := starts.AddDate(0, 0, -3), starts.AddDate(0, 0, -2)
	s := meeting.State{Description: meeting.Description{Title: "x", Starts: starts}, Phase: meeting.Draft, Agenda: []meeting.ItemID{"1", "2", "3"},
		People: map[meeting.PersonID]meeting.Participant{"me": {Person: "me", Functions: []meeting.Function{meeting.Secretary, meeting.Chair}}, "you": {Person: "you", Member: true}},
		Items: map[meeting.ItemID]meeting.AgendaItem{
			"1": {ID: "1", Kind: meeting.Report, State: meeting.Waiting, Brief: meeting.Brief{Title: "a", Reporter: "you"}},
			"2": {ID: "2", Kind: meeting.Discuss, State: meeting.Waiting, Brief: meeting.Brief{Title: "b"}},
			"3": {ID: "3", Kind: meeting.Other, State: meeting.Waiting, Brief: meeting.Brief{Title: "c"}}},
		Contents: map[meeting.ItemID]meeting.Content{"1": {Documents: []meeting.Document{doc("a", intime), doc("b", intime, late)}}, "2": {Documents: []meeting.Document{doc("c", late)}}, "3": {Documents: []meeting.Document{doc("d", intime)}}}}
	v := session.View{Meetings: map[string]meeting.State{"m": s}}
	v.Me.ID = "me"
	got := deskView(v, "m", nil, starts)
	if !got.Overdue || got.DueDays != 3 || !got.CanPublish {
		t.Errorf("overdue %t, %d days, can be sent %t", got.Overdue, got.DueDays, got.CanPublish)
	}
	want := []Check{{Key: "desk.lacking_reporter", N: 1, Items: []meeting.ItemID{"2"}}, {Key: "desk.late_documents", N: 2, Items: []meeting.ItemID{"1", "2"}}}
	if !slices.EqualFunc(got.Checks, want, func(a, b Check) bool {
		return a.Key == b.Key && a.N == b.N && a.Blocks == b.Blocks && slices.Equal(a.Items, b.Items)
	}) {
		t.Errorf("checks %+v, want %+v", got.Checks, want)
	}
}
