// Package storetest holds the contracts of the stores as tests, which every
// implementation runs.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/protocol"
)

// Log tests an implementation of room.Log. At each call, place makes room for
// a new log; what it returns opens that log, and, called again, closes it and
// opens it once more.
func Log(t *testing.T, place func(t *testing.T) (open func() room.Log)) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, open func() room.Log)
	}{
		{"Empty", logEmpty},
		{"Order", logOrder},
		{"Values", logValues},
		{"Conflict", logConflict},
		{"Atomic", logAtomic},
		{"Receipts", logReceipts},
		{"ReceiptTwice", logReceiptTwice},
		{"Snapshots", logSnapshots},
		{"SnapshotOfOtherReducer", logOtherReducer},
		{"SnapshotsReplaced", logSnapshotsReplaced},
		{"SnapshotAhead", logSnapshotAhead},
		{"Summaries", logSummaries},
		{"Reopen", logReopen},
		{"Owners", logOwners},
		{"Cancelled", logCancelled},
		{"Concurrent", logConcurrent},
		{"Against", logAgainstModel},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, place(t)) })
	}
}

const (
	owner   = "meeting/m1"
	stream  = "meeting/m1"
	item    = "item/m1/i1"
	reducer = 3
)

var noon = time.Date(2026, 3, 5, 12, 0, 0, 123_000_000, time.UTC)

func entry(stream string, seq uint64) room.Entry {
	return room.Entry{
		Stream: stream, Seq: seq, Command: fmt.Sprintf("command-%s-%d", stream, seq), At: noon, By: "p1",
		Body: fmt.Appendf(nil, `{"kind":"page-turned","v":1,"data":{"page":%d}}`, seq),
	}
}

func batch(entries ...room.Entry) room.Batch { return room.Batch{Owner: owner, Entries: entries} }

func appendOK(t *testing.T, l room.Log, b room.Batch) {
	t.Helper()
	if err := l.Append(t.Context(), b); err != nil {
		t.Fatalf("Append: %v", err)
	}
}

func load(t *testing.T, l room.Log, owner string, reducer int) room.Saved {
	t.Helper()
	saved, err := l.Load(t.Context(), owner, reducer)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return saved
}

func wantEntries(t *testing.T, got room.Saved, want ...room.Entry) {
	t.Helper()
	if len(got.Entries) == 0 && len(want) == 0 {
		return
	}
	if !reflect.DeepEqual(got.Entries, want) {
		t.Fatalf("entries:\n got %v\nwant %v", brief(got.Entries), brief(want))
	}
}

func brief(all []room.Entry) (out []string) {
	for _, e := range all {
		out = append(out, fmt.Sprintf("%s:%d %s %s/%s %s %s", e.Stream, e.Seq, e.At, e.By, e.For, e.Command, e.Body))
	}
	return out
}

func logEmpty(t *testing.T, open func() room.Log) {
	l := open()
	if saved := load(t, l, owner, reducer); len(saved.Entries)+len(saved.Snapshots) != 0 {
		t.Errorf("an unknown owner loads %v", saved)
	}
	if _, ok, err := l.Receipt(t.Context(), owner, room.Key{Person: "p", Client: "c", Command: "x"}); ok || err != nil {
		t.Errorf("Receipt of an unknown owner: %t, %v", ok, err)
	}
	if all, err := l.Summaries(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("Summaries: %v, %v", all, err)
	}
	if epoch, err := l.Epoch(t.Context()); epoch == "" || err != nil {
		t.Errorf("Epoch: %q, %v", epoch, err)
	}
	appendOK(t, l, room.Batch{Owner: owner})
	if saved := load(t, l, owner, reducer); len(saved.Entries) != 0 {
		t.Errorf("an empty batch left %v", saved.Entries)
	}
}

func logOrder(t *testing.T, open func() room.Log) {
	l := open()
	want := []room.Entry{entry(stream, 1), entry(item, 1), entry(stream, 2), entry(item, 2), entry(item, 3), entry(stream, 3)}
	appendOK(t, l, batch(want[:3]...))
	appendOK(t, l, batch(want[3]))
	appendOK(t, l, batch(want[4:]...))
	wantEntries(t, load(t, l, owner, reducer), want...)
}

