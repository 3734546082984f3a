package meeting

import (
	"cmp"
	"slices"
	"time"

	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// Bounds of what a meeting accepts, in runes unless said otherwise.
const (
	MaxTitle        = 500
	MaxName         = roster.MaxName
	MaxKind         = 100
	MaxPlace        = 300
	MaxReason       = 1000
	MaxItems        = 300  // items of one meeting
	MaxParticipants = 2000 // people of one meeting
	MaxDocuments    = 200  // documents of one item
	MaxVersions     = 100  // versions of one document
	MaxMinutes      = 24 * 60
	MaxPages        = 5000      // pages of one document
	MaxBytes        = 500 << 20 // bytes of one document
	MaxFileName     = 200
)

// Decide says what a command means for this state, given by this actor at
// this time, or refuses it with a *Refusal. A wish that is already fulfilled
// means nothing: no events and no error. It changes nothing.
func Decide(s State, a Actor, c Command, at time.Time) ([]Event, error) {
	d := &decision{s: s, a: a, at: at}
	err := d.decide(c)
	if err != nil {
		return nil, err
	}
	d.endCommonWork()
	d.endTogether()
	return d.events, nil
}

// decision collects the events of one command.
type decision struct {
	s        State
	a        Actor
	at       time.Time
	onBehalf PersonID
	events   []Event
}

func (d *decision) emit(item ItemID, b Body) {
	d.events = append(d.events, Event{Item: item, By: d.a.Person, For: d.onBehalf, At: d.at, Body: b})
}

func (d *decision) decide(c Command) error {
	if c, ok := c.(Create); ok {
		return d.create(c)
	}
	if d.a.Server && d.s.Exists() {
		return d.serve(c)
	}
	if !d.s.Exists() || !d.s.MaySeeMeeting(d.a.Person) {
		return refuse(NotFound, "meeting")
	}
	if d.s.Phase == Closed {
		if _, ok := c.(Close); ok {
			return nil
		}
		return refuse(BadState, string(Closed))
	}
	switch c := c.(type) {
	case OpenSitting, PauseSitting, ResumeSitting, EndSitting, Close, PassChair, SetItemState:
		return d.run(c)
	case Recall, HoldFollowers, GivePresenter, AskPresenter, DropAsk, Show:
		return d.present(c)
	case PrepareVote, RemoveVote, PoseVote, OpenVote, CastVote, TakeBallot, RemindVoters, ExtendVote, CloseVote,
		CancelVote, RepeatVote, EnterFigures, CorrectFigures, AnnounceVote:
		return d.vote(c)
	case AddStroke, EraseStrokes, ReplaceStrokes, ClearLayer, LockLayer, HideLayer, OpenInk, CloseInk:
		return d.ink(c)
	case AllowActing:
		return d.allowActing(c)
	case GiveAnswer, RemindInvited:
		return d.answers(c)
	case KeepPlace, MarkPage, SeeMeeting: // of one's own notes
		return refuse(UnknownKind, c.Kind())
	default:
		return d.prepare(c)
	}
}

func (d *decision) create(c Create) error {
	if !d.a.Desk {
		return refuse(NotAllowed, "meeting.create")
	}
	if d.s.Exists() {
		if d.s.MaySeeMeeting(d.a.Person) {
			return nil // created already, by an earlier try
		}
		return refuse(Exists, "meeting")
	}
	desc, err := c.Description.clean()
	if err != nil {
		return err
	}
	c.Creator.Person = d.a.Person
	c.Creator.Functions = []Function{Secretary}
	who, err := c.Creator.clean()
	if err != nil {
		return err
	}
	d.emit("", Created{desc})
	d.emit("", ParticipantSet{who})
	return nil
}

// prepare decides the commands of the meeting's secretaries.
func (d *decision) prepare(c Command) error {
	if !d.s.People[d.a.Person].Has(Secretary) {
		return refuse(NotAllowed, c.Kind())
	}
	switch c := c.(type) {
	case Describe:
		desc, err := c.Description.clean()
		if err != nil {
			return err
		}
		if desc != d.s.Description {
			d.emit("", Described{desc})
		}
		return nil
	case SetParticipant:
		return d.setParticipant(c.Participant)
	case RemoveParticipant:
		return d.removeParticipant(c.Person)
	case Publish:
		return d.publish()
	case AddItem, ChangeItem, MoveItem, RemoveItem, RestoreItem, SetAudience:
		return d.agenda(c)
	case AttachDocument, ReplaceDocument, RetitleDocument, MoveDocument, RemoveDocument:
		return d.documents(c)
	default:
		return refuse(UnknownKind, c.Kind())
	}
}

func (d *decision) setParticipant(p Participant) error {
	p, err := p.clean()
	if err != nil {
		return err
	}
	old, exists := d.s.People[p.Person]
	if exists && old.equal(p) {
		return nil
	}
	if !exists && len(d.s.People) >= MaxParticipants {
		return refuse(TooMany, "participants")
	}
	if p.StandInFor != "" {
		if principal := d.s.People[p.StandInFor]; !principal.Asked() || p.StandInFor == p.Person || principal.Person == "" {
			return refuse(Invalid, "stand_in_for")
		}
	}
	if p.Chairman {
		for _, q := range d.s.People {
			if q.Chairman && q.Person != p.Person {
				return refuse(Exists, "chairman")
			}
		}
	}
	if old.Has(Secretary) && !p.Has(Secretary) && d.secretaries() == 1 {
		return refuse(InUse, "last secretary")
	}
	if d.s.Presiding == p.Person && !p.Has(Chair) && d.s.inSitting() {
		return refuse(InUse, "presiding")
	}
	d.emit("", ParticipantSet{p})
	return nil
}

func (d *decision) removeParticipant(who PersonID) error {
	p, ok := d.s.People[who]
	if !ok {
		return nil
	}
	if p.Has(Secretary) && d.secretaries() == 1 {
		return refuse(InUse, "last secretary")
	}
	if d.s.Presiding == who && d.s.inSitting() {
		return refuse(InUse, "presiding")
	}
	for _, i := range d.s.Items {
		if i.Restricted && len(i.Audience) == 1 && i.Audience[0] == who {
			return refuse(InUse, "audience")
		}
	}
	// What he held in the running item goes with him. Each item's stream
	// tells its own part, so that no stream depends on another.
	if cur := d.s.Current; cur != "" {
		if d.s.Contents[cur].Presenter == who {
			d.emit(cur, PresenterSet{})
		}
		if slices.Contains(d.s.Contents[cur].Wishes, who) {
			d.emit(cur, PresentDropped{who})
		}
	}
	d.emit("", ParticipantRemoved{who})
	return nil
}

func (d *decision) secretaries() int {
	n := 0
	for _, p := range d.s.People {
		if p.Has(Secretary) {
			n++
		}
	}
	return n
}

// publish fixes the numbers of the items that have none.
func (d *decision) publish() error {
	if d.s.Phase != Draft {
		return nil // published already
	}
	if d.s.firstChair() == "" {
		return refuse(NoChair, "participants")
	}
	d.emit("", MeetingPublished{d.s.Numbers()})
	return nil
}

// allowActing is the chair's to decide; before the first sitting the
// secretaries note down his instruction. Either side can stop it.
func (d *decision) allowActing(c AllowActing) error {
	p, ok := d.s.People[c.Person]
	_, chairs := d.s.acts(d.a.Person)
	prepares := d.s.People[d.a.Person].Has(Secretary) && len(d.s.Sittings) == 0
	stops := !c.On && c.Person == d.a.Person
	mayPreside := d.s.People[d.a.Person].Has(Chair)
	switch {
	case !chairs && !prepares && !stops && !mayPreside:
		return refuse(NotAllowed, c.Kind())
	case c.On && (!ok || !p.Has(Secretary)):
		return refuse(Invalid, "person")
	case c.On == slices.Contains(d.s.Acting, c.Person):
		return nil
	case c.On:
		d.emit("", ActingAllowed{c.Person})
	default:
		d.emit("", ActingEnded{c.Person})
	}
	return nil
}

func (s State) inSitting() bool { return s.Phase == Open || s.Phase == Paused }

func (desc Description) clean() (Description, error) {
	var err error
	if desc.Title, err = line("title", desc.Title, 1, MaxTitle); err != nil {
		return desc, err
	}
	if desc.Kind, err = line("kind", desc.Kind, 0, MaxKind); err != nil {
		return desc, err
	}
	if desc.Place, err = line("place", desc.Place, 0, MaxPlace); err != nil {
		return desc, err
	}
	if !saneTime(desc.Starts) || !saneTime(desc.Ends) ||
		(!desc.Ends.IsZero() && desc.Ends.Before(desc.Starts)) {
		return desc, refuse(Invalid, "starts, ends")
	}
	desc.Starts, desc.Ends = desc.Starts.UTC(), desc.Ends.UTC()
	switch desc.Address {
	case "":
		desc.Address = Comrade
	case Comrade, SirMadam, Deputy:
	default:
		return desc, refuse(Invalid, "address")
	}
	return desc, nil
}

// saneTime accepts no time, or one of the years 2000 to 2199.
func saneTime(t time.Time) bool {
	return t.IsZero() || (t.Year() >= 2000 && t.Year() < 2200)
}

func (p Participant) clean() (Participant, error) {
	if !text.ValidID(string(p.Person)) {
		return p, refuse(Invalid, "person")
	}
	var err error
	if p.Name, err = line("name", p.Name, 1, MaxName); err != nil {
		return p, err
	}
	if p.Position, err = line("position", p.Position, 0, roster.MaxPosition); err != nil {
		return p, err
	}
	if p.Unit, err = line("unit", p.Unit, 0, roster.MaxUnit); err != nil {
		return p, err
	}
	if p.Order < 0 || p.Order > roster.MaxOrder {
		return p, refuse(Invalid, "order")
	}
	if p.StandInFor != "" && !text.ValidID(string(p.StandInFor)) {
		return p, refuse(Invalid, "stand_in_for")
	}
	p.Functions = slices.Compact(slices.Sorted(slices.Values(p.Functions)))
	if err := p.checkFunctions(); err != nil {
		return p, err
	}
	if len(p.Functions) == 0 {
		p.Functions = nil
	}
	return p, nil
}

// checkFunctions checks that what the person does in the meeting goes together.
func (p Participant) checkFunctions() error {
	for _, f := range p.Functions {
		if !slices.Contains([]Function{Chair, Secretary, Guest, Projector}, f) {
			return refuse(Invalid, "functions")
		}
	}
	if len(p.Functions) > 1 && (p.Has(Projector) || p.Has(Guest) && (p.Has(Chair) || p.Has(Secretary))) {
		return refuse(Invalid, "functions")
	}
	if p.Member && (p.Has(Projector) || p.Has(Guest) || p.StandInFor != "") {
		return refuse(Invalid, "member")
	}
	if p.Chairman && !p.Member {
		return refuse(Invalid, "chairman")
	}
	return nil
}

func (p Participant) equal(q Participant) bool {
	return p.Person == q.Person && p.Name == q.Name && p.Position == q.Position && p.Unit == q.Unit &&
		p.Order == q.Order && p.Member == q.Member && p.Chairman == q.Chairman &&
		p.StandInFor == q.StandInFor && slices.Equal(p.Functions, q.Functions)
}

func line(field, s string, least, most int) (string, error) {
	out, ok := text.Line(s, least, most)
	if !ok {
		return "", refuse(Invalid, field)
	}
	return out, nil
}

func sortedPeople(who []PersonID) []PersonID {
	if len(who) == 0 {
		return nil
	}
	return slices.Compact(slices.SortedFunc(slices.Values(who), cmp.Compare[PersonID]))
}
