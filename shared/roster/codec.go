package roster

import (
	"encoding/json"
	"fmt"
)

type envelope struct {
	Kind string          `json:"kind"`
	V    int             `json:"v"`
	Data json.RawMessage `json:"data,omitempty"`
}

// Unknown is an event of a kind this program does not know. Apply skips it.
type Unknown struct{ envelope }

// Kind implements Event.
func (u Unknown) Kind() string { return u.envelope.Kind }

// EncodeEvent encodes an event as {"kind":…,"v":1,"data":{…}}.
func EncodeEvent(e Event) ([]byte, error) {
	if u, ok := e.(Unknown); ok {
		return json.Marshal(u.envelope)
	}
	data, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Kind(), err)
	}
	return json.Marshal(envelope{Kind: e.Kind(), V: 1, Data: data})
}

// DecodeEvent decodes an event. A kind that is not known is no error.
func DecodeEvent(b []byte) (Event, error) {
	var e envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return nil, fmt.Errorf("event: %w", err)
	}
	if e.V != 1 {
		return Unknown{e}, nil
	}
	switch e.Kind {
	case RoomNamed{}.Kind():
		return decode[RoomNamed](e)
	case PersonSet{}.Kind():
		return decode[PersonSet](e)
	case PersonRemoved{}.Kind():
		return decode[PersonRemoved](e)
	case ListSet{}.Kind():
		return decode[ListSet](e)
	case RuleSet{}.Kind():
		return decode[RuleSet](e)
	case RuleRemoved{}.Kind():
		return decode[RuleRemoved](e)
	}
	return Unknown{e}, nil
}

func decode[T Event](e envelope) (Event, error) {
	var out T
	if err := json.Unmarshal(e.Data, &out); err != nil {
		return nil, fmt.Errorf("%s: %w", e.Kind, err)
	}
	return out, nil
}

// Snapshot encodes the state.
func (s State) Snapshot() ([]byte, error) { return json.Marshal(s) }

// Restore decodes a snapshot.
func Restore(b []byte) (State, error) {
	var s State
	err := json.Unmarshal(b, &s)
	return s, err
}
