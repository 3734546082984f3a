package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"phonghop/server/internal/account"
	"phonghop/shared/roster"
)

// Accounts implements account.Store.
type Accounts struct{ db *DB }

// Accounts returns the store of the secrets and the sessions.
func (db *DB) Accounts() *Accounts { return &Accounts{db} }

const sessionColumns = `token, name, person, device, device_name, shared, started, expires`

// session is a row of sessionColumns.
type session struct {
	token            []byte
	started, expires int64
	r                account.Record
}

func (s *session) fields() []any {
	return []any{
		&s.token, &s.r.ID, &s.r.Person, &s.r.Device.ID, &s.r.Device.Name, &s.r.Device.Shared, &s.started, &s.expires,
	}
}

func (s *session) record() account.Record {
	copy(s.r.Hash[:], s.token)
	s.r.Started, s.r.Expires = time.UnixMilli(s.started).UTC(), time.UnixMilli(s.expires).UTC()
	return s.r
}

// Secret implements account.Store.
func (a *Accounts) Secret(ctx context.Context, person roster.PersonID) (string, error) {
	var secret string
	err := a.db.read.QueryRowContext(ctx, `SELECT hash FROM secret WHERE person = ?`, person).Scan(&secret)
	if errors.Is(err, sql.ErrNoRows) {
		return "", account.ErrNoSecret
	}
	if err != nil {
		return "", fmt.Errorf("secret: %w", a.db.closed(err))
	}
	return secret, nil
}

// SetSecret implements account.Store.
func (a *Accounts) SetSecret(ctx context.Context, person roster.PersonID, secret string) (ended []account.Record, err error) {
	err = a.db.update(ctx, func(c *change) error {
		_, err := c.run(`INSERT INTO secret (person, hash) VALUES (?, ?)
			ON CONFLICT (person) DO UPDATE SET hash = excluded.hash`, person, secret)
		if err == nil {
			ended, err = c.endSessions(person, account.Hash{})
		}
		return err
	})
	return done(ended, err, "set the secret")
}

// ChangeSecret implements account.Store.
func (a *Accounts) ChangeSecret(ctx context.Context, person roster.PersonID, old, secret string, keep account.Hash) (ended []account.Record, err error) {
	err = a.db.update(ctx, func(c *change) error {
		err := c.swapSecret(person, old, secret)
		if err == nil {
			ended, err = c.endSessions(person, keep)
		}
		return err
	})
	return done(ended, err, "change the secret")
}

// RenewSecret implements account.Store.
func (a *Accounts) RenewSecret(ctx context.Context, person roster.PersonID, old, secret string) error {
	err := a.db.update(ctx, func(c *change) error { return c.swapSecret(person, old, secret) })
	_, err = done(nil, err, "renew the secret")
	return err
}

// RemoveSecret implements account.Store.
func (a *Accounts) RemoveSecret(ctx context.Context, person roster.PersonID) (ended []account.Record, err error) {
	err = a.db.update(ctx, func(c *change) error {
		_, err := c.run(`DELETE FROM secret WHERE person = ?`, person)
		if err == nil {
			ended, err = c.endSessions(person, account.Hash{})
		}
		return err
	})
	return done(ended, err, "remove the secret")
}

// AddSession implements account.Store.
func (a *Accounts) AddSession(ctx context.Context, r account.Record, secret string, most int) (ended []account.Record, err error) {
	err = a.db.update(ctx, func(c *change) error {
		if _, err := c.run(`DELETE FROM session WHERE expires <= ?`, r.Started.UnixMilli()); err != nil {
			return err
		}
		res, err := c.run(`INSERT INTO session (`+sessionColumns+`)
			SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM secret WHERE person = ? AND hash = ?)`,
			r.Hash[:], r.ID, r.Person, r.Device.ID, r.Device.Name, r.Device.Shared,
			r.Started.UnixMilli(), r.Expires.UnixMilli(), r.Person, secret)
		if err != nil {
			return err
		}
		if err := changed(res); err != nil {
			return err
		}
		ended, err = c.dropSessions(`id IN (SELECT id FROM session WHERE person = ? ORDER BY id DESC LIMIT -1 OFFSET ?)`,
			r.Person, most)
		return err
	})
	return done(ended, err, "add a session")
}

// Session implements account.Store.
func (a *Accounts) Session(ctx context.Context, token account.Hash) (account.Record, error) {
	var s session
	err := a.db.read.QueryRowContext(ctx, `SELECT `+sessionColumns+` FROM session WHERE token = ?`, token[:]).Scan(s.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Record{}, account.ErrNoSession
	}
	if err != nil {
		return account.Record{}, fmt.Errorf("session: %w", a.db.closed(err))
	}
	return s.record(), nil
}

// EndSession implements account.Store.
func (a *Accounts) EndSession(ctx context.Context, token account.Hash) (account.Record, error) {
	var ended []account.Record
	err := a.db.update(ctx, func(c *change) (err error) {
		ended, err = c.dropSessions(`token = ?`, token[:])
		return err
	})
	if err != nil {
		return account.Record{}, fmt.Errorf("end a session: %w", err)
	}
	if len(ended) == 0 {
		return account.Record{}, account.ErrNoSession
	}
	return ended[0], nil
}

// EndSessions implements account.Store.
func (a *Accounts) EndSessions(ctx context.Context, person roster.PersonID, keep account.Hash) (ended []account.Record, err error) {
	err = a.db.update(ctx, func(c *change) error {
		ended, err = c.endSessions(person, keep)
		return err
	})
	return done(ended, err, "end the sessions")
}

// swapSecret replaces a secret that is still the old one.
func (c *change) swapSecret(person roster.PersonID, old, secret string) error {
	res, err := c.run(`UPDATE secret SET hash = ? WHERE person = ? AND hash = ?`, secret, person, old)
	if err != nil {
		return err
	}
	return changed(res)
}

func (c *change) endSessions(person roster.PersonID, keep account.Hash) ([]account.Record, error) {
	return c.dropSessions(`person = ? AND token <> ?`, person, keep[:])
}

// dropSessions removes sessions and returns them, the oldest first.
func (c *change) dropSessions(where string, args ...any) ([]account.Record, error) {
	rows, err := c.tx.QueryContext(c.ctx, `SELECT `+sessionColumns+` FROM session WHERE `+where+` ORDER BY id`, args...) //nolint:gosec // both parts are constants
	if err != nil {
		return nil, err
	}
	found, err := collect(rows, (*session).fields)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ended := make([]account.Record, 0, len(found))
	for i := range found {
		ended = append(ended, found[i].record())
	}
	_, err = c.run(`DELETE FROM session WHERE `+where, args...)
	return ended, err
}

// changed says that a statement which had a condition found it untrue.
func changed(res sql.Result) error {
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		err = account.ErrChanged
	}
	return err
}

// done is what a method that ends sessions returns. Its errors name nobody.
func done(ended []account.Record, err error, doing string) ([]account.Record, error) {
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	return ended, nil
}
