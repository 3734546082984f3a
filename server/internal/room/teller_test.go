package room_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// box is a ballot box that a test fills, and that fails when it is told to.
type box struct {
	mu        sync.Mutex
	ballots   []poll.Listed
	sealed    int
	discarded []string
	broken    bool
	counting  func(n int) // runs while n ballots are counted
}

var errBroken = errors.New("the box is broken")

func (b *box) put(all ...poll.Listed) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ballots = append(b.ballots, all...)
}

func (b *box) fail(on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.broken = on
}

func (b *box) Key(_ context.Context, vote string) ([]byte, error) {
	return []byte("key of " + vote), nil
}

func (b *box) Seal(ctx context.Context, _ string) ([]poll.Listed, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := ctx.Err(); err != nil || b.broken {
		return nil, errors.Join(err, errBroken)
	}
	b.sealed++
	return slices.Clone(b.ballots), nil
}

func (b *box) Count(context.Context, string) (int, error) {
	b.mu.Lock()
	n, meanwhile := len(b.ballots), b.counting
	b.mu.Unlock()
	if meanwhile != nil {
		meanwhile(n)
	}
	return n, nil
}

func (b *box) Discard(_ context.Context, vote string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken {
		return errBroken
	}
	b.discarded = append(b.discarded, vote)
	return nil
}

func listed(token byte, mark int) poll.Listed {
	return poll.Listed{Token: [32]byte{token}, Marks: []int{mark}}
}

// ask prepares and opens the vote v1 of i1, of the members head, deputy and
// member.
func (p *place) ask(mode poll.Mode, change func(*meeting.VotePlan)) {
	p.t.Helper()
	rule, _ := poll.Set(poll.SetCommittee)
	plan := meeting.VotePlan{Question: "Thông qua?", Electors: meeting.Members,
		Poll: poll.Poll{Method: poll.Approve, Mode: mode, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}}
	if change != nil {
		change(&plan)
	}
	p.must("desk", "m1", meeting.PrepareVote{Item: "i1", Vote: "v1", Plan: plan})
	p.must("head", "m1", meeting.OpenVote{Item: "i1", Vote: "v1", Key: "forged"})
}

func (p *place) cast(who string, mark int) {
	p.t.Helper()
	p.must(who, "m1", meeting.CastVote{Item: "i1", Vote: "v1", Ballot: poll.Ballot{Marks: []int{mark}}})
}

func (p *place) sight(who string) room.Sight {
	p.t.Helper()
	s, ok, err := p.hall.Vote(context.Background(), who, "m1", "i1", "v1")
	if err != nil || !ok {
		p.t.Fatalf("the vote is not there for %s: %v", who, err)
	}
	return s
}

func minute(p *meeting.VotePlan) { p.Seconds = 60 }

func TestVoteEndsByItself(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		r := p.joins("member", "item/m1/i1")
		p.ask(poll.After, minute)
		p.cast("member", 0)
		time.Sleep(59 * time.Second)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Polling {
			t.Fatalf("%s after 59 seconds", s.Voting.State)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		s := p.sight("head")
		if s.Voting.State != meeting.Tallied || s.Voting.Cause != meeting.ByTime || s.Result == nil || s.Result.For != 1 {
			t.Errorf("%+v", s)
		}
		if s := p.sight("member"); s.Result != nil || s.Mine == nil || s.Mine.Marks[0] != 0 {
			t.Errorf("the member, before the announcement: %+v", s)
		}
		if s := p.sight("deputy"); s.Mine != nil || len(s.Voting.Choices) > 0 {
			t.Errorf("the deputy: %+v", s)
		}
		last := withoutPresence(r.take(t))
		if n := len(last); n < 2 || !strings.Contains(string(last[n-2].Body), "vote.closed") || last[n-2].By != "" {
			t.Errorf("the room was told %q", seen(last))
		}
		p.must("head", "m1", meeting.AnnounceVote{Item: "i1", Vote: "v1"})
		if s := p.sight("deputy"); s.Result == nil || len(s.Voting.Choices) != 1 {
			t.Errorf("the deputy, after it: %+v", s)
		}
		p.sameAfterRestart(p.crash)
	})
}

// The time goes on while the server is down, and nobody has to come for the
// vote to end.
func TestVoteEndsAfterARestart(t *testing.T) {
	for name, away := range map[string]time.Duration{"in time": 10 * time.Second, "over it": time.Hour} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, func(t *testing.T, p *place) {
				p.opened()
				p.ask(poll.Live, minute)
				p.cast("head", 0)
				p.hall.Close()
				time.Sleep(away)
				before := p.log.Appends() // what is over ends while the hall opens
				p.open()
				if away < time.Minute {
					time.Sleep(time.Minute - away - time.Second)
					synctest.Wait()
					if p.log.Appends() != before {
						t.Fatal("it ended early")
					}
				}
				time.Sleep(5 * time.Second)
				synctest.Wait()
				if p.log.Appends() == before {
					t.Fatal("nothing ended it")
				}
				if s := p.sight("head"); s.Voting.Cause != meeting.ByTime || s.Result == nil {
					t.Errorf("%+v", s.Voting)
				}
			})
		})
	}
}

