package meeting

import "slices"

// present decides the commands of presenting.
func (d *decision) present(c Command) error {
	switch c := c.(type) {
	case Recall:
		if err := d.presentedItem(c.Item); err != nil {
			return err
		}
		if err := d.asChair(c); err != nil {
			return err
		}
		d.emit(c.Item, FollowersRecalled{})
		return nil
	case HoldFollowers:
		return d.holdFollowers(c)
	case GivePresenter:
		return d.givePresenter(c)
	case AskPresenter:
		return d.askPresenter(c)
	case DropAsk:
		return d.dropAsk(c)
	case Show:
		return d.show(c)
	}
	return refuse(UnknownKind, c.Kind())
}

// presentedItem checks that the item runs and the actor may see it.
func (d *decision) presentedItem(id ItemID) error {
	if _, err := d.item(id); err != nil {
		return err
	}
	if d.s.Current != id {
		return refuse(BadState, "item is not running")
	}
	if !d.s.inSitting() {
		return refuse(BadState, string(d.s.Phase))
	}
	return nil
}

func (d *decision) givePresenter(c GivePresenter) error {
	if err := d.presentedItem(c.Item); err != nil {
		return err
	}
	presenter := d.s.Contents[c.Item].Presenter
	if d.a.Person != presenter {
		if err := d.asChair(c); err != nil {
			return err
		}
	}
	if !d.s.MaySee(c.To, c.Item) || d.s.People[c.To].Has(Projector) {
		return refuse(NotFound, "to")
	}
	if presenter != c.To {
		d.emit(c.Item, PresenterSet{c.To})
	}
	return nil
}

func (d *decision) askPresenter(c AskPresenter) error {
	if err := d.presentedItem(c.Item); err != nil {
		return err
	}
	if d.s.People[d.a.Person].Has(Projector) {
		return refuse(NotAllowed, c.Kind())
	}
	content := d.s.Contents[c.Item]
	if content.Presenter == d.a.Person || slices.Contains(content.Wishes, d.a.Person) {
		return nil
	}
	d.emit(c.Item, PresentAsked{d.a.Person})
	return nil
}

func (d *decision) dropAsk(c DropAsk) error {
	if err := d.presentedItem(c.Item); err != nil {
		return err
	}
	if c.Person != d.a.Person {
		if err := d.asChair(c); err != nil {
			return err
		}
	}
	if slices.Contains(d.s.Contents[c.Item].Wishes, c.Person) {
		d.emit(c.Item, PresentDropped{c.Person})
	}
	return nil
}

// show turns the page: the presenter, or whoever acts for the presiding
// person while that one presents.
func (d *decision) show(c Show) error {
	if err := d.presentedItem(c.Item); err != nil {
		return err
	}
	content := d.s.Contents[c.Item]
	if content.Presenter != d.a.Person {
		onBehalf, ok := d.s.acts(d.a.Person)
		if !ok || onBehalf == "" || content.Presenter != onBehalf {
			return refuse(NotAllowed, c.Kind())
		}
		d.onBehalf = onBehalf
	}
	doc, ok := content.Document(c.Document)
	if !ok {
		return refuse(NotFound, "document")
	}
	v, ok := doc.Version(c.Version)
	if !ok {
		return refuse(NotFound, "version")
	}
	if c.Page < 1 || c.Page > v.Pages {
		return refuse(Invalid, "page")
	}
	place := Place{doc.ID, v.Number, c.Page}
	if place != content.Shown {
		d.emit(c.Item, PageShown{place})
	}
	return nil
}
