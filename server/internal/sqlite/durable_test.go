package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"phonghop/server/internal/room"
	"phonghop/server/internal/sqlite"
	"phonghop/shared/protocol"
)

// childFolder tells a copy of the test program to write until it is killed.
const childFolder = "PHONGHOP_TEST_APPEND_TO"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		if err := appendForever(context.Background(), folder, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

const killedOwner = "meeting/killed"

// appendForever appends batches of one to eight entries to two streams, saves
// snapshots now and then, and says after each batch how far the first stream
// is kept.
func appendForever(ctx context.Context, folder string, out io.Writer) error {
	db, err := sqlite.Open(ctx, folder)
	if err != nil {
		return err
	}
	l := db.Log()
	saved, err := l.Load(ctx, killedOwner, 0)
	if err != nil {
		return err
	}
	seq := uint64(len(saved.Entries) / 2)
	for n := 0; ; n++ {
		b := room.Batch{Owner: killedOwner}
		for range 1 + rand.IntN(8) {
			seq++
			b.Entries = append(b.Entries, killedEntry("a", seq), killedEntry("b", seq))
			b.Receipts = append(b.Receipts, killedReceipt(seq))
		}
		b.Summary = &room.Summary{Meeting: "killed", Body: fmt.Append(nil, seq)}
		if err := l.Append(ctx, b); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, seq); err != nil {
			return err
		}
		if n%50 == 49 {
			// Of a reducer that nobody loads, so that Load returns everything.
			s := []room.Snapshot{{Stream: "a", Seq: seq, State: make([]byte, 20_000)}}
			if err := l.SaveSnapshots(ctx, killedOwner, 1, s); err != nil {
				return err
			}
		}
	}
}

func killedEntry(stream string, seq uint64) room.Entry {
	return room.Entry{Stream: stream, Seq: seq, Body: fmt.Appendf(nil, "%s%0*d", stream, rand.IntN(600), seq)}
}

func killedReceipt(seq uint64) room.Receipt {
	return room.Receipt{
		Key:       room.Key{Person: "p", Client: "c", Command: fmt.Sprint(seq)},
		Positions: []protocol.Position{{Stream: "a", Seq: seq}},
	}
}

// TestKilled kills a server in the midst of its work, over and over: what it
// said is kept is there, and of what it did not say only whole batches.
func TestKilled(t *testing.T) {
	rounds := 25
	if testing.Short() {
		rounds = 5
	}
	folder := t.TempDir()
	var acknowledged uint64
	for round := range rounds {
		said := killRound(t, folder, time.Duration(rand.IntN(150))*time.Millisecond)
		acknowledged = max(acknowledged, said)
		kept := checkKilled(t, folder, acknowledged)
		if t.Failed() {
			t.Fatalf("round %d: acknowledged %d, kept %d", round, acknowledged, kept)
		}
		acknowledged = kept
	}
	t.Logf("%d rounds, %d entries kept in each of two streams", rounds, acknowledged)
}

// killRound lets a server write for a while after its first batch, kills it,
// and returns the last number it acknowledged.
func killRound(t *testing.T, folder string, after time.Duration) uint64 {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+folder)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var last uint64
	var timer *time.Timer
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var seq uint64
		if _, err := fmt.Sscan(lines.Text(), &seq); err == nil {
			last = seq
		}
		if timer == nil {
			timer = time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	if timer == nil {
		t.Fatalf("the server wrote nothing: %v", cmd.Wait())
	}
	if err := cmd.Wait(); cmd.ProcessState.Exited() {
		t.Fatalf("the server ended by itself: %v", err)
	}
	return last
}

// checkKilled opens what a killed server left and returns how far it goes.
func checkKilled(t *testing.T, folder string, acknowledged uint64) uint64 {
	t.Helper()
	db, err := sqlite.Open(t.Context(), folder)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}()
	saved, err := db.Log().Load(t.Context(), killedOwner, 0)
	if err != nil {
		t.Fatal(err)
	}
	heads := map[string]uint64{}
	for _, e := range saved.Entries {
		if heads[e.Stream]++; e.Seq != heads[e.Stream] {
			t.Fatalf("%s: number %d where %d belongs", e.Stream, e.Seq, heads[e.Stream])
		}
	}
	kept := heads["a"]
	if kept < acknowledged || heads["b"] != kept {
		t.Errorf("kept: %v", heads)
	}
	for _, seq := range []uint64{acknowledged, kept} {
		want := killedReceipt(seq)
		got, ok, err := db.Log().Receipt(t.Context(), killedOwner, want.Key)
		if !ok || err != nil || len(got.Positions) != 1 || got.Positions[0].Seq != seq {
			t.Errorf("receipt of %d: %v, %t, %v", seq, got, ok, err)
		}
	}
	if all, err := db.Log().Summaries(t.Context()); err != nil || len(all) != 1 || string(all[0].Body) != fmt.Sprint(kept) {
		t.Errorf("summaries after %d: %v, %v", kept, all, err)
	}
	return kept
}