func TestExtendedVoteEndsLater(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Live, minute)
		p.must("head", "m1", meeting.ExtendVote{Item: "i1", Vote: "v1", Until: time.Now().Add(2 * time.Minute)})
		time.Sleep(119 * time.Second)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Polling {
			t.Fatal("it ended at its old time")
		}
		p.must("head", "m1", meeting.ExtendVote{Item: "i1", Vote: "v1"})
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Polling {
			t.Error("it ended without a limit")
		}
	})
}

// A voter who is cut off holds the vote open; one whose device is there and
// who does not vote does not.
func TestVoteWaitsForThoseCutOff(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.joins("head", "item/m1/i1")
		deputy := p.joins("deputy", "item/m1/i1")
		p.joins("member", "item/m1/i1")
		p.ask(poll.Live, func(plan *meeting.VotePlan) { plan.Seconds, plan.Hold = 60, true })
		p.cast("head", 0)
		p.hall.Leave(deputy)
		time.Sleep(time.Hour)
		synctest.Wait()
		s := p.sight("head")
		if s.Voting.State != meeting.Polling || !slices.Equal(s.Voting.Held, []meeting.PersonID{"deputy"}) {
			t.Fatalf("%s, held for %v", s.Voting.State, s.Voting.Held)
		}
		p.joins("deputy", "item/m1/i1")
		p.must("head", "m1", meeting.ExtendVote{Item: "i1", Vote: "v1", Until: time.Now().Add(time.Minute)})
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Tallied {
			t.Errorf("%s with everybody there", s.Voting.State)
		}
	})
}

// A full disk at the end of the time: the vote ends when there is room.
func TestVoteEndsWhenTheDiskTakesIt(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Live, minute)
		for range 3 {
			p.log.FailNext(room.ErrFull)
		}
		time.Sleep(61 * time.Second)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Polling {
			t.Fatalf("%s, and nothing of it is kept", s.Voting.State)
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Tallied {
			t.Errorf("%s", s.Voting.State)
		}
	})
}

func TestSecretVoteIsCounted(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Secret, nil)
		if s := p.sight("head"); s.Voting.Key != "a2V5IG9mIG0xL2kxL3Yx" { // "key of m1/i1/v1"
			t.Errorf("the key is %q", s.Voting.Key)
		}
		for _, who := range []string{"head", "deputy", "member"} {
			p.must(who, "m1", meeting.TakeBallot{Item: "i1", Vote: "v1"})
		}
		p.box.put(listed(7, 0), listed(3, 1))
		p.box.fail(true)
		p.must("head", "m1", meeting.CloseVote{Item: "i1", Vote: "v1"})
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Polled {
			t.Fatalf("%s of a broken box", s.Voting.State)
		}
		p.crash() // it goes on after a restart
		p.box.fail(false)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		s := p.sight("head")
		if s.Voting.State != meeting.Tallied || s.Result.Cast != 2 || s.Result.Silent != 1 || s.Result.Reason != poll.EqualSecret {
			t.Fatalf("%s %+v", s.Voting.State, s.Result)
		}
		if want := poll.Digest("m1/i1/v1", []poll.Listed{listed(3, 1), listed(7, 0)}); s.Digest != want {
			t.Errorf("digest %s, want %s", s.Digest, want)
		}
		for stream, v := range p.view("head", "m1") {
			if text := string(v.Snapshot); strings.Contains(text, "0700000000") || strings.Contains(text, `"cast":`) {
				t.Errorf("%s tells too early: %s", stream, text)
			}
		}
		p.sameAfterRestart(p.reopen)
		if p.box.sealed != 1 {
			t.Errorf("counted %d times", p.box.sealed)
		}
	})
}

func TestSecretVoteClosesWithItsLastBallot(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Secret, func(plan *meeting.VotePlan) { plan.AutoClose = true })
		come := func(token byte) {
			p.box.put(listed(token, 0))
			if err := p.hall.BallotIn(context.Background(), "m1", "i1", "v1"); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		p.must("head", "m1", meeting.TakeBallot{Item: "i1", Vote: "v1"})
		come(1)
		p.must("deputy", "m1", meeting.TakeBallot{Item: "i1", Vote: "v1"})
		p.must("member", "m1", meeting.TakeBallot{Item: "i1", Vote: "v1"})
		come(2) // one is still on its way
		if s := p.sight("head"); s.Voting.State != meeting.Polling {
			t.Fatalf("%s with a ballot on its way", s.Voting.State)
		}
		come(3)
		if s := p.sight("head"); s.Voting.State != meeting.Tallied || s.Voting.Cause != meeting.ByAll || s.Result.For != 3 {
			t.Errorf("%s %+v", s.Voting.State, s.Result)
		}
	})
}

