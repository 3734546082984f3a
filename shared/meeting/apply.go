package meeting

import (
	"maps"
	"slices"
	"time"
)

// Apply folds one event into the state and returns the new one. It is total
// and deterministic: an event that names what is not there, or of a kind it
// does not know, changes nothing. An event of the meeting's stream changes the
// meeting's part only, an event of an item's stream that item's Content only,
// an event of its sealed stream what is Sealed of it only, so that each stream can be resumed on its own.
func Apply(s State, e Event) State {
	if e.Sealed {
		return s.applySealed(e)
	}
	if e.Document != "" {
		return s.applyLayer(e)
	}
	if e.Item != "" {
		c := s.Contents[e.Item]
		if next, changed := c.apply(e); changed {
			return s.withContent(e.Item, next)
		}
		return s
	}
	switch b := e.Body.(type) {
	case Created:
		return s.created(b)
	case Described:
		return s.described(b, e.At)
	case ParticipantSet:
		s.People = maps.Clone(s.People)
		if s.People == nil {
			s.People = map[PersonID]Participant{}
		}
		s.People[b.Participant.Person] = b.Participant
		if !b.Participant.Has(Secretary) {
			s.Acting = without(s.Acting, b.Participant.Person)
		}
	case ParticipantRemoved:
		return s.withoutPerson(b.Person)
	case AnswerGiven, InvitedReminded:
		return s.applyAnswer(e)
	case ActingAllowed:
		s.Acting = sortedPeople(append(slices.Clone(s.Acting), b.Person))
	case ActingEnded:
		s.Acting = without(s.Acting, b.Person)
	case MeetingPublished, SittingStarted, SittingPaused, SittingResumed, SittingEnded, MeetingClosed, ChairPassed:
		return s.applyPhase(e)
	default:
		return s.applyAgenda(e)
	}
	return s
}

func (s State) created(b Created) State {
	s.Description = b.Description
	s.Phase = Draft
	if s.People == nil {
		s.People = map[PersonID]Participant{}
	}
	if s.Items == nil {
		s.Items = map[ItemID]AgendaItem{}
	}
	if s.Agenda == nil {
		s.Agenda = []ItemID{}
	}
	return s
}

func (s State) withoutPerson(who PersonID) State {
	s.People = maps.Clone(s.People)
	delete(s.People, who)
	s.Acting = without(s.Acting, who)
	s = s.withoutAnswer(who)
	for _, i := range s.Items {
		if slices.Contains(i.Audience, who) {
			i.Audience = without(i.Audience, who)
			s = s.withItem(i)
		}
	}
	s.Removed = slices.Clone(s.Removed)
	for n := range s.Removed {
		s.Removed[n].Audience = without(s.Removed[n].Audience, who)
	}
	return s
}

func (s State) applyPhase(e Event) State {
	switch b := e.Body.(type) {
	case MeetingPublished:
		s.Phase, s.Removed = Published, nil
		for id, n := range b.Numbers {
			if i, ok := s.Items[id]; ok {
				i.Number = n
				s = s.withItem(i)
			}
		}
	case SittingStarted:
		s.Phase = Open
		s.Presiding = b.Presiding
		s.Sittings = append(slices.Clip(s.Sittings), Sitting{Started: e.At, Presided: []PersonID{b.Presiding}})
	case ChairPassed:
		s.Presiding = b.To
		s = s.withLastSitting(func(x *Sitting) { x.Presided = append(slices.Clip(x.Presided), b.To) })
	case SittingPaused:
		s.Phase = Paused
		s = s.clock(s.Current, e.At, false)
	case SittingResumed:
		s.Phase = Open
		s = s.clock(s.Current, e.At, true)
	case SittingEnded:
		s.Phase = Adjourned
		s = s.withLastSitting(func(x *Sitting) { x.Ended = e.At })
	case MeetingClosed:
		s.Phase = Closed
		s = s.withLastSitting(func(x *Sitting) {
			if x.Ended.IsZero() {
				x.Ended = e.At
			}
		})
	}
	return s
}

func (s State) withLastSitting(change func(*Sitting)) State {
	if len(s.Sittings) == 0 {
		return s
	}
	s.Sittings = slices.Clone(s.Sittings)
	change(&s.Sittings[len(s.Sittings)-1])
	return s
}

// clock starts or stops an item's clock.
func (s State) clock(id ItemID, at time.Time, run bool) State {
	i, ok := s.Items[id]
	if !ok || run == !i.RunningSince.IsZero() {
		return s
	}
	if run {
		i.RunningSince = at
	} else {
		i.Spent, i.RunningSince = i.Used(at), time.Time{}
	}
	return s.withItem(i)
}

