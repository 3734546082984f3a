package roster

import (
	"maps"
	"slices"

	"phonghop/shared/text"
)

// ListName names one of the room's lists of words that are offered while
// somebody types. They bind nobody: anything else can be typed.
type ListName string

// The lists.
const (
	ListMeetings  ListName = "meetings"  // kinds of meeting
	ListPlaces    ListName = "places"    // rooms and other places
	ListPositions ListName = "positions" // of people
	ListUnits     ListName = "units"     // of people and items
	ListDocuments ListName = "documents" // kinds of document
	ListIssuers   ListName = "issuers"   // bodies that invite and issue
)

// ListNames are all lists, in the order in which they are shown.
func ListNames() []ListName {
	return []ListName{ListMeetings, ListPlaces, ListPositions, ListUnits, ListDocuments, ListIssuers}
}

// Bounds of a list.
const (
	MaxEntries = 200 // entries of one list
	MaxEntry   = 200 // runes of an entry
)

// SetList replaces a list, or with Defaults goes back to the words every room
// begins with. Blank and repeated entries are left out; a list may be empty.
type SetList struct {
	List     ListName `json:"list"`
	Entries  []string `json:"entries,omitempty"`
	Defaults bool     `json:"defaults,omitempty"`
}

func (SetList) isCommand() {}

// ListSet replaces a list, or with Defaults takes it off.
type ListSet struct {
	List     ListName `json:"list"`
	Entries  []string `json:"entries,omitempty"`
	Defaults bool     `json:"defaults,omitempty"`
}

// Kind implements Event.
func (ListSet) Kind() string { return "list.set" }

func decideList(s State, c SetList) ([]Event, error) {
	if !slices.Contains(ListNames(), c.List) {
		return nil, &Refusal{"invalid", "list"}
	}
	old, own := s.Lists[c.List]
	if c.Defaults {
		if !own {
			return nil, nil
		}
		return []Event{ListSet{List: c.List, Defaults: true}}, nil
	}
	if len(c.Entries) > 10*MaxEntries {
		return nil, &Refusal{"too_many", "entries"} // not worth cleaning
	}
	entries := []string{}
	seen := map[string]bool{}
	for _, e := range c.Entries {
		out, ok := text.Line(e, 0, MaxEntry)
		if !ok {
			return nil, &Refusal{"invalid", "entries"}
		}
		if out != "" && !seen[out] {
			seen[out] = true
			entries = append(entries, out)
		}
	}
	switch {
	case len(entries) > MaxEntries:
		return nil, &Refusal{"too_many", "entries"}
	case own && slices.Equal(entries, old):
		return nil, nil
	}
	return []Event{ListSet{List: c.List, Entries: entries}}, nil
}

func (s State) withList(e ListSet) State {
	s.Lists = maps.Clone(s.Lists)
	switch {
	case e.Defaults:
		delete(s.Lists, e.List)
		if len(s.Lists) == 0 {
			s.Lists = nil
		}
	case s.Lists == nil:
		s.Lists = map[ListName][]string{e.List: slices.Clone(e.Entries)}
	default:
		s.Lists[e.List] = slices.Clone(e.Entries)
	}
	return s
}
