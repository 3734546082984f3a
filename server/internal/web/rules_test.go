package web_test

import (
	"net/http"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

func TestRulesOfTheCommittee(t *testing.T) { // [T5]
	r := servertest.New(t)
	desk, member := signedIn(t, r, servertest.Secretary), signedIn(t, r, servertest.Chair)
	rule := roster.Rule{Name: " Quy chế làm việc ", Source: "Quyết định số 12/2026/QĐ-UBND", Date: "2026-09-05", Base: roster.OfMembers,
		Need: roster.Share{Num: 1, Den: 2, More: true}, Tie: roster.TieChairman, StandIns: true}
	const at = "/v1/rules/r-1"
	member.refused("PUT", at, rule, 403, protocol.CodeNotAllowed)
	var first, again roster.Rule
	if status := desk.call("PUT", at, rule, &first); status != http.StatusOK || first.ID != "r-1" || first.Version != 1 || first.Name != "Quy chế làm việc" {
		t.Fatalf("%d, %+v", status, first)
	}
	if status := desk.call("PUT", at, rule, &again); status != http.StatusOK || again != first {
		t.Errorf("sent again: %d, %+v", status, again)
	}
	bad := rule
	bad.Need.Num = 7
	desk.refused("PUT", at, bad, 400, protocol.CodeInvalid)
	bad = rule
	bad.Tie = roster.TieLost
	desk.refused("PUT", at, bad, 409, "exists")
	s := member.connect(protocol.Position{Stream: protocol.RoomStream})
	s.until(protocol.TypeStream)
	bad.Version = 1
	if status := desk.call("PUT", at, bad, &again); status != http.StatusOK || again.Version != 2 {
		t.Errorf("changed: %d, %+v", status, again)
	}
	s.until(protocol.TypeEvent)
	member.refused("DELETE", at, nil, 403, protocol.CodeNotAllowed)
	for range 2 {
		if status := desk.call("DELETE", at, nil, nil); status != http.StatusNoContent {
			t.Errorf("removed: %d", status)
		}
	}
	desk.refused("DELETE", "/v1/rules/a%20b", nil, 404, protocol.CodeNotFound)
}