func (s State) applyAgenda(e Event) State {
	switch b := e.Body.(type) {
	case ItemAdded:
		return s.applyAdded(b, e.At)
	case ItemChanged:
		if i, ok := s.Items[b.ID]; ok {
			i.Kind, i.Brief, i.Minutes = b.Type, b.Brief, b.Minutes
			return s.withItem(i)
		}
	case ItemMoved:
		return s.applyMoved(b)
	case ItemRemoved:
		return s.applyRemoved(b)
	case AudienceSet:
		if i, ok := s.Items[b.ID]; ok {
			i.Restricted, i.Audience, i.Brief = b.Restricted, b.Audience, b.Brief
			i.Wider = b.Wider && i.Parent != ""
			return s.withItem(i)
		}
	case ItemStateSet:
		return s.applyItemState(b, e.At)
	}
	return s
}

func (s State) applyItemState(b ItemStateSet, at time.Time) State {
	i, ok := s.Items[b.ID]
	if !ok {
		return s
	}
	i.State = b.State
	s = s.withItem(i)
	if b.State == Running {
		s.Current = b.ID
		return s.clock(b.ID, at, s.Phase == Open)
	}
	if s.Current == b.ID {
		s.Current = ""
	}
	return s.clock(b.ID, at, false)
}

// apply folds an event of the item's own stream.
func (c Content) apply(e Event) (Content, bool) {
	switch b := e.Body.(type) {
	case ItemBriefed:
		c.Brief = b.Brief
	case ItemReasoned:
		c.Reason = b.Reason
	case PresenterSet:
		c.Presenter = b.Person
		c.Wishes = without(c.Wishes, b.Person)
	case PresentAsked:
		c.Wishes = append(slices.Clip(without(c.Wishes, b.Person)), b.Person)
	case PresentDropped:
		c.Wishes = without(c.Wishes, b.Person)
	case PageShown:
		c.Shown = b.Place
		c = c.reach()
	case FollowersRecalled:
		c.Recalls++
	case FollowersHeld:
		c = c.held(b.On)
	case InkOpened:
		c.Common = true
	case InkClosed:
		c.Common = false
	default:
		return c.applyDocument(e)
	}
	return c, true
}

func (c Content) applyDocument(e Event) (Content, bool) {
	switch b := e.Body.(type) {
	case DocumentAttached:
		if _, ok := c.Document(b.Document); ok {
			return c, false
		}
		v := Version{Number: 1, Hash: b.Hash, Name: b.Name, Pages: b.Pages, Bytes: b.Bytes, At: e.At, By: e.By}
		c.Documents = append(slices.Clip(c.Documents), Document{ID: b.Document, Title: b.Title, Kind: b.Type, Versions: []Version{v}})
	case DocumentReplaced:
		return c.withDocument(b.Document, func(d *Document) {
			v := Version{Number: d.Latest().Number + 1, Hash: b.Hash, Name: b.Name, Pages: b.Pages, Bytes: b.Bytes, At: e.At, By: e.By}
			d.Versions = append(slices.Clip(d.Versions), v)
		})
	case DocumentRetitled:
		return c.withDocument(b.Document, func(d *Document) { d.Title, d.Kind = b.Title, b.Type })
	case DocumentMoved:
		return c.moveDocument(b)
	case DocumentRemoved:
		if _, ok := c.Document(b.Document); !ok {
			return c, false
		}
		c.Documents = slices.DeleteFunc(slices.Clone(c.Documents), func(d Document) bool { return d.ID == b.Document })
		if c.Shown.Document == b.Document {
			c.Shown = Place{}
		}
	default:
		return c.applyVote(e)
	}
	return c, true
}

func (c Content) withDocument(id DocumentID, change func(*Document)) (Content, bool) {
	at := slices.IndexFunc(c.Documents, func(d Document) bool { return d.ID == id })
	if at < 0 {
		return c, false
	}
	c.Documents = slices.Clone(c.Documents)
	change(&c.Documents[at])
	return c, true
}

func (c Content) moveDocument(b DocumentMoved) (Content, bool) {
	ids := make([]DocumentID, len(c.Documents))
	for i, d := range c.Documents {
		ids[i] = d.ID
	}
	if !slices.Contains(ids, b.Document) {
		return c, false
	}
	ids = moved(ids, b.Document, b.Before)
	docs := make([]Document, len(ids))
	for i, id := range ids {
		docs[i], _ = c.Document(id)
	}
	c.Documents = docs
	return c, true
}

func without[T comparable](list []T, x T) []T {
	if !slices.Contains(list, x) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(y T) bool { return y == x })
}
