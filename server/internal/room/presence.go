package room

import (
	"encoding/json"
	"log/slog"
	"math"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// presenceEvery is how often gathered presence is spoken: one frame for all
// that has changed, so that a thousand readers cost a presenter no more than
// one.
const presenceEvery = 50 * time.Millisecond

// presence is what is true now and not history: who follows, and which part
// of the page the presenter looks at.
type presence struct {
	timer  *time.Timer
	armed  bool
	byItem map[string]*itemPresence
	live   map[string][]protocol.LiveStroke // by layer's stream, not yet spoken
}

type itemPresence struct {
	following map[Reader]bool
	view      *protocol.Presence
	viewDirty bool
	countsDue bool
	laser     *protocol.Presence // not yet spoken
}

func (p *presence) init() {
	p.byItem = map[string]*itemPresence{}
	p.live = map[string][]protocol.LiveStroke{}
	p.timer = time.NewTimer(time.Hour)
	p.timer.Stop()
}

func (p *presence) due() <-chan time.Time { return p.timer.C }
func (p *presence) stop()                 { p.timer.Stop() }

func (p *presence) arm() {
	if !p.armed {
		p.armed = true
		p.timer.Reset(presenceEvery)
	}
}

func (p *presence) item(id string) *itemPresence {
	i, ok := p.byItem[id]
	if !ok {
		i = &itemPresence{following: map[Reader]bool{}}
		p.byItem[id] = i
	}
	return i
}

func (p *presence) joined(item string) {
	i := p.item(item)
	i.countsDue = true
	i.viewDirty = i.view != nil
	p.arm()
}

func (p *presence) left(item string, r Reader) {
	i, ok := p.byItem[item]
	if !ok {
		return
	}
	if _, had := i.following[r]; had {
		delete(i.following, r)
		i.countsDue = true
		p.arm()
	}
}

// stateChanged forgets a view of a page that is no longer presented.
func (p *presence) stateChanged(s meeting.State) {
	for id, i := range p.byItem {
		shown := s.Contents[meeting.ItemID(id)].Shown
		if v := i.view; v != nil && (v.Document != string(shown.Document) || v.Version != shown.Version || v.Page != shown.Page) {
			i.view = nil
		}
		if string(s.Current) == id {
			i.countsDue = true
			p.arm()
		}
	}
}

// tell is presence that came from a connection.
type tell struct {
	reader Reader
	name   protocol.StreamName
	body   protocol.Presence
}

func (t *tell) handle(l *Live) {
	f, ok := l.feeds[t.name.String()]
	if !ok {
		return
	}
	if _, reads := f.readers[t.reader]; !reads {
		return
	}
	if t.name.Document != "" {
		t.writing(l, f)
		return
	}
	i := l.presence.item(t.name.Item)
	switch t.body.Kind {
	case protocol.PresenceLaser:
		t.pointing(l, i)
	case protocol.PresenceReading:
		if was, had := i.following[t.reader]; !had || was != t.body.Following {
			i.following[t.reader] = t.body.Following
			i.countsDue = true
			l.presence.arm()
		}
	case protocol.PresenceView:
		c := l.state.Contents[meeting.ItemID(t.name.Item)]
		here := meeting.Place{Document: meeting.DocumentID(t.body.Document), Version: t.body.Version, Page: t.body.Page}
		if c.Presenter != meeting.PersonID(t.reader.Person()) || here != c.Shown || !fraction(t.body.Top) || !fraction(t.body.Height) {
			return
		}
		v := t.body
		v.Following, v.Follow, v.Apart, v.X, v.Y, v.Off, v.Strokes = false, 0, 0, 0, 0, false, nil
		i.view, i.viewDirty = &v, true
		l.presence.arm()
	}
}

func fraction(x float64) bool { return !math.IsNaN(x) && x >= 0 && x <= 1 }

func (l *Live) speakPresence() {
	l.presence.armed = false
	l.speakStrokes()
	for id, i := range l.presence.byItem {
		f, ok := l.feeds[protocol.ItemStream(l.id, id)]
		if !ok {
			continue
		}
		if i.countsDue {
			i.countsDue = false
			l.speakCounts(id, i, f)
		}
		if i.laser != nil {
			fr := l.presenceFrame(f.name, *i.laser)
			i.laser = nil
			if fr != nil {
				f.deliver(fr)
			}
		}
		if i.viewDirty && i.view != nil {
			i.viewDirty = false
			if fr := l.presenceFrame(f.name, *i.view); fr != nil {
				f.deliver(fr)
			}
		}
	}
}

// speakCounts tells the presenter and whoever chairs how many people follow.
// Several devices of one person count once, and follow if one of them does.
func (l *Live) speakCounts(item string, i *itemPresence, f *feed) {
	presenter := l.state.Contents[meeting.ItemID(item)].Presenter
	people := map[meeting.PersonID]bool{}
	for r, following := range i.following {
		who := meeting.PersonID(r.Person())
		if who == presenter || l.state.People[who].Has(meeting.Projector) {
			continue
		}
		people[who] = people[who] || following
	}
	p := protocol.Presence{Kind: protocol.PresenceFollowers}
	for _, following := range people {
		if following {
			p.Follow++
		} else {
			p.Apart++
		}
	}
	fr := l.presenceFrame(f.name, p)
	if fr == nil {
		return
	}
	for r := range f.readers {
		who := meeting.PersonID(r.Person())
		if who == presenter || l.state.MayChair(who) {
			r.Deliver(fr)
		}
	}
}

func (l *Live) presenceFrame(stream string, p protocol.Presence) *Frame {
	body, err := json.Marshal(p)
	if err == nil {
		var fr *Frame
		if fr, err = l.make.frame(protocol.Message{Type: protocol.TypePresence, Stream: stream, Body: body}); err == nil {
			return fr
		}
	}
	slog.Error("presence not sent", "stream", stream, "err", err)
	return nil
}
