// Package notebook keeps what people write for themselves alone: one book per
// person and meeting, apart from the meetings' log. Who asks is always whoever
// has signed in; there is no way to name somebody else's book.
package notebook

import (
	"context"
	"errors"
	"time"
)

// ErrConflict says that an entry's number is taken, or leaves a gap: another
// server writes to the same store.
var ErrConflict = errors.New("notebook: sequence conflict")

// Book names the notes of a person in a meeting.
type Book struct{ Person, Meeting string }

// Entry is one event as it is kept. Client and Command name the wish it came
// from: the same names are the same wish.
type Entry struct {
	Seq             uint64 // from 1, per book; without gaps but for what was dropped
	Client, Command string
	At              time.Time // UTC, milliseconds
	Body            []byte
}

// Snapshot is the state of a book after Seq.
type Snapshot struct {
	Seq   uint64
	State []byte
}

// Saved is what Load returns.
type Saved struct {
	Snapshot *Snapshot // nil: none by this reducer
	Entries  []Entry   // after the snapshot, in order
}

// Store keeps books. Its methods may be called from any goroutine.
type Store interface {
	// Load returns a book. One that was never written in is empty.
	Load(ctx context.Context, b Book, reducer int) (Saved, error)
	// Append keeps an entry durably: when it returns nil the entry survives a
	// power cut; when it returns an error, it is not there. ErrConflict: its
	// number is not the next one, or its wish was kept before. room.ErrFull:
	// the disk is full.
	Append(ctx context.Context, b Book, e Entry) error
	// Find returns the number of the entry that a wish led to.
	Find(ctx context.Context, b Book, client, command string) (seq uint64, ok bool, err error)
	// SaveSnapshot replaces a book's snapshot. It is a cache: losing it loses
	// nothing.
	SaveSnapshot(ctx context.Context, b Book, reducer int, s Snapshot) error
	// Drop takes entries out for good, of which later ones have everything;
	// those that are not there are passed over. The newest entry stays,
	// whatever is asked: it has the number that the next one goes on from.
	Drop(ctx context.Context, b Book, seqs []uint64) error
}
