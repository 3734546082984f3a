package room

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// Box keeps the ballots of secret votes. The name of a vote is that of its
// meeting, its item and itself, with slashes between them.
type Box interface {
	// Key returns the vote's public key, making its box the first time.
	Key(ctx context.Context, vote string) ([]byte, error)
	// Seal ends a vote and returns its ballots. Again, it returns the same.
	Seal(ctx context.Context, vote string) ([]poll.Listed, error)
	// Count counts the ballots of a vote.
	Count(ctx context.Context, vote string) (int, error)
	// Discard forgets a vote. Again, it does nothing.
	Discard(ctx context.Context, vote string) error
}

// VoteName names a vote for its ballots.
func VoteName(id string, item meeting.ItemID, vote meeting.VoteID) string {
	return id + "/" + string(item) + "/" + string(vote)
}

const (
	// lookEvery bounds the wait for the end of a vote: the clock may be set.
	lookEvery = 30 * time.Second
	// retryEvery is the wait after something could not be kept.
	retryEvery = 2 * time.Second
)

// teller ends votes whose time is over and has the secret ones counted. It
// belongs to the meeting's goroutine, but for what waits for the box.
type teller struct {
	timer *time.Timer
	// stale says that votes have changed since the teller last looked.
	stale bool
	// busy has the secret votes that a goroutine is at the box for.
	busy map[string]bool
	// began and ends measure the time that is left without the clock, which
	// somebody may set back meanwhile.
	began time.Time
	ends  map[string]ending
	// gone has the cancelled votes whose ballots are known to be destroyed.
	gone map[string]bool

	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup
}

// ending is when a vote's time is over, counted from teller.began.
type ending struct {
	deadline time.Time
	after    time.Duration
}

// left is how long a vote still has: by the clock, or by the time that has
// passed since its end was first seen, whichever is less.
func (t *teller) left(name string, deadline, now time.Time) time.Duration {
	wait, passed := deadline.Sub(now), time.Since(t.began)
	e, ok := t.ends[name]
	if !ok || !e.deadline.Equal(deadline) {
		e = ending{deadline, passed + wait}
		t.ends[name] = e
	}
	return min(wait, e.after-passed)
}

func (t *teller) init() {
	t.timer = time.NewTimer(time.Hour)
	t.timer.Stop()
	t.stale = true
	t.busy, t.gone = map[string]bool{}, map[string]bool{}
	t.began, t.ends = time.Now(), map[string]ending{}
	t.ctx, t.cancel = context.WithCancel(context.Background())
}

func (t *teller) due() <-chan time.Time { return t.timer.C }

// stop waits for whoever is at the box; what he brings is too late then, and
// is asked for again after the restart.
func (t *teller) stop() {
	t.cancel()
	t.timer.Stop()
	t.wait.Wait()
}

func ofVote(b meeting.Body) bool {
	switch b.(type) {
	case meeting.VoteOpened, meeting.VoteExtended, meeting.VoteHeld, meeting.VoteClosed, meeting.VoteTallied, meeting.VoteCancelled:
		return true
	}
	return false
}

// tend looks at all votes: it closes those whose time is over, has closed
// secret ones counted, and sets the timer for the next end.
func (l *Live) tend() {
	l.teller.stale = false
	now := l.time()
	next := time.Duration(-1)
	soon := func(d time.Duration) {
		if d = min(max(d, time.Millisecond), lookEvery); next < 0 || d < next {
			next = d
		}
	}
	tried := false
	for item, c := range l.state.Contents {
		for _, v := range c.Votes {
			switch {
			case v.State == meeting.Polling && !v.Deadline.IsZero() && len(v.Held) == 0:
				if left := l.teller.left(VoteName(l.id, item, v.ID), v.Deadline, now); left > 0 {
					soon(left)
					continue
				}
				if l.lastAt.Before(v.Deadline) {
					l.lastAt = v.Deadline // the clock was set back: time has passed all the same
				}
				l.serve("end", item, v, meeting.EndVote{Item: item, Vote: v.ID, CutOff: l.cutOff(item, v)})
				tried = true
			case v.State == meeting.Polled && v.Plan.Poll.Mode == poll.Secret:
				l.count(item, v)
			case v.State == meeting.Cancelled && v.Key != "":
				l.discard(item, v)
			}
		}
	}
	if tried {
		l.commit()
		soon(retryEvery) // for what could not be kept
	}
	if next >= 0 {
		l.teller.timer.Reset(next)
	}
}

