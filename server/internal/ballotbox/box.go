// Package ballotbox keeps the ballots of secret votes, apart from everything
// else the server knows.
//
// It signs one blinded token for each person who takes part, without seeing
// the token, and takes ballots that carry a signed token, without asking from
// whom. Between the two there is nothing that could be joined: the box knows
// who asked, and what was cast, and neither an order nor a time of either.
package ballotbox

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"sync"

	"github.com/cloudflare/circl/blindsign/blindrsa"

	"phonghop/shared/ballot"
	"phonghop/shared/poll"
)

// Errors of a box.
var (
	ErrNoVote  = errors.New("there is no such secret vote")
	ErrSealed  = errors.New("the vote is closed")
	ErrClaimed = errors.New("this person was given a ballot on another device")
	ErrIllegal = errors.New("the ballot is not one of this vote")
	ErrUsed    = errors.New("the token was used for another choice")
	ErrClosed  = errors.New("the ballot box is closing")
)

// Store keeps the boxes. What returns without an error is durable. Writes of
// several goroutines may come at once.
type Store interface {
	// Make keeps a new box, or returns the one that is there already.
	Make(ctx context.Context, b Box) (Box, error)
	// Find returns ErrNoVote, wrapped, where there is no box.
	Find(ctx context.Context, vote string) (Box, error)
	// Furnish makes room for the ballots of so many voters, once. Later calls
	// change nothing.
	Furnish(ctx context.Context, vote string, poll []byte, marks, voters int) error
	// Claim keeps what a person wants to be signed, and returns the first
	// that he ever wanted in this vote. A sealed box is ErrSealed, wrapped.
	Claim(ctx context.Context, vote, person string, blinded []byte) ([]byte, error)
	// Add adds ballots to furnished boxes, all in one write; there is one
	// answer for each: nil, ErrSealed, ErrUsed, ErrNoVote, or ErrAlready.
	Add(ctx context.Context, all []Ballot) ([]error, error)
	// Count counts the ballots in a box.
	Count(ctx context.Context, vote string) (int, error)
	// Seal ends a vote: its private key and its claims are gone for good. It
	// returns the ballots by their tokens, and does so again and again.
	Seal(ctx context.Context, vote string) ([]Ballot, error)
	// Ballots returns what Seal did; a box that is open is ErrNoVote.
	Ballots(ctx context.Context, vote string) ([]Ballot, error)
	// Discard forgets a vote and everything in its box.
	Discard(ctx context.Context, vote string) error
}

// ErrAlready is the answer of Store.Add for a ballot that is in the box.
var ErrAlready = errors.New("already in the box")

// Box is a vote's box.
type Box struct {
	Vote    string
	Private []byte // PKCS #8; empty when it is sealed
	Public  []byte // SubjectPublicKeyInfo
	Poll    []byte // JSON; empty before it is furnished
	Sealed  bool
}

// Ballot is one cast ballot.
type Ballot struct {
	Vote      string
	Token     ballot.Token
	Signature []byte
	Marks     []int
}

// KeyBits is the size of a vote's key.
//
// A key lives as long as its vote, and whoever would break it could only add
// ballots while the vote is open, which the count of those who took part shows:
// never open a ballot, because the blinding does not rest on the key's size.
// 2048 bits are held safe until 2030 for keys that live for years. Of the
// usual sizes it is the fastest by far: signing takes a third of the time of
// 3072 bits, and a seventh of 4096 (BenchmarkKeySizes of shared/ballot).
const KeyBits = 2048

// keysAhead are made before they are needed: one takes 0.2 s and more.
const keysAhead = 2

// Service is all boxes. Its methods may be called from any goroutine.
type Service struct {
	store Store
	keys  chan *rsa.PrivateKey
	casts chan cast
	quit  chan struct{}
	wait  sync.WaitGroup

	// signing bounds the signatures that are made at a time, so that the
	// meeting goes on beside them.
	signing chan struct{}

	mu      sync.Mutex
	known   map[string]*open
	private map[string]*rsa.PrivateKey // of open votes
}

// open is what casting in a box needs, of a vote whose poll is known.
type open struct {
	checker *ballot.Checker
	poll    poll.Poll
}

// Open starts the service. The store stays the caller's.
func Open(store Store) *Service {
	s := &Service{
		store: store, keys: make(chan *rsa.PrivateKey, keysAhead), casts: make(chan cast), quit: make(chan struct{}),
		signing: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1)),
		known:   map[string]*open{}, private: map[string]*rsa.PrivateKey{},
	}
	s.wait.Go(s.makeKeys)
	s.wait.Go(s.take)
	return s
}

// Close ends the service; ballots under way are answered first.
func (s *Service) Close() {
	close(s.quit)
	s.wait.Wait()
}

func (s *Service) makeKeys() {
	for {
		select {
		case <-s.quit:
			return
		default:
		}
		k, err := newKey()
		if err != nil {
			return // Key makes its own, and says why that fails
		}
		select {
		case s.keys <- k:
		case <-s.quit:
			return
		}
	}
}

func newKey() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, KeyBits)
}

