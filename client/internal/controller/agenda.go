package controller

import (
	"cmp"
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Keys of words that stand for data.
const (
	keyRestricted = "state.restricted"
)

var phaseKeys = map[meeting.Phase]string{
	meeting.Draft: "meetings.draft", meeting.Published: "meetings.published", meeting.Open: "meetings.open",
	meeting.Paused: "meetings.paused", meeting.Adjourned: "meetings.adjourned", meeting.Closed: "meetings.closed",
}

var stateKeys = map[meeting.ItemState]string{
	meeting.Waiting: "agenda.planned", meeting.Running: "agenda.running", meeting.Suspended: "agenda.paused",
	meeting.Done: "agenda.done", meeting.Postponed: "agenda.postponed", meeting.Withdrawn: "agenda.withdrawn",
}

// scene is one moment of one meeting as one person sees it; the models are
// computed from it.
type scene struct {
	view session.View
	id   string
	s    meeting.State
	me   meeting.PersonID
	now  time.Time // the server's
}

func sceneOf(v session.View, id string, device time.Time) scene {
	return scene{view: v, id: id, s: v.Meetings[id], me: v.Me.ID, now: v.Now(device)}
}

func (c scene) can(cmd meeting.Command) bool {
	_, err := meeting.Decide(c.s, meeting.Actor{Person: c.me, Desk: c.view.Me.Desk}, cmd, c.now)
	return err == nil
}

// does reports whether the command would be carried out and change something.
func (c scene) does(cmd meeting.Command) bool {
	events, err := meeting.Decide(c.s, meeting.Actor{Person: c.me, Desk: c.view.Me.Desk}, cmd, c.now)
	return err == nil && len(events) > 0
}

func (c scene) status() Status {
	st := statusOf(c.view)
	for _, content := range c.s.Contents {
		for _, d := range content.Documents {
			st.Documents++
			if c.view.Documents[d.Latest().Hash].Complete() {
				st.Ready++
			}
		}
	}
	return st
}

func statusOf(v session.View) Status {
	st := Status{Link: v.Link, Pending: v.Pending, Unkept: v.Unkept}
	if v.Why != nil {
		st.WhyCode = screenCode(v.Why.Code)
	}
	return st
}

func (c scene) name(who meeting.PersonID) string {
	if p, ok := c.s.People[who]; ok {
		return p.Name
	}
	return c.view.Roster.People[who].Name
}

func (c scene) document(item meeting.ItemID, d meeting.Document) DocumentRow {
	v := d.Latest()
	row := DocumentRow{Item: item, ID: d.ID, Title: d.Title, Kind: d.Kind, Name: v.Name, Hash: v.Hash, Version: v.Number,
		Pages: v.Pages, Bytes: v.Bytes, Loading: c.view.Documents[v.Hash]}
	row.Loading.Pages = v.Pages
	row.Came = v.At
	if p, ok := c.view.Notes[c.id].Place(meeting.Sheet{Item: item, Document: d.ID}); ok {
		row.ReadPage, row.ReadVersion = p.Page, p.Version
	}
	if at := presented(c.s); at.Item == item && at.Place.Document == d.ID {
		row.PresentedPage = at.Place.Page
	}
	return row
}

func (c scene) item(id meeting.ItemID) ItemRow { return c.numbered(id, c.s.Number(id)) }

func (c scene) numbered(id meeting.ItemID, number string) ItemRow {
	i := c.s.Items[id]
	b := c.s.Brief(id)
	row := ItemRow{ID: id, Number: number, Parent: i.Parent, Wider: i.Wider, Title: b.Title, Unit: b.Unit, Reporter: c.name(b.Reporter), ReporterID: b.Reporter,
		Kind: i.Kind, State: i.State, StateKey: stateKeys[i.State], Current: c.s.Current == id, Restricted: i.Restricted,
		Readable: c.s.MaySee(c.me, id), Audience: i.Audience, Planned: time.Duration(i.Minutes) * time.Minute, Used: i.Used(c.now)}
	if row.Title == "" {
		row.TitleKey = keyRestricted
	}
	row.Over = row.Planned > 0 && row.Used > row.Planned
	row.Late, row.New = !i.Added.IsZero(), i.Added.After(c.lookedAt()) && !c.lookedAt().IsZero()
	content := c.s.Contents[id]
	row.Reason = content.Reason
	for _, d := range content.Documents {
		row.Documents = append(row.Documents, c.document(id, d))
	}
	row.Votes = c.itemVotes(id)
	return row
}

func (c scene) items() []ItemRow {
	out := make([]ItemRow, 0, len(c.s.Agenda))
	numbers, at := c.s.Numbers(), map[meeting.ItemID]int{}
	for n, id := range c.s.Agenda {
		row := c.numbered(id, numbers[id])
		at[id] = n
		out = append(out, row)
		if p, ok := at[row.Parent]; ok {
			out[p].Children++
		}
	}
	return out
}

// restrictedNow reports whether something runs that is not for this person.
func (c scene) restrictedNow() bool {
	return c.s.Current != "" && !c.s.MaySee(c.me, c.s.Current)
}

func (c scene) presenting() PresentingView {
	at := presented(c.s)
	content := c.s.Contents[c.s.Current]
	if c.s.Current == "" || c.restrictedNow() {
		return PresentingView{}
	}
	out := PresentingView{Spot: at, Presenter: c.name(content.Presenter), IsMe: c.turns(content)}
	if d, ok := content.Document(at.Place.Document); ok {
		v, _ := d.Version(at.Place.Version)
		out.Document, out.Pages = d.Title, v.Pages
	}
	return out
}

// turns reports whether the person turns the pages for all: the presenter,
// and a secretary who acts for the chair while that one presents.
func (c scene) turns(content meeting.Content) bool {
	if content.Presenter == "" {
		return false
	}
	if content.Presenter == c.me {
		return true
	}
	return content.Presenter == c.s.Presiding && slices.Contains(c.s.Acting, c.me)
}

func meetingView(v session.View, id string, device time.Time) MeetingView {
	c := sceneOf(v, id, device)
	out := MeetingView{Status: c.status(), ID: id, Exists: c.s.Exists(), GoneCode: screenCode(v.Gone[id]), Now: c.now}
	if !out.Exists {
		return out
	}
	s := c.s
	me := s.People[c.me]
	out.Title, out.Kind, out.Place, out.Address = s.Title, s.Description.Kind, s.Place, s.Address
	out.Phase, out.PhaseKey = s.Phase, phaseKeys[s.Phase]
	out.Starts, out.Ends = s.Starts, s.Ends
	out.Presiding = c.name(s.Presiding)
	out.Items, out.Current = c.items(), s.Current
	if n := len(s.Sittings); n > 0 && s.Sittings[n-1].Ended.IsZero() {
		out.OpenedAt = s.Sittings[n-1].Started
	}
	out.Me = me
	out.IsChair = s.MayChair(c.me) || me.Has(meeting.Chair)
	out.IsSecretary = me.Has(meeting.Secretary)
	out.IsProjector = me.Has(meeting.Projector)
	out.Invitation = c.invitation()
	out.RestrictedNow = c.restrictedNow()
	out.Presenting = c.presenting()
	return out
}

func personRow(p roster.Person) PersonRow {
	return PersonRow{ID: p.ID, Name: p.Name, Position: p.Position, Unit: p.Unit, Screen: p.Kind == roster.KindProjector, Desk: p.Desk, Order: p.Order}
}

func participantPerson(p meeting.Participant) PersonRow {
	return PersonRow{ID: p.Person, Name: p.Name, Position: p.Position, Unit: p.Unit, Screen: p.Has(meeting.Projector), Order: p.Order}
}

// byPrecedence lists a meeting's people: order, then name, then id.
func byPrecedence(s meeting.State) []meeting.Participant {
	out := make([]meeting.Participant, 0, len(s.People))
	for _, p := range s.People {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b meeting.Participant) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Person, b.Person))
	})
	return out
}

