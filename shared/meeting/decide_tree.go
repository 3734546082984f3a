package meeting

import (
	"cmp"
	"slices"
	"strings"
)

// parent checks that an item can be put below another, "" for none, and
// before one of its sub-items. On the first level, before a sub-item means
// before its parent.
func (d *decision) parent(parent, id, before ItemID) error {
	if parent != "" {
		if _, err := d.item(parent); err != nil {
			return refuse(NotFound, "parent")
		}
		if !d.s.mayHold(parent, id) {
			return refuse(Invalid, "parent")
		}
	}
	if before != "" && (!slices.Contains(d.s.Agenda, before) || parent != "" && d.s.Items[before].Parent != parent) {
		return refuse(NotFound, "before")
	}
	return nil
}

// insertedNumber numbers an item that is added after publication: "7a" after
// 7, then "7b"; at the very front "0a". Below an item it is "7.1a" after 7.1.
// An item at the end goes on counting.
func (d *decision) insertedNumber(parent, before ItemID) string {
	siblings, prefix := d.s.siblings(parent), ""
	if parent != "" {
		prefix = d.s.Number(parent) + "."
	} else if p := d.s.Items[before].Parent; p != "" {
		before = p
	}
	at := slices.Index(siblings, before)
	taken := make(map[string]bool, len(d.s.Items))
	for _, n := range d.s.Numbers() {
		taken[n] = true
	}
	if before == "" || at < 0 {
		for n := len(siblings) + 1; ; n++ {
			if s := prefix + itoa(n); !taken[s] {
				return s
			}
		}
	}
	base := prefix + "0"
	if at > 0 {
		base = strings.TrimRight(d.s.Number(siblings[at-1]), "abcdefghijklmnopqrstuvwxyz")
	}
	for c := 'a'; c <= 'z'; c++ {
		if s := base + string(c); !taken[s] {
			return s
		}
	}
	return ""
}

// within fits who may see a sub-item into who may see its parent: below a
// restricted item nobody else sees it, unless wider says so. Whoever names
// somebody else without saying so is refused.
func (d *decision) within(parent ItemID, wider, restricted bool, audience []PersonID) (bool, []PersonID, error) {
	p := d.s.Items[parent]
	if parent == "" || wider || !p.Restricted {
		return restricted, audience, nil
	}
	for _, who := range audience {
		if !slices.Contains(p.Audience, who) {
			return false, nil, refuse(Wider, "audience")
		}
	}
	if !restricted {
		return true, slices.Clone(p.Audience), nil
	}
	return true, audience, nil
}

// narrow restricts a sub-item to those who see its parent, whose audience is
// given, where more people see it without that having been said. The last
// who sees it is not taken from it.
func (d *decision) narrow(item AgendaItem, audience []PersonID) error {
	if item.Wider {
		return nil
	}
	if !item.Restricted {
		d.emit("", AudienceSet{ID: item.ID, Restricted: true, Audience: slices.Clone(audience)})
		return nil
	}
	var left []PersonID
	for _, who := range item.Audience {
		if slices.Contains(audience, who) {
			left = append(left, who)
		}
	}
	switch {
	case len(left) == 0:
		return refuse(InUse, "children")
	case len(left) < len(item.Audience):
		d.emit("", AudienceSet{ID: item.ID, Restricted: true, Audience: left})
	}
	return nil
}

func (d *decision) moveItem(c MoveItem) error {
	item, err := d.item(c.ID)
	if err != nil {
		return err
	}
	if c.Before == c.ID {
		return nil
	}
	if err := d.parent(c.Parent, c.ID, c.Before); err != nil {
		return err
	}
	if c.Parent == item.Parent && slices.Equal(d.s.placed(c.ID, c.Parent, c.Before), d.s.Agenda) {
		return nil
	}
	if c.Parent != item.Parent && d.s.Phase != Draft {
		return refuse(BadState, "numbers are fixed")
	}
	if p := d.s.Items[c.Parent]; c.Parent != "" && c.Parent != item.Parent && p.Restricted {
		if err := d.narrow(item, p.Audience); err != nil {
			return err
		}
	}
	d.emit("", ItemMoved(c))
	return nil
}

// removeItem takes an item off a draft, and its sub-items with it.
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
	for _, id := range d.s.Children(c.ID) {
		if _, err := d.item(id); err != nil {
			return refuse(InUse, "children")
		}
		d.emit("", ItemRemoved{id})
	}
	d.emit("", ItemRemoved(c))
	return nil
}

// restoreItem puts an item back that was taken off the draft. Who saw it sees
// it again, and nobody else.
func (d *decision) restoreItem(c RestoreItem) error {
	if _, ok := d.s.Items[c.ID]; ok {
		return nil
	}
	item, ok := d.s.removed(c.ID)
	if !ok || item.Restricted && !slices.Contains(item.Audience, d.a.Person) {
		return refuse(NotFound, "item")
	}
	if d.s.Phase != Draft {
		return refuse(BadState, string(d.s.Phase))
	}
	if len(d.s.Items) >= MaxItems {
		return refuse(TooMany, "items")
	}
	if err := d.parent(c.Parent, c.ID, c.Before); err != nil {
		return err
	}
	d.emit("", ItemAdded{ID: c.ID, Parent: c.Parent, Before: c.Before, Type: item.Kind, Brief: item.Brief, Minutes: item.Minutes,
		Restricted: item.Restricted, Audience: item.Audience, Wider: item.Wider && c.Parent != ""})
	if p := d.s.Items[c.Parent]; c.Parent != "" && p.Restricted {
		return d.narrow(item, p.Audience)
	}
	return nil
}

// leaveParent ends the suspended parent of an item that is done, when the room
// leaves its last sub-item for something else.
func (d *decision) leaveParent(cur, next ItemID) {
	p := d.s.Items[cur].Parent
	if p == "" || next != "" && (next == p || d.s.Items[next].Parent == p) || d.s.Items[p].State != Suspended {
		return
	}
	for _, id := range d.s.Children(p) {
		if id != cur && !d.s.Items[id].State.ended() {
			return
		}
	}
	d.emit("", ItemStateSet{p, Done})
}

// dropFamily postpones or withdraws an item, and with it those of its
// sub-items that are still to be held.
func (d *decision) dropFamily(c SetItemState, reason string) error {
	all := []ItemID{c.Item}
	for _, id := range d.s.Children(c.Item) {
		if !d.s.Items[id].State.ended() {
			all = append(all, id)
		}
	}
	for _, id := range all {
		if err := cmp.Or(d.votesOver(id, false), d.votesOver(id, true)); err != nil {
			return err
		}
	}
	for _, id := range all {
		d.emit("", ItemStateSet{id, c.To})
		d.emit(id, ItemReasoned{reason})
		d.cancelPrepared(id, reason)
	}
	return nil
}
