package ballotbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"phonghop/shared/ballot"
	"phonghop/shared/poll"
)

const (
	groupSize   = 512              // ballots kept together
	knownVotes  = 64               // open votes of which the key is held ready
	writeWithin = 10 * time.Second // a disk slower than that is broken
)

// cast is a checked ballot that waits to be kept.
type cast struct {
	ballot Ballot
	answer chan error
}

// Cast puts a ballot into its box. When it returns nil, the ballot is durable
// and counts; again is true for one that was there already. An error of the
// context leaves open what happened: the same ballot may be cast again.
func (s *Service) Cast(ctx context.Context, b Ballot) (again bool, err error) {
	o, err := s.open(ctx, b.Vote)
	if err != nil {
		return false, err
	}
	if _, what := o.poll.CleanBallot(poll.Ballot{Marks: b.Marks}); what != "" {
		return false, fmt.Errorf("%w: %s", ErrIllegal, what)
	}
	if err := o.checker.Check(b.Token, b.Signature); err != nil {
		return false, err
	}
	c := cast{b, make(chan error, 1)}
	select {
	case s.casts <- c:
	case <-ctx.Done():
		return false, ctx.Err()
	case <-s.quit:
		return false, ErrClosed
	}
	select {
	case err = <-c.answer:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if errors.Is(err, ErrAlready) {
		return true, nil
	}
	return false, err
}

// open finds what checking a ballot needs.
func (s *Service) open(ctx context.Context, vote string) (*open, error) {
	s.mu.Lock()
	o := s.known[vote]
	s.mu.Unlock()
	if o != nil {
		return o, nil
	}
	b, err := s.store.Find(ctx, vote)
	if err != nil {
		return nil, err
	}
	if len(b.Poll) == 0 {
		return nil, ErrNoVote // nobody was given a ballot yet
	}
	o = &open{}
	if err := json.Unmarshal(b.Poll, &o.poll); err != nil {
		return nil, fmt.Errorf("the poll of %s: %w", vote, err)
	}
	if o.checker, err = ballot.NewChecker(vote, b.Public); err != nil {
		return nil, err
	}
	if b.Sealed {
		return o, nil // the store refuses what is new, and knows what is not
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= knownVotes {
		clear(s.known)
	}
	s.known[vote] = o
	return o, nil
}

// take keeps what waits, together.
func (s *Service) take() {
	for {
		select {
		case c := <-s.casts:
			s.keep(s.group(c))
		case <-s.quit:
			return
		}
	}
}

func (s *Service) group(first cast) []cast {
	all := []cast{first}
	for len(all) < groupSize {
		select {
		case c := <-s.casts:
			all = append(all, c)
			continue
		default:
		}
		break
	}
	return all
}

func (s *Service) keep(all []cast) {
	ballots := make([]Ballot, len(all))
	for i, c := range all {
		ballots[i] = c.ballot
	}
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	answers, err := s.store.Add(ctx, ballots)
	for i, c := range all {
		if err != nil {
			c.answer <- fmt.Errorf("keep the ballot: %w", err)
			continue
		}
		c.answer <- answers[i]
	}
}
