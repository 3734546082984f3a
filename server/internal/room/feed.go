package room

import (
	"encoding/json"
	"fmt"

	"phonghop/shared/protocol"
)

// Frame is one message, encoded once for all who get it.
type Frame struct {
	Data []byte
	// Prepared is what Options.Prepare made of Data.
	Prepared any
}

// Reader is a connection. Its methods never block.
type Reader interface {
	// Deliver queues a frame. A reader that cannot keep up closes itself and
	// resumes later; nothing is lost, because it knows its position.
	Deliver(*Frame)
	// Person is whose connection it is.
	Person() string
}

// maker encodes messages.
type maker struct{ prepare func([]byte) any }

func (m maker) frame(msg protocol.Message) (*Frame, error) {
	data, err := json.Marshal(msg)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", msg.Type, err)
	}
	f := &Frame{Data: data}
	if m.prepare != nil {
		f.Prepared = m.prepare(data)
	}
	return f, nil
}

// feed is one stream: its number, its newest events for those who resume, and
// who reads it. It belongs to the goroutine of its owner.
type feed struct {
	name    string
	epoch   string
	seq     uint64
	recent  []protocol.Event // the newest, consecutive, the last is seq
	horizon uint64           // whoever is before it gets a snapshot
	readers map[Reader]struct{}

	snapshot    []byte // of snapshotSeq; a cache
	snapshotSeq uint64
	snapshotOK  bool
}

func newFeed(name, epoch string, seq uint64) *feed {
	return &feed{name: name, epoch: epoch, seq: seq, readers: map[Reader]struct{}{}}
}

// remember keeps an event for those who resume.
func (f *feed) remember(e protocol.Event) {
	f.seq = e.Seq
	if len(f.recent) >= 2*protocol.MaxResume {
		f.recent = append(f.recent[:0:0], f.recent[len(f.recent)-protocol.MaxResume:]...)
	}
	f.recent = append(f.recent, e)
}

// missed lists the events after seq, or says that only a snapshot will do.
func (f *feed) missed(at protocol.Position) (events []protocol.Event, ok bool) {
	if at.Epoch != f.epoch || at.Seq > f.seq || at.Seq < f.horizon {
		return nil, false
	}
	n := f.seq - at.Seq
	if n > uint64(len(f.recent)) || n > protocol.MaxResume {
		return nil, false
	}
	return f.recent[uint64(len(f.recent))-n:], true
}

// standing says where the stream stands for a reader who has come to at.
func (f *feed) standing(at protocol.Position, snapshot func() ([]byte, error)) (protocol.Message, error) {
	m := protocol.Message{Type: protocol.TypeStream, Stream: f.name, Epoch: f.epoch, Seq: f.seq}
	if events, ok := f.missed(at); ok && at.Seq > 0 {
		m.Events = events
		return m, nil
	}
	data, err := f.kept(snapshot)
	if err != nil {
		return m, err
	}
	m.Snapshot = data
	return m, nil
}

// kept is the stream's snapshot, made anew only when it has moved on.
func (f *feed) kept(snapshot func() ([]byte, error)) ([]byte, error) {
	if !f.snapshotOK || f.snapshotSeq != f.seq {
		data, err := snapshot()
		if err != nil {
			return nil, fmt.Errorf("snapshot of %s: %w", f.name, err)
		}
		f.snapshot, f.snapshotSeq, f.snapshotOK = data, f.seq, true
	}
	return f.snapshot, nil
}

func (f *feed) deliver(fr *Frame) {
	for r := range f.readers {
		r.Deliver(fr)
	}
}

func refusedStream(name, code string) protocol.Message {
	return protocol.Message{Type: protocol.TypeStream, Stream: name, Code: code}
}
