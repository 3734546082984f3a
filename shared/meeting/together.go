package meeting

import "slices"

// HoldFollowers asks everybody to look at the presented page together: nobody
// goes ahead of the presenter. It ends with the item. The chair gives it.
type HoldFollowers struct {
	Item ItemID `json:"item"`
	On   bool   `json:"on"`
}

// FollowersHeld says whether the chair asks to look at the presented page
// together.
type FollowersHeld struct {
	On bool `json:"on"`
}

// Kind implements Command.
func (HoldFollowers) Kind() string { return "followers.hold" }

// Kind implements Body. Never change it.
func (FollowersHeld) Kind() string { return "followers.held" }

// Ahead is the last page of a document of the item that the person is asked to
// turn to, while the chair holds the room together: the furthest one that was
// presented. 0 means that there is no such bound: nothing of the document was
// presented, or the person presents, presides or is a secretary. It is a wish
// to people, no right: who reads alone may read everything.
func (s State) Ahead(who PersonID, item ItemID, doc DocumentID) int {
	c := s.Contents[item]
	if !c.Held || s.Current != item || c.Presenter == who || s.MayChair(who) || s.People[who].Has(Secretary) {
		return 0
	}
	for _, p := range c.Reached {
		if p.Document == doc {
			return p.Page
		}
	}
	return 0
}

func (d *decision) holdFollowers(c HoldFollowers) error {
	if err := d.presentedItem(c.Item); err != nil {
		return err
	}
	if err := d.asChair(c); err != nil {
		return err
	}
	if d.s.Contents[c.Item].Held != c.On {
		d.emit(c.Item, FollowersHeld{c.On})
	}
	return nil
}

// endTogether lets everybody go with the end of the item, in the item's own
// stream: no stream depends on another.
func (d *decision) endTogether() {
	if cur := d.s.Current; cur != "" && d.s.Contents[cur].Held && d.ends(cur) {
		d.emit(cur, FollowersHeld{})
	}
}

// ends reports whether the events so far end an item.
func (d *decision) ends(item ItemID) bool {
	return slices.ContainsFunc(d.events, func(e Event) bool {
		b, ok := e.Body.(ItemStateSet)
		return ok && b.ID == item && b.State != Running
	})
}

// held folds whether the room is held together; what is shown then is the
// furthest page of its document.
func (c Content) held(on bool) Content {
	c.Held, c.Reached = on, nil
	return c.reach()
}

// reach notes the presented page, if the room is held together.
func (c Content) reach() Content {
	if !c.Held || c.Shown.Page < 1 {
		return c
	}
	i := slices.IndexFunc(c.Reached, func(p Place) bool { return p.Document == c.Shown.Document })
	switch {
	case i < 0 && len(c.Reached) < MaxDocuments:
		c.Reached = append(slices.Clip(c.Reached), c.Shown)
	case i >= 0 && (c.Reached[i].Page < c.Shown.Page || c.Reached[i].Version != c.Shown.Version):
		c.Reached = slices.Clone(c.Reached)
		c.Reached[i] = c.Shown
	}
	return c
}
