package session

import (
	"maps"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
	"phonghop/shared/roster"
)

// Link says how a session stands with its server.
type Link string

// The states of the link.
const (
	Connecting Link = "connecting" // no answer yet since the start
	Live       Link = "live"       // every stream asked for is up to date
	Offline    Link = "offline"    // the server is away; trying again by itself
	Ended      Link = "ended"      // will not try again by itself: View.Why tells why
)

// Followers is what a presenter or chair is told about the others of an item,
// in people.
type Followers struct{ Follow, Apart int }

// Part is the part of the presented page the presenter looks at: upper edge
// and height as fractions of the page's height, 0 to 1.
type Part struct {
	Place       meeting.Place
	Top, Height float64
}

// Loading tells how much of a document is on this device: pages in small
// width, of all its pages.
type Loading struct{ Ready, Pages int }

// Complete reports whether every page can be read without the server.
func (l Loading) Complete() bool { return l.Pages > 0 && l.Ready >= l.Pages }

// View is everything a session knows at one moment. It is a value: neither it
// nor anything it refers to ever changes.
type View struct {
	Link Link
	// Why is set once Link is Ended.
	Why *Problem
	// Room is the room's id, Me who signed in on this device.
	Room string
	Me   roster.Person
	// Offset is the server's clock minus the device's.
	Offset time.Duration

	Roster roster.State
	// List has the meetings the person takes part in. Listed is false until
	// the list has been seen once, from the server or from this device.
	List   []protocol.MeetingSummary
	Listed bool
	// Meetings has the open meetings by id, as the server knows them plus
	// what this device has asked for and the server has not answered yet.
	Meetings map[string]meeting.State
	// Gone has the open meetings the server says are not to be had, with the
	// code it gave.
	Gone map[string]string

	// Notes has this person's own notes in the open meetings, by their ids.
	// NotesKnown has those of them that came from the server.
	Notes      map[string]notes.State
	NotesKnown map[string]bool
	// Living has the strokes that others are writing, by layer's stream.
	Living map[string][]Living
	Lasers map[string]Laser // by item stream

	Followers map[string]Followers // by item stream
	Parts     map[string]Part      // by item stream

	// Pending counts what the person wished and the server has not answered
	// yet; Outbox has it, and the places read that are kept without a word.
	Pending int
	Outbox  []replica.Pending
	// Unkept says that the device cannot keep what comes in: its disk is full
	// or broken. Reading goes on, from the server only.
	Unkept bool

	// Documents tells by hash how far the documents of open meetings are here.
	Documents map[string]Loading
}

// Now is the server's time, given the device's.
func (v View) Now(device time.Time) time.Time { return device.Add(v.Offset) }

// with copies a map and sets one entry.
func with[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	out := make(map[K]V, len(m)+1)
	maps.Copy(out, m)
	out[k] = v
	return out
}
