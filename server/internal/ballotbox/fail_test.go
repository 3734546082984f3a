package ballotbox_test

import (
	"context"
	"errors"
	"testing"

	"phonghop/server/internal/ballotbox"
)

// full is a store on a disk that takes nothing more.
type full struct{ ballotbox.Store }

var errFull = errors.New("the disk is full")

func (full) Add(context.Context, []ballotbox.Ballot) ([]error, error) { return nil, errFull }

func TestDiskIsFull(t *testing.T) {
	d := openAt(t, t.TempDir())
	b := with(credential(t, d, vote, "an", 1), 0)
	s := ballotbox.Open(full{d.store})
	if _, err := s.Cast(context.Background(), b); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
	s.Close()
	if _, err := s.Cast(context.Background(), b); !errors.Is(err, ballotbox.ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
	cast(t, d, b, false, nil) // and later it is taken
	d.close(t)
}

func TestWhoeverDoesNotWait(t *testing.T) {
	d := openAt(t, t.TempDir())
	defer d.close(t)
	b := with(credential(t, d, vote, "an", 1), 0)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.Cast(ctx, b); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := d.Cast(context.Background(), b); err != nil {
		t.Errorf("%v", err)
	}
}
