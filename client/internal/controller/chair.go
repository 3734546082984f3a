package controller

import (
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

func chairView(v session.View, id string, device time.Time) ChairView {
	c := sceneOf(v, id, device)
	out := ChairView{MeetingView: meetingView(v, id, device)}
	if !out.Exists {
		return out
	}
	s := c.s
	if s.MayChair(c.me) && s.Presiding != c.me {
		out.OnBehalf = c.name(s.Presiding)
	}
	out.Next = c.next()
	out.Followers = v.Followers[protocol.ItemStream(id, string(s.Current))]
	for _, who := range s.Contents[s.Current].Wishes {
		p := s.People[who]
		out.Wishes = append(out.Wishes, Wish{Person: who, Name: c.name(who), Position: p.Position})
	}
	for _, p := range byPrecedence(s) {
		if p.Has(meeting.Chair) && p.Person != s.Presiding {
			out.Chairs = append(out.Chairs, participantPerson(p))
		}
		if p.Has(meeting.Secretary) {
			out.Secretaries = append(out.Secretaries, participantPerson(p))
		}
		if s.Current != "" && c.does(meeting.GivePresenter{Item: s.Current, To: p.Person}) {
			out.Presenters = append(out.Presenters, participantPerson(p))
		}
	}
	if s.Current != "" {
		reporterFirst(out.Presenters, s.Brief(s.Current).Reporter)
		out.ScreenHides = c.screenHides(s.Current)
	}
	out.Acting = s.Acting
	out.CanPause = c.does(meeting.PauseSitting{})
	out.CanResume = c.does(meeting.ResumeSitting{})
	out.CanEndSitting = c.does(meeting.EndSitting{})
	out.CanClose = c.does(meeting.Close{})
	out.CanRecall = s.Current != "" && c.does(meeting.Recall{Item: s.Current})
	out.Together = s.Current != "" && s.Contents[s.Current].Held
	out.CanTogether = s.Current != "" && c.does(meeting.HoldFollowers{Item: s.Current, On: !out.Together})
	out.CanPassChair = slices.ContainsFunc(out.Chairs, func(p PersonRow) bool { return c.does(meeting.PassChair{To: p.ID}) })
	for _, i := range out.Items {
		if i.State != meeting.Postponed && i.State != meeting.Withdrawn {
			out.PlannedTotal += i.Planned
		}
		out.UsedTotal += i.Used
	}
	return out
}

// reporterFirst puts the person the agenda names to present before the others.
func reporterFirst(people []PersonRow, reporter meeting.PersonID) {
	at := slices.IndexFunc(people, func(p PersonRow) bool { return p.ID == reporter })
	if at > 0 {
		named := people[at]
		copy(people[1:at+1], people[:at])
		people[0] = named
	}
}

// screenHides reports whether the room's screen keeps an item to itself: it
// is restricted, and no screen of the room is among those who may see it.
func (c scene) screenHides(item meeting.ItemID) bool {
	if !c.s.Items[item].Restricted {
		return false
	}
	for _, p := range c.s.People {
		if p.Has(meeting.Projector) && c.s.MaySee(p.Person, item) {
			return false
		}
	}
	return true
}

// next finds the chair's next step: open the sitting, start the first item,
// go from item to item, end the last one, close.
func (c scene) next() Step {
	st := c.step()
	if st.command != nil {
		st.Live = c.can(st.command)
	}
	return st
}

func (c scene) step() Step {
	s := c.s
	switch s.Phase {
	case meeting.Draft:
		return Step{Kind: StepPublish, Key: "desk.publish", Confirm: true, command: meeting.Publish{}}
	case meeting.Published:
		return Step{Kind: StepOpen, Key: "chair.open_meeting", command: meeting.OpenSitting{}}
	case meeting.Adjourned:
		if c.following("") == "" && len(s.Agenda) > 0 {
			return Step{Kind: StepClose, Key: "chair.close_meeting", Confirm: true, command: meeting.Close{}}
		}
		return Step{Kind: StepOpen, Key: "chair.open_meeting", command: meeting.OpenSitting{}}
	case meeting.Paused:
		return Step{Kind: StepResume, Key: "chair.resume", command: meeting.ResumeSitting{}}
	case meeting.Open:
		return c.stepInSitting()
	}
	return Step{}
}

func (c scene) stepInSitting() Step {
	cur := c.s.Current
	if st := c.stepOfVote(cur); st.Kind != "" {
		return st
	}
	to := c.following(cur)
	switch {
	case cur == "" && to == "":
		return Step{Kind: StepClose, Key: "chair.close_meeting", Confirm: true, command: meeting.Close{}}
	case to == "":
		return Step{Kind: StepEnd, Key: "chair.end_item", Args: []string{c.s.Number(cur)}, Item: cur,
			command: meeting.SetItemState{Item: cur, To: meeting.Done}}
	}
	st := Step{Kind: StepStart, Key: "chair.start_item", Args: []string{c.s.Number(to)}, Item: to,
		command: meeting.SetItemState{Item: to, To: meeting.Running}}
	if cur != "" {
		st.Kind, st.Key = StepNext, "chair.next_item"
	}
	return st
}

// following is the item that comes after this one: the next in order that is
// still to be held, or else the first of those that were left out before it.
// After none ("") it is the first of all. An item whose last sub-item is
// running is over with it.
func (c scene) following(after meeting.ItemID) meeting.ItemID {
	open := func(id meeting.ItemID) bool {
		st := c.s.Items[id].State
		return id != after && (st == meeting.Waiting || st == meeting.Suspended && !c.overWith(id, after))
	}
	at := slices.Index(c.s.Agenda, after)
	for _, id := range slices.Concat(c.s.Agenda[at+1:], c.s.Agenda[:at+1]) {
		if open(id) {
			return id
		}
	}
	return ""
}

// overWith reports whether nothing is left of an item but its sub-item last.
func (c scene) overWith(id, last meeting.ItemID) bool {
	return id == c.s.Items[last].Parent && !slices.ContainsFunc(c.s.Children(id), func(x meeting.ItemID) bool {
		st := c.s.Items[x].State
		return x != last && (st == meeting.Waiting || st == meeting.Suspended)
	})
}

func readerView(v session.View, id string, f Follow, device time.Time) ReaderView {
	c := sceneOf(v, id, device)
	out := ReaderView{Status: c.status(), Spot: f.At(), Following: f.Following(), Apart: f.Apart(), Presenting: c.presenting()}
	out.Phase = c.s.Phase
	c.presenterRole(&out)
	c.together(id, &out)
	out.Followers, out.KnowsFollowers = v.Followers[protocol.ItemStream(id, string(c.s.Current))], c.knowsFollowers()
	if f.At().IsZero() {
		return out
	}
	at := f.At()
	out.ItemRow = c.item(at.Item)
	d, _ := c.s.Contents[at.Item].Document(at.Place.Document)
	shown, _ := d.Version(at.Place.Version)
	out.Document = c.document(at.Item, d)
	out.Hash, out.Page, out.Pages = shown.Hash, at.Place.Page, shown.Pages
	out.Replaced = d.Latest().Number > shown.Number
	out.CanPrevious, out.CanNext = out.Page > 1, out.Page < out.Pages
	out.SameDocument = at.Item == f.Presented().Item && at.Place.Document == f.Presented().Place.Document && at.Place.Version == f.Presented().Place.Version
	out.CanTurnForAll = out.Presenting.IsMe && out.Following
	out.CanPresentThis = at.Item == c.s.Current && c.does(meeting.Show{Item: at.Item, Place: at.Place})
	if part, ok := v.Parts[protocol.ItemStream(id, string(at.Item))]; ok && out.Following && part.Place == at.Place {
		out.Part = &part
	}
	return out
}

func (c scene) presenterRole(out *ReaderView) {
	cur := c.s.Current
	if cur == "" {
		return
	}
	out.CanAsk = c.does(meeting.AskPresenter{Item: cur})
	out.CanDropAsk = c.does(meeting.DropAsk{Item: cur, Person: c.me})
	out.CanTake = c.does(meeting.GivePresenter{Item: cur, To: c.me})
	out.CanRecall = c.does(meeting.Recall{Item: cur})
	content := c.s.Contents[cur]
	out.Recalls = content.Recalls
	if c.s.MayChair(c.me) {
		out.Wishes = len(content.Wishes)
	}
}

func (c scene) knowsFollowers() bool {
	return c.s.Current != "" && !c.restrictedNow() && (c.turns(c.s.Contents[c.s.Current]) || c.s.MayChair(c.me))
}

func projectorView(v session.View, id string, device time.Time) ProjectorView {
	c := sceneOf(v, id, device)
	out := ProjectorView{Status: c.status(), Room: v.Roster.Name, Now: c.now}
	if !c.s.Exists() {
		return out
	}
	out.Meeting, out.Title, out.Phase, out.PhaseKey = id, c.s.Title, c.s.Phase, phaseKeys[c.s.Phase]
	out.RestrictedNow = c.restrictedNow()
	if c.s.Current == "" || out.RestrictedNow {
		return out
	}
	out.Item = c.item(c.s.Current)
	p := c.presenting()
	out.Presenter, out.Spot = p.Presenter, p.Spot
	out.Vote = c.voteShown(c.s.Current)
	if d, ok := c.s.Contents[p.Spot.Item].Document(p.Spot.Place.Document); ok {
		shown, _ := d.Version(p.Spot.Place.Version)
		out.Document = c.document(p.Spot.Item, d)
		out.Hash, out.Page, out.Pages = shown.Hash, p.Spot.Place.Page, shown.Pages
	}
	if part, ok := v.Parts[protocol.ItemStream(id, string(c.s.Current))]; ok && part.Place == p.Spot.Place {
		out.Part = &part
	}
	return out
}