// Who is let in while the last ballot is counted has his vote, and closes it.
func TestVoteDoesNotCloseBeforeWhoCameLate(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Secret, func(plan *meeting.VotePlan) { plan.AutoClose, plan.Late = true, true })
		for _, who := range []string{"head", "deputy", "member"} {
			p.must(who, "m1", meeting.TakeBallot{Item: "i1", Vote: "v1"})
		}
		p.must("desk", "m1", meeting.SetParticipant{Participant: meeting.Participant{Person: "outsider", Member: true}})
		p.box.counting = func(n int) {
			if n == 3 {
				p.must("outsider", "m1", meeting.TakeBallot{Item: "i1", Vote: "v1"})
			}
		}
		for token := range byte(4) {
			if s := p.sight("head"); s.Voting.State != meeting.Polling {
				t.Fatalf("%s with %d ballots of 4", s.Voting.State, token)
			}
			p.box.put(listed(token, 0))
			if err := p.hall.BallotIn(context.Background(), "m1", "i1", "v1"); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if s := p.sight("head"); s.Voting.Cause != meeting.ByAll || s.Result == nil || s.Result.For != 4 {
			t.Errorf("%s %+v", s.Voting.State, s.Result)
		}
	})
}

func TestBallotsOfACancelledVoteAreDestroyed(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Secret, nil)
		p.box.fail(true)
		p.must("head", "m1", meeting.CancelVote{Item: "i1", Vote: "v1", Reason: "Nhầm câu hỏi"})
		time.Sleep(5 * time.Second)
		p.box.fail(false)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if !slices.Equal(p.box.discarded, []string{"m1/i1/v1"}) {
			t.Errorf("destroyed %v", p.box.discarded)
		}
	})
}

// The two streams of an item in the log: one that is read, and one that has no
// name to ask for.
func TestSealedStreamCannotBeAskedFor(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.After, nil)
		p.cast("member", 1)
		r := p.joins("head", "sealed/m1/i1", "item/sealed/m1", "sealed/m1")
		for _, m := range r.take(t) {
			if m.Code == "" || len(m.Snapshot) > 0 {
				t.Errorf("%s %s %s", m.Type, m.Stream, m.Snapshot)
			}
		}
		if res := p.do("deputy", "m1", meeting.CastVote{Item: "i1", Vote: "v1", Ballot: poll.Ballot{Marks: []int{0}}}); len(res.Positions) != 1 || strings.HasPrefix(res.Positions[0].Stream, "sealed") {
			t.Errorf("the client is to wait for %v", res.Positions)
		}
	})
}

func TestVoteIsForItsAudience(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Live, nil)
		for who, want := range map[string]bool{"head": true, "guest": true, "outsider": false, "nobody": false} {
			if _, ok, err := p.hall.Vote(context.Background(), who, "m1", "i1", "v1"); ok != want || err != nil {
				t.Errorf("%s: %v, %v", who, ok, err)
			}
		}
		for _, at := range [][3]string{{"m1", "i1", "none"}, {"m1", "none", "v1"}, {"none", "i1", "v1"}, {"m 1", "i1", "v1"}} {
			if _, ok, err := p.hall.Vote(context.Background(), "head", at[0], at[1], at[2]); ok || err != nil {
				t.Errorf("%v: %v, %v", at, ok, err)
			}
		}
		if s := p.sight("guest"); s.MayVote || s.Runs {
			t.Errorf("%+v", s)
		}
	})
}

// Two chairs tap open and close at once, and all members vote in between:
// every ballot that was acknowledged is counted.
func TestOpenAndCloseAtOnce(t *testing.T) {
	for range 20 {
		inRoom(t, func(t *testing.T, p *place) {
			p.opened()
			p.ask(poll.After, nil)
			var wait []<-chan room.Result
			for _, who := range []string{"head", "deputy", "member"} {
				wait = append(wait, p.send(p.key(who), "m1", meeting.CastVote{Item: "i1", Vote: "v1", Ballot: poll.Ballot{Marks: []int{0}}}))
				p.send(p.key("head"), "m1", meeting.OpenVote{Item: "i1", Vote: "v1"})
				if who == "deputy" {
					p.send(p.key("head"), "m1", meeting.CloseVote{Item: "i1", Vote: "v1"})
					p.send(p.key("head"), "m1", meeting.CloseVote{Item: "i1", Vote: "v1"})
				}
			}
			counted := 0
			for _, w := range wait {
				if r := <-w; r.Code == "" {
					counted++
				}
			}
			if s := p.sight("head"); s.Result == nil || s.Result.Cast != counted || counted != 2 {
				t.Errorf("%d acknowledged, %+v", counted, s.Result)
			}
		})
	}
}

// Somebody sets the server's clock back by hours while a vote is open: it
// ends after its minute all the same.
func TestClockSetBackDuringAVote(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.Live, minute)
		time.Sleep(20 * time.Second)
		synctest.Wait()
		p.set.Store(int64(-3 * time.Hour))
		time.Sleep(39 * time.Second)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Polling {
			t.Fatal("it ended early")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if s := p.sight("head"); s.Voting.State != meeting.Tallied || s.Voting.Closed.Before(s.Voting.Opened.Add(time.Minute)) {
			t.Errorf("%s, closed %v after its opening", s.Voting.State, s.Voting.Closed.Sub(s.Voting.Opened))
		}
	})
}
