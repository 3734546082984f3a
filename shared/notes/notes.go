// Package notes is what one person writes on the documents of one meeting for
// himself alone. It is a state machine of its own, in a stream that only its
// owner's devices read: nothing of it is ever in the meeting's history.
//
// The commands are those of writing for all to see (package meeting: AddStroke,
// EraseStrokes, ReplaceStrokes, ClearLayer), given on another stream, and
// those of one's own reading (KeepPlace, MarkPage, SeeMeeting). Nothing here has
// a clock, randomness or I/O.
package notes

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/text"
)

// Bounds of one person's notes in one meeting.
const (
	MaxSheets  = 1000 // documents written on
	MaxStrokes = 20_000
	MaxWeight  = 4 << 20 // bytes of ink and text, as packed
)

// Reducer is the version of Apply: a stored snapshot of another is not used.
const Reducer = 3

// State is a person's notes in a meeting. It is a value: Apply never changes
// a State it was given. The zero State has none.
type State struct {
	layers map[meeting.Sheet]ink.Layer
	places map[meeting.Sheet]Place         // where one read last
	marks  map[meeting.Sheet]map[int]Place // marked pages, by number
	seen   time.Time                       // when the meeting was looked at last
}

// Event is one thing that happened to the notes on a document.
type Event struct {
	Sheet meeting.Sheet
	At    time.Time
	Body  ink.Body
}

// Layer is what is written on a document.
func (s State) Layer(id meeting.Sheet) ink.Layer { return s.layers[id] }

