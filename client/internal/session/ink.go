package session

import (
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// Living is a stroke that somebody else is writing now. The finished stroke
// comes in the layer, under the same id.
type Living struct {
	// Stroke has everything but Ink; Author is who writes.
	Stroke ink.Stroke
	Points []ink.Point
	// Seen is when the last part came, by the device's clock.
	Seen time.Time
}

// Laser is where the presenter points on the presented page, in page points.
type Laser struct {
	Place meeting.Place
	X, Y  float64
	Off   bool
	Seen  time.Time // by the device's clock
}

// LivePart is a part of a stroke that is being written on a shared layer here.
type LivePart struct {
	Stroke ink.Stroke // everything but Ink
	// From is how many points came before Points.
	From   int
	Points []ink.Point
}

const (
	// maxLiving bounds the strokes of others that are shown growing.
	maxLiving = 128
	// echoes is how many own strokes are known when they come back.
	echoes = 16
)

// inking is what a session holds of writing beside the replica.
type inking struct {
	layers map[string]meeting.Sheet // by meeting: the layer that is followed
	living map[string][]Living      // by layer's stream
	lasers map[string]Laser         // by item's stream
	out    map[string]*LivePart     // by layer's stream: what is still to be told
	mine   []string                 // ids of own strokes told
}

func newInking() inking {
	return inking{layers: map[string]meeting.Sheet{}, living: map[string][]Living{}, lasers: map[string]Laser{}, out: map[string]*LivePart{}}
}

func inkStream(id string, sheet meeting.Sheet) string {
	return protocol.InkStream(id, string(sheet.Item), string(sheet.Document))
}

// FollowLayer follows the shared layer of the document on the screen, in
// place of the one before; the zero sheet follows none.
func (s *Session) FollowLayer(id string, sheet meeting.Sheet) {
	s.change(func(e *effects) {
		was, ok := s.inking.layers[id]
		if was == sheet && ok {
			return
		}
		if ok {
			delete(s.inking.layers, id)
			delete(s.inking.living, inkStream(id, was))
			e.add(s.replica.CloseLayer(id, was))
		}
		if sheet != (meeting.Sheet{}) {
			s.inking.layers[id] = sheet
			e.add(s.replica.OpenLayer(id, sheet))
		}
	})
}

// SubmitInk is Submit for a command on what is written on a document: on the
// shared layer, or on this person's own notes.
func (s *Session) SubmitInk(id string, sheet meeting.Sheet, private bool, c meeting.Command) error {
	stream := inkStream(id, sheet)
	if private {
		stream = protocol.PersonStream(id)
	}
	var failed error
	s.change(func(e *effects) {
		now := s.opt.Now()
		if private {
			failed = s.replica.TryNotes(now, id, c)
		} else {
			failed = s.replica.Try(now, id, c)
		}
		if failed == nil {
			failed = s.take(e, id, stream, c)
		}
	})
	return failed
}

// take hands a command to the replica, to be kept and sent. The caller holds
// the lock.
func (s *Session) take(e *effects, id, stream string, c meeting.Command) error {
	got, err := s.replica.Submit(s.opt.Now(), uuid.NewString(), stream, c)
	switch {
	case errors.Is(err, replica.ErrFull):
		return &Problem{Code: protocol.CodeTooMany, What: "commands that wait"}
	case err != nil:
		return &Problem{Code: protocol.CodeInvalid, Err: err}
	}
	s.known[id] = true
	s.keep.outbox()
	e.add(got)
	poke(s.wakeKeep)
	return nil
}

// WriteLive tells the others of a layer of a stroke that is being written.
// Parts that the network is too slow for are joined; nothing waits for it.
func (s *Session) WriteLive(id string, sheet meeting.Sheet, p LivePart) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil || !s.replica.Ready() || len(p.Points) == 0 {
		return
	}
	stream := inkStream(id, sheet)
	if !slices.Contains(s.inking.mine, p.Stroke.ID) {
		s.inking.mine = append(s.inking.mine[max(0, len(s.inking.mine)-echoes+1):], p.Stroke.ID)
	}
	out := s.inking.out[stream]
	if out != nil && out.Stroke.ID == p.Stroke.ID && p.From >= out.From && p.From <= out.From+len(out.Points) {
		out.Points = append(out.Points[:p.From-out.From], p.Points...)
	} else {
		p.Points = slices.Clone(p.Points)
		s.inking.out[stream] = &p
	}
	poke(s.conn.wake)
}

