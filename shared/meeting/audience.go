package meeting

import (
	"slices"
	"strconv"
)

// MaySeeMeeting reports whether the person may read the meeting's stream:
// participants, and while it is a draft only its secretaries.
func (s State) MaySeeMeeting(who PersonID) bool {
	p, ok := s.People[who]
	if !ok {
		return false
	}
	return s.Phase != Draft || p.Has(Secretary)
}

// MaySee reports whether the person is in the item's audience now.
//
// A restricted item is seen by the people named for it and nobody else. Any
// other item is seen by every participant, except that a guest sees the items
// he is invited to, from publication until the item has ended, and nothing
// between sittings.
func (s State) MaySee(who PersonID, id ItemID) bool {
	item, ok := s.Items[id]
	if !ok || !s.MaySeeMeeting(who) {
		return false
	}
	named := slices.Contains(item.Audience, who)
	if s.People[who].Has(Guest) {
		return named && s.guestsMayEnter() && !item.State.ended()
	}
	return named || !item.Restricted
}

func (s State) guestsMayEnter() bool {
	return s.Phase == Published || s.Phase == Open || s.Phase == Paused
}

func (i ItemState) ended() bool {
	return i == Done || i == Postponed || i == Withdrawn
}

// acts reports in whose name the person may do what only the chair may:
// the presiding person in his own, a secretary who is allowed to in his. Who
// presided last keeps the right between sittings, while he may still preside.
func (s State) acts(who PersonID) (onBehalf PersonID, ok bool) {
	if who == s.Presiding && s.People[who].Has(Chair) {
		return "", true
	}
	if slices.Contains(s.Acting, who) {
		return s.Presiding, true
	}
	return "", false
}

// MayChair reports whether the person can give the chair's commands now.
func (s State) MayChair(who PersonID) bool {
	_, ok := s.acts(who)
	return ok
}

// firstChair is who would preside if nobody else is named.
func (s State) firstChair() PersonID {
	var best Participant
	for _, p := range s.People {
		if !p.Has(Chair) {
			continue
		}
		if best.Person == "" || p.Order < best.Order || (p.Order == best.Order && p.Person < best.Person) {
			best = p
		}
	}
	return best.Person
}

func itoa(n int) string { return strconv.Itoa(n) }
