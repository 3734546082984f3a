package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"phonghop/server/internal/room"
	"phonghop/shared/protocol"
)

func receipt(command string, positions ...protocol.Position) room.Receipt {
	return room.Receipt{Key: room.Key{Person: "p1", Client: "c1", Command: command}, Positions: positions}
}

func logReceipts(t *testing.T, open func() room.Log) {
	l := open()
	one := receipt("x", protocol.Position{Stream: stream, Seq: 2}, protocol.Position{Stream: item, Seq: 1})
	two := receipt("y", protocol.Position{Stream: item, Seq: 1})
	b := batch(entry(stream, 1), entry(stream, 2), entry(item, 1))
	b.Receipts = []room.Receipt{one, two}
	appendOK(t, l, b)
	for _, want := range b.Receipts {
		got, ok, err := l.Receipt(t.Context(), owner, want.Key)
		if !ok || err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("Receipt: %v, %t, %v, want %v", got, ok, err, want)
		}
	}
	for _, k := range []room.Key{
		{Person: "p2", Client: "c1", Command: "x"}, {Person: "p1", Client: "c2", Command: "x"},
		{Person: "p1", Client: "c1", Command: "z"}, {Person: "p1", Client: "c1"},
	} {
		if got, ok, err := l.Receipt(t.Context(), owner, k); ok || err != nil {
			t.Errorf("Receipt of %v: %v, %v", k, got, err)
		}
	}
	if _, ok, err := l.Receipt(t.Context(), "meeting/m2", one.Key); ok || err != nil {
		t.Errorf("Receipt of another owner: %t, %v", ok, err)
	}
}

// logReceiptTwice: a command is carried out once, or another server writes to
// the same log.
func logReceiptTwice(t *testing.T, open func() room.Log) {
	l := open()
	b := batch(entry(stream, 1))
	b.Receipts = []room.Receipt{receipt("x", protocol.Position{Stream: stream, Seq: 1})}
	appendOK(t, l, b)
	again := batch(entry(stream, 2))
	again.Receipts = []room.Receipt{receipt("x", protocol.Position{Stream: stream, Seq: 2})}
	if err := l.Append(t.Context(), again); !errors.Is(err, room.ErrConflict) {
		t.Errorf("Append: %v, want ErrConflict", err)
	}
	again.Receipts = []room.Receipt{receipt("y"), receipt("y")}
	if err := l.Append(t.Context(), again); !errors.Is(err, room.ErrConflict) {
		t.Errorf("Append of two receipts at once: %v, want ErrConflict", err)
	}
	wantEntries(t, load(t, l, owner, reducer), entry(stream, 1))
	again.Receipts = []room.Receipt{receipt("y", protocol.Position{Stream: stream, Seq: 2})}
	appendOK(t, l, again)
}

func logSnapshots(t *testing.T, open func() room.Log) {
	l := open()
	appendOK(t, l, batch(entry(stream, 1), entry(item, 1), entry(stream, 2), entry(stream, 3), entry(item, 2)))
	saves := []room.Snapshot{
		{Stream: stream, Seq: 2, State: []byte("state\x00of the meeting")},
		{Stream: item, Seq: 0, State: []byte("empty")},
	}
	save(t, l, reducer, saves...)
	saved := load(t, l, owner, reducer)
	wantSnapshots(t, saved, saves...)
	wantEntries(t, saved, entry(item, 1), entry(stream, 3), entry(item, 2))

	// A snapshot of one stream says nothing about the others.
	save(t, l, reducer, room.Snapshot{Stream: item, Seq: 2, State: []byte("i")})
	saved = load(t, l, owner, reducer)
	wantSnapshots(t, saved, room.Snapshot{Stream: item, Seq: 2, State: []byte("i")})
	wantEntries(t, saved, entry(stream, 1), entry(stream, 2), entry(stream, 3))
}

func save(t *testing.T, l room.Log, reducer int, all ...room.Snapshot) {
	t.Helper()
	if err := l.SaveSnapshots(t.Context(), owner, reducer, all); err != nil {
		t.Fatalf("SaveSnapshots: %v", err)
	}
}