// Sheets lists the documents that are written on, in a stable order.
func (s State) Sheets() []meeting.Sheet {
	var out []meeting.Sheet
	for id, l := range s.layers {
		if l.Len() > 0 {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, compareSheets)
	return out
}

// Decide says what a command means for these notes, or refuses it with a
// *meeting.Refusal. No event and no error says that the wish is fulfilled
// already. on is what is known of the document.
func Decide(s State, c meeting.Command, on ink.Sheet, at time.Time) (*Event, error) {
	var id meeting.Sheet
	var body ink.Body
	var err error
	if _, ok := c.(meeting.SeeMeeting); ok {
		return s.see(at), nil
	}
	switch c := c.(type) {
	case meeting.AddStroke:
		id = meeting.Sheet{Item: c.Item, Document: c.Document}
		body, err = s.Layer(id).Add(on, c.Stroke, "")
	case meeting.ReplaceStrokes:
		id = meeting.Sheet{Item: c.Item, Document: c.Document}
		body, err = s.Layer(id).Replace(on, c.IDs, c.Strokes, "")
	case meeting.EraseStrokes:
		id = meeting.Sheet{Item: c.Item, Document: c.Document}
		body, err = s.Layer(id).Remove(c.IDs, "", false)
	case meeting.ClearLayer:
		id = meeting.Sheet{Item: c.Item, Document: c.Document}
		body, err = s.Layer(id).Clear(c.Page)
	case meeting.KeepPlace:
		id = meeting.Sheet{Item: c.Item, Document: c.Document}
		body, err = s.keepPlace(c, on)
	case meeting.MarkPage:
		id = meeting.Sheet{Item: c.Item, Document: c.Document}
		body, err = s.markPage(c, on)
	default:
		return nil, &meeting.Refusal{Code: meeting.UnknownKind, What: c.Kind()}
	}
	var refused *ink.Refused
	switch {
	case errors.As(err, &refused):
		return nil, &meeting.Refusal{Code: meeting.Code(refused.Code), What: refused.What}
	case err != nil:
		return nil, err
	case !text.ValidID(string(id.Item)) || !text.ValidID(string(id.Document)):
		return nil, &meeting.Refusal{Code: meeting.Invalid, What: "item, document"}
	case body == nil:
		return nil, nil //nolint:nilnil // fulfilled already
	}
	e := Event{Sheet: id, At: at, Body: body}
	if what := Apply(s, e).beyond(); what != "" && s.beyond() == "" {
		return nil, &meeting.Refusal{Code: meeting.TooMany, What: what}
	}
	return &e, nil
}

// beyond names the bound that the notes exceed, if any.
func (s State) beyond() string {
	strokes, weight := 0, 0
	for _, l := range s.layers {
		strokes += l.Len()
		weight += l.Weight()
	}
	switch {
	case len(s.layers) > MaxSheets:
		return "documents"
	case strokes > MaxStrokes:
		return "strokes"
	case weight > MaxWeight:
		return "ink"
	}
	return ""
}

// Apply folds one event. It is total: what makes no sense changes nothing.
func Apply(s State, e Event) State {
	if _, ok := e.Body.(MeetingSeen); ok {
		s.seen = e.At
		return s
	}
	if !text.ValidID(string(e.Sheet.Item)) || !text.ValidID(string(e.Sheet.Document)) {
		return s
	}
	switch e.Body.(type) {
	case PlaceKept, PageMarked:
		return s.read(e)
	}
	l := s.layers[e.Sheet].Apply(e.Body, "", e.At)
	s.layers = maps.Clone(s.layers)
	if s.layers == nil {
		s.layers = map[meeting.Sheet]ink.Layer{}
	}
	if l.Empty() {
		delete(s.layers, e.Sheet)
	} else {
		s.layers[e.Sheet] = l
	}
	return s
}

// envelope is how an event travels and is kept.
type envelope struct {
	Kind     string             `json:"kind"`
	V        int                `json:"v"`
	Item     meeting.ItemID     `json:"item"`
	Document meeting.DocumentID `json:"document"`
	Data     json.RawMessage    `json:"data,omitempty"`
}

// Encode encodes an event; its time travels beside it.
func Encode(e Event) ([]byte, error) {
	inner, err := meeting.EncodeBody(e.Body)
	if err != nil {
		return nil, err
	}
	var out envelope
	if err := json.Unmarshal(inner, &out); err != nil {
		return nil, fmt.Errorf("%s: %w", e.Body.Kind(), err)
	}
	out.Item, out.Document = e.Sheet.Item, e.Sheet.Document
	return json.Marshal(out)
}

// Decode decodes an event. A kind that is not known is no error: Apply passes
// over it.
func Decode(data []byte, at time.Time) (Event, error) {
	var in envelope
	if err := json.Unmarshal(data, &in); err != nil {
		return Event{}, fmt.Errorf("note: %w", err)
	}
	body, err := decodeBody(in, data)
	if err != nil {
		return Event{}, err
	}
	return Event{Sheet: meeting.Sheet{Item: in.Item, Document: in.Document}, At: at, Body: body}, nil
}

func decodeBody(in envelope, data []byte) (ink.Body, error) {
	switch {
	case in.V == 1 && in.Kind == PlaceKept{}.Kind():
		return bodyOf[PlaceKept](in)
	case in.V == 1 && in.Kind == PageMarked{}.Kind():
		return bodyOf[PageMarked](in)
	case in.V == 1 && in.Kind == MeetingSeen{}.Kind():
		return MeetingSeen{}, nil
	}
	return meeting.DecodeBody(data)
}

func bodyOf[B ink.Body](in envelope) (ink.Body, error) {
	var b B
	if len(in.Data) > 0 {
		if err := json.Unmarshal(in.Data, &b); err != nil {
			return nil, fmt.Errorf("%s: %w", in.Kind, err)
		}
	}
	return b, nil
}

// kept is how notes are kept.
type kept struct {
	Sheets []keptSheet `json:"sheets"`
	Places []keptPlace `json:"places,omitempty"`
	Marks  []keptPlace `json:"marks,omitempty"`
	Seen   time.Time   `json:"seen,omitzero"`
}

type keptSheet struct {
	Item     meeting.ItemID     `json:"item"`
	Document meeting.DocumentID `json:"document"`
	Layer    ink.Layer          `json:"layer"`
}

// Snapshot encodes the notes.
func (s State) Snapshot() ([]byte, error) {
	out := kept{Sheets: []keptSheet{}}
	for _, id := range s.Sheets() {
		out.Sheets = append(out.Sheets, keptSheet{id.Item, id.Document, s.layers[id]})
	}
	out.Places, out.Marks = s.keptPlaces()
	out.Seen = s.seen
	return json.Marshal(out)
}

// Restore decodes a snapshot.
func Restore(snapshot []byte) (State, error) {
	var in kept
	if err := json.Unmarshal(snapshot, &in); err != nil {
		return State{}, fmt.Errorf("notes: %w", err)
	}
	s := State{layers: make(map[meeting.Sheet]ink.Layer, len(in.Sheets))}
	for _, k := range in.Sheets {
		s.layers[meeting.Sheet{Item: k.Item, Document: k.Document}] = k.Layer
	}
	s.seen = in.Seen
	return s.restorePlaces(in.Places, in.Marks), nil
}
