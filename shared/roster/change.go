package roster

import (
	"fmt"
	"maps"

	"phonghop/shared/text"
)

// Refusal says why a command was not carried out. Its Code is stable and
// translated by the client.
type Refusal struct {
	Code string
	What string
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s", r.Code, r.What) }

// Actor is who gives a command.
type Actor struct {
	Person PersonID
	// Owner is set for the server's own administration (first start).
	Owner bool
}

// Command is one wish to change the roster.
type Command interface{ isCommand() }

// NameRoom gives the room its name.
type NameRoom struct {
	Name string `json:"name"`
}

// SetPerson adds a person or changes what is known of one.
type SetPerson struct {
	Person Person `json:"person"`
}

// RemovePerson takes a person off the roster. Meetings keep the name they had.
type RemovePerson struct {
	Person PersonID `json:"person"`
}

func (NameRoom) isCommand()     {}
func (SetPerson) isCommand()    {}
func (RemovePerson) isCommand() {}

// Event is one thing that happened to the roster.
type Event interface{ Kind() string }

// The events of the stream "room", version 1 each.
type (
	// RoomNamed gives the room a name.
	RoomNamed struct {
		Name string `json:"name"`
	}
	// PersonSet adds or replaces a person.
	PersonSet struct {
		Person Person `json:"person"`
	}
	// PersonRemoved takes a person off the roster.
	PersonRemoved struct {
		Person PersonID `json:"person"`
	}
)

// Kind implements Event.
func (RoomNamed) Kind() string { return "room.named" }

// Kind implements Event.
func (PersonSet) Kind() string { return "person.set" }

// Kind implements Event.
func (PersonRemoved) Kind() string { return "person.removed" }

// Decide says what a command means, or refuses it with a *Refusal.
func Decide(s State, a Actor, c Command) ([]Event, error) {
	if !a.Owner && !s.People[a.Person].Desk {
		return nil, &Refusal{"not_allowed", "only the room's secretaries keep the roster"}
	}
	switch c := c.(type) {
	case NameRoom:
		name, err := clean("name", c.Name, 1, MaxName)
		if err != nil {
			return nil, err
		}
		if name == s.Name {
			return nil, nil
		}
		return []Event{RoomNamed{name}}, nil
	case SetPerson:
		return decideSet(s, c.Person)
	case SetList:
		return decideList(s, c)
	case RemovePerson:
		p, ok := s.People[c.Person]
		if !ok {
			return nil, nil // removed already: the wish is fulfilled
		}
		if p.Desk && s.desks() == 1 {
			return nil, &Refusal{"last_secretary", "a room keeps at least one secretary"}
		}
		return []Event{PersonRemoved(c)}, nil
	case SetRule:
		return decideRule(s, c.Rule)
	case RemoveRule:
		if _, ok := s.Rules[c.Rule]; !ok {
			return nil, nil
		}
		return []Event{RuleRemoved(c)}, nil
	default:
		return nil, &Refusal{"unknown_kind", "unknown command"}
	}
}

func decideSet(s State, p Person) ([]Event, error) {
	if !text.ValidID(string(p.ID)) {
		return nil, &Refusal{"invalid", "person.id"}
	}
	var err error
	if p.Name, err = clean("person.name", p.Name, 1, MaxName); err != nil {
		return nil, err
	}
	if p.Position, err = clean("person.position", p.Position, 0, MaxPosition); err != nil {
		return nil, err
	}
	if p.Unit, err = clean("person.unit", p.Unit, 0, MaxUnit); err != nil {
		return nil, err
	}
	if p.Order < 0 || p.Order > MaxOrder {
		return nil, &Refusal{"invalid", "person.order"}
	}
	switch p.Kind {
	case "":
		p.Kind = KindPerson
	case KindPerson, KindProjector:
	default:
		return nil, &Refusal{"invalid", "person.kind"}
	}
	if p.Kind == KindProjector {
		p.Desk = false
	}
	old, exists := s.People[p.ID]
	if old == p {
		return nil, nil
	}
	if !exists && len(s.People) >= MaxPeople {
		return nil, &Refusal{"too_many", "people"}
	}
	if old.Desk && !p.Desk && s.desks() == 1 {
		return nil, &Refusal{"last_secretary", "a room keeps at least one secretary"}
	}
	return []Event{PersonSet{p}}, nil
}

func clean(field, s string, least, most int) (string, error) {
	out, ok := text.Line(s, least, most)
	if !ok {
		return "", &Refusal{"invalid", field}
	}
	return out, nil
}

// Apply folds one event into the state. It is total: an event of a kind it
// does not know changes nothing.
func Apply(s State, e Event) State {
	switch e := e.(type) {
	case RoomNamed:
		s.Name = e.Name
	case PersonSet:
		s.People = maps.Clone(s.People)
		if s.People == nil {
			s.People = map[PersonID]Person{}
		}
		s.People[e.Person.ID] = e.Person
	case ListSet:
		return s.withList(e)
	case PersonRemoved:
		s.People = maps.Clone(s.People)
		delete(s.People, e.Person)
	case RuleSet:
		return s.withRule(e.Rule)
	case RuleRemoved:
		return s.withoutRule(e.Rule)
	}
	return s
}
