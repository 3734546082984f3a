package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"phonghop/server/internal/document"
	"phonghop/server/internal/room"
	"phonghop/server/internal/sqlite"
)

// smallDisk mounts a file system of a few bytes.
func smallDisk(t *testing.T, bytes int) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("mounting a small file system needs root")
	}
	folder := t.TempDir()
	if err := syscall.Mount("phonghop-test", folder, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Skipf("no small file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return folder
}

// TestDiskFull fills the disk: the write that finds no room says so and
// leaves nothing, what was written stays readable, and when there is room
// again, writing goes on where it stopped.
func TestDiskFull(t *testing.T) {
	folder := smallDisk(t, 1<<20)
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 200<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // closed below; here only when the test fails
	l := db.Log()
	kept := fillLog(t, l)
	check := func(l room.Log) {
		t.Helper()
		saved, err := l.Load(t.Context(), "room", 1)
		if err != nil || len(saved.Entries) != int(kept) {
			t.Fatalf("%d entries are kept, %v; want %d", len(saved.Entries), err, kept)
		}
	}
	check(l)
	record := document.Record{Hash: "a", Info: document.Info{Sizes: make([]document.Size, 5_000)}}
	if err := db.Documents().PutDocument(t.Context(), record); !errors.Is(err, room.ErrFull) {
		t.Fatalf("PutDocument: %v, want ErrFull", err)
	}
	if _, err := db.Documents().Document(t.Context(), "a"); !errors.Is(err, document.ErrUnknown) {
		t.Fatalf("Document: %v, want ErrUnknown", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := l.Append(t.Context(), fillBatch(kept+1)); err != nil {
			t.Fatalf("Append after there is room: %v", err)
		}
		kept++
	}
	check(l)
	if err := db.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	check(openAt(t, folder).Log())
}

// fillLog appends until the disk is full and returns how many were kept.
func fillLog(t *testing.T, l room.Log) uint64 {
	t.Helper()
	for seq := uint64(1); seq < 1_000; seq++ {
		err := l.Append(t.Context(), fillBatch(seq))
		if err == nil {
			continue
		}
		if !errors.Is(err, room.ErrFull) {
			t.Fatalf("Append: %v, want ErrFull", err)
		}
		if err := l.Append(t.Context(), fillBatch(seq)); !errors.Is(err, room.ErrFull) {
			t.Fatalf("Append again: %v, want ErrFull", err)
		}
		return seq - 1
	}
	t.Fatal("the disk does not get full")
	return 0
}

func fillBatch(seq uint64) room.Batch {
	return room.Batch{
		Owner:    "room",
		Entries:  []room.Entry{{Stream: "room", Seq: seq, Body: make([]byte, 9_000)}},
		Receipts: []room.Receipt{{Key: room.Key{Command: fmt.Sprint(seq)}}},
	}
}

// TestDiskFullAtOnce: on a disk without any room, Open says why it fails.
func TestDiskFullAtOnce(t *testing.T) {
	folder := smallDisk(t, 64<<10)
	for i := 0; ; i++ {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprint(i)), make([]byte, 4096), 0o600); err != nil {
			break
		}
	}
	db, err := sqlite.Open(t.Context(), folder)
	if err == nil {
		_ = db.Close()
	}
	if !errors.Is(err, room.ErrFull) {
		t.Fatalf("Open: %v, want ErrFull", err)
	}
}
