package meeting

import "fmt"

// Code says why a command was refused. Codes are stable; the client
// translates them.
type Code string

// The codes of refusal.
const (
	NotAllowed  Code = "not_allowed"  // this person may not do it
	NotFound    Code = "not_found"    // the thing named is not there, or not for this person
	BadState    Code = "bad_state"    // not in this phase or state
	Invalid     Code = "invalid"      // a field is out of its bounds
	TooMany     Code = "too_many"     // a bound on a number of things is reached
	Exists      Code = "exists"       // an id is taken by something else
	NeedsReason Code = "needs_reason" // postponing and withdrawing say why
	NoChair     Code = "no_chair"     // nobody in the meeting may preside
	InUse       Code = "in_use"       // the thing is presented, or presides, right now
	Wider       Code = "wider"        // a sub-item would be seen by more people than its restricted parent
	UnknownKind Code = "unknown_kind" // no such command
)

// Refusal is a command that was not carried out. It leaves no trace.
type Refusal struct {
	Code Code
	// What names the field or the obstacle, for the log and the developer.
	What string
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s", r.Code, r.What) }

func refuse(code Code, what string) error { return &Refusal{Code: code, What: what} }
