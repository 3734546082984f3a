package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"phonghop/server/internal/ballotbox"
	"phonghop/server/internal/room"
	"phonghop/shared/ballot"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// ballotsAtOnce bounds the secret ballots that are being taken; the next one
// is told to come again.
const ballotsAtOnce = 4096

// vote finds the vote that a path names, and what the caller may know of it.
func (s *Server) vote(r *http.Request, who caller) (room.Sight, error) {
	sight, ok, err := s.Hall.Vote(r.Context(), who.id(), r.PathValue("meeting"), r.PathValue("item"), r.PathValue("vote"))
	if err == nil && !ok {
		err = errNotFound
	}
	return sight, err
}

func voteName(r *http.Request) string {
	return room.VoteName(r.PathValue("meeting"), meeting.ItemID(r.PathValue("item")), meeting.VoteID(r.PathValue("vote")))
}

func (s *Server) voteView(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	sight, err := s.vote(r, who)
	if err != nil {
		return 0, nil, err
	}
	v := sight.Voting
	out := protocol.VoteView{
		State: string(v.State), MayVote: sight.MayVote && v.State == meeting.Polling,
		Mine: sight.Mine, Here: sight.Here, Result: sight.Result, Digest: sight.Digest,
	}
	if sight.Runs && v.Plan.Ahead && v.State == meeting.Tallied {
		out.Choices = v.Choices
	}
	if sight.Runs && v.Plan.Poll.Mode == poll.Secret && v.State == meeting.Polling && s.Ballots != nil {
		if out.InBox, err = s.Ballots.Count(r.Context(), voteName(r)); err != nil {
			return 0, nil, ofBox(err)
		}
	}
	return http.StatusOK, out, nil
}

// credential signs a blinded token. What is to be signed is kept first, then
// the record that the person takes part, and only then is it signed: whatever
// fails in between, nobody gets two, and there are never more ballots than
// people who took part.
func (s *Server) credential(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	if inClear(r) {
		return 0, nil, errInClear
	}
	body, err := read[protocol.CredentialRequest](w, r)
	if err != nil {
		return 0, nil, err
	}
	sight, err := s.vote(r, who)
	if err != nil {
		return 0, nil, err
	}
	v := sight.Voting
	switch {
	case v.Plan.Poll.Mode != poll.Secret || s.Ballots == nil:
		return 0, nil, trouble(http.StatusNotFound, protocol.CodeNotFound, "secret vote")
	case v.State != meeting.Polling:
		return 0, nil, trouble(http.StatusConflict, string(meeting.BadState), string(v.State))
	case !sight.MayVote:
		return 0, nil, trouble(http.StatusForbidden, protocol.CodeNotAllowed, "roll")
	}
	name := voteName(r)
	voters := len(v.Roll.Voters) + len(v.Roll.Late) + 1
	if err := s.Ballots.Claim(r.Context(), name, v.Plan.Poll, voters, who.id(), body.Blinded); err != nil {
		return 0, nil, ofBox(err)
	}
	if err := s.takesPart(r, who); err != nil {
		return 0, nil, err
	}
	signature, err := s.Ballots.Sign(r.Context(), name, who.id(), body.Blinded)
	if err != nil {
		return 0, nil, ofBox(err)
	}
	return http.StatusOK, protocol.CredentialAnswer{Signature: signature}, nil
}

// takesPart records that somebody takes part in a secret vote; when it
// returns, that is durable.
func (s *Server) takesPart(r *http.Request, who caller) error {
	ctx, cancel := context.WithTimeout(r.Context(), commandWithin)
	defer cancel()
	wish := meeting.TakeBallot{Item: meeting.ItemID(r.PathValue("item")), Vote: meeting.VoteID(r.PathValue("vote"))}
	_, err := s.submit(ctx, r.PathValue("meeting"), room.Command{
		// Every try is one of its own: the second one means nothing.
		Key:   room.Key{Person: who.id(), Client: "ballot", Command: rand.Text()},
		Actor: meeting.Actor{Person: who.person.ID}, Wish: wish,
	})
	return err
}

