// Package protocol is what travels between a room's server and its clients:
// the messages of the socket, names of streams, limits, refusal and close
// codes. SPEC.md beside this file states the rules; marks like [S3] in tests
// cite them.
package protocol

import (
	"encoding/json"
	"strings"
	"time"

	"phonghop/shared/text"
)

// Version is the protocol's version. A client and a server of different
// versions do not talk: the older one is told to update.
//
// History:
//
//	1  2026-11  first version
const Version = 1

// Limits of the wire.
const (
	MaxClientMessage = 64 << 10         // bytes of one message from a client
	MaxServerMessage = 8 << 20          // bytes of one message from the server
	MaxStreams       = 512              // streams one connection follows
	MaxResume        = 1000             // events sent on resume; further behind, a snapshot
	HelloWithin      = 10 * time.Second // from the upgrade to the hello
	PingEvery        = 10 * time.Second // server's ping; a peer silent for three of them is gone
	Queue            = 512              // messages waiting for one slow reader
)

// Message types.
const (
	TypeHello       = "hello"       // client: first message
	TypeSubscribe   = "subscribe"   // client: follow further streams
	TypeUnsubscribe = "unsubscribe" // client
	TypeCommand     = "command"     // client
	TypePresence    = "presence"    // both
	TypeWelcome     = "welcome"     // server: answer to hello
	TypeStream      = "stream"      // server: where a stream stands, for each one asked for
	TypeEvent       = "event"       // server
	TypeDone        = "done"        // server: the command is durable
	TypeRefused     = "refused"     // server: the command left no trace
	TypeDropped     = "dropped"     // server: the stream is no longer for this person
)

// Message is every message of the socket: Type says which fields are set.
type Message struct {
	Type string `json:"type"`

	// hello
	Version int    `json:"version,omitempty"`
	Client  string `json:"client,omitempty"` // the client program's random id, kept across its starts
	Program string `json:"program,omitempty"`

	// welcome
	Now    time.Time `json:"now,omitzero"` // the server's clock
	Person string    `json:"person,omitempty"`
	Room   string    `json:"room,omitempty"` // the room's id

	// hello, subscribe, unsubscribe
	Streams []Position `json:"streams,omitempty"`

	// command, done, refused; event: the command that caused it
	Command string `json:"command,omitempty"`

	// stream, event, command, presence, dropped
	Stream string `json:"stream,omitempty"`
	// stream
	Epoch    string          `json:"epoch,omitempty"`
	Seq      uint64          `json:"seq,omitempty"` // stream: after what it carries; event: its own
	Snapshot json.RawMessage `json:"snapshot,omitempty"`
	Events   []Event         `json:"events,omitempty"`

	// done: how far the streams have come with this command
	Positions []Position `json:"positions,omitempty"`

	// event
	At  time.Time `json:"at,omitzero"`
	By  string    `json:"by,omitempty"`
	For string    `json:"for,omitempty"`

	// command, event, presence
	Body json.RawMessage `json:"body,omitempty"`

	// refused, dropped; stream: why it is not to be had
	Code string `json:"code,omitempty"`
	What string `json:"what,omitempty"`
}

// Event is an event inside a stream message.
type Event struct {
	Seq     uint64          `json:"seq"`
	Command string          `json:"command,omitempty"`
	At      time.Time       `json:"at"`
	By      string          `json:"by,omitempty"`
	For     string          `json:"for,omitempty"`
	Body    json.RawMessage `json:"body"`
}

// Position is a point in a stream: as a wish (what I have), or as a fact.
type Position struct {
	Stream string `json:"stream"`
	Epoch  string `json:"epoch,omitempty"`
	Seq    uint64 `json:"seq,omitempty"`
}

// RoomStream is the stream of the room's people.
const RoomStream = "room"

// MeetingStream names a meeting's stream.
func MeetingStream(meeting string) string { return "meeting/" + meeting }

// ItemStream names an agenda item's stream.
func ItemStream(meeting, item string) string { return "item/" + meeting + "/" + item }

// InkStream names the shared layer of an item's document: what is written on
// it for all to see. It is followed while the document is open.
func InkStream(meeting, item, document string) string {
	return "ink/" + meeting + "/" + item + "/" + document
}

// PersonStream names what a person keeps for himself in a meeting: his notes.
// It has no name of the person in it, because nobody ever reads anybody
// else's: on every connection it is that of whoever is signed in.
func PersonStream(meeting string) string { return "person/" + meeting }

// StreamName is a parsed stream name. Meeting and Item are empty for the
// room's stream, Item is for a meeting's; Document is set for a layer's.
// Private says that it is the person's own stream of the meeting.
type StreamName struct {
	Meeting, Item, Document string
	Private                 bool
}

// ParseStream parses a stream's name; ok is false for a name that no version
// of the protocol has.
func ParseStream(name string) (s StreamName, ok bool) {
	if name == RoomStream {
		return s, true
	}
	kind, rest, _ := strings.Cut(name, "/")
	switch kind {
	case "meeting":
		return StreamName{Meeting: rest}, text.ValidID(rest)
	case "item":
		m, i, _ := strings.Cut(rest, "/")
		return StreamName{Meeting: m, Item: i}, text.ValidID(m) && text.ValidID(i)
	case "ink":
		m, rest, _ := strings.Cut(rest, "/")
		i, d, _ := strings.Cut(rest, "/")
		return StreamName{Meeting: m, Item: i, Document: d}, text.ValidID(m) && text.ValidID(i) && text.ValidID(d)
	case "person":
		return StreamName{Meeting: rest, Private: true}, text.ValidID(rest)
	}
	return s, false
}

// String gives the stream's name back.
func (s StreamName) String() string {
	switch {
	case s.Private:
		return PersonStream(s.Meeting)
	case s.Document != "":
		return InkStream(s.Meeting, s.Item, s.Document)
	case s.Item != "":
		return ItemStream(s.Meeting, s.Item)
	case s.Meeting != "":
		return MeetingStream(s.Meeting)
	}
	return RoomStream
}
