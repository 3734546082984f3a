package controller

import (
	"cmp"
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// mostNews bounds each list of what is to be read.
const mostNews = 60

// NewsKind says what has changed.
type NewsKind string

// The kinds of news.
const (
	NewsTime     NewsKind = "time"     // another time or place
	NewsItem     NewsKind = "item"     // an item was added
	NewsDocument NewsKind = "document" // a document was added
	NewsVersion  NewsKind = "version"  // a document was replaced
)

// Errand is one thing that leads to a meeting, an item or a document of it.
type Errand struct {
	Meeting string // its id
	Title   string // the meeting's
	Starts  time.Time
	// Item and Document are empty for what concerns the whole meeting; Number
	// and ItemTitle are the item's, "" where they are not for this person.
	Item              meeting.ItemID
	Number, ItemTitle string
	Document          DocumentRow
	// Kind is of news, When they came.
	Kind NewsKind
	When time.Time
	// Duty is why a document is to be read first.
	Duty Duty
}

// Duty is what a person has to do with an item.
type Duty string

// The duties.
const (
	DutyReport Duty = "report" // reports on it
	DutyVote   Duty = "vote"   // votes on it
	DutyDecide Duty = "decide" // decides with the others
)

// ToReadView is what of the coming meetings is new to a person, and what he
// should read first. Both are over all meetings at hand.
type ToReadView struct {
	// News is what came since he looked at the meeting last, the earliest
	// meeting first.
	News []Errand
	// First are documents of items on which he reports, decides or votes and
	// which he has not read to their end: of the earliest meeting first,
	// and of that what he never opened, or only an older version of.
	First []Errand
}

// ToRead is what of the coming meetings is new to this person, and what he
// should read first.
func (c *Controller) ToRead() ToReadView { return toReadView(c.seen(), c.now()) }

// Saw says that the person has looked at a meeting as it is now: what comes
// later is new, on all of his devices. Where nothing was new, nothing is sent.
func (c *Controller) Saw(id string) {
	v := c.seen()
	at := sceneOf(v, id, c.now())
	if v.NotesKnown[id] && at.coming() && (at.lookedAt().IsZero() || len(at.news()) > 0) {
		// Refused only where the outbox is full: then it is new another time.
		_ = c.submitInk(id, meeting.Sheet{}, true, meeting.SeeMeeting{})
	}
}

func toReadView(v session.View, device time.Time) ToReadView {
	var out ToReadView
	for _, m := range v.List {
		c := sceneOf(v, m.ID, device)
		if !c.coming() {
			continue
		}
		out.News = append(out.News, c.news()...)
		out.First = append(out.First, c.first()...)
	}
	byMeeting := func(a, b Errand) int {
		return cmp.Or(a.Starts.Compare(b.Starts), cmp.Compare(a.Meeting, b.Meeting))
	}
	slices.SortStableFunc(out.News, byMeeting)
	slices.SortStableFunc(out.First, func(a, b Errand) int {
		return cmp.Or(byMeeting(a, b), cmp.Compare(a.Document.begun(), b.Document.begun()))
	})
	out.News, out.First = out.News[:min(len(out.News), mostNews)], out.First[:min(len(out.First), mostNews)]
	return out
}

// coming reports whether a meeting was sent and is not over.
func (c scene) coming() bool {
	return c.s.Exists() && c.s.Phase != meeting.Draft && c.s.Phase != meeting.Closed && !past(MeetingRow{Phase: c.s.Phase, Starts: c.s.Starts, Ends: c.s.Ends}, c.now)
}

// lookedAt is when this person looked at the meeting last; zero: never.
func (c scene) lookedAt() time.Time { return c.view.Notes[c.id].Seen() }

// news lists what came since this person looked at the meeting last. All of a
// meeting he never looked at is new: that is said of the meeting itself.
func (c scene) news() []Errand {
	since := c.lookedAt()
	if since.IsZero() {
		return nil
	}
	var out []Errand
	tell := func(kind NewsKind, when time.Time, e Errand) {
		e.Kind, e.When = kind, when
		out = append(out, e)
	}
	if c.s.Rescheduled.At.After(since) {
		tell(NewsTime, c.s.Rescheduled.At, c.errand(""))
	}
	for _, id := range c.s.Agenda {
		i := c.s.Items[id]
		if i.State == meeting.Postponed || i.State == meeting.Withdrawn {
			continue
		}
		if i.Added.After(since) {
			tell(NewsItem, i.Added, c.errand(id))
			continue // it leads to its documents
		}
		if !c.s.MaySee(c.me, id) {
			continue
		}
		for _, d := range c.s.Contents[id].Documents {
			row := c.document(id, d)
			if !d.Latest().At.After(since) || row.Known() {
				continue
			}
			e := c.errand(id)
			e.Document = row
			kind := NewsVersion
			if v, _ := d.Version(1); v.At.After(since) && row.ReadPage == 0 {
				kind = NewsDocument
			}
			tell(kind, d.Latest().At, e)
		}
	}
	return out
}

func (c scene) errand(item meeting.ItemID) Errand {
	e := Errand{Meeting: c.id, Title: c.s.Title, Starts: c.s.Starts}
	if item != "" {
		e.Item, e.Number, e.ItemTitle = item, c.s.Number(item), c.s.Brief(item).Title
	}
	return e
}

// first lists the documents that this person has to know for his part in the
// meeting and has not read to their end.
func (c scene) first() []Errand {
	var out []Errand
	for _, id := range c.s.Agenda {
		i := c.s.Items[id]
		duty := c.duty(id)
		if duty == "" || !c.s.MaySee(c.me, id) || i.State != meeting.Waiting && i.State != meeting.Running && i.State != meeting.Suspended {
			continue
		}
		for _, d := range c.s.Contents[id].Documents {
			row := c.document(id, d)
			if row.Known() && row.ReadPage >= row.Pages-1 { // two pages may lie side by side
				continue
			}
			e := c.errand(id)
			e.Document, e.Duty = row, duty
			out = append(out, e)
		}
	}
	return out
}

func (c scene) duty(item meeting.ItemID) Duty {
	i, me := c.s.Items[item], c.s.People[c.me]
	switch {
	case c.s.Brief(item).Reporter == c.me && c.me != "":
		return DutyReport
	case !me.Member && !me.Has(meeting.Chair):
		return ""
	case i.Kind == meeting.Vote:
		return DutyVote
	case i.Kind == meeting.Settle:
		return DutyDecide
	}
	return ""
}