func logValues(t *testing.T, open func() room.Log) {
	l := open()
	e := room.Entry{
		Stream: item, Seq: 1, Command: "lệnh “một”", At: time.Date(1969, 7, 20, 20, 17, 40, 999_000_000, time.UTC),
		By: "đồng chí'; --", For: "ông/bà", Body: []byte("{\"data\":\"\\u0000 ữ\"}\xff\x00"),
	}
	appendOK(t, l, batch(e))
	wantEntries(t, load(t, l, owner, reducer), e)

	local := entry(stream, 1)
	local.At = noon.In(time.FixedZone("", 7*3600))
	appendOK(t, l, batch(local))
	wantEntries(t, load(t, l, owner, reducer), e, entry(stream, 1))
}

func logConflict(t *testing.T, open func() room.Log) {
	l := open()
	appendOK(t, l, batch(entry(stream, 1), entry(stream, 2)))
	for name, b := range map[string]room.Batch{
		"taken":           batch(entry(stream, 2)),
		"gap":             batch(entry(stream, 4)),
		"zero":            batch(entry(stream, 0)),
		"huge":            batch(entry(stream, 1<<63)),
		"new from 2":      batch(entry(item, 2)),
		"twice in one":    batch(entry(stream, 3), entry(stream, 3)),
		"gap in one":      batch(entry(stream, 3), entry(stream, 5)),
		"backwards":       batch(entry(stream, 4), entry(stream, 3)),
		"good, then gone": batch(entry(item, 1), entry(stream, 2)),
	} {
		if err := l.Append(t.Context(), b); !errors.Is(err, room.ErrConflict) {
			t.Errorf("%s: %v, want ErrConflict", name, err)
		}
	}
	wantEntries(t, load(t, l, owner, reducer), entry(stream, 1), entry(stream, 2))
	appendOK(t, l, batch(entry(stream, 3)))
}

// logAtomic: a batch that is refused leaves nothing of any kind.
func logAtomic(t *testing.T, open func() room.Log) {
	l := open()
	key := room.Key{Person: "p", Client: "c", Command: "x"}
	bad := room.Batch{
		Owner:    owner,
		Entries:  []room.Entry{entry(item, 1), entry(item, 2), entry(stream, 7)},
		Receipts: []room.Receipt{{Key: key, Positions: []protocol.Position{{Stream: item, Seq: 2}}}},
		Summary:  &room.Summary{Meeting: "m1", Changed: noon, Body: []byte("{}")},
	}
	if err := l.Append(t.Context(), bad); !errors.Is(err, room.ErrConflict) {
		t.Fatalf("Append: %v, want ErrConflict", err)
	}
	for range 2 {
		wantEntries(t, load(t, l, owner, reducer))
		if _, ok, err := l.Receipt(t.Context(), owner, key); ok || err != nil {
			t.Errorf("Receipt: %t, %v", ok, err)
		}
		if all, err := l.Summaries(t.Context()); len(all) != 0 || err != nil {
			t.Errorf("Summaries: %v, %v", all, err)
		}
		l = open()
	}
}

// logCancelled: a batch whose context has ended is not written, and one that
// is written does not depend on what happens to the context later.
func logCancelled(t *testing.T, open func() room.Log) {
	l := open()
	ctx, cancel := context.WithCancel(t.Context())
	if err := l.Append(ctx, batch(entry(stream, 1))); err != nil {
		t.Fatalf("Append: %v", err)
	}
	cancel()
	if err := l.Append(ctx, batch(entry(stream, 2))); !errors.Is(err, ctx.Err()) {
		t.Errorf("Append: %v, want %v", err, ctx.Err())
	}
	if _, err := l.Load(ctx, owner, reducer); !errors.Is(err, ctx.Err()) {
		t.Errorf("Load: %v, want %v", err, ctx.Err())
	}
	wantEntries(t, load(t, l, owner, reducer), entry(stream, 1))
}

