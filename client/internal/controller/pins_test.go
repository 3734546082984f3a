package controller

import (
	"bytes"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

// People get PINs with which they can sign in, on a paper; a weak one is replaced by another, and a stranger is told of.
func TestPINsForMany(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	pins := []string{"123456", "731904", "629305", "840217"}
	next := func() string {
		p := pins[0]
		pins = pins[1:]
		return p
	}
	told := make(chan PINs, 10)
	desk.SetPINs([]meeting.PersonID{servertest.Chair, "nobody", servertest.Delegate}, next, func(p PINs) { told <- p })
	var last PINs
	for !last.Ended {
		last = <-told
	}
	if last.Done != 2 || len(last.Failed) != 1 || last.Failed[0] != "nobody" || last.Code != "not_found" || !bytes.HasPrefix(last.Paper, []byte("%PDF")) {
		t.Fatalf("at the end: done %d, failed %v, %q, %d bytes", last.Done, last.Failed, last.Code, len(last.Paper))
	}
	last.Paper = nil
	desk.PrintPINs(last, func(p PINs) { told <- p })
	if again := <-told; len(again.Paper) == 0 {
		t.Errorf("printed again: %q", again.Code)
	}
	d := start(t, t.TempDir())
	d.ok(d.EnterAddress(r.URL))
	d.until("sign-in", func() bool { return d.Stage() == StageSignIn })
	d.ConfirmCode()
	d.SignInAs(servertest.Delegate, "840217", false)
	d.until("inside with the new PIN", func() bool { return d.Stage() == StageInside })
	d.SetPINs([]meeting.PersonID{servertest.Chair}, func() string { return "519402" }, func(p PINs) { told <- p })
	for last = <-told; !last.Ended; {
		last = <-told
	}
	if last.Done != 0 || last.Code != "not_allowed" || last.Paper != nil {
		t.Errorf("a delegate gives PINs: %+v", last)
	}
}