// Key returns the public key of a vote, the DER of a SubjectPublicKeyInfo,
// making the vote's box the first time.
func (s *Service) Key(ctx context.Context, vote string) ([]byte, error) {
	b, err := s.store.Find(ctx, vote)
	if err == nil {
		return b.Public, nil
	}
	if !errors.Is(err, ErrNoVote) {
		return nil, err
	}
	var k *rsa.PrivateKey
	select {
	case k = <-s.keys:
	default:
		if k, err = newKey(); err != nil {
			return nil, fmt.Errorf("make the vote's key: %w", err)
		}
	}
	b = Box{Vote: vote}
	if b.Private, err = x509.MarshalPKCS8PrivateKey(k); err != nil {
		return nil, err
	}
	if b.Public, err = x509.MarshalPKIXPublicKey(&k.PublicKey); err != nil {
		return nil, err
	}
	if b, err = s.store.Make(ctx, b); err != nil {
		return nil, fmt.Errorf("keep the vote's key: %w", err)
	}
	return b.Public, nil
}

// Claim keeps what a person wants to be signed. A person gets one signature
// in a vote: another wish is ErrClaimed, the same one is welcome again.
// Voters is how many people may vote.
func (s *Service) Claim(ctx context.Context, vote string, p poll.Poll, voters int, person string, blinded []byte) error {
	b, err := s.store.Find(ctx, vote)
	if err != nil {
		return err
	}
	if b.Sealed {
		return ErrSealed
	}
	if k, err := s.privateKey(b); err != nil {
		return err
	} else if err := checkSize(k, blinded); err != nil {
		return err
	}
	if len(b.Poll) == 0 {
		data, err := json.Marshal(p)
		if err != nil {
			return err
		}
		if err := s.store.Furnish(ctx, vote, data, marksSize(p), voters); err != nil {
			return err
		}
	}
	kept, err := s.store.Claim(ctx, vote, person, blinded)
	if err != nil {
		return err
	}
	if string(kept) != string(blinded) {
		return ErrClaimed
	}
	return nil
}

// Sign signs what was claimed. It must come after the record that the person
// took part is durable, so that there are never more ballots than people.
func (s *Service) Sign(ctx context.Context, vote, person string, blinded []byte) ([]byte, error) {
	kept, err := s.store.Claim(ctx, vote, person, blinded)
	if err != nil {
		return nil, err
	}
	if string(kept) != string(blinded) {
		return nil, ErrClaimed
	}
	b, err := s.store.Find(ctx, vote)
	if err != nil {
		return nil, err
	}
	k, err := s.privateKey(b)
	if err != nil {
		return nil, err
	}
	select {
	case s.signing <- struct{}{}:
		defer func() { <-s.signing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	signature, err := blindrsa.NewSigner(k).BlindSign(blinded)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrIllegal, err)
	}
	return signature, nil
}

// privateKey reads the key of a box that is not sealed.
func (s *Service) privateKey(b Box) (*rsa.PrivateKey, error) {
	if len(b.Private) == 0 {
		return nil, ErrSealed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.private[b.Vote]; ok {
		return k, nil
	}
	parsed, err := x509.ParsePKCS8PrivateKey(b.Private)
	if err != nil {
		return nil, fmt.Errorf("the key of %s: %w", b.Vote, err)
	}
	k, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("the key of %s is none of RSA", b.Vote)
	}
	if len(s.private) >= knownVotes {
		clear(s.private)
	}
	s.private[b.Vote] = k
	return k, nil
}

// checkSize checks what is to be signed before anything is kept of it.
func checkSize(k *rsa.PrivateKey, blinded []byte) error {
	if len(blinded) != k.Size() {
		return fmt.Errorf("%w: %d bytes to sign, not %d", ErrIllegal, len(blinded), k.Size())
	}
	if new(big.Int).SetBytes(blinded).Cmp(k.N) >= 0 {
		return fmt.Errorf("%w: what is to be signed is larger than the key", ErrIllegal)
	}
	return nil
}

// marksSize is the most marks that a ballot of a poll has.
func marksSize(p poll.Poll) int {
	switch p.Method {
	case poll.Some:
		return p.Most
	case poll.Grade:
		return len(p.Options)
	default:
		return 1
	}
}

// Count counts the ballots in a box.
func (s *Service) Count(ctx context.Context, vote string) (int, error) {
	return s.store.Count(ctx, vote)
}

// Seal ends a vote and returns its ballots, sorted by their tokens. The key
// with which further ones could be signed is gone then.
func (s *Service) Seal(ctx context.Context, vote string) ([]poll.Listed, error) {
	all, err := s.store.Seal(ctx, vote)
	if err != nil {
		return nil, err
	}
	s.forget(vote)
	list := make([]poll.Listed, len(all))
	for i, b := range all {
		list[i] = poll.Listed{Token: b.Token, Marks: b.Marks}
	}
	poll.SortList(list)
	return list, nil
}

// Ballots returns the ballots of a sealed vote, with their signatures.
func (s *Service) Ballots(ctx context.Context, vote string) ([]Ballot, error) {
	return s.store.Ballots(ctx, vote)
}

// Discard forgets a vote that was cancelled. Again, it does nothing.
func (s *Service) Discard(ctx context.Context, vote string) error {
	s.forget(vote)
	return s.store.Discard(ctx, vote)
}

func (s *Service) forget(vote string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, vote)
	delete(s.private, vote)
}