// wantSnapshots compares without regard to order.
func wantSnapshots(t *testing.T, got room.Saved, want ...room.Snapshot) {
	t.Helper()
	byStream := func(all []room.Snapshot) map[string]room.Snapshot {
		out := map[string]room.Snapshot{}
		for _, s := range all {
			out[s.Stream] = s
		}
		return out
	}
	if len(got.Snapshots) != len(want) || !reflect.DeepEqual(byStream(got.Snapshots), byStream(want)) {
		t.Fatalf("snapshots:\n got %v\nwant %v", byStream(got.Snapshots), byStream(want))
	}
}

func logOtherReducer(t *testing.T, open func() room.Log) {
	l := open()
	appendOK(t, l, batch(entry(stream, 1), entry(item, 1)))
	save(t, l, reducer, room.Snapshot{Stream: stream, Seq: 1, State: []byte("s")})
	for _, other := range []int{reducer - 1, reducer + 1} {
		saved := load(t, l, owner, other)
		wantSnapshots(t, saved)
		wantEntries(t, saved, entry(stream, 1), entry(item, 1))
	}
	save(t, l, reducer+1, room.Snapshot{Stream: item, Seq: 1, State: []byte("i")})
	saved := load(t, l, owner, reducer)
	wantSnapshots(t, saved)
	wantEntries(t, saved, entry(stream, 1), entry(item, 1))
	saved = load(t, l, owner, reducer+1)
	wantSnapshots(t, saved, room.Snapshot{Stream: item, Seq: 1, State: []byte("i")})
	wantEntries(t, saved, entry(stream, 1))
}

func logSnapshotsReplaced(t *testing.T, open func() room.Log) {
	l := open()
	appendOK(t, l, batch(entry(stream, 1), entry(stream, 2)))
	save(t, l, reducer, room.Snapshot{Stream: stream, Seq: 2, State: []byte("new")})
	save(t, l, reducer, room.Snapshot{Stream: stream, Seq: 1, State: []byte("old")})
	saved := load(t, l, owner, reducer)
	wantSnapshots(t, saved, room.Snapshot{Stream: stream, Seq: 1, State: []byte("old")})
	wantEntries(t, saved, entry(stream, 2))
	save(t, l, reducer)
	saved = load(t, l, owner, reducer)
	wantSnapshots(t, saved)
	wantEntries(t, saved, entry(stream, 1), entry(stream, 2))
}

// logSnapshotAhead: a snapshot of what was never written would hide what
// comes; the ones before it stay.
func logSnapshotAhead(t *testing.T, open func() room.Log) {
	l := open()
	appendOK(t, l, batch(entry(stream, 1), entry(stream, 2)))
	save(t, l, reducer, room.Snapshot{Stream: stream, Seq: 1, State: []byte("s")})
	for _, s := range []room.Snapshot{{Stream: stream, Seq: 3}, {Stream: item, Seq: 1}} {
		if err := l.SaveSnapshots(t.Context(), owner, reducer, []room.Snapshot{s}); err == nil {
			t.Errorf("a snapshot after %d of %s was taken", s.Seq, s.Stream)
		}
	}
	saved := load(t, l, owner, reducer)
	wantSnapshots(t, saved, room.Snapshot{Stream: stream, Seq: 1, State: []byte("s")})
	wantEntries(t, saved, entry(stream, 2))
}

func logSummaries(t *testing.T, open func() room.Log) {
	l := open()
	for _, s := range []room.Summary{
		{Meeting: "m2", Changed: noon, Body: []byte("2")},
		{Meeting: "m1", Changed: noon, Body: []byte("1")},
		{Meeting: "m2", Changed: noon.AddDate(0, 0, 1), Body: []byte("2 again")},
	} {
		appendOK(t, l, room.Batch{Owner: "meeting/" + s.Meeting, Summary: &s})
	}
	appendOK(t, l, batch(entry(stream, 1))) // without a summary: unchanged
	got, err := l.Summaries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	byMeeting := map[string]room.Summary{}
	for _, s := range got {
		byMeeting[s.Meeting] = s
	}
	want := map[string]room.Summary{
		"m1": {Meeting: "m1", Changed: noon, Body: []byte("1")},
		"m2": {Meeting: "m2", Changed: noon.AddDate(0, 0, 1), Body: []byte("2 again")},
	}
	if len(got) != 2 || !reflect.DeepEqual(byMeeting, want) {
		t.Fatalf("Summaries: %v", got)
	}
}