func meetingsView(v session.View, device time.Time) MeetingsView {
	now := v.Now(device)
	out := MeetingsView{Status: statusOf(v), Me: personRow(v.Me), Loaded: v.Listed, CanCreate: v.Me.Desk}
	for _, m := range v.List {
		row := meetingRow(m)
		row.Asked = sceneOf(v, row.ID, device).asked()
		row.Invitation = rowInvitation(v, m, device)
		at := sceneOf(v, row.ID, device)
		row.Today, row.New = sameDay(row.Starts, now), v.NotesKnown[row.ID] && at.coming() && at.lookedAt().IsZero()
		switch {
		case running(row.Phase):
			out.Running = append(out.Running, row)
		case row.Phase == meeting.Closed, past(row, now):
			out.Past = append(out.Past, row)
		default:
			out.Coming = append(out.Coming, row)
		}
	}
	byStart := func(a, b MeetingRow) int {
		return cmp.Or(cmp.Compare(a.Starts.Unix(), b.Starts.Unix()), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(out.Running, byStart)
	slices.SortFunc(out.Coming, byStart)
	slices.SortFunc(out.Past, func(a, b MeetingRow) int { return byStart(b, a) })
	out.Direct = direct(out, now)
	return out
}

func running(p meeting.Phase) bool { return p == meeting.Open || p == meeting.Paused }

// past: a planned meeting whose day is over and which nobody opened. An
// adjourned one goes on at a time nobody noted, so that it stays in sight.
func past(m MeetingRow, now time.Time) bool {
	end := m.Ends
	if end.IsZero() {
		end = m.Starts
	}
	return m.Phase == meeting.Published && !end.IsZero() && now.Sub(end) > 24*time.Hour
}

func direct(v MeetingsView, now time.Time) string {
	if len(v.Running) == 1 {
		return v.Running[0].ID
	}
	if len(v.Running) > 1 {
		return ""
	}
	found := ""
	for _, m := range v.Coming {
		if m.Phase == meeting.Draft || !sameDay(m.Starts, now) {
			continue
		}
		if found != "" {
			return ""
		}
		found = m.ID
	}
	return found
}

// sameDay compares in the room's zone, which is the device's own: a meeting
// room's devices stand in the room.
func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Local().Date()
	by, bm, bd := b.Local().Date()
	return ay == by && am == bm && ad == bd
}

func meetingRow(m protocol.MeetingSummary) MeetingRow {
	row := MeetingRow{ID: m.ID, Title: m.Title, Kind: m.Kind, Place: m.Place, Phase: meeting.Phase(m.Phase),
		PhaseKey: phaseKeys[meeting.Phase(m.Phase)], Starts: m.Starts, Ends: m.Ends, Items: m.Items}
	for _, f := range m.Function {
		row.Functions = append(row.Functions, meeting.Function(f))
	}
	return row
}
