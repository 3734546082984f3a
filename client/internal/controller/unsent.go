package controller

import "phonghop/shared/meeting"

// Unsent counts what is on this device only: who signs out now leaves it
// waiting here.
type Unsent struct {
	Ballots int // chosen and confirmed, and not yet with the server
	Wishes  int // everything else: strokes, notes, requests
}

// Unsent counts what the server has not taken yet from this person.
func (c *Controller) Unsent() (u Unsent) {
	v := c.seen()
	for _, p := range v.Outbox {
		switch {
		case p.Acknowledged:
		case isBallot(p.Command):
			u.Ballots++
		default:
			u.Wishes++
		}
	}
	for _, r := range c.records() {
		if r.uncast() {
			u.Ballots++
		}
	}
	return u
}

func isBallot(cmd meeting.Command) bool {
	_, ok := cmd.(meeting.CastVote)
	return ok
}

// uncast reports whether a secret ballot still waits to be cast.
func (r record) uncast() bool {
	return r.Secret && (r.Stage == stageDrawn || r.Stage == stageSigned)
}
