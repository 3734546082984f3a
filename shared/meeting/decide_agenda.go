package meeting

import (
	"slices"

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
	case RestoreItem:
		return d.restoreItem(c)
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
	if err := d.parent(c.Parent, c.ID, c.Before); err != nil {
		return err
	}
	brief, err := d.cleanItem(c.Type, c.Brief, c.Minutes)
	if err != nil {
		return err
	}
	audience, err := d.cleanAudience(c.Restricted, c.Audience, brief.Reporter)
	if err != nil {
		return err
	}
	e := ItemAdded{ID: c.ID, Parent: c.Parent, Before: c.Before, Type: c.Type, Minutes: c.Minutes, Wider: c.Wider && c.Parent != ""}
	if e.Restricted, e.Audience, err = d.within(c.Parent, c.Wider, c.Restricted, audience); err != nil {
		return err
	}
	if !e.Restricted {
		e.Brief = brief
	}
	if d.s.Phase != Draft {
		if e.Number = d.insertedNumber(c.Parent, c.Before); e.Number == "" {
			return refuse(TooMany, "items at one number")
		}
	}
	d.emit("", e)
	d.emit(c.ID, ItemBriefed{brief})
	return nil
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
	if r := brief.Reporter; r != "" && r != d.s.Brief(c.ID).Reporter && item.Restricted {
		if _, _, err := d.within(item.Parent, item.Wider, true, []PersonID{r}); err != nil {
			return err
		}
	}
	e := ItemChanged{ID: c.ID, Type: c.Type, Minutes: c.Minutes}
	if !item.Restricted {
		e.Brief = brief
	}
	d.emit("", e)
	d.emit(c.ID, ItemBriefed{brief})
	// A reporter who could not see the item is let in.
	if r := brief.Reporter; r != "" && !slices.Contains(item.Audience, r) && (item.Restricted || d.s.People[r].Has(Guest)) {
		d.emit("", AudienceSet{ID: c.ID, Restricted: item.Restricted, Audience: sortedPeople(append(slices.Clone(item.Audience), r)), Wider: item.Wider, Brief: e.Brief})
	}
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
	wider := c.Wider && item.Parent != ""
	restricted, audience, err := d.within(item.Parent, wider, c.Restricted, audience)
	if err != nil {
		return err
	}
	if item.Restricted == restricted && item.Wider == wider && slices.Equal(item.Audience, audience) {
		return nil
	}
	e := AudienceSet{ID: c.ID, Restricted: restricted, Audience: audience, Wider: wider}
	if !restricted {
		e.Brief = brief
	}
	d.emit("", e)
	for _, id := range d.s.Children(c.ID) {
		if !restricted {
			break
		}
		if err := d.narrow(d.s.Items[id], audience); err != nil {
			return err
		}
	}
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
