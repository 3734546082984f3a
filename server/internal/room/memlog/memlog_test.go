package memlog_test

import (
	"context"
	"errors"
	"testing"

	"phonghop/server/internal/room"
	"phonghop/server/internal/room/memlog"
	"phonghop/server/internal/storetest"
)

func TestLog(t *testing.T) {
	storetest.Log(t, func(*testing.T) func() room.Log {
		l := memlog.New("epoch")
		return func() room.Log { return l }
	})
}

func TestFailNext(t *testing.T) {
	l := memlog.New("epoch")
	b := room.Batch{Owner: "room", Entries: []room.Entry{{Stream: "room", Seq: 1, Body: []byte("{}")}}}
	l.FailNext(room.ErrFull)
	if err := l.Append(context.Background(), b); !errors.Is(err, room.ErrFull) {
		t.Fatalf("the first append: %v", err)
	}
	if saved, _ := l.Load(context.Background(), "room", 1); len(saved.Entries) != 0 {
		t.Fatal("a failed append left entries")
	}
	if err := l.Append(context.Background(), b); err != nil {
		t.Fatalf("the second append: %v", err)
	}
	if n := l.Appends(); n != 1 {
		t.Fatalf("%d batches written, want 1", n)
	}
}
