package room

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"phonghop/shared/meeting"
)

// VoteSheet is what the paper of a vote is written from: as much of it as a
// person may know.
type VoteSheet struct {
	Sight
	Title, Place string
	Number       string // of the item
	Item         string // its title
	About        string // title of the document it is about, "" for none
	Presiding    meeting.PersonID
	Secretaries  []meeting.PersonID
	// People has the names and positions of the participants.
	People map[meeting.PersonID]meeting.Participant
	// Times is when each opinion was given that this person may know of.
	Times map[meeting.PersonID]time.Time
}

// VoteSheet tells what a person may know of a vote, for its paper; ok is false
// where there is none for him.
func (h *Hall) VoteSheet(ctx context.Context, person, id, item, vote string) (s VoteSheet, ok bool, err error) {
	l, err := h.live(ctx, id, false)
	if errors.Is(err, errNotFound) {
		return s, false, nil
	}
	if err != nil {
		return s, false, err
	}
	var out VoteSheet
	var found bool
	err = l.ask(ctx, func() {
		at := meeting.ItemID(item)
		out.Sight, found = sight(l.state, meeting.PersonID(person), at, meeting.VoteID(vote))
		if !found {
			return
		}
		out.Title, out.Place, out.Number, out.Item = l.state.Title, l.state.Place, l.state.Number(at), l.state.Brief(at).Title
		out.Presiding, out.People = l.state.Presiding, maps.Clone(l.state.People)
		if doc, ok := l.state.Contents[at].Document(out.Voting.Plan.About.Document); ok {
			out.About = doc.Title
		}
		out.Times = timesFor(l.state.Sealed[at].Votes[out.Voting.ID].Times, meeting.PersonID(person), out.Sight)
		for _, who := range slices.Sorted(maps.Keys(l.state.People)) {
			if l.state.People[who].Has(meeting.Secretary) {
				out.Secretaries = append(out.Secretaries, who)
			}
		}
	})
	if err != nil {
		return s, false, err // what the meeting still writes is not to be looked at
	}
	return out, found, nil
}

// timesFor are the times of the ballots that a person may know: his own, and
// all of them together with the choices.
func timesFor(all map[meeting.PersonID]time.Time, person meeting.PersonID, s Sight) map[meeting.PersonID]time.Time {
	out := map[meeting.PersonID]time.Time{}
	for who, at := range all {
		if _, known := s.Voting.Choices[who]; known || who == person {
			out[who] = at
		}
	}
	return out
}
