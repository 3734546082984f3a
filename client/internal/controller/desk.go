package controller

import (
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

func deskView(v session.View, id string, uploads []Upload, device time.Time) DeskView {
	c := sceneOf(v, id, device)
	out := DeskView{MeetingView: meetingView(v, id, device), Uploads: uploads}
	if !out.Exists {
		return out
	}
	s := c.s
	out.Form = MeetingForm{Title: s.Title, Kind: s.Description.Kind, Place: s.Place, Starts: s.Starts, Ends: s.Ends, Address: s.Address}
	out.CanEdit = out.IsSecretary && s.Phase != meeting.Closed
	for _, p := range byPrecedence(s) {
		_, known := v.Roster.People[p.Person]
		out.People = append(out.People, ParticipantRow{Participant: p, RoleKey: roleKey(p), InRoster: known})
		switch {
		case p.Has(meeting.Projector):
		case p.Has(meeting.Guest):
			out.Guests++
		case p.Member:
			out.Members++
		case p.Has(meeting.Secretary):
			// takes part to write, not as a delegate
		default:
			out.Delegates++
		}
	}
	for _, p := range v.Roster.Sorted() {
		if _, in := s.People[p.ID]; !in {
			out.Others = append(out.Others, personRow(p))
		}
	}
	for _, i := range out.Items {
		out.Documents += len(i.Documents)
		out.Minutes += int(i.Planned / time.Minute)
	}
	if !s.Starts.IsZero() {
		out.Due, out.DueDays = dueDay(s.Description.Kind, s.Starts.Local())
		out.Overdue = after(c.now.Local(), out.Due)
	}
	out.Answers = c.answers()
	out.Checks = c.checks(out)
	out.CanPublish = s.Phase == meeting.Draft && c.can(meeting.Publish{})
	for _, k := range out.Checks {
		out.CanPublish = out.CanPublish && !k.Blocks
	}
	return out
}

// roleKey names a person's part by its weightiest function.
func roleKey(p meeting.Participant) string {
	switch {
	case p.Has(meeting.Projector):
		return "role.projector"
	case p.Has(meeting.Chair):
		return "role.chair"
	case p.Has(meeting.Secretary):
		return "role.secretary"
	case p.Has(meeting.Guest):
		return "role.guest"
	case p.StandInFor != "":
		return "role.stand_in"
	case p.Member:
		return "role.member"
	}
	return "role.delegate"
}

// checks lists what lacks before the meeting is sent, what blocks first.
func (c scene) checks(v DeskView) []Check {
	if v.Phase != meeting.Draft {
		return nil
	}
	var out []Check
	chairs := 0
	for _, p := range c.s.People {
		if p.Has(meeting.Chair) {
			chairs++
		}
	}
	if chairs == 0 {
		out = append(out, Check{Key: "desk.lacking_chair", Blocks: true})
	}
	if len(v.Items) == 0 {
		out = append(out, Check{Key: "desk.lacking_items", Blocks: true})
	}
	busy := Check{Key: "desk.lacking_uploads", Blocks: true}
	for _, u := range v.Uploads {
		if u.Stage != UploadDone && u.Stage != UploadFailed {
			busy.N++
			busy.Items = append(busy.Items, u.Item)
		}
	}
	failed := Check{Key: "desk.failed_files"}
	for _, u := range v.Uploads {
		if u.Stage == UploadFailed {
			failed.N++
			failed.Items = append(failed.Items, u.Item)
		}
	}
	bare := Check{Key: "desk.lacking"}
	lonely := Check{Key: "desk.lacking_audience"}
	for _, i := range v.Items {
		if i.Readable && len(i.Documents) == 0 {
			bare.N++
			bare.Items = append(bare.Items, i.ID)
		}
		if i.Restricted && len(i.Audience) < 2 {
			lonely.N++
			lonely.Items = append(lonely.Items, i.ID)
		}
	}
	for _, k := range []Check{busy, failed, bare, lonely, c.uninvited(v), alone(v), c.late(v)} {
		if k.N > 0 {
			out = append(out, k)
		}
	}
	if v.Starts.IsZero() {
		out = append(out, Check{Key: "desk.lacking_time"})
	}
	if !c.anybodyElse() {
		out = append(out, Check{Key: "desk.lacking_people"})
	}
	return out
}

// uninvited counts the guests who would see no item at all: a guest sees what
// he is invited to, nothing else.
func (c scene) uninvited(v DeskView) Check {
	out := Check{Key: "desk.lacking_invitation"}
	if len(v.Items) == 0 {
		return out
	}
	for _, p := range c.s.People {
		if p.Has(meeting.Guest) && !slices.ContainsFunc(v.Items, func(i ItemRow) bool { return slices.Contains(i.Audience, p.Person) }) {
			out.N++
		}
	}
	return out
}

// anybodyElse reports whether somebody takes part besides those who chair,
// write and show.
func (c scene) anybodyElse() bool {
	for _, p := range c.s.People {
		if !p.Has(meeting.Chair) && !p.Has(meeting.Secretary) && !p.Has(meeting.Projector) {
			return true
		}
	}
	return false
}

func (f MeetingForm) description() meeting.Description {
	return meeting.Description{Title: f.Title, Kind: f.Kind, Place: f.Place, Starts: f.Starts, Ends: f.Ends, Address: f.Address}
}

func (f ItemForm) brief() meeting.Brief {
	return meeting.Brief{Title: f.Title, Unit: f.Unit, Reporter: f.Reporter}
}

// Form gives the item's own fields, for editing.
func (i ItemRow) Form() ItemForm {
	return ItemForm{Title: i.Title, Unit: i.Unit, Reporter: i.ReporterID, Kind: i.Kind, Minutes: int(i.Planned / time.Minute),
		Parent: i.Parent, Restricted: i.Restricted, Audience: i.Audience, Wider: i.Wider}
}
