package replica_test

import (
	"fmt"
	"testing"

	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// again starts a client from what another one keeps.
func (c *client) again(state, outbox []byte) *client {
	c.t.Helper()
	next := newClient(c.t, "member")
	if _, err := next.Import(state); err != nil {
		c.t.Fatal(err)
	}
	if _, err := next.ImportOutbox(outbox); err != nil {
		c.t.Fatal(err)
	}
	next.Open("m1")
	return next
}

func doneAt(command string, seq uint64) protocol.Message {
	return protocol.Message{Type: protocol.TypeDone, Command: command, Positions: []protocol.Position{{Stream: "item/m1/i1", Epoch: "e", Seq: seq}}}
}

// Whichever of the state and the outbox a device that ends has kept last, the
// next start without the server shows what was shown.
func TestSettledCommandsLastUntilTheStateIsKept(t *testing.T) {
	c := onAir(t)
	before := must(c.ExportMeeting("m1"))
	if _, err := c.Submit(noon, "k1", "item/m1/i1", show(3)); err != nil {
		t.Fatal(err)
	}
	c.take(turned(4, 3, "k1", "member"))
	c.take(doneAt("k1", 4))
	if c.PendingCount() != 0 || c.Settled() != 1 {
		t.Fatalf("%d wait, %d are settled", c.PendingCount(), c.Settled())
	}
	outbox := must(c.ExportOutbox())
	if next := c.again(before, outbox); next.page() != 3 {
		t.Errorf("with the state of before, page %d", next.page())
	}
	c.take(turned(5, 7, "k2", "head"))
	after := must(c.ExportMeeting("m1"))
	next := c.again(after, outbox)
	if next.page() != 7 {
		t.Errorf("with a later state, page %d", next.page())
	}

	// With the server it is neither sent nor answered once more.
	next.Connected(noon)
	e := next.take(protocol.Message{Type: protocol.TypeWelcome, Now: noon, Person: "member", Room: "room-1"})
	for _, m := range e.Send {
		if m.Type == protocol.TypeCommand {
			t.Errorf("%s is sent again", m.Command)
		}
	}
	next.take(protocol.Message{Type: protocol.TypeStream, Stream: "meeting/m1", Epoch: "e", Seq: 5})
	e = next.take(protocol.Message{Type: protocol.TypeStream, Stream: "item/m1/i1", Epoch: "e", Seq: 5})
	if len(e.Done) != 0 || next.PendingCount() != 0 {
		t.Errorf("done %v, %d wait", e.Done, next.PendingCount())
	}
	c.ForgetSettled(c.Settled() + 1)
	if next := c.again(before, must(c.ExportOutbox())); next.page() == 3 {
		t.Error("what is forgotten is shown")
	}
}

// Settled commands never take the place of those that wait.
func TestSettledCommandsLeaveRoom(t *testing.T) {
	c := onAir(t)
	for i := range 3 {
		id := fmt.Sprint("k", i)
		if _, err := c.Submit(noon, id, "item/m1/i1", show(i+2)); err != nil {
			t.Fatal(err)
		}
		c.take(turned(uint64(4+i), i+2, id, "member"))
		c.take(doneAt(id, uint64(4+i)))
	}
	for i := range replica.MaxPending - 1 {
		if _, err := c.Submit(noon, fmt.Sprint("w", i), "item/m1/i1", show(1+i%9)); err != nil {
			t.Fatal(err)
		}
	}
	next := newClient(t, "member")
	if _, err := next.ImportOutbox(must(c.ExportOutbox())); err != nil {
		t.Fatal(err)
	}
	all := next.Pending()
	if n := len(all); n != replica.MaxPending || all[0].ID != "k2" || all[n-1].ID != fmt.Sprint("w", replica.MaxPending-2) {
		t.Errorf("%d of %s to %s", n, all[0].ID, all[n-1].ID)
	}
}
