package controller

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"math/big"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/client/internal/session"
	"phonghop/shared/ballot"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// stage says how far a ballot of this device is.
type stage string

// The stages. An open ballot travels with the other commands and has only the
// last ones.
const (
	stageDrawn   stage = "drawn"   // the choice and the seed are kept
	stageSigned  stage = "signed"  // the credential is here
	stageOpen    stage = "open"    // an open ballot was handed over
	stageCounted stage = "counted" // the server has it for good
	stageRefused stage = "refused" // it does not count
	stageDone    stage = "done"    // counted, and found in the list; the choice is forgotten
)

// record is what the device keeps of one ballot. Of a secret one it is the
// only thing anywhere that ties a choice to a person: it is forgotten once
// the ballot was found in the published list.
type record struct {
	VoteAt
	Secret    bool        `json:"secret,omitempty"`
	Key       string      `json:"key,omitempty"`
	Seed      []byte      `json:"seed,omitempty"`
	Signature []byte      `json:"signature,omitempty"`
	Ballot    poll.Ballot `json:"ballot"`
	// Before is the counted ballot that an open one is to replace.
	Before *poll.Ballot `json:"before,omitempty"`
	Stage  stage        `json:"stage"`
	Code   string       `json:"code,omitempty"`
	At     time.Time    `json:"at,omitzero"`
	Check  ListCheck    `json:"check,omitempty"`
}

const recordBallot = "ballot/"

// Waits of the carrier.
const (
	carryFirst = time.Second
	carryMost  = 15 * time.Second
	carryDelay = 3 * time.Second // a secret ballot waits up to this long before it is cast
)

// restoreBallots reads what an earlier start left.
func restoreBallots(in *inside) {
	for _, name := range in.area.Records(recordBallot) {
		r, ok := keptBallot(in.area, name)
		if !ok {
			_ = in.area.Drop(name)
			continue
		}
		in.ballots[r.VoteAt] = r
	}
}

// keptBallot reads the record of one ballot; false where it cannot be read.
func keptBallot(area *cache.Area, name string) (r record, ok bool) {
	data, ok := area.Kept(name)
	return r, ok && json.Unmarshal(data, &r) == nil && recordBallot+r.Name() == name
}

// records copies what is known of this device's ballots.
func (c *Controller) records() map[VoteAt]record {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inside == nil {
		return nil
	}
	return maps.Clone(c.inside.ballots)
}

// hold keeps a record on the device and shows it. A device whose disk is full
// goes on without: the banner of the status says so.
func (c *Controller) hold(in *inside, r record) {
	if data, err := json.Marshal(r); err == nil {
		_ = in.area.Keep(recordBallot+r.Name(), data)
	}
	c.show(in, r)
}

// Cast casts this person's ballot. An open one goes out with the other wishes.
// A secret one is kept on the device first; its credential is fetched, and it
// is cast over a connection that knows nobody.
func (c *Controller) Cast(at VoteAt, b poll.Ballot) (code string) {
	v := c.seen()
	sc := sceneOf(v, at.Meeting, c.now())
	vote, ok := sc.vote(at)
	if !ok {
		return protocol.CodeNotFound
	}
	b, what := vote.Plan.Poll.CleanBallot(b)
	if what != "" {
		return protocol.CodeInvalid
	}
	c.mu.Lock()
	in := c.inside
	var old record
	if in != nil {
		old = in.ballots[at]
	}
	c.mu.Unlock()
	if in == nil {
		return "signed_out"
	}
	if vote.Plan.Poll.Mode != poll.Secret {
		if code := c.submit(at.Meeting, at.Item, meeting.CastVote{Item: at.Item, Vote: at.Vote, Ballot: b}); code != "" {
			return code
		}
		r := record{VoteAt: at, Ballot: b, Before: old.Before, Stage: stageOpen}
		if old.Stage == stageCounted {
			r.Before = &old.Ballot
		}
		c.hold(in, r)
		return ""
	}
	view := sc.ballot(at.Item, vote, old)
	if old.Stage != "" || view.Ballot == BallotAway {
		return "conflict"
	}
	if !view.MayVote {
		return string(meeting.BadState)
	}
	seed := make([]byte, ballot.SeedSize)
	_, _ = rand.Read(seed) // never fails, by its documentation
	r := record{VoteAt: at, Secret: true, Key: vote.Key, Seed: seed, Ballot: poll.Ballot{Marks: b.Marks}, Stage: stageDrawn}
	if !c.draw(in, r) {
		return "conflict"
	}
	in.wakeBallots()
	return ""
}

