package controller

import (
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// PeopleView is the room's roster, for its secretaries.
type PeopleView struct {
	Status Status
	Room   string      // the room's name
	People []PersonRow // by precedence
	// CanEdit: the person keeps the roster.
	CanEdit bool
}

// People is the room's roster.
func (c *Controller) People() PeopleView {
	v := c.seen()
	out := PeopleView{Status: statusOf(v), Room: v.Roster.Name, CanEdit: v.Me.Desk}
	for _, p := range v.Roster.Sorted() {
		out.People = append(out.People, personRow(p))
	}
	return out
}

// AddPerson adds a person to the roster, with the PIN he signs in with first.
// An empty id is filled in; it is returned. done is told the refusal code, ""
// when he is on the roster; it may be nil.
func (c *Controller) AddPerson(p roster.Person, pin string, done func(code string)) (id meeting.PersonID) {
	return p.ID
}

// SetPerson changes what is known of a person.
func (c *Controller) SetPerson(p roster.Person, done func(code string)) {}

// RemovePerson takes a person off the roster.
func (c *Controller) RemovePerson(id meeting.PersonID, done func(code string)) {}

// SetPIN gives a person a new PIN. For one's own, old is the PIN used until
// now; for others it is "".
func (c *Controller) SetPIN(id meeting.PersonID, old, pin string, done func(code string)) {}

// NameRoom gives the room its name.
func (c *Controller) NameRoom(name string, done func(code string)) {}
