package controller

import (
	"slices"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/roster"
)

// A list set at the desk is on every device, and stays over a restart of the server; delegates change none.
func TestTheRoomsListsReachEveryDevice(t *testing.T) {
	r := servertest.New(t)
	desk, reader := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	reader.enter(r, servertest.Delegate, false)
	codes := make(chan string, 1)
	done := func(code string) { codes <- code }
	desk.SetList(roster.ListPlaces, []string{"Hội trường Thống Nhất", "Phòng họp số 1"}, done)
	desk.ok(<-codes)
	has := func() bool {
		return slices.Equal(reader.People().Lists[roster.ListPlaces], []string{"Hội trường Thống Nhất", "Phòng họp số 1"})
	}
	reader.until("the list", has)
	reader.SetList(roster.ListPlaces, nil, done)
	if code := <-codes; code != "not_allowed" {
		t.Errorf("a delegate changes a list: %q", code)
	}
	desk.SetList("no such list", nil, done)
	if code := <-codes; code != "invalid" {
		t.Errorf("a list that is none: %q", code)
	}
	r.Stop()
	r.Start()
	again := start(t, t.TempDir())
	again.enter(r, servertest.Delegate, false)
	again.until("the list after a restart", func() bool { return len(again.People().Lists[roster.ListPlaces]) == 2 })
	desk.until("back", func() bool { return desk.Meetings().Status.Link == "live" })
	desk.ResetList(roster.ListPlaces, done)
	desk.ok(<-codes)
	again.until("the way back", func() bool { _, own := again.People().Lists[roster.ListPlaces]; return !own })
}
