package meeting

import (
	"slices"
	"strings"

	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// agenda decides the commands on agenda items.
func (d *decision) agenda(c Command) error {
	switch c := c.(type) {
	case AddItem:
		return d.addItem(c)
	case ChangeItem:
		return d.changeItem(c)
	case MoveItem:
		return d.moveItem(c)
	case RemoveItem:
		return d.removeItem(c)
	case SetAudience:
		return d.setAudience(c)
	}
	return refuse(UnknownKind, c.Kind())
}

func (d *decision) addItem(c AddItem) error {
	if !text.ValidID(string(c.ID)) {
		return refuse(Invalid, "id")
	}
	if _, ok := d.s.Items[c.ID]; ok {
		return nil // added already, by an earlier try
	}
	if _, ok := d.s.Contents[c.ID]; ok {
		return refuse(Exists, "id") // of a removed item, whose stream is still there
	}
	if len(d.s.Items) >= MaxItems {
		return refuse(TooMany, "items")
	}
	if c.Before != "" && !slices.Contains(d.s.Agenda, c.Before) {
		return refuse(NotFound, "before")
	}
	brief, err := d.cleanItem(c.Type, c.Brief, c.Minutes)
	if err != nil {
		return err
	}
	audience, err := d.cleanAudience(c.Restricted, c.Audience, brief.Reporter)
	if err != nil {
		return err
	}
	e := ItemAdded{ID: c.ID, Before: c.Before, Type: c.Type, Minutes: c.Minutes, Restricted: c.Restricted, Audience: audience}
	if !c.Restricted {
		e.Brief = brief
	}
	if d.s.Phase != Draft {
		if e.Number = d.insertedNumber(c.Before); e.Number == "" {
			return refuse(TooMany, "items at one number")
		}
	}
	d.emit("", e)
	d.emit(c.ID, ItemBriefed{brief})
	return nil
}

// insertedNumber numbers an item that is added after publication: "7a" after
// 7, then "7b"; at the very front "0a". An item at the end goes on counting.
func (d *decision) insertedNumber(before ItemID) string {
	at := len(d.s.Agenda)
	if before != "" {
		at = slices.Index(d.s.Agenda, before)
	}
	taken := make(map[string]bool, len(d.s.Items))
	for id := range d.s.Items {
		taken[d.s.Number(id)] = true
	}
	if at == len(d.s.Agenda) {
		for n := len(d.s.Agenda) + 1; ; n++ {
			if s := itoa(n); !taken[s] {
				return s
			}
		}
	}
	base := "0"
	if at > 0 {
		base = strings.TrimRight(d.s.Number(d.s.Agenda[at-1]), "abcdefghijklmnopqrstuvwxyz")
	}
	for c := 'a'; c <= 'z'; c++ {
		if s := base + string(c); !taken[s] {
			return s
		}
	}
	return ""
}

func (d *decision) cleanItem(kind ItemKind, b Brief, minutes int) (Brief, error) {
	var err error
	if b.Title, err = line("title", b.Title, 1, MaxTitle); err != nil {
		return b, err
	}
	if b.Unit, err = line("unit", b.Unit, 0, roster.MaxUnit); err != nil {
		return b, err
	}
	if _, ok := d.s.People[b.Reporter]; b.Reporter != "" && !ok {
		return b, refuse(NotFound, "reporter")
	}
	if !slices.Contains([]ItemKind{Report, Discuss, Settle, Vote, Other}, kind) {
		return b, refuse(Invalid, "type")
	}
	if minutes < 0 || minutes > MaxMinutes {
		return b, refuse(Invalid, "minutes")
	}
	return b, nil
}

// cleanAudience sorts the audience, checks that it is of this meeting, and
// adds who must be in it: the reporter while he takes part, and whoever
// restricts the item.
func (d *decision) cleanAudience(restricted bool, who []PersonID, reporter PersonID) ([]PersonID, error) {
	if len(who) > MaxParticipants {
		return nil, refuse(TooMany, "audience")
	}
	for _, id := range who {
		if _, ok := d.s.People[id]; !ok {
			return nil, refuse(NotFound, "audience")
		}
	}
	who = slices.Clone(who)
	if restricted {
		who = append(who, d.a.Person)
	}
	if p, ok := d.s.People[reporter]; ok && (restricted || p.Has(Guest)) {
		who = append(who, reporter)
	}
	return sortedPeople(who), nil
}

// item finds an item the actor may see; others do not exist for him.
func (d *decision) item(id ItemID) (AgendaItem, error) {
	if !d.s.MaySee(d.a.Person, id) {
		return AgendaItem{}, refuse(NotFound, "item")
	}
	return d.s.Items[id], nil
}

func (d *decision) changeItem(c ChangeItem) error {
	item, err := d.item(c.ID)
	if err != nil {
		return err
	}
	brief, err := d.cleanItem(c.Type, c.Brief, c.Minutes)
	if err != nil {
		return err
	}
	if d.s.Brief(c.ID) == brief && item.Kind == c.Type && item.Minutes == c.Minutes {
		return nil
	}
	e := ItemChanged{ID: c.ID, Type: c.Type, Minutes: c.Minutes}
	if !item.Restricted {
		e.Brief = brief
	}
	d.emit("", e)
	d.emit(c.ID, ItemBriefed{brief})
	// A reporter who could not see the item is let in.
	if r := brief.Reporter; r != "" && !slices.Contains(item.Audience, r) && (item.Restricted || d.s.People[r].Has(Guest)) {
		d.emit("", AudienceSet{ID: c.ID, Restricted: item.Restricted, Audience: sortedPeople(append(slices.Clone(item.Audience), r)), Brief: e.Brief})
	}
	return nil
}

func (d *decision) moveItem(c MoveItem) error {
	if _, err := d.item(c.ID); err != nil {
		return err
	}
	if c.Before == c.ID {
		return nil
	}
	if c.Before != "" && !slices.Contains(d.s.Agenda, c.Before) {
		return refuse(NotFound, "before")
	}
	if slices.Equal(moved(d.s.Agenda, c.ID, c.Before), d.s.Agenda) {
		return nil
	}
	d.emit("", ItemMoved(c))
	return nil
}

func (d *decision) removeItem(c RemoveItem) error {
	if _, ok := d.s.Items[c.ID]; !ok {
		return nil
	}
	if _, err := d.item(c.ID); err != nil {
		return err
	}
	if d.s.Phase != Draft {
		return refuse(BadState, "published items are withdrawn")
	}
	d.emit("", ItemRemoved(c))
	return nil
}

func (d *decision) setAudience(c SetAudience) error {
	item, err := d.item(c.ID)
	if err != nil {
		return err
	}
	brief := d.s.Brief(c.ID)
	audience, err := d.cleanAudience(c.Restricted, c.Audience, brief.Reporter)
	if err != nil {
		return err
	}
	if item.Restricted == c.Restricted && slices.Equal(item.Audience, audience) {
		return nil
	}
	e := AudienceSet{ID: c.ID, Restricted: c.Restricted, Audience: audience}
	if !c.Restricted {
		e.Brief = brief
	}
	d.emit("", e)
	return nil
}

// moved puts id before another, or at the end where before is empty.
func moved[T comparable](list []T, id, before T) []T {
	var none T
	out := make([]T, 0, len(list)+1)
	for _, x := range list {
		if x == before && before != none {
			out = append(out, id)
		}
		if x != id {
			out = append(out, x)
		}
	}
	if before == none || !slices.Contains(list, before) {
		out = append(out, id)
	}
	return out
}
