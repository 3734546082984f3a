package ballot

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// maxListed bounds the ballots of a list that is looked at.
const maxListed = 100_000

// Recount checks a list of ballots by itself and counts it again: it returns
// the first thing that is wrong, as what it is and where. Nothing but the list
// is needed; whether it is the list of the vote is for the digest and the key
// to say, which everybody who was there has.
func Recount(l protocol.BallotList) (poll.Result, error) {
	var none poll.Result
	if l.Format != protocol.BallotFormat {
		return none, fmt.Errorf("the file's form is %q, not %q", l.Format, protocol.BallotFormat)
	}
	p, what := l.Poll.Clean()
	if what != "" || p.Mode != poll.Secret {
		return none, fmt.Errorf("the poll is none of a secret vote: %s", what)
	}
	if len(l.Ballots) > maxListed {
		return none, fmt.Errorf("more than %d ballots", maxListed)
	}
	list, err := tokens(l.Ballots)
	if err != nil {
		return none, err
	}
	if err := checkSignatures(l, list); err != nil {
		return none, err
	}
	if got := poll.Digest(l.Vote, list); got != l.Digest {
		return none, fmt.Errorf("the digest of the ballots is %s, the list says %s", got, l.Digest)
	}
	votes := poll.Votes{Taken: l.Taken}
	for _, b := range list {
		votes.Secret = append(votes.Secret, poll.Ballot{Marks: b.Marks})
	}
	r := poll.Tally(p, l.Roll, votes)
	if same, err := sameJSON(r, l.Result); err != nil || !same {
		return none, errors.Join(errors.New("the ballots give another result than the list says"), err)
	}
	return r, nil
}

// tokens reads the ballots, which must be in the order of their tokens.
func tokens(all []protocol.SecretBallot) ([]poll.Listed, error) {
	out := make([]poll.Listed, len(all))
	for i, b := range all {
		raw, err := hex.DecodeString(b.Token)
		if err != nil || len(raw) != poll.TokenSize || hex.EncodeToString(raw) != b.Token {
			return nil, fmt.Errorf("ballot %d: %q is no token", i+1, b.Token)
		}
		copy(out[i].Token[:], raw)
		out[i].Marks = b.Marks
		if i > 0 && bytes.Compare(out[i-1].Token[:], raw) >= 0 {
			return nil, fmt.Errorf("ballot %d: %s is there twice, or out of order", i+1, b.Token)
		}
	}
	return out, nil
}

// checkSignatures checks all of them, on all processors.
func checkSignatures(l protocol.BallotList, list []poll.Listed) error {
	c, err := NewChecker(l.Vote, l.Key)
	if err != nil {
		return err
	}
	failed := make([]error, len(list))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(list); i += workers {
				failed[i] = c.Check(list[i].Token, l.Ballots[i].Signature)
			}
		})
	}
	wait.Wait()
	for i, err := range failed {
		if err != nil {
			return fmt.Errorf("ballot %d, %x: %w", i+1, list[i].Token, err)
		}
	}
	return nil
}

func sameJSON(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return bytes.Equal(x, y), err
}

// In reports whether a ballot is in a list with these marks. A device asks it
// for its own.
func In(l protocol.BallotList, token Token, marks []int) bool {
	name := hex.EncodeToString(token[:])
	for _, b := range l.Ballots {
		if b.Token == name {
			return poll.Ballot{Marks: b.Marks}.Equal(poll.Ballot{Marks: marks})
		}
	}
	return false
}
