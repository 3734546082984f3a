package replica_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// use does with a replica what screens do, whatever it holds.
func use(t *testing.T, r *replica.Replica) {
	place := meeting.Place{Document: "d1", Page: 2}
	for i, c := range []meeting.Command{
		meeting.Show{Item: "i1", Place: place}, meeting.Recall{Item: "i1"}, meeting.AskPresenter{Item: "i1"},
		meeting.SetItemState{Item: "i1", To: meeting.Running}, meeting.SetItemState{Item: "i1", To: meeting.Done},
		meeting.OpenSitting{}, meeting.EndSitting{}, meeting.Publish{}, meeting.RemoveParticipant{Person: "head"},
		meeting.SetAudience{ID: "i1", Restricted: true}, meeting.ReplaceDocument{Item: "i1", Document: "d1", Hash: hash("b"), Name: "b", Pages: 1, Bytes: 1},
		meeting.RemoveDocument{Item: "i1", Document: "d1"}, meeting.Close{},
	} {
		_ = r.Try(noon, "m1", c) // a refusal is fine
		if _, err := r.Submit(noon, string(rune('a'+i)), "meeting/m1", c); err != nil && !errors.Is(err, replica.ErrCommand) && !errors.Is(err, replica.ErrFull) {
			t.Fatal(err)
		}
	}
	s, _ := r.Meeting("m1")
	for id := range s.Items {
		_, _ = s.Number(id), s.Brief(id)
		for _, d := range s.Contents[id].Documents {
			_, _ = d.Version(0)
		}
	}
	r.Disconnected()
	for _, m := range r.Connected(noon) {
		if _, err := json.Marshal(m); err != nil {
			t.Fatal(err)
		}
	}
	copied := newClient(t, "member")
	for _, kept := range [][]byte{must(r.ExportRoom()), must(r.ExportMeeting("m1"))} {
		if _, err := copied.Import(kept); err != nil {
			t.Fatalf("its own export is not read: %v\n%s", err, kept)
		}
	}
	if _, err := copied.ImportOutbox(must(r.ExportOutbox())); err != nil {
		t.Fatalf("its own commands are not read: %v", err)
	}
	if n := r.Settled() + r.PendingCount(); copied.PendingCount() != n {
		t.Fatalf("%d of %d commands were kept", copied.PendingCount(), n)
	}
	r.Forget("m1")
}

// FuzzImport reads damaged files. // [V6]
func FuzzImport(f *testing.F) {
	c := onAir(f)
	if _, err := c.Submit(noon, "k1", "meeting/m1", show(3)); err != nil {
		f.Fatal(err)
	}
	for _, kept := range [][]byte{must(c.ExportRoom()), must(c.ExportMeeting("m1")), must(c.ExportOutbox())} {
		f.Add(kept)
		f.Add(bytes.ReplaceAll(kept, []byte(`"m1"`), []byte("null")))
		f.Add(kept[:len(kept)/2])
	}
	f.Add([]byte(`{"format":1,"reducer":[1,1],"person":"member","streams":[{"stream":"item/m1/i1","snapshot":null}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, order := range []func(*client) error{
			func(c *client) error { return second(c.Import(data)) },
			func(c *client) error { return second(c.ImportOutbox(data)) },
		} {
			c := newClient(t, "member")
			if err := order(c); err != nil && !errors.Is(err, replica.ErrFormat) && !errors.Is(err, replica.ErrOtherRoom) {
				t.Fatal(err)
			}
			c.Open("m1")
			use(t, c.Replica)
		}
	})
}

// FuzzReceive takes whatever a server might say, a message on each line.
// // [M3] [V3]
func FuzzReceive(f *testing.F) {
	line := func(all ...protocol.Message) []byte {
		var out []byte
		for _, m := range all {
			data, err := json.Marshal(m)
			if err != nil {
				f.Fatal(err)
			}
			out = append(append(out, data...), '\n')
		}
		return out
	}
	f.Add(line(turned(4, 2, "k1", "member"), protocol.Message{Type: protocol.TypeDone, Command: "k1"}))
	f.Add(line(standing("meeting/m1", "e", 9, onAirState()), standing("item/m1/i1", "e", 9, onAirContent())))
	f.Add(line(protocol.Message{Type: protocol.TypeDropped, Stream: "meeting/m1", Code: "not_found"}))
	f.Add([]byte(`{"type":"event","stream":"meeting/m1","seq":6,"body":{"kind":"item.moved","v":1,"data":{"id":"i1","before":"i1"}}}`))
	f.Add([]byte(`{"type":"stream","stream":"meeting/m1","epoch":"e","seq":9,"snapshot":{"phase":"open","agenda":["i1","i1"],"current":"i9","presiding":"x"}}`))
	f.Add([]byte(`{"type":"stream","stream":"item/m1/i1","seq":1,"snapshot":{"documents":[{"id":"d1"}],"presenter":"member"}}`))
	f.Add([]byte(`{"type":"refused","command":"k1"}` + "\n" + `{"type":"presence","stream":"room","body":{"kind":"meetings"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := onAir(t)
		if _, err := c.Submit(noon, "k1", "meeting/m1", show(3)); err != nil {
			t.Fatal(err)
		}
		for l := range bytes.Lines(data) {
			var m protocol.Message
			if json.Unmarshal(l, &m) != nil {
				continue
			}
			if _, err := c.Receive(noon, m); err != nil {
				if !errors.Is(err, replica.ErrProtocol) && !errors.Is(err, replica.ErrOtherRoom) {
					t.Fatal(err)
				}
				break
			}
		}
		use(t, c.Replica)
	})
}
