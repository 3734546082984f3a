package browsertest

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// enter goes into the room by the link of the QR code, and signs a person in.
func (h *house) enter(b *tablet, p person) {
	b.t.Helper()
	link, err := url.Parse(h.join())
	if err != nil {
		b.t.Fatal(err)
	}
	b.do("open the link of the QR code", chromedp.Navigate(h.front+link.RequestURI()))
	b.do("go into the room", chromedp.Click(chromedp.CSS("a.go")))
	b.shownUp()
	b.signIn(p)
}

// resolution is the plan of a vote by show of hands, in which those who are
// named vote.
func (h *house) resolution(electors []person) meeting.VotePlan {
	h.t.Helper()
	plan, ok := meeting.VoteTemplate(meeting.TemplateResolution)
	if !ok || plan.Poll.Mode == poll.Secret {
		h.t.Fatal("there is no plan of an open vote")
	}
	plan.Question, plan.Electors = "Thông qua dự thảo Nghị quyết", meeting.Named
	for _, p := range electors {
		plan.Named = append(plan.Named, meeting.PersonID(p.ID))
	}
	return plan
}

// pose opens such a vote.
func (h *house) pose(vote meeting.VoteID, electors []person) {
	h.t.Helper()
	h.do(meeting.PrepareVote{Item: h.item, Vote: vote, Plan: h.resolution(electors)}, meeting.PoseVote{Item: h.item, Vote: vote}, meeting.OpenVote{Item: h.item, Vote: vote})
	if v, _ := h.state().Contents[h.item].Voting(vote); v.State != meeting.Polling || len(v.Roll.Voters) != len(electors) {
		h.t.Fatalf("the vote is %s, its roll %v", v.State, v.Roll.Voters)
	}
}

// taken is how many ballots of a vote the server has.
func (h *house) taken(vote meeting.VoteID) int {
	h.t.Helper()
	v, _ := h.state().Contents[h.item].Voting(vote)
	return len(v.Taken)
}

// casts says yes with a finger and confirms it, until the ballot is taken.
func (b *tablet) casts(picture string, taken func() bool) {
	b.t.Helper()
	b.until("the ballot asks", func() bool { _, ok := b.green(); return ok })
	b.keep(picture)
	b.until("the ballot is taken", func() bool {
		if taken() {
			return true
		}
		if at, ok := b.button(b.look()); ok { // sends what was chosen
			b.keep(picture + "-chosen")
			b.tap(at.x, at.y)
		} else if at, ok := b.green(); ok {
			b.tap(at.x, at.y)
		}
		b.arrived()
		return taken()
	})
}

// Delegates who came by the link of the QR code, before the meeting began,
// vote with a finger: what they cast is counted.
func TestAVoteByTheLinkOfTheQRCode(t *testing.T) {
	h := open(t)
	h.chair()
	h.item = h.state().Agenda[0]
	electors := h.all("delegate")[:2]
	upright, broad := tab(t, browse(t, h), portrait), tab(t, browse(t, h), landscape)
	h.enter(upright, electors[0])
	h.enter(broad, electors[1])
	h.begin()
	all := h.pages()
	upright.goOn(all, 1)
	broad.goOn(all, 1)

	h.pose("v1", electors)
	upright.casts("vote-upright", func() bool { return h.taken("v1") == 1 })
	broad.casts("vote-broad", func() bool { return h.taken("v1") == 2 })
	h.do(meeting.CloseVote{Item: h.item, Vote: "v1"})
	upright.until("it is counted", func() bool {
		v, _ := h.state().Contents[h.item].Voting("v1")
		return v.State == meeting.Tallied
	})
	h.do(meeting.AnnounceVote{Item: h.item, Vote: "v1"})
	v, _ := h.state().Contents[h.item].Voting("v1")
	if v.Result.Cast != 2 || v.Result.For != 2 {
		t.Errorf("the result is %+v", v.Result)
	}
	upright.quiet()
	broad.quiet()
}
