package blob

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// A large file stops before it has taken the room that the meetings need, and
// leaves nothing.
func TestTheLastRoomIsKept(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	looks := 0
	s.spare = func() bool { looks++; return looks <= 2 }
	large := bytes.NewReader(make([]byte, 4*lookEvery))
	if _, err := s.Put(t.Context(), large, 1<<30); !errors.Is(err, ErrNoSpace) {
		t.Fatalf("got %v", err)
	}
	if taken := 4*lookEvery - large.Len(); taken < lookEvery || taken > 3*lookEvery {
		t.Errorf("%d bytes were taken", taken)
	}
	if left := files(t, s); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("small"), 1<<30); !errors.Is(err, ErrNoSpace) {
		t.Errorf("a small one: %v", err)
	}
	s.spare = func() bool { return true }
	if _, err := s.Put(t.Context(), strings.NewReader("small"), 1<<30); err != nil {
		t.Errorf("when there is room again: %v", err)
	}
}

func TestSpace(t *testing.T) {
	if free, total, ok := space(t.TempDir()); ok && (total == 0 || free > total) {
		t.Errorf("%d of %d bytes are free", free, total)
	}
	if !Spare("/no/such/folder") {
		t.Error("an unknown disk has no room")
	}
}