// draw keeps a secret ballot before anything is done with it, unless another
// tab of this browser has one: its seed must not be lost.
func (c *Controller) draw(in *inside, r record) bool {
	data, err := json.Marshal(r)
	if err == nil {
		err = in.area.KeepFirst(recordBallot+r.Name(), data)
	}
	if errors.Is(err, fs.ErrExist) {
		in.area.Refresh()
		if other, ok := keptBallot(in.area, recordBallot+r.Name()); ok {
			c.show(in, other)
			in.wakeBallots()
			return false
		}
		c.hold(in, r) // what was there cannot be read
		return true
	}
	c.show(in, r) // also where it could not be kept: the status says so
	return true
}

// show takes over a record that is kept.
func (c *Controller) show(in *inside, r record) {
	c.mu.Lock()
	in.ballots[r.VoteAt] = r
	c.mu.Unlock()
	c.touch()
}

func (in *inside) wakeBallots() {
	select {
	case in.carry <- struct{}{}:
	default:
	}
}

// carryBallots brings secret ballots out and looks for them in the published
// lists, until the person leaves. What fails for the network is tried again.
func (c *Controller) carryBallots(in *inside) {
	wait := carryFirst
	for {
		again := false
		for _, r := range c.records() {
			if in.ctx.Err() != nil {
				return
			}
			again = c.carryOne(in, r) || again
		}
		var timer <-chan time.Time
		if again {
			timer = time.After(wait)
			wait = min(wait*2, carryMost)
		} else {
			wait = carryFirst
		}
		select {
		case <-in.ctx.Done():
			return
		case <-in.carry:
			wait = carryFirst
		case <-timer:
		}
	}
}

// carryOne does the next steps for one ballot and reports whether they have to
// be tried again later.
func (c *Controller) carryOne(in *inside, r record) (again bool) {
	if !r.Secret {
		return c.settleOpen(in, r)
	}
	var err error
	if r.Stage == stageDrawn {
		if r.Signature, err = c.credential(in, r); err == nil {
			r.Stage = stageSigned
			c.hold(in, r)
		}
	}
	if r.Stage == stageSigned {
		if err = c.castSecret(in, r); err == nil {
			r.Stage, r.At, r.Signature = stageCounted, c.seen().Now(c.now()), nil
			c.hold(in, r)
		}
	}
	if r.Stage == stageCounted {
		return c.lookForBallot(in, r)
	}
	switch {
	case err == nil || in.ctx.Err() != nil:
		return false
	case forLater(err):
		return true
	}
	r.Stage, r.Code = stageRefused, Code(err)
	c.hold(in, r)
	return false
}

// forLater reports whether an error says nothing about the ballot.
func forLater(err error) bool {
	switch session.CodeOf(err) {
	case string(meeting.BadState), string(meeting.Exists), protocol.CodeNotAllowed, protocol.CodeNotFound, protocol.CodeInvalid:
		return false
	}
	return !errors.Is(err, ballot.ErrForged)
}

// blinding makes the same token of the same seed, also after a restart.
func (c *Controller) blinding(r record) (*ballot.Request, error) {
	key, err := base64.StdEncoding.DecodeString(r.Key)
	if err == nil {
		var req *ballot.Request
		if req, err = ballot.NewRequest(r.Name(), key, r.Seed); err == nil {
			return req, nil
		}
	}
	return nil, &session.Problem{Code: protocol.CodeInvalid, What: "the vote's key", Err: err}
}

// credential has this device's token signed.
func (c *Controller) credential(in *inside, r record) ([]byte, error) {
	req, err := c.blinding(r)
	if err != nil {
		return nil, err
	}
	answer, err := in.session.Server().Credential(in.ctx, r.VoteAt, req.Blinded())
	if err != nil {
		return nil, err
	}
	return req.Finish(answer)
}

// castSecret casts a ballot after a while that nobody can foresee, so that the
// order of the casts tells nothing of that of the credentials.
func (c *Controller) castSecret(in *inside, r record) error {
	req, err := c.blinding(r)
	if err != nil {
		return err
	}
	delay := c.opt.Delay
	if delay == nil {
		delay = randomDelay
	}
	select {
	case <-time.After(c.shortened(r.VoteAt, delay())):
	case <-in.ctx.Done():
		return in.ctx.Err()
	}
	token := req.Token()
	_, err = in.session.Server().CastSecret(in.ctx, protocol.SecretBallot{Vote: r.Name(), Token: hex.EncodeToString(token[:]), Signature: r.Signature, Marks: r.Ballot.Marks})
	return err
}