// liveOut takes the next part to be told. The caller holds the lock.
func (s *Session) liveOut() (stream string, p protocol.Presence, ok bool) {
	for stream, out := range s.inking.out {
		n := min(len(out.Points), protocol.MaxLivePoints)
		packed, err := ink.Pack(out.Points[:n], false)
		o := out.Stroke
		part := protocol.LiveStroke{ID: o.ID, Page: o.Page, Version: o.Version, Tool: string(o.Tool), Colour: o.Colour, Width: o.Width, From: out.From, Ink: packed}
		out.From, out.Points = out.From+n, out.Points[n:]
		if len(out.Points) == 0 {
			delete(s.inking.out, stream)
		}
		if err != nil {
			continue // off the page: the others see it when it is finished
		}
		return stream, protocol.Presence{Kind: protocol.PresenceInk, Strokes: []protocol.LiveStroke{part}}, true
	}
	return "", p, false
}

// Point shows the others of an item where the presenter points; off says
// that the pointer is taken away.
func (s *Session) Point(id string, item meeting.ItemID, l Laser) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.presence(protocol.ItemStream(id, string(item)), protocol.Presence{Kind: protocol.PresenceLaser, Document: string(l.Place.Document),
		Version: l.Place.Version, Page: l.Place.Page, X: l.X, Y: l.Y, Off: l.Off})
}

// presentInk takes parts of the strokes of others. The caller holds the lock.
func (s *Session) presentInk(stream string, parts []protocol.LiveStroke) {
	all := slices.Clone(s.inking.living[stream])
	for _, p := range parts[:min(len(parts), maxLiving)] {
		points, err := ink.Unpack(p.Ink)
		if err != nil || slices.Contains(s.inking.mine, p.ID) || p.From < 0 {
			continue
		}
		i := slices.IndexFunc(all, func(l Living) bool { return l.Stroke.ID == p.ID })
		if i < 0 {
			all = append(all, Living{Stroke: ink.Stroke{ID: p.ID, Page: p.Page, Version: p.Version, Tool: ink.Tool(p.Tool),
				Colour: p.Colour, Width: p.Width, Author: p.By}})
			i = len(all) - 1
		}
		l := &all[i]
		from := min(p.From, len(l.Points)) // a part may have been lost
		if from < len(l.Points) {
			l.Points = slices.Clone(l.Points[:from])
		}
		if len(l.Points)+len(points) <= ink.MaxPoints {
			l.Points = append(l.Points, points...)
		}
		l.Seen = s.opt.Now()
	}
	s.inking.living[stream] = all[max(0, len(all)-maxLiving):]
}

// forgotten is how long a stroke that does not grow is shown: its writer may
// have lost the network, or have given it up.
const forgotten = 5 * time.Second

// prune drops the living strokes that are finished or given up. The caller
// holds the lock.
func (s *Session) prune() map[string][]Living {
	now := s.opt.Now()
	for stream, all := range s.inking.living {
		name, _ := protocol.ParseStream(stream)
		layer, _ := s.replica.Layer(name.Meeting, meeting.Sheet{Item: meeting.ItemID(name.Item), Document: meeting.DocumentID(name.Document)})
		over := func(l Living) bool {
			_, there := layer.Stroke(l.Stroke.ID)
			return there || now.Sub(l.Seen) > forgotten
		}
		if slices.ContainsFunc(all, over) {
			all = slices.DeleteFunc(slices.Clone(all), over)
		}
		if len(all) == 0 {
			delete(s.inking.living, stream)
		} else {
			s.inking.living[stream] = all
		}
	}
	out := make(map[string][]Living, len(s.inking.living))
	for stream, all := range s.inking.living {
		out[stream] = all
	}
	return out
}
