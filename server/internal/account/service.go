package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"phonghop/shared/protocol"
	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// How long a session lasts, and how many a person may have.
const (
	OwnDeviceLife    = 30 * 24 * time.Hour
	SharedDeviceLife = 12 * time.Hour
	MaxSessions      = 20 // of one person; the oldest ends
	MaxDeviceName    = 80 // runes
)

const (
	tokenBytes     = 32
	sessionIDBytes = 16
	// signInTries bounds how often a sign-in starts again because the secret
	// changed while it was compared.
	signInTries = 3
)

// Config is what a Service works with.
type Config struct {
	Store  Store
	Now    func() time.Time // time.Now where nil
	Rand   io.Reader        // of secrets; the system's where nil
	Params Params           // the defaults where zero
}

// Service signs people in. Its methods may be called from any goroutine.
// Errors of the store come through wrapped, the context's as they are; after
// any error nothing has changed.
type Service struct {
	store    Store
	now      func() time.Time
	rand     io.Reader
	hasher   *hasher
	throttle *throttle
	cache    *cache

	mu      sync.RWMutex
	revoked []func(sessionID string)
}

// New returns a Service. The error says that the params cannot be used, or
// that there is no randomness.
func New(c Config) (*Service, error) {
	s := &Service{store: c.Store, now: c.Now, rand: c.Rand, throttle: newThrottle(), cache: newCache()}
	if s.now == nil {
		s.now = time.Now
	}
	if s.rand == nil {
		s.rand = rand.Reader
	}
	var err error
	if s.hasher, err = newHasher(c.Params, s.rand); err != nil {
		return nil, fmt.Errorf("set up sign-in: %w", err)
	}
	return s, nil
}

// OnRevoked has f called with the id of each session that is ended before its
// time: signed out, revoked, pushed out by newer ones, or because the secret
// has changed. The session is refused already when f is called. f must not
// block. A session that merely expires is not reported: see Session.Expires.
//
// Whoever keeps connections checks the token once more after putting the
// connection where f finds it; otherwise one that ends in between stays.
func (s *Service) OnRevoked(f func(sessionID string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = append(s.revoked, f)
}

// SetSecret sets a person's PIN (6 to 12 digits) or password (at least 8
// characters, at most 128 bytes), whatever it was. It ends the person's
// sessions and whatever wait there was after wrong guesses, unless the secret
// is the very same: then it changes nothing, so that a repeat does no harm.
// The errors are ErrPerson and *WeakError.
func (s *Service) SetSecret(ctx context.Context, person roster.PersonID, pin string) error {
	if !text.ValidID(string(person)) {
		return ErrPerson
	}
	secret, err := accept(pin)
	if err != nil {
		return err
	}
	same, err := s.holds(ctx, person, secret)
	if err != nil {
		return err
	}
	if same {
		s.throttle.forget(person)
		return nil
	}
	hashed, err := s.hasher.make(ctx, secret)
	if err != nil {
		return err
	}
	ended, err := s.store.SetSecret(ctx, person, hashed)
	if err != nil {
		return fmt.Errorf("set a PIN: %w", err)
	}
	s.throttle.forget(person)
	s.end(ended...)
	return nil
}

// holds says whether a person's secret is the given one. Without a secret, or
// with a damaged one, it is not.
func (s *Service) holds(ctx context.Context, person roster.PersonID, secret string) (bool, error) {
	stored, err := s.store.Secret(ctx, person)
	if errors.Is(err, ErrNoSecret) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read a PIN: %w", err)
	}
	want, err := parseHash(stored)
	if err != nil {
		return false, nil // to be replaced
	}
	if err := s.hasher.turn(ctx); err != nil {
		return false, err
	}
	defer s.hasher.done()
	return want.matches(secret), nil
}

// RemoveSecret takes a person's secret away, so that the person cannot sign
// in, and ends the person's sessions. Removing none is no error.
func (s *Service) RemoveSecret(ctx context.Context, person roster.PersonID) error {
	ended, err := s.store.RemoveSecret(ctx, person)
	if err != nil {
		return fmt.Errorf("remove a PIN: %w", err)
	}
	s.throttle.forget(person)
	s.end(ended...)
	return nil
}

// ChangeSecret sets a person's secret if old is the present one, and ends the
// person's sessions but for the one of keepToken, which may be "". Wrong
// guesses count as those of SignIn. The errors are ErrWrong, *SlowDownError
// and *WeakError.
func (s *Service) ChangeSecret(ctx context.Context, person roster.PersonID, old, pin, keepToken string) error {
	secret, err := accept(pin)
	if err != nil {
		return err
	}
	g, stored, err := s.guess(ctx, person, old, "", "")
	if err != nil {
		return err
	}
	s.throttle.right(g, "")
	hashed, err := s.hasher.make(ctx, secret)
	if err != nil {
		return err
	}
	var keep Hash
	if keepToken != "" {
		keep = sha256.Sum256([]byte(keepToken))
	}
	ended, err := s.store.ChangeSecret(ctx, person, stored, hashed, keep)
	if errors.Is(err, ErrChanged) {
		return ErrWrong // old is not the present one any more
	}
	if err != nil {
		return fmt.Errorf("change a PIN: %w", err)
	}
	s.end(ended...)
	return nil
}

