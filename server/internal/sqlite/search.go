package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"modernc.org/sqlite"

	"phonghop/server/internal/document"
	"phonghop/shared/text"
)

// teachForms gives SQLite the forms of words, for texts that were kept before
// there was a search.
var teachForms = sync.OnceFunc(func() {
	for name, form := range map[string]func(exact, folded string) string{
		"search_exact":  func(exact, _ string) string { return exact },
		"search_folded": func(_, folded string) string { return folded },
	} {
		sqlite.MustRegisterDeterministicScalarFunction(name, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			page, ok := args[0].(string)
			if !ok {
				return nil, fmt.Errorf("%s of what is no text", name)
			}
			return form(text.Index(page)), nil
		})
	}
})

// index makes the text of a page ready for search, in place of what it had.
func (c *change) index(hash string, page int, words string) error {
	if _, err := c.run(`DELETE FROM page_text WHERE rowid = (SELECT id << 20 | ? FROM document WHERE hash = ?)`, page, hash); err != nil || words == "" {
		return err
	}
	exact, folded := text.Index(words)
	_, err := c.run(`INSERT INTO page_text (rowid, exact, folded) SELECT id << 20 | ?, ?, ? FROM document WHERE hash = ?`, page, exact, folded, hash)
	return err
}

// Search implements document.Store. The index is asked once for each document,
// in their order, for its own pages only, so that neither a long history nor
// a word that is everywhere makes it slow.
func (d *Documents) Search(ctx context.Context, hashes []string, q text.Query, skip int, found func(hash string, page int, text document.Text) bool) error {
	list, err := json.Marshal(hashes)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	column := "folded"
	if q.Exact() {
		column = "exact"
	}
	rows, err := d.db.read.QueryContext(ctx, `
		SELECT d.hash, p.number, p.words
		FROM json_each(?) wanted
		CROSS JOIN document d ON d.hash = wanted.value
		CROSS JOIN page_text f ON f.rowid BETWEEN d.id << 20 AND d.id << 20 | 1048575
		CROSS JOIN page p ON p.document = d.id AND p.number = f.rowid & 1048575
		WHERE f.page_text MATCH ?
		LIMIT -1 OFFSET ?`, string(list), column+` : "`+q.Phrase()+`"`, skip)
	if err == nil {
		err = eachMatch(rows, found)
	}
	if err != nil {
		return fmt.Errorf("search: %w", d.db.closed(err))
	}
	return nil
}

func eachMatch(rows *sql.Rows, found func(hash string, page int, text document.Text) bool) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var hash string
		var page int
		var words []byte
		if err := rows.Scan(&hash, &page, &words); err != nil {
			return err
		}
		read, err := unpackWords(words)
		if err != nil {
			return err
		}
		if !found(hash, page, read) {
			return nil
		}
	}
	return rows.Err()
}

// Coverage implements document.Store.
func (d *Documents) Coverage(ctx context.Context, hashes []string) (map[string]document.Coverage, error) {
	list, err := json.Marshal(hashes)
	if err != nil {
		return nil, fmt.Errorf("count pages: %w", err)
	}
	type row struct {
		hash string
		document.Coverage
	}
	rows, err := d.db.read.QueryContext(ctx, `
		SELECT d.hash, d.pages,
			(SELECT count(*) FROM page WHERE document = d.id),
			(SELECT count(*) FROM page INDEXED BY page_blank WHERE document = d.id AND text = '')
		FROM json_each(?) wanted CROSS JOIN document d ON d.hash = wanted.value`, string(list))
	var all []row
	if err == nil {
		all, err = collect(rows, func(r *row) []any { return []any{&r.hash, &r.Pages, &r.Read, &r.Blank} })
	}
	if err != nil {
		return nil, fmt.Errorf("count pages: %w", d.db.closed(err))
	}
	out := make(map[string]document.Coverage, len(all))
	for _, r := range all {
		out[r.hash] = r.Coverage
	}
	return out, nil
}
