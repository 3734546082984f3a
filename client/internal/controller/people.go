package controller

import (
	"context"

	"github.com/google/uuid"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// PeopleView is the room's roster, for its secretaries.
type PeopleView struct {
	Status Status
	Room   string      // the room's name
	People []PersonRow // by precedence
	// Lists has the lists of words that the room has its own entries for.
	Lists map[roster.ListName][]string
	// CanEdit: the person keeps the roster.
	CanEdit bool
}

// People is the room's roster.
func (c *Controller) People() PeopleView {
	v := c.seen()
	out := PeopleView{Status: statusOf(v), Room: v.Roster.Name, Lists: v.Roster.Lists, CanEdit: v.Me.Desk}
	for _, p := range v.Roster.Sorted() {
		out.People = append(out.People, personRow(p))
	}
	return out
}

// AddPerson adds a person to the roster, with the PIN he signs in with first.
// An empty id is filled in; it is returned. done is told the refusal code, ""
// when he is on the roster; where it is nil, a failure becomes a Notice.
func (c *Controller) AddPerson(p roster.Person, pin string, done func(code string)) (id meeting.PersonID) {
	if p.ID == "" {
		p.ID = meeting.PersonID(uuid.NewString())
	}
	c.request(done, func(ctx context.Context, s *session.Server) error { return s.AddPerson(ctx, p, pin) })
	return p.ID
}

// SetPerson changes what is known of a person.
func (c *Controller) SetPerson(p roster.Person, done func(code string)) {
	c.request(done, func(ctx context.Context, s *session.Server) error { return s.SetPerson(ctx, p) })
}

// RemovePerson takes a person off the roster.
func (c *Controller) RemovePerson(id meeting.PersonID, done func(code string)) {
	c.request(done, func(ctx context.Context, s *session.Server) error { return s.RemovePerson(ctx, id) })
}

// SetPIN gives a person a new PIN. For one's own, old is the PIN used until
// now; for others it is "".
func (c *Controller) SetPIN(id meeting.PersonID, old, pin string, done func(code string)) {
	c.request(done, func(ctx context.Context, s *session.Server) error { return s.SetPIN(ctx, id, old, pin) })
}

// NameRoom gives the room its name.
func (c *Controller) NameRoom(name string, done func(code string)) {
	c.request(done, func(ctx context.Context, s *session.Server) error { return s.NameRoom(ctx, name) })
}

// SetList replaces one of the room's lists of words.
func (c *Controller) SetList(list roster.ListName, entries []string, done func(code string)) {
	c.request(done, func(ctx context.Context, s *session.Server) error {
		return s.SetList(ctx, list, protocol.WordList{Entries: entries})
	})
}

// ResetList gives up the room's own words of a list for those every room
// begins with.
func (c *Controller) ResetList(list roster.ListName, done func(code string)) {
	c.request(done, func(ctx context.Context, s *session.Server) error {
		return s.SetList(ctx, list, protocol.WordList{Defaults: true})
	})
}

// request asks the server for what only it can do.
func (c *Controller) request(done func(code string), ask func(context.Context, *session.Server) error) {
	if done == nil {
		done = func(code string) {
			if code != "" {
				c.tell(Notice{Code: code})
			}
		}
	}
	c.background(func(ctx context.Context, s *session.Server) { done(Code(ask(ctx, s))) }, done)
}