func logReopen(t *testing.T, open func() room.Log) {
	l := open()
	epoch, err := l.Epoch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	key := room.Key{Person: "p", Client: "c", Command: "x"}
	receipt := room.Receipt{Key: key, Positions: []protocol.Position{{Stream: item, Seq: 1}, {Stream: stream, Seq: 2}}}
	summary := room.Summary{Meeting: "m1", Changed: noon, Body: []byte(`{"title":"Phiên họp"}`)}
	appendOK(t, l, room.Batch{
		Owner: owner, Entries: []room.Entry{entry(stream, 1), entry(item, 1), entry(stream, 2)},
		Receipts: []room.Receipt{receipt}, Summary: &summary,
	})
	if err := l.SaveSnapshots(t.Context(), owner, reducer, []room.Snapshot{{Stream: stream, Seq: 1, State: []byte("s")}}); err != nil {
		t.Fatal(err)
	}
	before := load(t, l, owner, reducer)
	for range 2 {
		l = open()
		if after := load(t, l, owner, reducer); !reflect.DeepEqual(before, after) {
			t.Fatalf("loaded after opening again:\n got %v\nwant %v", after, before)
		}
		if got, err := l.Epoch(t.Context()); got != epoch || err != nil {
			t.Errorf("Epoch: %q, %v, want %q", got, err, epoch)
		}
		if got, ok, err := l.Receipt(t.Context(), owner, key); !ok || err != nil || !reflect.DeepEqual(got, receipt) {
			t.Errorf("Receipt: %v, %t, %v", got, ok, err)
		}
		if got, err := l.Summaries(t.Context()); err != nil || !reflect.DeepEqual(got, []room.Summary{summary}) {
			t.Errorf("Summaries: %v, %v", got, err)
		}
	}
	if err := l.Append(t.Context(), batch(entry(stream, 2))); !errors.Is(err, room.ErrConflict) {
		t.Errorf("Append of what was there before: %v", err)
	}
	appendOK(t, l, batch(entry(stream, 3)))
}

func logOwners(t *testing.T, open func() room.Log) {
	l := open()
	appendOK(t, l, batch(entry(stream, 1)))
	appendOK(t, l, room.Batch{Owner: "room", Entries: []room.Entry{entry("room", 1), entry("room", 2)}})
	if err := l.SaveSnapshots(t.Context(), "room", reducer, []room.Snapshot{{Stream: "room", Seq: 1, State: []byte("r")}}); err != nil {
		t.Fatal(err)
	}
	if err := l.SaveSnapshots(t.Context(), owner, reducer, nil); err != nil {
		t.Fatal(err)
	}
	wantEntries(t, load(t, l, owner, reducer), entry(stream, 1))
	saved := load(t, l, "room", reducer)
	wantEntries(t, saved, entry("room", 2))
	if len(saved.Snapshots) != 1 {
		t.Errorf("snapshots of the room: %v", saved.Snapshots)
	}
}

// logConcurrent: owners write at the same time while others read; whoever
// loads sees whole batches, from the first on.
func logConcurrent(t *testing.T, open func() room.Log) {
	const writers, batches, size = 4, 25, 4
	l := open()
	ctx := t.Context()
	done := make(chan struct{})
	var writing, reading sync.WaitGroup
	for w := range writers {
		name := fmt.Sprintf("meeting/w%d", w)
		writing.Go(func() {
			for n := range batches {
				b := room.Batch{Owner: name}
				for i := range size {
					b.Entries = append(b.Entries, entry(name, uint64(n*size+i+1)))
				}
				if err := l.Append(ctx, b); err != nil {
					t.Errorf("Append: %v", err)
					return
				}
			}
		})
		reading.Go(func() {
			for last := 0; ; {
				saved, err := l.Load(ctx, name, reducer)
				if n := len(saved.Entries); err != nil || n < last || n%size != 0 {
					t.Errorf("Load: %d entries after %d, %v", n, last, err)
					return
				}
				last = len(saved.Entries)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	writing.Wait()
	close(done)
	reading.Wait()
	for w := range writers {
		name := fmt.Sprintf("meeting/w%d", w)
		if n := len(load(t, l, name, reducer).Entries); n != batches*size {
			t.Errorf("%s has %d entries, want %d", name, n, batches*size)
		}
	}
}
