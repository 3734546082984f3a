package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// writer is the connection that writes, with the statements of the hot path.
// Whoever takes it out of DB.writer has it alone.
type writer struct {
	db      *sql.DB
	doubt   bool // a commit failed while the journal was flushed
	streams map[streamKey]int64

	findOwner, addOwner   *sql.Stmt
	findStream, addStream *sql.Stmt
	head                  *sql.Stmt
	addEntry, addReceipt  *sql.Stmt
	putSummary            *sql.Stmt
	putText               *sql.Stmt
}

type streamKey struct{ owner, name string }

// streamsKnown bounds the numbers of streams that are held in memory.
const streamsKnown = 10_000

func newWriter(ctx context.Context, db *sql.DB) (*writer, error) {
	w := &writer{db: db, streams: map[streamKey]int64{}}
	for _, s := range []struct {
		to   **sql.Stmt
		text string
	}{
		{&w.findOwner, `SELECT id FROM owner WHERE name = ?`},
		{&w.addOwner, `INSERT INTO owner (name) VALUES (?)`},
		{&w.findStream, `SELECT id FROM stream WHERE owner = ? AND name = ?`},
		{&w.addStream, `INSERT INTO stream (owner, name) VALUES (?, ?)`},
		{&w.head, `SELECT ifnull(max(seq), 0) FROM entry WHERE stream = ?`},
		{&w.addEntry, `INSERT INTO entry (stream, seq, command, at, by, "for", body) VALUES (?, ?, ?, ?, ?, ?, ?)`},
		{&w.addReceipt, `INSERT INTO receipt (owner, person, client, command, positions) VALUES (?, ?, ?, ?, ?)`},
		{&w.putSummary, `INSERT INTO summary (meeting, changed, body) VALUES (?, ?, ?)
			ON CONFLICT (meeting) DO UPDATE SET changed = excluded.changed, body = excluded.body`},
		{&w.putText, `INSERT INTO page (document, number, text, words) SELECT id, ?, ?, ? FROM document WHERE hash = ?
			ON CONFLICT (document, number) DO UPDATE SET text = excluded.text, words = excluded.words`},
	} {
		var err error
		if *s.to, err = db.PrepareContext(ctx, s.text); err != nil {
			return nil, errors.Join(err, w.close())
		}
	}
	return w, nil
}

func (w *writer) close() error {
	var errs []error
	for _, s := range []*sql.Stmt{
		w.findOwner, w.addOwner, w.findStream, w.addStream, w.head,
		w.addEntry, w.addReceipt, w.putSummary, w.putText,
	} {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	return errors.Join(errs...)
}

// update runs f in a transaction of its own and commits it. When it returns
// an error, nothing of what f did is there. It waits for its turn as long as
// ctx allows; once it has begun it is not cut short, so that an error never
// leaves open what happened.
func (db *DB) update(ctx context.Context, f func(*change) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case w, open := <-db.writer:
		if !open {
			return ErrClosed
		}
		defer func() { db.writer <- w }()
		return full(w.update(context.WithoutCancel(ctx), f))
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) update(ctx context.Context, f func(*change) error) error {
	if err := w.settle(ctx); err != nil {
		return err
	}
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	c := &change{ctx: ctx, tx: tx, w: w, heads: map[int64]uint64{}}
	if err := f(c); err != nil {
		_ = tx.Rollback() // after some errors SQLite has done it already
		return err
	}
	if err := tx.Commit(); err != nil {
		w.doubt = w.doubt || notFlushed(code(err))
		return errors.Join(err, w.settle(ctx))
	}
	w.remember(c.made)
	return nil
}

// settle takes back a commit that failed while the journal was flushed: the
// whole transaction may stand in the journal then, and would come to life if
// the server stopped now. What was committed before is moved to the database
// and the journal cut to nothing. Until that succeeds, nothing is written.
func (w *writer) settle(ctx context.Context) error {
	if !w.doubt {
		return nil
	}
	var busy, frames, moved int
	err := w.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if err != nil {
		return fmt.Errorf("take back a failed write: %w", err)
	}
	if busy != 0 {
		return errors.New("take back a failed write: readers are in the way")
	}
	w.doubt = false
	return nil
}

// remember keeps the numbers of streams that are now there for good.
func (w *writer) remember(made map[streamKey]int64) {
	if len(w.streams)+len(made) > streamsKnown {
		clear(w.streams)
	}
	for key, id := range made {
		w.streams[key] = id
	}
}

// change is a transaction under way.
type change struct {
	ctx   context.Context
	tx    *sql.Tx
	w     *writer
	made  map[streamKey]int64
	heads map[int64]uint64
}

// exec runs one of the writer's statements.
func (c *change) exec(s *sql.Stmt, args ...any) (sql.Result, error) {
	return c.tx.StmtContext(c.ctx, s).ExecContext(c.ctx, args...)
}

// find runs one of the writer's statements that returns a number, if any.
func (c *change) find(s *sql.Stmt, args ...any) (id int64, ok bool, err error) {
	err = c.tx.StmtContext(c.ctx, s).QueryRowContext(c.ctx, args...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return id, err == nil, err
}

// run runs a statement that is not prepared.
func (c *change) run(text string, args ...any) (sql.Result, error) {
	return c.tx.ExecContext(c.ctx, text, args...)
}

// owner returns the number of an owner, which it makes if there is none.
func (c *change) owner(name string) (int64, error) {
	id, ok, err := c.find(c.w.findOwner, name)
	if ok || err != nil {
		return id, err
	}
	r, err := c.exec(c.w.addOwner, name)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// stream returns the number of a stream, which it makes if there is none.
func (c *change) stream(owner, name string) (int64, error) {
	key := streamKey{owner, name}
	if id, ok := c.w.streams[key]; ok {
		return id, nil
	}
	if id, ok := c.made[key]; ok {
		return id, nil
	}
	o, err := c.owner(owner)
	if err != nil {
		return 0, err
	}
	id, ok, err := c.find(c.w.findStream, o, name)
	if err != nil {
		return 0, err
	}
	if !ok {
		r, err := c.exec(c.w.addStream, o, name)
		if err != nil {
			return 0, err
		}
		if id, err = r.LastInsertId(); err != nil {
			return 0, err
		}
	}
	if c.made == nil {
		c.made = map[streamKey]int64{}
	}
	c.made[key] = id
	return id, nil
}

// last returns the number of a stream's newest entry, or 0.
func (c *change) last(stream int64) (uint64, error) {
	if seq, ok := c.heads[stream]; ok {
		return seq, nil
	}
	seq, _, err := c.find(c.w.head, stream)
	return uint64(seq), err
}
