package sqlite

import (
	"context"
	"database/sql"
	"strings"
)

// view runs f on one state of the database, whatever is written meanwhile.
func (db *DB) view(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return db.closed(err)
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback() // it changed nothing
		return err
	}
	return tx.Commit()
}

// closed gives the error of a pool that was closed our name for it;
// database/sql has none that can be compared.
func (db *DB) closed(err error) error {
	if err != nil && strings.HasSuffix(err.Error(), "database is closed") {
		return ErrClosed
	}
	return err
}
