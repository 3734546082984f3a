// Package account keeps the secrets (PINs, passwords) with which people sign
// in, and the sessions of those who did.
//
// Secrets are kept as argon2id hashes and tokens as SHA-256, so that whoever
// reads the database can neither sign in nor go on with a session. Wrong
// guesses are counted before they are looked at and slowed down, never locked
// out for good.
package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Errors of a Service. Those of the store come through wrapped.
var (
	// ErrWrong says that the person and the PIN do not belong together, and
	// no more: a person who is not there answers the same
	// (protocol.CodeWrongPIN).
	ErrWrong = errors.New("the person and the PIN do not match")
	// ErrNoSession says that a token belongs to no session, or to one that
	// has ended (protocol.CodeSignIn).
	ErrNoSession = errors.New("no session: sign in again")
	// ErrDevice says that what a client tells of its device is out of bounds:
	// the id 1 to 64 of [A-Za-z0-9_-], the name one line of at most 80 runes.
	ErrDevice = errors.New("the description of the device is not valid")
	// ErrPerson says that a person's id is not 1 to 64 of [A-Za-z0-9_-].
	ErrPerson = errors.New("the person's id is not valid")
)

// Errors of a Store.
var (
	// ErrNoSecret says that a person has no secret.
	ErrNoSecret = errors.New("the person has no secret")
	// ErrChanged says that a secret is not the expected one any more.
	ErrChanged = errors.New("the secret has changed meanwhile")
)

// SlowDownError says that there were too many wrong guesses
// (protocol.CodeSlowDown).
type SlowDownError struct {
	RetryAfter time.Duration // more than 0, at most a minute
}

func (e *SlowDownError) Error() string {
	return fmt.Sprintf("too many wrong PINs: try again in %s", e.RetryAfter.Round(time.Second/10))
}

// Weakness says why a secret is not accepted.
type Weakness string

// The weaknesses.
const (
	TooShort   Weakness = "too_short"  // less than 6 digits, or 8 characters where not all are digits
	TooLong    Weakness = "too_long"   // more than 128 bytes
	TooCommon  Weakness = "too_common" // guessed first: equal digits, runs, repetitions
	Unreadable Weakness = "unreadable" // control characters, or not UTF-8
)

// WeakError says that a secret is not accepted (protocol.CodeWeakPIN).
type WeakError struct{ Weakness Weakness }

func (e *WeakError) Error() string { return "the PIN is not accepted: " + string(e.Weakness) }

// Session is a device signed in by a person.
type Session struct {
	ID      string // names the session to others; it is not the token and gives no right
	Person  roster.PersonID
	Device  protocol.Device
	Started time.Time // UTC, whole milliseconds, as Expires
	Expires time.Time // from here on it has ended
}

// Hash is the SHA-256 of a session's token.
type Hash [sha256.Size]byte

// Record is a session as it is kept.
type Record struct {
	Hash Hash
	Session
}

// Store keeps secrets and sessions. What a method has changed is durable when
// it returns, and each method happens whole or not at all. Methods may be
// called from any goroutine. Those that end sessions return the ended ones,
// the oldest first; a session that expired counts as one until it is dropped.
type Store interface {
	// Secret returns a person's secret. The error is ErrNoSecret.
	Secret(ctx context.Context, person roster.PersonID) (string, error)
	// SetSecret sets a person's secret and ends the person's sessions.
	SetSecret(ctx context.Context, person roster.PersonID, secret string) (ended []Record, err error)
	// ChangeSecret sets a person's secret if it is old until then, and ends
	// the person's sessions but for keep. The error is ErrChanged.
	ChangeSecret(ctx context.Context, person roster.PersonID, old, secret string, keep Hash) (ended []Record, err error)
	// RenewSecret sets a person's secret if it is old until then, and leaves
	// the sessions alone. The error is ErrChanged.
	RenewSecret(ctx context.Context, person roster.PersonID, old, secret string) error
	// RemoveSecret removes a person's secret, if any, and ends the person's
	// sessions.
	RemoveSecret(ctx context.Context, person roster.PersonID) (ended []Record, err error)

	// AddSession adds a session if its person's secret is still the given
	// one; else the error is ErrChanged. It drops every session that has
	// expired at its start (those are not returned), and ends the person's
	// oldest until there are no more than most.
	AddSession(ctx context.Context, r Record, secret string, most int) (ended []Record, err error)
	// Session returns a session, also one that has expired. The error is
	// ErrNoSession.
	Session(ctx context.Context, token Hash) (Record, error)
	// EndSession ends a session. The error is ErrNoSession.
	EndSession(ctx context.Context, token Hash) (ended Record, err error)
	// EndSessions ends a person's sessions but for keep, which may be zero.
	EndSessions(ctx context.Context, person roster.PersonID, keep Hash) (ended []Record, err error)
}
