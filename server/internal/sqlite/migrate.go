package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	sqlite3 "modernc.org/sqlite/lib"
)

// migrations bring an older database up to date, one after the other. Their
// number is kept in the database as user_version. One that was released never
// changes.
//
//go:embed migrations/*.sql
var migrations embed.FS

// steps returns the migrations in order; the first leads to version 1.
func steps() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(names))
	for i, name := range names {
		if !strings.HasPrefix(name, fmt.Sprintf("migrations/%04d_", i+1)) {
			return nil, fmt.Errorf("%s is out of order", name)
		}
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, string(text))
	}
	return out, nil
}

// recognise refuses a file that is not ours or that is too new.
func recognise(ctx context.Context, db *sql.DB) error {
	var id, version, tables int
	err := db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&id, &version, &tables)
	switch {
	case code(err)&0xff == sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrForeign, err)
	case code(err)&0xff == sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case err != nil:
		return full(err)
	}
	empty := id == 0 && version == 0 && tables == 0
	if id != applicationID && !empty {
		return ErrForeign
	}
	all, err := steps()
	if err != nil {
		return err
	}
	if version > len(all) {
		return fmt.Errorf("%w (the database has version %d, this program knows %d)", ErrNewer, version, len(all))
	}
	return nil
}

// check runs SQLite's integrity check.
func check(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(3)")
	if err != nil {
		return damaged(err)
	}
	found, err := texts(rows)
	if err != nil {
		return damaged(err)
	}
	if len(found) == 1 && found[0] == "ok" {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrDamaged, strings.Join(found, "; "))
}

func damaged(err error) error {
	if code(err)&0xff == sqlite3.SQLITE_CORRUPT {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// texts reads rows of one text each, and closes them.
func texts(rows *sql.Rows) ([]string, error) {
	return collect(rows, func(s *string) []any { return []any{s} })
}

// collect reads rows, and closes them; fields says where the columns of a row
// go.
func collect[T any](rows *sql.Rows, fields func(*T) []any) (out []T, err error) {
	defer func() {
		if e := rows.Close(); err == nil {
			err = e
		}
	}()
	for rows.Next() {
		var v T
		if err := rows.Scan(fields(&v)...); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// migrate runs the steps that the database has not seen. Each happens whole
// or not at all.
func migrate(ctx context.Context, db *sql.DB) error {
	all, err := steps()
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	for ; version < len(all); version++ {
		if err := step(ctx, db, version+1, all[version]); err != nil {
			return fmt.Errorf("to version %d: %w", version+1, err)
		}
	}
	return nil
}

func step(ctx context.Context, db *sql.DB, to int, text string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	text += fmt.Sprintf("\nPRAGMA application_id = %d;\nPRAGMA user_version = %d;", applicationID, to)
	if _, err := tx.ExecContext(ctx, text); err != nil {
		_ = tx.Rollback() // SQLite may have rolled back already
		return err
	}
	return tx.Commit()
}
