package meeting

import (
	"cmp"

	"phonghop/shared/text"
)

// run decides the commands that move a meeting on.
func (d *decision) run(c Command) error {
	if c, ok := c.(PassChair); ok {
		return d.passChair(c)
	}
	if c, ok := c.(OpenSitting); ok {
		return d.openSitting(c)
	}
	if err := d.asChair(c); err != nil {
		return err
	}
	switch c := c.(type) {
	case PauseSitting:
		return d.phase(Open, Paused, SittingPaused{})
	case ResumeSitting:
		return d.phase(Paused, Open, SittingResumed{})
	case EndSitting:
		if d.s.Phase == Adjourned {
			return nil
		}
		if !d.s.inSitting() {
			return refuse(BadState, string(d.s.Phase))
		}
		if err := d.votesOver(d.s.Current, false); err != nil {
			return err
		}
		d.suspendRunning()
		d.emit("", SittingEnded{})
		return nil
	case Close:
		return d.close()
	case SetItemState:
		return d.setItemState(c)
	}
	return refuse(UnknownKind, c.Kind())
}

// asChair checks that the actor may give the chair's commands, and notes for
// whom he acts.
func (d *decision) asChair(c Command) error {
	onBehalf, ok := d.s.acts(d.a.Person)
	if !ok {
		return refuse(NotAllowed, c.Kind())
	}
	d.onBehalf = onBehalf
	return nil
}

func (d *decision) phase(from, to Phase, b Body) error {
	switch d.s.Phase {
	case to:
		return nil
	case from:
		d.emit("", b)
		return nil
	}
	return refuse(BadState, string(d.s.Phase))
}

// openSitting may be given by anybody who can preside, and by a secretary who
// may act for the chair.
func (d *decision) openSitting(c OpenSitting) error {
	me := d.s.People[d.a.Person]
	_, acting := d.s.acts(d.a.Person)
	if !me.Has(Chair) && !acting {
		return refuse(NotAllowed, c.Kind())
	}
	if d.s.inSitting() {
		return nil
	}
	if d.s.Phase == Draft {
		return refuse(BadState, string(Draft))
	}
	to := c.Presiding
	if to == "" && me.Has(Chair) {
		to = d.a.Person
	}
	if to == "" && d.s.People[d.s.Presiding].Has(Chair) {
		to = d.s.Presiding
	}
	if to == "" {
		to = d.s.firstChair()
	}
	if to == "" || !d.s.People[to].Has(Chair) {
		return refuse(NoChair, "presiding")
	}
	if to != d.a.Person {
		d.onBehalf = to
	}
	d.emit("", SittingStarted{to})
	return nil
}

func (d *decision) close() error {
	if d.s.Phase == Draft || d.s.Phase == Published {
		return refuse(BadState, string(d.s.Phase))
	}
	for _, id := range d.s.Agenda {
		if err := cmp.Or(d.votesOver(id, false), d.votesOver(id, true)); err != nil {
			return err
		}
	}
	if d.s.Current != "" {
		d.emit("", ItemStateSet{d.s.Current, Done})
		d.leaveParent(d.s.Current, "")
	}
	d.emit("", MeetingClosed{})
	return nil
}

func (d *decision) suspendRunning() {
	if d.s.Current != "" {
		d.emit("", ItemStateSet{d.s.Current, Suspended})
	}
}

// passChair is one tap by the chair, the new chair or a secretary.
func (d *decision) passChair(c PassChair) error {
	me := d.s.People[d.a.Person]
	_, chairs := d.s.acts(d.a.Person)
	if !chairs && !me.Has(Secretary) && (c.To != d.a.Person || !me.Has(Chair)) {
		return refuse(NotAllowed, c.Kind())
	}
	if !d.s.inSitting() {
		return refuse(BadState, string(d.s.Phase))
	}
	if !d.s.People[c.To].Has(Chair) {
		return refuse(NoChair, "to")
	}
	if d.s.Presiding == c.To {
		return nil
	}
	if d.a.Person != d.s.Presiding && d.a.Person != c.To {
		d.onBehalf = d.s.Presiding
	}
	// A new chair who presents nothing himself takes over what the old one
	// was turning; another presenter goes on.
	if cur := d.s.Current; cur != "" && d.s.Contents[cur].Presenter == d.s.Presiding && d.s.MaySee(c.To, cur) {
		d.emit(cur, PresenterSet{c.To})
	}
	d.emit("", ChairPassed(c))
	return nil
}

func (d *decision) setItemState(c SetItemState) error {
	if !text.ValidID(string(c.Item)) {
		return refuse(Invalid, "item")
	}
	// The chair runs the whole agenda, also the items he may not read.
	item, ok := d.s.Items[c.Item]
	if !ok {
		return refuse(NotFound, "item")
	}
	if item.State == c.To {
		return nil
	}
	switch c.To {
	case Running:
		return d.startItem(c)
	case Suspended, Done:
		if item.State != Running && (c.To != Done || item.State != Suspended) {
			return refuse(BadState, string(item.State))
		}
		if err := d.votesOver(c.Item, false); err != nil {
			return err
		}
	case Postponed, Withdrawn:
		return d.dropItem(c, item)
	case Waiting:
		if item.State != Postponed && item.State != Withdrawn {
			return refuse(BadState, string(item.State))
		}
	default:
		return refuse(Invalid, "to")
	}
	d.emit("", ItemStateSet{c.Item, c.To})
	switch c.To {
	case Done:
		d.leaveParent(c.Item, "")
	case Waiting:
		for _, id := range d.s.Children(c.Item) {
			if d.s.Items[id].State == item.State {
				d.emit("", ItemStateSet{id, Waiting})
			}
		}
	}
	return nil
}

func (d *decision) dropItem(c SetItemState, item AgendaItem) error {
	if d.s.Phase == Draft {
		return refuse(BadState, string(Draft))
	}
	if item.State == Done {
		return refuse(BadState, string(Done))
	}
	reason, ok := text.Paragraphs(c.Reason, 0, MaxReason)
	if !ok {
		return refuse(Invalid, "reason")
	}
	if reason == "" {
		return refuse(NeedsReason, "reason")
	}
	return d.dropFamily(c, reason)
}

// startItem runs an item (again, if it ended before): the running one ends,
// the chair presents, and the first page of the first document is shown.
func (d *decision) startItem(c SetItemState) error {
	if d.s.Phase != Open {
		return refuse(BadState, string(d.s.Phase))
	}
	if cur := d.s.Current; cur != "" {
		if err := d.votesOver(cur, false); err != nil {
			return err
		}
		previous := c.Previous
		if previous == "" && d.s.Items[c.Item].Parent == cur {
			previous = Suspended // its sub-items are the rest of it
		}
		switch previous {
		case "", Done:
			d.emit("", ItemStateSet{cur, Done})
			d.leaveParent(cur, c.Item)
		case Suspended:
			d.emit("", ItemStateSet{cur, Suspended})
		default:
			return refuse(Invalid, "previous")
		}
	}
	d.emit("", ItemStateSet{c.Item, Running})
	content, known := d.s.Contents[c.Item]
	if content.Presenter == "" || !d.s.MaySee(content.Presenter, c.Item) {
		if d.s.MaySee(d.s.Presiding, c.Item) {
			d.emit(c.Item, PresenterSet{d.s.Presiding})
		}
	}
	if known && content.Shown.Page == 0 && len(content.Documents) > 0 {
		first := content.Documents[0]
		d.emit(c.Item, PageShown{Place{first.ID, first.Latest().Number, 1}})
	}
	return nil
}