// here has the people with a device that follows an item.
func (l *Live) here(item meeting.ItemID) map[meeting.PersonID]bool {
	here := map[meeting.PersonID]bool{}
	if f, ok := l.feeds[protocol.ItemStream(l.id, string(item))]; ok {
		for r := range f.readers {
			here[meeting.PersonID(r.Person())] = true
		}
	}
	return here
}

// cutOff lists the voters who are waited for and have no connection.
func (l *Live) cutOff(item meeting.ItemID, v meeting.Voting) (out []meeting.PersonID) {
	here := l.here(item)
	for _, who := range v.Waiting() {
		if !here[who] {
			out = append(out, who)
		}
	}
	return out
}

// serve gives a command of the server itself, once for each end of a vote.
func (l *Live) serve(what string, item meeting.ItemID, v meeting.Voting, wish meeting.Command) {
	key := Key{Client: "room", Command: fmt.Sprintf("%s-%s-%s-%d", what, item, v.ID, v.Deadline.UnixMilli())}
	(&Command{Key: key, Actor: meeting.Actor{Server: true}, Wish: wish, Answer: func(r Result) {
		if r.Code != "" {
			slog.Warn("the server's own command was not carried out", "kind", wish.Kind(), "owner", l.owner, "code", r.Code)
		}
	}}).handle(l)
}

// atBox runs f in a goroutine of its own, once at a time for each vote; what
// f returns comes back into the meeting's.
func (l *Live) atBox(name string, f func(ctx context.Context) request) {
	if l.opt.Box == nil || l.teller.busy[name] {
		return
	}
	l.teller.busy[name] = true
	l.teller.wait.Go(func() {
		r := f(l.teller.ctx)
		// An error means that the server is going down; it asks again later.
		_ = l.send(l.teller.ctx, question(func() {
			delete(l.teller.busy, name)
			r.handle(l)
		}))
	})
}

// count fetches the ballots of a closed secret vote and counts them.
func (l *Live) count(item meeting.ItemID, v meeting.Voting) {
	name := VoteName(l.id, item, v.ID)
	l.atBox(name, func(ctx context.Context) request {
		list, err := l.opt.Box.Seal(ctx, name)
		return question(func() {
			if err != nil {
				l.failed("secret ballots not counted", name, err)
				return
			}
			l.serve("count", item, v, meeting.CountVote{Item: item, Vote: v.ID, Name: name, List: list})
		})
	})
}

// discard destroys the ballots of a cancelled vote.
func (l *Live) discard(item meeting.ItemID, v meeting.Voting) {
	name := VoteName(l.id, item, v.ID)
	if l.teller.gone[name] {
		return
	}
	l.atBox(name, func(ctx context.Context) request {
		err := l.opt.Box.Discard(ctx, name)
		return question(func() {
			if err != nil {
				l.failed("the ballots of a cancelled vote are still there", name, err)
				return
			}
			l.teller.gone[name] = true
		})
	})
}

func (l *Live) failed(what, name string, err error) {
	slog.Error(what, "vote", name, "err", err)
	l.teller.timer.Reset(retryEvery)
}

// due reports whether a meeting has to run for its votes, also when nobody
// asks for it.
func due(s meeting.State) bool {
	for _, c := range s.Contents {
		for _, v := range c.Votes {
			if v.State == meeting.Polling && !v.Deadline.IsZero() && len(v.Held) == 0 ||
				v.State == meeting.Polled && v.Plan.Poll.Mode == poll.Secret {
				return true
			}
		}
	}
	return false
}

// Sight is what a person may know of a vote.
type Sight struct {
	Voting meeting.Voting
	// MayVote says that he may vote now, or could be let in late.
	MayVote bool
	// Runs says that he runs the vote, and sees the result first.
	Runs bool
	// Mine is his open ballot, if he has cast one.
	Mine *poll.Ballot
	// Here lists, for whoever runs the vote, who of the item's audience has a
	// device connected; sorted.
	Here []meeting.PersonID
	// Result is there when it may be shown to him.
	Result *poll.Result
	Digest string
}

