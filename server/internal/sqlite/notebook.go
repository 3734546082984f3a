package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"phonghop/server/internal/notebook"
)

// Notes implements notebook.Store.
type Notes struct{ db *DB }

// Notes returns the store of what people write for themselves.
func (db *DB) Notes() *Notes { return &Notes{db} }

// Load implements notebook.Store.
func (n *Notes) Load(ctx context.Context, b notebook.Book, reducer int) (notebook.Saved, error) {
	var saved notebook.Saved
	err := n.db.view(ctx, func(tx *sql.Tx) error {
		var book int64
		err := tx.QueryRowContext(ctx, `SELECT id FROM note_book WHERE person = ? AND meeting = ?`, b.Person, b.Meeting).Scan(&book)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		var s notebook.Snapshot
		err = tx.QueryRowContext(ctx, `SELECT seq, state FROM note_snapshot WHERE book = ? AND reducer = ?`, book, reducer).Scan(&s.Seq, &s.State)
		switch {
		case err == nil:
			saved.Snapshot = &s
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT seq, client, command, at, body FROM note_entry
			WHERE book = ? AND seq > ? ORDER BY seq`, book, int64(s.Seq))
		if err != nil {
			return err
		}
		saved.Entries, err = collect(rows, func(e *notebook.Entry) []any {
			return []any{&e.Seq, &e.Client, &e.Command, (*millis)(&e.At), &e.Body}
		})
		return err
	})
	if err != nil {
		return notebook.Saved{}, fmt.Errorf("load notes: %w", n.db.closed(err))
	}
	return saved, nil
}

// Append implements notebook.Store.
func (n *Notes) Append(ctx context.Context, b notebook.Book, e notebook.Entry) error {
	err := n.db.update(ctx, func(c *change) error {
		_, err := c.run(`INSERT INTO note_book (person, meeting) VALUES (?, ?) ON CONFLICT (person, meeting) DO NOTHING`, b.Person, b.Meeting)
		if err != nil {
			return err
		}
		var book int64
		var last uint64
		err = c.tx.QueryRowContext(c.ctx, `SELECT b.id, ifnull((SELECT max(seq) FROM note_entry WHERE book = b.id), 0)
			FROM note_book b WHERE b.person = ? AND b.meeting = ?`, b.Person, b.Meeting).Scan(&book, &last)
		if err != nil {
			return err
		}
		if e.Seq != last+1 {
			return fmt.Errorf("%w: %d, then comes %d", notebook.ErrConflict, last, e.Seq)
		}
		_, err = c.run(`INSERT INTO note_entry (book, seq, client, command, at, body) VALUES (?, ?, ?, ?, ?, ?)`,
			book, int64(e.Seq), e.Client, e.Command, e.At.UnixMilli(), bytesOf(e.Body))
		if taken(err) {
			return fmt.Errorf("%w: the wish was kept before", notebook.ErrConflict)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("keep a note: %w", err)
	}
	return nil
}

// Find implements notebook.Store.
func (n *Notes) Find(ctx context.Context, b notebook.Book, client, command string) (seq uint64, ok bool, err error) {
	err = n.db.read.QueryRowContext(ctx, `SELECT e.seq FROM note_book b JOIN note_entry e ON e.book = b.id
		WHERE b.person = ? AND b.meeting = ? AND e.client = ? AND e.command = ?`, b.Person, b.Meeting, client, command).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("look for a note: %w", n.db.closed(err))
	}
	return seq, true, nil
}

// SaveSnapshot implements notebook.Store. One that is ahead of its book is
// refused.
func (n *Notes) SaveSnapshot(ctx context.Context, b notebook.Book, reducer int, s notebook.Snapshot) error {
	err := n.db.update(ctx, func(c *change) error {
		r, err := c.run(`INSERT INTO note_snapshot (book, seq, reducer, state)
			SELECT b.id, ?, ?, ? FROM note_book b WHERE b.person = ? AND b.meeting = ?
				AND ? <= ifnull((SELECT max(seq) FROM note_entry WHERE book = b.id), 0)
			ON CONFLICT (book) DO UPDATE SET seq = excluded.seq, reducer = excluded.reducer, state = excluded.state`,
			int64(s.Seq), reducer, bytesOf(s.State), b.Person, b.Meeting, int64(s.Seq))
		if err != nil {
			return err
		}
		if rows, err := r.RowsAffected(); err != nil || rows == 0 {
			return errors.Join(err, errors.New("the snapshot is ahead of its book"))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep a snapshot of notes: %w", err)
	}
	return nil
}

// Drop implements notebook.Store.
func (n *Notes) Drop(ctx context.Context, b notebook.Book, seqs []uint64) error {
	err := n.db.update(ctx, func(c *change) error {
		for _, seq := range seqs {
			_, err := c.run(`DELETE FROM note_entry WHERE book = (SELECT id FROM note_book WHERE person = ? AND meeting = ?)
				AND seq = ? AND seq < (SELECT max(seq) FROM note_entry e WHERE e.book = note_entry.book)`, b.Person, b.Meeting, int64(seq))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("drop notes: %w", err)
	}
	return nil
}
