package room

import (
	"context"
	"errors"
	"time"

	"phonghop/shared/protocol"
)

// Errors a Log may return, wrapped.
var (
	// ErrFull says that the disk is full. Nothing was written.
	ErrFull = errors.New("storage is full")
	// ErrConflict says that a sequence number is taken: another server
	// writes to the same log.
	ErrConflict = errors.New("log: sequence conflict")
)

// Log keeps the events of all streams. The streams of one meeting (its own
// and its items') have one owner, "meeting/ID"; the room's stream has the
// owner "room".
type Log interface {
	// Load returns what is kept of an owner's streams: the newest snapshots
	// made by this reducer version, and for each stream the entries after its
	// snapshot, in the order they were appended across the owner's streams.
	// An owner that does not exist loads empty.
	Load(ctx context.Context, owner string, reducer int) (Saved, error)

	// Append writes a batch durably and atomically: when it returns nil the
	// batch survives a power cut; when it returns an error nothing of it is
	// there. Entries of a stream have consecutive numbers after the last one
	// kept, else ErrConflict.
	Append(ctx context.Context, b Batch) error

	// Receipt finds the receipt of a command that was carried out before.
	Receipt(ctx context.Context, owner string, k Key) (Receipt, bool, error)

	// SaveSnapshots replaces the owner's snapshots. They are a cache: losing
	// them loses nothing.
	SaveSnapshots(ctx context.Context, owner string, reducer int, all []Snapshot) error

	// Summaries lists the newest summary of every meeting.
	Summaries(ctx context.Context) ([]Summary, error)

	// Epoch is the random name of this history. It changes when a backup is
	// restored.
	Epoch(ctx context.Context) (string, error)
}

// Entry is one event as it is kept.
type Entry struct {
	Stream  string
	Seq     uint64 // from 1, without gaps, per stream
	Command string
	At      time.Time // UTC, milliseconds
	By, For string
	Body    []byte // {"kind":…,"v":…,"data":…}
}

// Key names a command: the same key is the same wish.
type Key struct {
	Person  string
	Client  string
	Command string
}

// Receipt is the proof that a command was carried out.
type Receipt struct {
	Key
	Positions []protocol.Position // Epoch is left empty
}

// Snapshot is the state of one stream after Seq.
type Snapshot struct {
	Stream string
	Seq    uint64
	State  []byte
}

// Summary is what the list of meetings needs to know of one.
type Summary struct {
	Meeting string
	Changed time.Time
	Body    []byte // JSON, up to the writer
}

// Batch is what is written together.
type Batch struct {
	Owner    string
	Entries  []Entry
	Receipts []Receipt
	Summary  *Summary // nil: unchanged
}

// Saved is what Load returns.
type Saved struct {
	Snapshots []Snapshot
	Entries   []Entry
}
