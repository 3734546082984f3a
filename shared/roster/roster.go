// Package roster holds what a whole room knows: its name, its people, the
// words that it offers while somebody types, and the rules by which its
// committee decides.
//
// It is the pure state machine behind the stream "room". Secrets (PINs,
// sessions) never enter it: every signed-in device of the room can read it,
// and names with their positions are shown before sign-in, so that a person
// can pick their own.
//
// The package has no clock, no randomness and no I/O.
package roster

import (
	"cmp"
	"maps"
	"slices"
)

// PersonID names a person of the room: 1 to 64 characters of [A-Za-z0-9_-].
type PersonID string

// Bounds of what a roster accepts, in runes unless said otherwise.
const (
	MaxPeople   = 5000 // people in one room
	MaxName     = 120  // a person's name, the room's name
	MaxPosition = 200  // a position, e.g. "Phó Chủ tịch"
	MaxUnit     = 200  // a unit, e.g. "Sở Tài chính"
	MaxOrder    = 1_000_000
)

// Kind says what stands behind an account.
type Kind string

// The kinds of account.
const (
	KindPerson    Kind = "person"    // a human being
	KindProjector Kind = "projector" // the big screen of a room
)

// Person is what the room may know of somebody.
type Person struct {
	ID       PersonID `json:"id"`
	Kind     Kind     `json:"kind"`
	Name     string   `json:"name"`
	Position string   `json:"position,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	// Order is the order of precedence; smaller comes first.
	Order int `json:"order,omitempty"`
	// Desk says that the person may create meetings and keep the roster.
	Desk bool `json:"desk,omitempty"`
}

// State is the room as of one sequence number. It is a value: Apply never
// changes a State it was given.
type State struct {
	Name   string              `json:"name"`
	People map[PersonID]Person `json:"people"`
	// Lists has the lists that this room has words of its own for.
	Lists map[ListName][]string `json:"lists,omitempty"`
	// Rules are the committee's own rules of deciding.
	Rules map[RuleID]Rule `json:"rules,omitempty"`
}

// Sorted lists the people by precedence, then name, then id.
func (s State) Sorted() []Person {
	return slices.SortedFunc(maps.Values(s.People), func(a, b Person) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}

// desks counts the people who may keep the roster.
func (s State) desks() int {
	n := 0
	for _, p := range s.People {
		if p.Desk {
			n++
		}
	}
	return n
}