// castSecret takes a ballot from nobody in particular.
func (s *Server) castSecret(w http.ResponseWriter, r *http.Request) (int, any, error) {
	if inClear(r) {
		return 0, nil, errInClear
	}
	if token(r) != "" {
		// It would say whose ballot this is. No client of ours does it.
		return 0, nil, invalid("a ballot comes without session")
	}
	select {
	case s.ballots <- struct{}{}:
		defer func() { <-s.ballots }()
	default:
		p := trouble(http.StatusTooManyRequests, protocol.CodeSlowDown, "")
		p.RetryAfter = 1
		return 0, nil, p
	}
	body, err := read[protocol.SecretBallot](w, r)
	if err != nil {
		return 0, nil, err
	}
	b := ballotbox.Ballot{Vote: body.Vote, Signature: body.Signature, Marks: body.Marks}
	raw, err := hex.DecodeString(body.Token)
	parts := strings.Split(body.Vote, "/")
	if err != nil || len(raw) != len(b.Token) || len(parts) != 3 || !allValid(parts) {
		return 0, nil, invalid("vote, token")
	}
	copy(b.Token[:], raw)
	if s.Ballots == nil {
		return 0, nil, errNotFound
	}
	again, err := s.Ballots.Cast(r.Context(), b)
	if err != nil {
		return 0, nil, ofBox(err)
	}
	if err := s.Hall.BallotIn(r.Context(), parts[0], parts[1], parts[2]); err != nil {
		// It counts all the same; only the vote may not close by itself.
		s.Log.Warn("a meeting was not told of a ballot", "err", err)
	}
	return http.StatusOK, protocol.BallotAnswer{Again: again}, nil
}

func allValid(ids []string) bool {
	for _, id := range ids {
		if !text.ValidID(id) {
			return false
		}
	}
	return true
}

// ballotList gives the ballots of an announced secret vote.
func (s *Server) ballotList(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	sight, err := s.vote(r, who)
	if err != nil {
		return 0, nil, err
	}
	v := sight.Voting
	if v.Plan.Poll.Mode != poll.Secret || v.State != meeting.Announced || s.Ballots == nil {
		return 0, nil, trouble(http.StatusNotFound, protocol.CodeNotFound, "list of ballots")
	}
	name := voteName(r)
	all, err := s.Ballots.Ballots(r.Context(), name)
	if err != nil {
		return 0, nil, ofBox(err)
	}
	out := protocol.BallotList{
		Format: protocol.BallotFormat, Vote: name, Question: v.Plan.Question, Poll: v.Plan.Poll, Roll: v.Roll,
		Taken: len(v.Taken), Ballots: make([]protocol.SecretBallot, len(all)), Digest: v.Digest, Result: v.Result,
	}
	if out.Key, err = base64.StdEncoding.DecodeString(v.Key); err != nil {
		return 0, nil, err
	}
	for i, b := range all {
		out.Ballots[i] = protocol.SecretBallot{Token: hex.EncodeToString(b.Token[:]), Signature: b.Signature, Marks: b.Marks}
	}
	return http.StatusOK, out, nil
}

// ofBox is what a client is told of an error of the ballot box.
func ofBox(err error) error {
	switch {
	case errors.Is(err, ballotbox.ErrNoVote):
		return trouble(http.StatusNotFound, protocol.CodeNotFound, "vote")
	case errors.Is(err, ballotbox.ErrSealed):
		return trouble(http.StatusConflict, string(meeting.BadState), "closed")
	case errors.Is(err, ballotbox.ErrClaimed):
		return trouble(http.StatusConflict, string(meeting.Exists), "ballot of another device")
	case errors.Is(err, ballotbox.ErrUsed):
		return trouble(http.StatusConflict, string(meeting.Exists), "token")
	case errors.Is(err, ballotbox.ErrIllegal):
		return invalid("ballot")
	case errors.Is(err, ballot.ErrForged):
		return trouble(http.StatusForbidden, protocol.CodeNotAllowed, "signature")
	}
	return err
}
