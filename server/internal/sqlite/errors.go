package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"phonghop/server/internal/room"
)

// Errors of Open, wrapped.
var (
	// ErrLocked says that another server uses the data folder.
	ErrLocked = errors.New("the data folder is in use")
	// ErrForeign says that the file is not a database of this program.
	ErrForeign = errors.New("not a phonghop database")
	// ErrNewer says that a newer version of the program wrote the database.
	ErrNewer = errors.New("the database was written by a newer version of the program: install that version")
	// ErrDamaged says that the database fails SQLite's integrity check.
	ErrDamaged = errors.New("the database is damaged: restore a backup")
)

// code returns SQLite's extended result code of an error, or 0.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// full adds room.ErrFull to an error that means that the disk takes no more.
// SQLite says so itself only for ENOSPC; a quota, or a file that cannot grow,
// is to it just a write that failed. So is a disk that is broken: what is to
// be done, and what was kept (nothing), is the same.
func full(err error) error {
	if err == nil || errors.Is(err, room.ErrFull) {
		return err
	}
	if cannotWrite(code(err)) || diskFull(err) {
		return fmt.Errorf("%w: %w", room.ErrFull, err)
	}
	return err
}

func cannotWrite(code int) bool {
	switch code {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC,
		sqlite3.SQLITE_IOERR_DIR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE,
		sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP:
		return true
	}
	return false
}

// notFlushed says whether a commit was written and then could not be flushed.
// After any other error its last part, which alone makes it valid, is missing.
func notFlushed(code int) bool {
	return code == sqlite3.SQLITE_IOERR_FSYNC || code == sqlite3.SQLITE_IOERR_DIR_FSYNC
}

// taken says whether an error means that a key is there already.
func taken(err error) bool {
	switch code(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return true
	}
	return false
}
