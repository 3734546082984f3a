// Package ballots keeps the boxes of secret votes in a database file of their
// own, which says who took part and what was cast, and nothing that ties the
// two or gives the order of casting.
//
// Tables of SQLite tell more than their rows: a page fills up in the order in
// which its rows came, and so does a write-ahead log. So ballots are not rows.
// Before the first one is cast, a vote gets all its room: a number of equal
// slots, each with space for several ballots. A ballot's slot follows from its
// token; in it, ballots are sorted, and the slot is overwritten where it
// stands. Two boxes with the same ballots are the same bytes, in whatever
// order they were cast (but for a slot that runs full, about one in ten
// thousand, which moves). The journal is deleted with every commit, and what
// is deleted in the file is overwritten with zeros.
package ballots

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"phonghop/server/internal/ballotbox"
	"phonghop/server/internal/room"
)

// FileName is the database's name in the data folder.
const FileName = "ballots.db"

// applicationID marks the file ("PhgB").
const applicationID = 0x50686742

const version = 1

// schema is version 1. Everything is found by its key; there are no row
// numbers. size is the bytes of one ballot in a slot, room how many a slot
// has when it is made, and slots their number.
const schema = `
CREATE TABLE box (
    vote    TEXT PRIMARY KEY,
    private BLOB NOT NULL, -- empty when the vote is closed
    public  BLOB NOT NULL,
    poll    BLOB NOT NULL, -- empty before the first claim
    size    INTEGER NOT NULL,
    room    INTEGER NOT NULL,
    slots   INTEGER NOT NULL,
    sealed  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    vote    TEXT NOT NULL,
    person  TEXT NOT NULL,
    blinded BLOB NOT NULL,
    PRIMARY KEY (vote, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE slot (
    vote    TEXT NOT NULL,
    number  INTEGER NOT NULL,
    ballots BLOB NOT NULL,
    PRIMARY KEY (vote, number)
) STRICT, WITHOUT ROWID;
`

// Store implements ballotbox.Store. Its methods may be called from any
// goroutine.
type Store struct{ db *sql.DB }

// Open opens the database in the data folder, which must be there and belong
// to this process, making the file where there is none.
func Open(ctx context.Context, folder string) (*Store, error) {
	path, err := filepath.Abs(filepath.Join(folder, FileName))
	if err != nil {
		return nil, fmt.Errorf("open the ballot boxes: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the operator's own folder
	if err != nil {
		return nil, fmt.Errorf("make the ballot boxes: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("make the ballot boxes: %w", err)
	}
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	s := &Store{db}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, full(err)), db.Close())
	}
	return s, nil
}

// dsn names the database and how it is written: EXTRA is FULL, and makes the
// deletion of the journal durable too, without which a power cut could take
// back what was acknowledged.
func dsn(path string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // C:/…
		slashed = "/" + slashed
	}
	q := url.Values{"_txlock": {"immediate"}, "_dqs": {"0"}, "_error_rc": {"1"}, "_busy_timeout": {"5000"}}
	q["_pragma"] = []string{"page_size(16384)", "auto_vacuum(0)", "journal_mode(DELETE)", "synchronous(EXTRA)", "secure_delete(ON)",
		"temp_store(MEMORY)", "mmap_size(0)"}
	if runtime.GOOS == "darwin" {
		q.Add("_pragma", "fullfsync(1)")
	}
	u := url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}
	return u.String()
}

func (s *Store) prepare(ctx context.Context) error {
	var id, at, tables int
	err := s.db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&id, &at, &tables)
	if err != nil {
		return err
	}
	switch {
	case id == 0 && at == 0 && tables == 0:
		return s.update(ctx, func(c *change) error {
			c.run(schema)
			c.run(fmt.Sprintf("PRAGMA application_id = %d", applicationID))
			c.run(fmt.Sprintf("PRAGMA user_version = %d", version))
			return c.err
		})
	case id != applicationID:
		return errors.New("not the ballot boxes of this program")
	case at > version:
		return errors.New("written by a newer version of the program: install that version")
	}
	var found string
	if err := s.db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("the ballot boxes are damaged: %s", found)
	}
	return nil
}

// Close waits for a write under way and closes the file.
func (s *Store) Close() error { return s.db.Close() }

// change is a transaction under way; after an error its calls do nothing.
type change struct {
	ctx context.Context
	tx  *sql.Tx
	err error
}

