package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"phonghop/server/internal/document"
)

// Documents implements document.Store. Unread is ordered by hash.
type Documents struct{ db *DB }

// Documents returns the store of the documents' records and texts.
func (db *DB) Documents() *Documents { return &Documents{db} }

// PutDocument implements document.Store.
func (d *Documents) PutDocument(ctx context.Context, r document.Record) error {
	info, err := json.Marshal(r.Info)
	if err != nil {
		return fmt.Errorf("keep the document %s: %w", r.Hash, err)
	}
	err = d.db.update(ctx, func(c *change) error {
		_, err := c.run(`INSERT INTO document (hash, bytes, pages, info) VALUES (?, ?, ?, ?)
			ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes, pages = excluded.pages, info = excluded.info`,
			r.Hash, r.Bytes, r.Info.Pages(), info)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep the document %s: %w", r.Hash, err)
	}
	return nil
}

// Document implements document.Store.
func (d *Documents) Document(ctx context.Context, hash string) (document.Record, error) {
	r := document.Record{Hash: hash}
	var info []byte
	err := d.db.read.QueryRowContext(ctx, `SELECT bytes, info FROM document WHERE hash = ?`, hash).Scan(&r.Bytes, &info)
	if err == nil {
		err = json.Unmarshal(info, &r.Info)
	}
	if err != nil {
		return document.Record{}, fmt.Errorf("document %s: %w", hash, d.unknown(err))
	}
	return r, nil
}

// DeleteDocument implements document.Store.
func (d *Documents) DeleteDocument(ctx context.Context, hash string) error {
	err := d.db.update(ctx, func(c *change) error {
		_, err := c.run(`DELETE FROM document WHERE hash = ?`, hash) // its pages go with it
		return err
	})
	if err != nil {
		return fmt.Errorf("delete the document %s: %w", hash, err)
	}
	return nil
}

// PutText implements document.Store.
func (d *Documents) PutText(ctx context.Context, hash string, page int, text document.Text) error {
	words, err := packWords(text)
	if err != nil {
		return fmt.Errorf("keep page %d of %s: %w", page, hash, err)
	}
	err = d.db.update(ctx, func(c *change) error {
		r, err := c.exec(c.w.putText, page, text.String(), words, hash)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if err == nil && n == 0 {
			err = document.ErrUnknown
		}
		if err != nil {
			return err
		}
		return c.index(hash, page, text.String())
	})
	if err != nil {
		return fmt.Errorf("keep page %d of %s: %w", page, hash, err)
	}
	return nil
}

// Text implements document.Store.
func (d *Documents) Text(ctx context.Context, hash string, page int) (document.Text, error) {
	var words []byte
	var text document.Text
	err := d.db.read.QueryRowContext(ctx, `SELECT p.words FROM document d JOIN page p ON p.document = d.id
		WHERE d.hash = ? AND p.number = ?`, hash, page).Scan(&words)
	if err == nil {
		text, err = unpackWords(words)
	}
	if err != nil {
		return document.Text{}, fmt.Errorf("text of page %d of %s: %w", page, hash, d.unknown(err))
	}
	return text, nil
}

// Unread implements document.Store.
func (d *Documents) Unread(ctx context.Context) ([]document.Unread, error) {
	rows, err := d.db.read.QueryContext(ctx, `
		SELECT d.hash, CASE
			WHEN NOT EXISTS (SELECT 1 FROM page WHERE document = d.id AND number = 1) THEN 1
			ELSE (SELECT min(p.number) + 1 FROM page p WHERE p.document = d.id AND NOT EXISTS
				(SELECT 1 FROM page q WHERE q.document = p.document AND q.number = p.number + 1))
			END
		FROM document d
		WHERE (SELECT count(*) FROM page WHERE document = d.id AND number <= d.pages) < d.pages
		ORDER BY d.hash`)
	var out []document.Unread
	if err == nil {
		out, err = collect(rows, func(u *document.Unread) []any { return []any{&u.Hash, &u.Next} })
	}
	if err != nil {
		return nil, fmt.Errorf("list the unread documents: %w", d.db.closed(err))
	}
	return out, nil
}

// unknown gives the error for a row that is not there the store's name.
func (d *Documents) unknown(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return document.ErrUnknown
	}
	return d.db.closed(err)
}
