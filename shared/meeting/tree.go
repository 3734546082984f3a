package meeting

import (
	"slices"
	"time"
)

// The agenda is a list in which every sub-item follows its parent, behind the
// sub-items before it. There is one level below an item: 3, 3.1, 3.2, 4.

// maxRemoved bounds how many items taken off a draft can be put back.
const maxRemoved = 100

// Children lists the sub-items of an item, in order.
func (s State) Children(id ItemID) []ItemID {
	if id == "" {
		return nil
	}
	return s.siblings(id)
}

// siblings lists the items that have this parent, "" for those that have none.
func (s State) siblings(parent ItemID) []ItemID {
	var out []ItemID
	for _, x := range s.Agenda {
		if s.Items[x].Parent == parent {
			out = append(out, x)
		}
	}
	return out
}

// family is an item with its sub-items, in order.
func (s State) family(id ItemID) []ItemID { return append([]ItemID{id}, s.Children(id)...) }

// mayHold reports whether an item can be the parent of another: it has none
// itself, and the other has no sub-items.
func (s State) mayHold(parent, id ItemID) bool {
	p, ok := s.Items[parent]
	return ok && parent != id && p.Parent == "" && len(s.Children(id)) == 0
}

// placed is the agenda with an item, and its sub-items with it, put below a
// parent or ("") on the first level: before another there, or at the end.
// Before a sub-item, on the first level, is before the item it belongs to.
func (s State) placed(id, parent, before ItemID) []ItemID {
	block := s.family(id)
	if before == id || parent == "" && slices.Contains(block, before) {
		return s.Agenda
	}
	rest := slices.DeleteFunc(slices.Clone(s.Agenda), func(x ItemID) bool { return slices.Contains(block, x) })
	at := len(rest)
	switch {
	case parent != "":
		at = slices.Index(rest, parent) + 1
		for at < len(rest) && s.Items[rest[at]].Parent == parent && rest[at] != before {
			at++
		}
	case before != "":
		if p := s.Items[before].Parent; p != "" {
			before = p
		}
		if i := slices.Index(rest, before); i >= 0 {
			at = i
		}
	}
	return slices.Insert(rest, at, block...)
}

// Number is the item's number as shown: the fixed one, or its place.
func (s State) Number(id ItemID) string {
	item, ok := s.Items[id]
	if !ok || item.Number != "" {
		return item.Number
	}
	n := slices.Index(s.siblings(item.Parent), id)
	switch {
	case n < 0:
		return ""
	case item.Parent != "":
		return s.Number(item.Parent) + "." + itoa(n+1)
	}
	return itoa(n + 1)
}

// Numbers are the numbers of all items, as Number gives them, found in one
// walk over the agenda.
func (s State) Numbers() map[ItemID]string {
	out := make(map[ItemID]string, len(s.Agenda))
	count := make(map[ItemID]int)
	for _, id := range s.Agenda {
		item := s.Items[id]
		count[item.Parent]++
		switch {
		case item.Number != "":
			out[id] = item.Number
		case item.Parent != "":
			out[id] = out[item.Parent] + "." + itoa(count[item.Parent])
		default:
			out[id] = itoa(count[""])
		}
	}
	return out
}

func (s State) applyAdded(b ItemAdded, at time.Time) State {
	if _, ok := s.Items[b.ID]; ok {
		return s
	}
	item := AgendaItem{ID: b.ID, Number: b.Number, Kind: b.Type, Brief: b.Brief, Minutes: b.Minutes,
		Restricted: b.Restricted, Audience: b.Audience, State: Waiting}
	if s.Exists() && s.Phase != Draft {
		item.Added = at
	}
	if s.mayHold(b.Parent, b.ID) {
		item.Parent, item.Wider = b.Parent, b.Wider
	}
	s = s.withItem(item)
	s.Agenda = s.placed(b.ID, item.Parent, b.Before)
	s.Removed = slices.DeleteFunc(slices.Clone(s.Removed), func(x AgendaItem) bool { return x.ID == b.ID })
	if len(s.Removed) == 0 {
		s.Removed = nil
	}
	return s
}

func (s State) applyMoved(b ItemMoved) State {
	item, ok := s.Items[b.ID]
	if !ok || b.Parent != "" && !s.mayHold(b.Parent, b.ID) {
		return s
	}
	item.Parent = b.Parent
	if b.Parent == "" {
		item.Wider = false
	}
	agenda := s.placed(b.ID, b.Parent, b.Before)
	s = s.withItem(item)
	s.Agenda = agenda
	return s
}

// applyRemoved takes an item off. Its sub-items, which were taken off before
// it unless something is damaged, come to the first level.
func (s State) applyRemoved(b ItemRemoved) State {
	item, ok := s.Items[b.ID]
	if !ok {
		return s
	}
	for _, id := range s.Children(b.ID) {
		child := s.Items[id]
		child.Parent, child.Wider = "", false
		s = s.withItem(child)
	}
	s.Agenda = without(s.Agenda, b.ID)
	s = s.withItem(item)
	delete(s.Items, b.ID)
	if s.Current == b.ID {
		s.Current = ""
	}
	if s.Phase == Draft {
		s.Removed = append(slices.Clone(s.Removed), item)
		s.Removed = s.Removed[max(0, len(s.Removed)-maxRemoved):]
	}
	return s
}

// removed finds an item that was taken off and can be put back.
func (s State) removed(id ItemID) (AgendaItem, bool) {
	at := slices.IndexFunc(s.Removed, func(x AgendaItem) bool { return x.ID == id })
	if at < 0 {
		return AgendaItem{}, false
	}
	return s.Removed[at], true
}
