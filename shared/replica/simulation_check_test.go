package replica_test

import (
	"encoding/json"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// holdsTruth checks that a device holds of a stream what the server's log
// folds to at the same number. // [R3]
func (w *world) holdsTruth(d *device, stream string) {
	at, ok := d.replica.Position(stream)
	if !ok {
		return
	}
	name, _ := protocol.ParseStream(stream)
	held := must(d.replica.Roster().Snapshot())
	if name.Meeting != "" {
		s, _ := d.replica.Confirmed(name.Meeting)
		held = must(s.Snapshot())
		if name.Item != "" {
			held = must(s.ItemSnapshot(meeting.ItemID(name.Item)))
		}
	}
	if want := w.server.folded[point(at.Epoch, stream, at.Seq)]; string(held) != want {
		w.failf("%s: %s at %d\ngot  %s\nwant %s", d.name, stream, at.Seq, held, want)
	}
}

// hasCaughtUp checks that a command is reported as done only once its events
// are part of what the device shows. // [C9]
func (w *world) hasCaughtUp(d *device, command string) {
	for _, want := range w.server.receipts[d.name+"/"+command].positions {
		status, _ := d.replica.Status(want.Stream)
		at, _ := d.replica.Position(want.Stream)
		if status == replica.Waiting || status == replica.Live && at.Epoch == w.server.epoch && at.Seq < want.Seq {
			w.failf("%s: %s is done, but %s is at %d of %d", d.name, command, want.Stream, at.Seq, want.Seq)
		}
	}
}

func (w *world) check() {
	for _, d := range w.devices {
		if n := d.replica.PendingCount(); n > 0 {
			w.failf("%s: %d commands wait: %+v", d.name, n, d.replica.Pending())
		}
		for id := range d.asked {
			n := w.server.applied[id]
			done := n == 1 || w.server.empty[id] || w.server.undone[id]
			if d.answers[id] == "" || n > 1 || n > 0 && d.answers[id] != "done" || d.answers[id] == "done" && !done {
				w.failf("%s: %s applied %d times, answered %q", d.name, id, n, d.answers[id])
			}
		}
		if got, want := text(d.replica.Roster()), text(w.server.roster); got != want {
			w.failf("%s: roster\ngot  %s\nwant %s", d.name, got, want)
		}
		for _, id := range meetings {
			w.checkMeeting(d, id)
		}
	}
}

func (w *world) checkMeeting(d *device, id string) {
	truth := w.server.meetings[id]
	confirmed, _ := d.replica.Confirmed(id)
	predicted, _ := d.replica.Meeting(id)
	if !truth.MaySeeMeeting(d.person) {
		truth = meeting.State{}
	}
	for item := range truth.Contents {
		if !truth.MaySee(d.person, item) {
			truth = truth.Forget(item)
		}
	}
	if got, want := all(confirmed), all(truth); got != want {
		w.failf("%s(%s): %s\ngot  %s\nwant %s", d.name, d.person, id, got, want)
	}
	if got, want := all(predicted), all(truth); got != want {
		w.failf("%s(%s): prediction of %s\ngot  %s\nwant %s", d.name, d.person, id, got, want)
	}
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func all(s meeting.State) string {
	if len(s.Contents) == 0 {
		s.Contents = nil
	}
	return text(s) + text(s.Contents)
}
