package replica_test

import (
	"errors"
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

// Of what has no room nothing is taken over, so that its owner keeps it.
func TestNothingIsTakenOverInPart(t *testing.T) {
	outbox := func(prefix string, n int) (*client, []byte) {
		c := onAir(t)
		for i := range n {
			if _, err := c.Submit(noon, fmt.Sprint(prefix, i), "item/m1/i1", show(1+i%9)); err != nil {
				t.Fatal(err)
			}
		}
		return c, must(c.ExportOutbox())
	}
	mine, _ := outbox("mine", replica.MaxPending-10)
	_, other := outbox("other", 11)
	if _, err := mine.ImportOutbox(other); !errors.Is(err, replica.ErrFull) || len(mine.Pending()) != replica.MaxPending-10 {
		t.Errorf("%v, %d wait", err, len(mine.Pending()))
	}
	_, other = outbox("other", 10)
	if _, err := mine.ImportOutbox(other); err != nil || len(mine.Pending()) != replica.MaxPending {
		t.Errorf("what has room: %v, %d wait", err, len(mine.Pending()))
	}
	if _, err := mine.ImportOutbox(other); err != nil || len(mine.Pending()) != replica.MaxPending {
		t.Errorf("what waits here already: %v, %d wait", err, len(mine.Pending()))
	}
}

// What waits is taken over before what is settled, and there is room for more.
func TestSettledCommandsGiveWay(t *testing.T) {
	c := onAir(t)
	for i := range replica.MaxPending - 1 {
		id := fmt.Sprint("k", i)
		if _, err := c.Submit(noon, id, "item/m1/i1", show(1+i%9)); err != nil {
			t.Fatal(err)
		}
		c.take(turned(uint64(4+i), 1+i%9, id, "member"))
		c.take(doneAt(id, uint64(4+i)))
	}
	if _, err := c.Submit(noon, "w", "item/m1/i1", show(2)); err != nil {
		t.Fatal(err)
	}
	outbox := must(c.ExportOutbox())
	next := newClient(t, "member")
	if _, err := next.Submit(noon, "mine", "item/m1/i1", show(3)); err != nil {
		t.Fatal(err)
	}
	if _, err := next.ImportOutbox(outbox); err != nil {
		t.Fatal(err)
	}
	if all := next.Pending(); len(all) != replica.MaxPending || all[len(all)-2].ID != "w" {
		t.Errorf("%d, the last but one %s", len(all), all[len(all)-2].ID)
	}
	for i := range 3 {
		if _, err := next.Submit(noon, fmt.Sprint("n", i), "item/m1/i1", show(4)); err != nil {
			t.Fatalf("nothing more is taken: %v", err)
		}
	}
	if all := next.Pending(); len(all) != replica.MaxPending || all[len(all)-5].ID != "w" {
		t.Errorf("%d, %s", len(all), all[len(all)-5].ID)
	}
}

// A command that changed nothing is in no state, and not shown again.
func TestDoneWithoutEventsIsOver(t *testing.T) {
	c := onAir(t)
	c.take(turned(4, 3, "k0", "head"))
	if _, err := c.Submit(noon, "k1", "item/m1/i1", show(3)); err != nil {
		t.Fatal(err)
	}
	if e := c.take(protocol.Message{Type: protocol.TypeDone, Command: "k1"}); !e.Over || len(e.Done) != 1 {
		t.Errorf("%+v", e)
	}
	outbox := must(c.ExportOutbox())
	c.take(turned(5, 7, "k2", "head"))
	if next := c.again(must(c.ExportMeeting("m1")), outbox); next.page() != 7 || next.PendingCount() != 0 {
		t.Errorf("page %d, %d wait", next.page(), next.PendingCount())
	}
}

// Of two copies of a command that counts which knows of the answer.
func TestTheAnsweredCopyCounts(t *testing.T) {
	c := onAir(t)
	if _, err := c.Submit(noon, "k1", "item/m1/i1", show(3)); err != nil {
		t.Fatal(err)
	}
	waiting := must(c.ExportOutbox())
	if !replica.Unanswered(waiting) || !replica.Unanswered([]byte("{")) {
		t.Error("taken for answered")
	}
	c.take(turned(4, 3, "k1", "member"))
	c.take(doneAt("k1", 4))
	settled := must(c.ExportOutbox())
	if replica.Unanswered(settled) {
		t.Error("taken for unanswered")
	}
	next := newClient(t, "member")
	for _, outbox := range [][]byte{waiting, settled} {
		if _, err := next.ImportOutbox(outbox); err != nil {
			t.Fatal(err)
		}
	}
	next.Connected(noon)
	for _, m := range next.take(protocol.Message{Type: protocol.TypeWelcome, Now: noon, Person: "member", Room: "room-1"}).Send {
		if m.Type == protocol.TypeCommand {
			t.Errorf("%s is sent again", m.Command)
		}
	}
}
