package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"phonghop/server/internal/room"
)

// Log implements room.Log. Beyond what that says, a batch with the receipt of
// a command that has one is refused with room.ErrConflict, and snapshots are
// refused when one is ahead of its stream.
//
// Nothing of a log is ever deleted. A command costs about 250 bytes for its
// receipt, and 120 bytes besides the body for each of its entries.
type Log struct{ db *DB }

// Log returns the log of the meetings and of the room.
func (db *DB) Log() *Log { return &Log{db} }

// Append implements room.Log.
func (l *Log) Append(ctx context.Context, b room.Batch) error {
	err := l.db.update(ctx, func(c *change) error {
		for _, e := range b.Entries {
			if err := c.append(b.Owner, e); err != nil {
				return err
			}
		}
		if err := c.receipts(b.Owner, b.Receipts); err != nil {
			return err
		}
		if s := b.Summary; s != nil {
			_, err := c.exec(c.w.putSummary, s.Meeting, s.Changed.UnixMilli(), bytesOf(s.Body))
			return err
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("append to %s: %w", b.Owner, err)
	}
	return nil
}

func (c *change) append(owner string, e room.Entry) error {
	stream, err := c.stream(owner, e.Stream)
	if err != nil {
		return err
	}
	last, err := c.last(stream)
	if err != nil {
		return err
	}
	if e.Seq != last+1 {
		return fmt.Errorf("%w: %s has %d, then comes %d", room.ErrConflict, e.Stream, last, e.Seq)
	}
	_, err = c.exec(c.w.addEntry, stream, int64(e.Seq), e.Command, e.At.UnixMilli(), e.By, e.For, bytesOf(e.Body))
	if err != nil {
		return err
	}
	c.heads[stream] = e.Seq
	return nil
}

func (c *change) receipts(owner string, all []room.Receipt) error {
	if len(all) == 0 {
		return nil
	}
	id, err := c.owner(owner)
	if err != nil {
		return err
	}
	for _, r := range all {
		positions, err := json.Marshal(r.Positions)
		if err != nil {
			return err
		}
		_, err = c.exec(c.w.addReceipt, id, r.Person, r.Client, r.Command, string(positions))
		if taken(err) {
			return fmt.Errorf("%w: the command %s was carried out before", room.ErrConflict, r.Command)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Load implements room.Log. Snapshots come in the order in which their
// streams were made.
func (l *Log) Load(ctx context.Context, owner string, reducer int) (room.Saved, error) {
	var saved room.Saved
	err := l.db.view(ctx, func(tx *sql.Tx) error {
		var err error
		if saved.Snapshots, err = snapshots(ctx, tx, owner, reducer); err != nil {
			return err
		}
		saved.Entries, err = entries(ctx, tx, owner, reducer)
		return err
	})
	if err != nil {
		return room.Saved{}, fmt.Errorf("load %s: %w", owner, err)
	}
	return saved, nil
}

func snapshots(ctx context.Context, tx *sql.Tx, owner string, reducer int) ([]room.Snapshot, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT s.name, p.seq, p.state
		FROM owner o JOIN stream s ON s.owner = o.id JOIN snapshot p ON p.stream = s.id
		WHERE o.name = ? AND p.reducer = ? ORDER BY s.id`, owner, reducer)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(s *room.Snapshot) []any { return []any{&s.Stream, &s.Seq, &s.State} })
}

// loadEntries is tested to look at no other owner's entries.
const loadEntries = `
	SELECT s.name, e.seq, e.command, e.at, e.by, e."for", e.body
	FROM owner o JOIN stream s ON s.owner = o.id
	LEFT JOIN snapshot p ON p.stream = s.id AND p.reducer = ?
	JOIN entry e ON e.stream = s.id AND e.seq > ifnull(p.seq, 0)
	WHERE o.name = ? ORDER BY e.id`

func entries(ctx context.Context, tx *sql.Tx, owner string, reducer int) ([]room.Entry, error) {
	rows, err := tx.QueryContext(ctx, loadEntries, reducer, owner)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(e *room.Entry) []any {
		return []any{&e.Stream, &e.Seq, &e.Command, (*millis)(&e.At), &e.By, &e.For, &e.Body}
	})
}

// Receipt implements room.Log.
func (l *Log) Receipt(ctx context.Context, owner string, k room.Key) (room.Receipt, bool, error) {
	var positions string
	err := l.db.read.QueryRowContext(ctx, `
		SELECT positions FROM receipt
		WHERE owner = (SELECT id FROM owner WHERE name = ?) AND person = ? AND client = ? AND command = ?`,
		owner, k.Person, k.Client, k.Command).Scan(&positions)
	if errors.Is(err, sql.ErrNoRows) {
		return room.Receipt{}, false, nil
	}
	r := room.Receipt{Key: k}
	if err == nil {
		err = json.Unmarshal([]byte(positions), &r.Positions)
	}
	if err != nil {
		return room.Receipt{}, false, fmt.Errorf("receipt of %s: %w", owner, l.db.closed(err))
	}
	return r, true, nil
}

// SaveSnapshots implements room.Log.
func (l *Log) SaveSnapshots(ctx context.Context, owner string, reducer int, all []room.Snapshot) error {
	err := l.db.update(ctx, func(c *change) error {
		_, err := c.run(`DELETE FROM snapshot WHERE stream IN
			(SELECT s.id FROM owner o JOIN stream s ON s.owner = o.id WHERE o.name = ?)`, owner)
		if err != nil {
			return err
		}
		for _, s := range all {
			if err := c.snapshot(owner, reducer, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save snapshots of %s: %w", owner, err)
	}
	return nil
}

func (c *change) snapshot(owner string, reducer int, s room.Snapshot) error {
	stream, err := c.stream(owner, s.Stream)
	if err != nil {
		return err
	}
	last, err := c.last(stream)
	if err != nil {
		return err
	}
	if s.Seq > last {
		return fmt.Errorf("%s has %d, the snapshot %d", s.Stream, last, s.Seq)
	}
	_, err = c.run(`INSERT INTO snapshot (stream, seq, reducer, state) VALUES (?, ?, ?, ?)`,
		stream, int64(s.Seq), reducer, bytesOf(s.State))
	return err
}

// Summaries implements room.Log. They are ordered by the meetings' ids.
func (l *Log) Summaries(ctx context.Context) ([]room.Summary, error) {
	rows, err := l.db.read.QueryContext(ctx, `SELECT meeting, changed, body FROM summary ORDER BY meeting`)
	var out []room.Summary
	if err == nil {
		out, err = collect(rows, func(s *room.Summary) []any { return []any{&s.Meeting, (*millis)(&s.Changed), &s.Body} })
	}
	if err != nil {
		return nil, fmt.Errorf("list the meetings: %w", l.db.closed(err))
	}
	return out, nil
}

// Epoch implements room.Log.
func (l *Log) Epoch(ctx context.Context) (string, error) {
	return l.db.must(ctx, settingEpoch)
}

// millis reads a time that is kept in milliseconds since 1970.
type millis time.Time

// Scan implements sql.Scanner.
func (m *millis) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a time is kept as %T", v)
	}
	*m = millis(time.UnixMilli(n).UTC())
	return nil
}

// bytesOf turns nil into no bytes: to SQL nil is NULL.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