func (c *change) run(text string, args ...any) {
	if c.err == nil {
		_, c.err = c.tx.ExecContext(c.ctx, text, args...)
	}
}

// update runs f in a transaction. When it returns an error, nothing of it is
// there. Once begun it is not cut short.
func (s *Store) update(ctx context.Context, f func(*change) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return full(err)
	}
	c := &change{ctx: context.WithoutCancel(ctx), tx: tx}
	if err := f(c); err != nil {
		_ = tx.Rollback() // after some errors SQLite has done it already
		return full(err)
	}
	return full(tx.Commit())
}

// full marks the errors of a disk that takes no more.
func full(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_FULL || e.Code() == sqlite3.SQLITE_IOERR_WRITE) {
		return fmt.Errorf("%w: %w", room.ErrFull, err)
	}
	return err
}

// Make implements ballotbox.Store.
func (s *Store) Make(ctx context.Context, b ballotbox.Box) (out ballotbox.Box, err error) {
	err = s.update(ctx, func(c *change) error {
		c.run(`INSERT INTO box (vote, private, public, poll, size, room, slots, sealed) VALUES (?, ?, ?, x'', 0, 0, 0, 0)
			ON CONFLICT (vote) DO NOTHING`, b.Vote, b.Private, b.Public)
		if c.err != nil {
			return c.err
		}
		var kept box
		kept, err = find(c.ctx, c.tx, b.Vote)
		out = kept.Box
		return err
	})
	return out, err
}

// Find implements ballotbox.Store.
func (s *Store) Find(ctx context.Context, vote string) (ballotbox.Box, error) {
	b, err := find(ctx, s.db, vote)
	return b.Box, err
}

// box is a box and the shape of its slots.
type box struct {
	ballotbox.Box
	layout
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func find(ctx context.Context, q querier, vote string) (b box, err error) {
	b.Vote = vote
	err = q.QueryRowContext(ctx, `SELECT private, public, poll, size, room, slots, sealed FROM box WHERE vote = ?`, vote).
		Scan(&b.Private, &b.Public, &b.Poll, &b.size, &b.room, &b.slots, &b.Sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return b, fmt.Errorf("%s: %w", vote, ballotbox.ErrNoVote)
	}
	return b, err
}

// Furnish implements ballotbox.Store.
func (s *Store) Furnish(ctx context.Context, vote string, poll []byte, marks, voters int) error {
	return s.update(ctx, func(c *change) error {
		b, err := find(c.ctx, c.tx, vote)
		if err != nil || len(b.Poll) > 0 || b.Sealed {
			return err
		}
		l := layoutFor(marks, voters)
		c.run(`UPDATE box SET poll = ?, size = ?, room = ?, slots = ? WHERE vote = ?`, poll, l.size, l.room, l.slots, vote)
		empty := make([]byte, l.size*l.room)
		for n := range l.slots {
			c.run(`INSERT INTO slot (vote, number, ballots) VALUES (?, ?, ?)`, vote, n, empty)
		}
		return c.err
	})
}

// Claim implements ballotbox.Store.
func (s *Store) Claim(ctx context.Context, vote, person string, blinded []byte) (kept []byte, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT blinded FROM claim WHERE vote = ? AND person = ?`, vote, person).Scan(&kept)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return kept, err
	}
	err = s.update(ctx, func(c *change) error {
		b, err := find(c.ctx, c.tx, vote)
		if err != nil {
			return err
		}
		if b.Sealed {
			return ballotbox.ErrSealed
		}
		c.run(`INSERT INTO claim (vote, person, blinded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, vote, person, blinded)
		if c.err != nil {
			return c.err
		}
		return c.tx.QueryRowContext(c.ctx, `SELECT blinded FROM claim WHERE vote = ? AND person = ?`, vote, person).Scan(&kept)
	})
	return kept, err
}

// Add implements ballotbox.Store.
func (s *Store) Add(ctx context.Context, all []ballotbox.Ballot) ([]error, error) {
	answers := make([]error, len(all))
	err := s.update(ctx, func(c *change) error {
		w := writing{c: c, boxes: map[string]*box{}, slots: map[place]*slot{}}
		for i, b := range all {
			var err error
			if answers[i], err = w.add(b); err != nil {
				return err
			}
		}
		return w.flush()
	})
	return answers, err
}

