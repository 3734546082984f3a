package blob

import (
	"errors"
	"strings"
	"syscall"
	"testing"
)

func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), endless{}, 1<<30); !errors.Is(err, ErrNoSpace) {
		t.Fatalf("got %v", err)
	}
	if left := files(t, s); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("small"), 1<<30); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestDiskFullErrors(t *testing.T) {
	t.Parallel()
	for _, err := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if got := classify("write", err); !errors.Is(got, ErrNoSpace) {
			t.Errorf("%v is %v", err, got)
		}
	}
	if errors.Is(classify("write", syscall.EIO), ErrNoSpace) {
		t.Error("EIO is no full disk")
	}
}
