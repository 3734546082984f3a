package room

import (
	"log/slog"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// subscribe adds a reader to one of the meeting's streams and tells it where
// the stream stands, in one step, so that it misses nothing in between.
type subscribe struct {
	reader Reader
	name   protocol.StreamName
	at     protocol.Position
}

func (s *subscribe) handle(l *Live) {
	l.commit()
	stream := s.name.String()
	who := meeting.PersonID(s.reader.Person())
	msg := refusedStream(stream, protocol.CodeNotFound)
	if l.mayRead(who, s.name) {
		f := l.feed(stream)
		var err error
		msg, err = f.standing(s.at, func() ([]byte, error) { return l.snapshotOf(stream) })
		if err != nil {
			slog.Error("stream not sent", "stream", stream, "err", err)
			msg = refusedStream(stream, protocol.CodeUnavailable)
		} else {
			f.readers[s.reader] = struct{}{}
			if s.name.Item != "" && s.name.Document == "" {
				defer l.presence.joined(s.name.Item)
			}
		}
	}
	fr, err := maker{}.frame(msg)
	if err != nil {
		slog.Error("stream not sent", "stream", stream, "err", err)
		return
	}
	s.reader.Deliver(fr)
}

func (l *Live) mayRead(who meeting.PersonID, name protocol.StreamName) bool {
	switch {
	case name.Private:
		return false // the meeting knows nobody's notes
	case name.Item == "":
		return l.state.MaySeeMeeting(who)
	case name.Document != "" && !l.state.HasSheet(sheetOf(name)):
		return false
	}
	return l.state.MaySee(who, meeting.ItemID(name.Item))
}

// unsubscribe takes a reader off one stream, or off all of them.
type unsubscribe struct {
	reader Reader
	stream string // empty: all
}

func (u *unsubscribe) handle(l *Live) {
	for name, f := range l.feeds {
		if u.stream == "" || u.stream == name {
			delete(f.readers, u.reader)
			if n, ok := protocol.ParseStream(name); ok && n.Item != "" && n.Document == "" {
				l.presence.left(n.Item, u.reader)
			}
		}
	}
}

// dropExcluded takes readers off the streams that are no longer for them.
func (l *Live) dropExcluded() {
	for stream, f := range l.feeds {
		if len(f.readers) == 0 {
			continue
		}
		name, _ := protocol.ParseStream(stream)
		var fr *Frame
		for r := range f.readers {
			if l.mayRead(meeting.PersonID(r.Person()), name) {
				continue
			}
			if fr == nil {
				var err error
				fr, err = l.make.frame(protocol.Message{Type: protocol.TypeDropped, Stream: stream, Code: protocol.CodeNotFound})
				if err != nil {
					slog.Error("drop not sent", "stream", stream, "err", err)
					return
				}
			}
			delete(f.readers, r)
			if name.Document == "" {
				l.presence.left(name.Item, r)
			}
			r.Deliver(fr)
		}
	}
}