// Count implements ballotbox.Store.
func (s *Store) Count(ctx context.Context, vote string) (int, error) {
	all, err := s.read(ctx, vote)
	return len(all), err
}

// Seal implements ballotbox.Store.
func (s *Store) Seal(ctx context.Context, vote string) ([]ballotbox.Ballot, error) {
	err := s.update(ctx, func(c *change) error {
		b, err := find(c.ctx, c.tx, vote)
		if err != nil || b.Sealed {
			return err
		}
		c.run(`UPDATE box SET sealed = 1, private = x'' WHERE vote = ?`, vote)
		c.run(`DELETE FROM claim WHERE vote = ?`, vote)
		return c.err
	})
	if err != nil {
		return nil, err
	}
	return s.read(ctx, vote)
}

// Ballots implements ballotbox.Store.
func (s *Store) Ballots(ctx context.Context, vote string) ([]ballotbox.Ballot, error) {
	b, err := s.Find(ctx, vote)
	if err != nil {
		return nil, err
	}
	if !b.Sealed {
		return nil, fmt.Errorf("%s is open: %w", vote, ballotbox.ErrNoVote)
	}
	return s.read(ctx, vote)
}

func (s *Store) read(ctx context.Context, vote string) (out []ballotbox.Ballot, err error) {
	b, err := find(ctx, s.db, vote)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT ballots FROM slot WHERE vote = ? ORDER BY number`, vote)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		for _, r := range b.records(data) {
			ballot, err := b.decode(r)
			if err != nil {
				return nil, fmt.Errorf("a ballot of %s: %w", vote, err)
			}
			ballot.Vote = vote
			out = append(out, ballot)
		}
	}
	sortByToken(out)
	return out, rows.Err()
}

// Discard implements ballotbox.Store.
func (s *Store) Discard(ctx context.Context, vote string) error {
	return s.update(ctx, func(c *change) error {
		for _, table := range []string{"slot", "claim", "box"} {
			c.run(`DELETE FROM `+table+` WHERE vote = ?`, vote)
		}
		return c.err
	})
}

// place is a slot's key.
type place struct {
	vote   string
	number int
}

// slot is a slot that was read, and perhaps changed.
type slot struct {
	data    []byte
	changed bool
}

// writing is one group of ballots on its way.
type writing struct {
	c     *change
	boxes map[string]*box
	slots map[place]*slot
	order []place
}

func (w *writing) box(vote string) (*box, error) {
	b, ok := w.boxes[vote]
	if !ok {
		found, err := find(w.c.ctx, w.c.tx, vote)
		if err != nil && !errors.Is(err, ballotbox.ErrNoVote) {
			return nil, err
		}
		if err == nil && found.slots > 0 {
			b = &found
		}
		w.boxes[vote] = b
	}
	return b, nil
}

func (w *writing) add(x ballotbox.Ballot) (answer, err error) {
	b, err := w.box(x.Vote)
	if err != nil {
		return nil, err
	}
	if b == nil {
		return ballotbox.ErrNoVote, nil
	}
	record, err := b.encode(x)
	if err != nil {
		return ballotbox.ErrIllegal, nil //nolint:nilerr // the answer for this one ballot
	}
	at := place{x.Vote, b.slotOf(x.Token)}
	s, ok := w.slots[at]
	if !ok {
		s = &slot{}
		err := w.c.tx.QueryRowContext(w.c.ctx, `SELECT ballots FROM slot WHERE vote = ? AND number = ?`, at.vote, at.number).Scan(&s.data)
		if err != nil {
			return nil, fmt.Errorf("slot %d of %s: %w", at.number, at.vote, err)
		}
		w.slots[at] = s
		w.order = append(w.order, at)
	}
	for _, r := range b.records(s.data) {
		if bytes.Equal(b.token(r), x.Token[:]) {
			if old, err := b.decode(r); err != nil || !slices.Equal(old.Marks, x.Marks) {
				return ballotbox.ErrUsed, err
			}
			return ballotbox.ErrAlready, nil
		}
	}
	if b.Sealed {
		return ballotbox.ErrSealed, nil
	}
	s.data, s.changed = b.insert(s.data, record), true
	return nil, nil
}

func (w *writing) flush() error {
	for _, at := range w.order {
		if s := w.slots[at]; s.changed {
			w.c.run(`UPDATE slot SET ballots = ? WHERE vote = ? AND number = ?`, s.data, at.vote, at.number)
		}
	}
	return w.c.err
}