// SignIn starts a session. from is the address of the device, with or without
// port, for counting wrong guesses. The errors are ErrWrong, *SlowDownError
// and ErrDevice. The token is 43 characters of base64url, and is kept nowhere.
func (s *Service) SignIn(ctx context.Context, person roster.PersonID, pin string, device protocol.Device, from string) (token string, _ Session, err error) {
	if device, err = checkDevice(device); err != nil {
		return "", Session{}, err
	}
	for range signInTries {
		g, stored, err := s.guess(ctx, person, pin, device.ID, network(from))
		if err != nil {
			return "", Session{}, err
		}
		s.throttle.right(g, device.ID)
		token, session, err := s.start(ctx, person, device, s.renew(ctx, person, pin, stored))
		if errors.Is(err, ErrChanged) {
			continue
		}
		return token, session, err
	}
	return "", Session{}, fmt.Errorf("sign in: %w", ErrChanged)
}

func checkDevice(d protocol.Device) (protocol.Device, error) {
	name, ok := text.Line(d.Name, 0, MaxDeviceName)
	if !ok || !text.ValidID(d.ID) {
		return protocol.Device{}, ErrDevice
	}
	d.Name = name
	return d, nil
}

// guess compares a secret with a person's, and returns the hash as stored. A
// wrong guess stays counted; a right one is the caller's to take back.
func (s *Service) guess(ctx context.Context, person roster.PersonID, pin, device, address string) (guess, string, error) {
	if !text.ValidID(string(person)) {
		person = ""
	}
	g, err := s.throttle.begin(person, device, address, s.now())
	if err != nil {
		return guess{}, "", err
	}
	secret, ok := normalise(pin)
	if !ok {
		return guess{}, "", ErrWrong
	}
	if err := s.hasher.turn(ctx); err != nil {
		s.throttle.untried(g)
		return guess{}, "", err
	}
	defer s.hasher.done()
	stored, want, err := s.secretOf(ctx, person)
	if err != nil {
		s.throttle.untried(g)
		return guess{}, "", err
	}
	// Where there is no secret it takes as long, and nothing matches.
	if !want.matches(secret) || stored == "" {
		return guess{}, "", ErrWrong
	}
	return g, stored, nil
}

// secretOf returns a person's secret as stored, and read. Somebody without one
// gets "" and a hash to compare with.
func (s *Service) secretOf(ctx context.Context, person roster.PersonID) (string, hash, error) {
	if person == "" {
		return "", s.hasher.nobody, nil
	}
	stored, err := s.store.Secret(ctx, person)
	if errors.Is(err, ErrNoSecret) {
		return "", s.hasher.nobody, nil
	}
	var want hash
	if err == nil {
		want, err = parseHash(stored)
	}
	if err != nil {
		return "", hash{}, fmt.Errorf("read a PIN: %w", err)
	}
	return stored, want, nil
}

// renew hashes a right secret anew where the params have changed, and returns
// the hash that is stored now. It is no matter if that fails: the next sign-in
// tries again.
func (s *Service) renew(ctx context.Context, person roster.PersonID, pin, stored string) string {
	have, err := parseHash(stored)
	if err != nil || !s.hasher.outdated(have) {
		return stored
	}
	secret, _ := normalise(pin)
	hashed, err := s.hasher.make(ctx, secret)
	if err != nil || s.store.RenewSecret(ctx, person, stored, hashed) != nil {
		return stored
	}
	return hashed
}

// start makes a session for a person whose secret is still the one stored.
func (s *Service) start(ctx context.Context, person roster.PersonID, device protocol.Device, stored string) (string, Session, error) {
	var random [tokenBytes + sessionIDBytes]byte
	if _, err := io.ReadFull(s.rand, random[:]); err != nil {
		return "", Session{}, fmt.Errorf("get random bytes: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(random[:tokenBytes])
	now := s.now().UTC().Truncate(time.Millisecond)
	life := OwnDeviceLife
	if device.Shared {
		life = SharedDeviceLife
	}
	r := Record{Hash: sha256.Sum256([]byte(token)), Session: Session{
		ID:     base64.RawURLEncoding.EncodeToString(random[tokenBytes:]),
		Person: person, Device: device, Started: now, Expires: now.Add(life),
	}}
	ended, err := s.store.AddSession(ctx, r, stored, MaxSessions)
	if err != nil {
		return "", Session{}, fmt.Errorf("start a session: %w", err)
	}
	s.end(ended...)
	return token, r.Session, nil
}
