package web_test

import (
	"net/http"
	"strings"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/protocol"
)

// Slips are made for the room's secretaries, of people who are there, and not of more than the bound.
func TestSlipsOfPINs(t *testing.T) { // [H26]
	r := servertest.New(t)
	one := protocol.Slips{Address: "192.168.1.10:8443", Slips: []protocol.Slip{{Person: servertest.Chair, PIN: "480217"}}}
	signedIn(t, r, servertest.Chair).refused("POST", "/v1/slips", one, http.StatusForbidden, protocol.CodeNotAllowed)
	d := signedIn(t, r, servertest.Secretary)
	if got := d.call("POST", "/v1/slips", one, nil); got != http.StatusOK {
		t.Errorf("a paper of one: %d", got)
	}
	many := one
	many.Slips = make([]protocol.Slip, protocol.MaxSlips+1)
	d.refused("POST", "/v1/slips", many, http.StatusUnprocessableEntity, protocol.CodeTooMany)
	d.refused("POST", "/v1/slips", protocol.Slips{}, http.StatusUnprocessableEntity, protocol.CodeTooMany)
	d.refused("POST", "/v1/slips", protocol.Slips{Slips: []protocol.Slip{{Person: "nobody", PIN: "480217"}}}, http.StatusNotFound, protocol.CodeNotFound)
	for _, address := range []string{"a b", "host/path", `"><script>`, strings.Repeat("a", 300)} {
		odd := one
		odd.Address = address
		d.refused("POST", "/v1/slips", odd, http.StatusBadRequest, protocol.CodeInvalid)
	}
	long := one
	long.Slips = []protocol.Slip{{Person: servertest.Chair, PIN: strings.Repeat("1", protocol.MaxPIN+1)}}
	d.refused("POST", "/v1/slips", long, http.StatusBadRequest, protocol.CodeInvalid)
}
