package protocol_test

import (
	"strings"
	"testing"

	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

func TestStreamNames(t *testing.T) { // [S1] [B2]
	for name, want := range map[string]protocol.StreamName{
		protocol.RoomStream:                          {},
		protocol.MeetingStream("m-1"):                {Meeting: "m-1"},
		protocol.ItemStream("m", "I"):                {Meeting: "m", Item: "I"},
		protocol.InkStream("m", "i", "d"):            {Meeting: "m", Item: "i", Document: "d"},
		protocol.PersonStream("m"):                   {Meeting: "m", Private: true},
		"meeting/" + strings.Repeat("x", text.MaxID): {Meeting: strings.Repeat("x", text.MaxID)},
	} {
		if got, ok := protocol.ParseStream(name); !ok || got != want || got.String() != name {
			t.Errorf("%q: %+v %v", name, got, ok)
		}
	}
	for _, name := range []string{
		"", "room/", "rooms", "Room", "meeting", "meeting/", "meeting/a/b", "meeting/a b", "item/", "item/m", "item/m/", "item//i",
		"item/m/i/x", "ink/m/i", "ink/m/i/", "ink/m//d", "ink/m/i/d/x", "person/", "person/m/x", "item/m/ế", "/item/m/i", "document/d", "meeting/" + strings.Repeat("x", text.MaxID+1),
	} {
		if got, ok := protocol.ParseStream(name); ok {
			t.Errorf("%q is read as %+v", name, got)
		}
	}
}

// A name that is read is written the same, so that two names never mean one
// stream. // [S1]
func FuzzParseStream(f *testing.F) {
	f.Add("room")
	f.Add("meeting/m-1")
	f.Add("item/m-1/i_2")
	f.Fuzz(func(t *testing.T, name string) {
		if s, ok := protocol.ParseStream(name); ok && s.String() != name {
			t.Errorf("%q is written %q", name, s)
		}
	})
}