// Vote tells what a person may know of a vote; ok is false where there is none
// for him.
func (h *Hall) Vote(ctx context.Context, person, id, item, vote string) (s Sight, ok bool, err error) {
	var seen Sight
	var found bool
	err = h.read(ctx, id, func(l *Live) {
		seen, found = sight(l.state, meeting.PersonID(person), meeting.ItemID(item), meeting.VoteID(vote))
		if seen.Runs {
			seen.Here = slices.Sorted(maps.Keys(l.here(meeting.ItemID(item))))
		}
	})
	if err != nil {
		return s, false, err
	}
	return seen, found, nil
}

func sight(s meeting.State, who meeting.PersonID, item meeting.ItemID, vote meeting.VoteID) (out Sight, ok bool) {
	if !s.MaySee(who, item) {
		return out, false
	}
	if out.Voting, ok = s.Contents[item].Voting(vote); !ok {
		return out, false
	}
	out.MayVote = s.MayVote(who, item, out.Voting)
	out.Runs = s.MayChair(who) || out.Voting.Plan.Ahead && s.People[who].Has(meeting.Secretary)
	if b, voted := s.Choice(item, vote, who); voted {
		out.Mine = &b
	}
	kept := s.Sealed[item].Votes[vote]
	switch {
	case out.Voting.State == meeting.Announced:
		r := out.Voting.Result
		out.Result, out.Digest = &r, out.Voting.Digest
	case out.Voting.State == meeting.Tallied && out.Runs:
		out.Result, out.Digest = &kept.Result, kept.Digest
		if out.Voting.Plan.Ahead && out.Voting.Plan.Poll.Mode == poll.After {
			out.Voting.Choices = kept.Choices // the opinions are summed up from their words
		}
	}
	return out, true
}

// BallotIn tells a meeting that a secret ballot has come in, of nobody in
// particular: a vote that closes when all have voted closes with the last.
func (h *Hall) BallotIn(ctx context.Context, id, item, vote string) error {
	l, err := h.live(ctx, id, false)
	if err != nil {
		return err
	}
	var v meeting.Voting
	err = l.ask(ctx, func() { v, _ = l.state.Contents[meeting.ItemID(item)].Voting(meeting.VoteID(vote)) })
	if err != nil || v.State != meeting.Polling || !v.Plan.AutoClose || len(v.Waiting()) > 0 {
		return err
	}
	n, err := h.opt.Box.Count(ctx, VoteName(id, meeting.ItemID(item), v.ID))
	if err != nil || n < len(v.Taken) {
		return err
	}
	return l.send(ctx, question(func() {
		now, _ := l.state.Contents[meeting.ItemID(item)].Voting(v.ID)
		if len(now.Taken) != len(v.Taken) || len(now.Waiting()) > 0 {
			return // somebody was let in meanwhile: his ballot closes the vote
		}
		l.serve("full", meeting.ItemID(item), v, meeting.EndVote{Item: meeting.ItemID(item), Vote: v.ID, Full: true})
	}))
}

// withoutKey refuses to open a secret vote whose key is not there: it became
// secret after the key was asked for. The next try has one.
func (l *Live) withoutKey(c meeting.Command) *meeting.Refusal {
	open, ok := c.(meeting.OpenVote)
	if !ok || open.Key != "" {
		return nil
	}
	v, ok := l.batch.state.Contents[open.Item].Voting(open.Vote)
	if !ok || v.Plan.Poll.Mode != poll.Secret || v.State != meeting.Prepared && v.State != meeting.Posed {
		return nil
	}
	return &meeting.Refusal{Code: meeting.BadState, What: "key"}
}

// withKey fills in the key of a secret vote that is about to be opened. A
// client is not believed.
func (h *Hall) withKey(ctx context.Context, l *Live, c meeting.OpenVote, who meeting.PersonID) (meeting.OpenVote, error) {
	c.Key = ""
	var secret bool
	err := l.ask(ctx, func() {
		s, _ := sight(l.state, who, c.Item, c.Vote)
		v := s.Voting
		secret = s.Runs && v.Plan.Poll.Mode == poll.Secret && (v.State == meeting.Prepared || v.State == meeting.Posed)
	})
	if err != nil || !secret {
		return c, err
	}
	if h.opt.Box == nil {
		return c, &meeting.Refusal{Code: meeting.BadState, What: "ballot box"}
	}
	key, err := h.opt.Box.Key(ctx, VoteName(l.id, c.Item, c.Vote))
	c.Key = base64.StdEncoding.EncodeToString(key)
	return c, err
}