// shortened keeps a delay within half of the time that is left.
func (c *Controller) shortened(at VoteAt, d time.Duration) time.Duration {
	sc := sceneOf(c.seen(), at.Meeting, c.now())
	if v, ok := sc.vote(at); ok {
		if timed, left := sc.left(v); timed {
			return min(d, left/2)
		}
	}
	return d
}

func randomDelay() time.Duration {
	n, err := rand.Int(rand.Reader, big.NewInt(int64(carryDelay)))
	if err != nil {
		return carryDelay
	}
	return time.Duration(n.Int64())
}

// settleOpen notes when an open ballot was counted.
func (c *Controller) settleOpen(in *inside, r record) bool {
	if r.Stage != stageOpen {
		return false
	}
	sc := sceneOf(c.seen(), r.Meeting, c.now())
	v, ok := sc.vote(r.VoteAt)
	if ok && sc.ballot(r.Item, v, r).Ballot == BallotCounted {
		r.Stage, r.At, r.Before = stageCounted, sc.now, nil
		c.hold(in, r)
	}
	return false
}

// refusedBallot notes that the server did not take an open ballot. A change
// that came too late leaves the ballot that was counted before.
func (c *Controller) refusedBallot(id string, cast meeting.CastVote, code string) {
	c.mu.Lock()
	in := c.inside
	at := VoteAt{Meeting: id, Item: cast.Item, Vote: cast.Vote}
	var r record
	if in != nil {
		r = in.ballots[at]
	}
	c.mu.Unlock()
	if in == nil || r.Secret || cast.Person != "" && cast.Person != c.seen().Me.ID {
		return
	}
	r.VoteAt, r.Stage, r.Code, r.Ballot = at, stageRefused, screenCode(code), cast.Ballot
	if r.Before != nil {
		r.Stage, r.Code, r.Ballot, r.Before = stageCounted, "", *r.Before, nil
	}
	c.hold(in, r)
}

// lookForBallot looks for a counted ballot in the published list. Once it was
// found the device forgets what was chosen.
func (c *Controller) lookForBallot(in *inside, r record) (again bool) {
	sc := sceneOf(c.seen(), r.Meeting, c.now())
	v, ok := sc.vote(r.VoteAt)
	if ok && v.State == meeting.Cancelled {
		r.Stage, r.Seed, r.Ballot = stageDone, nil, poll.Ballot{}
		c.hold(in, r)
	}
	if !ok || v.State != meeting.Announced || v.Digest == "" || r.Check != "" {
		return false
	}
	list, err := in.session.Server().BallotList(in.ctx, r.VoteAt)
	if err != nil {
		return in.ctx.Err() == nil && forLater(err)
	}
	r.Check = c.checkList(list, v, r)
	if r.Check == ListFound {
		r.Stage, r.Seed, r.Ballot = stageDone, nil, poll.Ballot{}
	}
	c.hold(in, r)
	return false
}

// checkList counts a published list again: it must be the list of the log, it
// must give the result, and it must have this device's ballot.
func (c *Controller) checkList(list protocol.BallotList, v meeting.Voting, r record) ListCheck {
	req, err := c.blinding(r)
	if err != nil {
		return ListWrong
	}
	again, err := ballot.Recount(list)
	if err != nil || list.Vote != r.Name() || list.Digest != v.Digest || base64.StdEncoding.EncodeToString(list.Key) != v.Key || !again.Equal(v.Result) {
		return ListWrong
	}
	if !ballot.In(list, req.Token(), r.Ballot.Marks) {
		return ListMissing
	}
	return ListFound
}

// forgetOldBallots drops records of votes that are gone with their meetings.
func (c *Controller) forgetOldBallots(in *inside) {
	const most = 200
	known := c.records()
	if len(known) <= most {
		return
	}
	for at, r := range known {
		if r.Stage != stageDone && r.Stage != stageRefused && (r.Secret || r.Stage != stageCounted) {
			continue
		}
		c.mu.Lock()
		delete(in.ballots, at)
		c.mu.Unlock()
		_ = in.area.Drop(recordBallot + at.Name())
	}
}