// logAgainstModel compares with a list, whatever is done in whatever order.
func logAgainstModel(t *testing.T, open func() room.Log) {
	run := 0
	l := open()
	rapid.Check(t, func(r *rapid.T) {
		run++ // the log lives on from one check to the next, under new owners
		m := &model{owner: fmt.Sprintf("meeting/%d", run), heads: map[string]uint64{}}
		r.Repeat(map[string]func(*rapid.T){
			"append":   func(r *rapid.T) { m.append(r, t.Context(), l) },
			"snapshot": func(r *rapid.T) { m.save(r, t.Context(), l) },
			"reopen": func(r *rapid.T) {
				if rapid.IntRange(0, 9).Draw(r, "seldom") == 0 {
					l = open()
				}
			},
			"": func(r *rapid.T) { m.compare(r, t.Context(), l) },
		})
	})
}

type model struct {
	owner   string
	heads   map[string]uint64
	entries []room.Entry
	saved   map[string]uint64
}

var modelStreams = []string{"meeting/a", "item/a/1", "item/a/2"}

func (m *model) append(r *rapid.T, ctx context.Context, l room.Log) {
	b := room.Batch{Owner: m.owner}
	heads := map[string]uint64{}
	good := true
	for range rapid.IntRange(1, 6).Draw(r, "entries") {
		s := rapid.SampledFrom(modelStreams).Draw(r, "stream")
		if _, ok := heads[s]; !ok {
			heads[s] = m.heads[s]
		}
		step := uint64(1)
		if rapid.IntRange(0, 19).Draw(r, "wrong") == 0 {
			step = rapid.Uint64Range(0, 3).Draw(r, "step")
		}
		heads[s] += step
		good = good && step == 1
		b.Entries = append(b.Entries, entry(s, heads[s]))
	}
	err := l.Append(ctx, b)
	if good != (err == nil) || err != nil && !errors.Is(err, room.ErrConflict) {
		r.Fatalf("Append of a batch that is good: %t: %v", good, err)
	}
	if err == nil {
		for s, seq := range heads {
			m.heads[s] = seq
		}
		m.entries = append(m.entries, b.Entries...)
	}
}

func (m *model) save(r *rapid.T, ctx context.Context, l room.Log) {
	m.saved = map[string]uint64{}
	var all []room.Snapshot
	for _, s := range modelStreams {
		if rapid.Bool().Draw(r, "with "+s) {
			m.saved[s] = rapid.Uint64Range(0, m.heads[s]).Draw(r, "seq")
			all = append(all, room.Snapshot{Stream: s, Seq: m.saved[s], State: []byte(s)})
		}
	}
	if err := l.SaveSnapshots(ctx, m.owner, reducer, all); err != nil {
		r.Fatalf("SaveSnapshots: %v", err)
	}
}

func (m *model) compare(r *rapid.T, ctx context.Context, l room.Log) {
	saved, err := l.Load(ctx, m.owner, reducer)
	if err != nil {
		r.Fatalf("Load: %v", err)
	}
	var want []room.Entry
	for _, e := range m.entries {
		if e.Seq > m.saved[e.Stream] {
			want = append(want, e)
		}
	}
	if len(want)+len(saved.Entries) > 0 && !reflect.DeepEqual(want, saved.Entries) {
		r.Fatalf("entries:\n got %v\nwant %v", brief(saved.Entries), brief(want))
	}
	if len(saved.Snapshots) != len(m.saved) {
		r.Fatalf("%d snapshots, want %d", len(saved.Snapshots), len(m.saved))
	}
}
