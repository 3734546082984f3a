// Package sqlite keeps everything the server must not lose in one SQLite
// database: the log of the meetings, the people, the documents' records and
// texts, and the room's settings. It is the only package that speaks SQL.
//
// There is one connection that writes and a pool that reads; readers never
// wait for the writer. Writes are durable when they return: the journal is a
// write-ahead log that is flushed with every commit. Those that find the disk
// full return room.ErrFull and leave nothing behind.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// FileName is the database's name in the data folder. SQLite keeps two more
// files beside it while it is open (-wal, -shm); they belong to it.
const FileName = "phonghop.db"

const (
	// applicationID marks the file as ours ("PhgH"), for the program and for
	// the file(1) command.
	applicationID = 0x50686748

	readers       = 4
	busyMillis    = 5_000
	walLimitBytes = 64 << 20 // what is left of the journal after a burst
)

// ErrClosed is returned by a DB that was closed.
var ErrClosed = errors.New("the database is closed")

// DB is an open database. Its methods may be called from any goroutine.
type DB struct {
	lock   *folderLock
	read   *sql.DB
	write  *sql.DB
	writer chan *writer // holds the writer while nobody writes; closed by Close

	closing  sync.Once
	closeErr error
}

// Open opens the database in a data folder, creating both when they are not
// there, brings it up to date and checks it.
//
// The error wraps ErrLocked when another server uses the folder, ErrForeign
// when the file is not a database of this program, ErrNewer when a newer
// program wrote it, ErrDamaged when it fails SQLite's integrity check, and
// room.ErrFull when the disk is full.
//
// The check reads the whole file: about 0.3 s for 100 MB that the system has
// in memory. Page pictures and the documents themselves are kept elsewhere,
// so that a year of meetings stays well below that.
func Open(ctx context.Context, folder string) (*DB, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := makeFolder(folder); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", full(err))
	}
	lock, err := lockFolder(folder)
	if err != nil {
		return nil, err
	}
	db, err := open(ctx, folder)
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	db.lock = lock
	return db, nil
}

// open opens the database in a folder that is locked.
func open(ctx context.Context, folder string) (*DB, error) {
	path := filepath.Join(folder, FileName)
	if err := createFile(path); err != nil {
		return nil, fmt.Errorf("make the database: %w", full(err))
	}
	flushDataOnly()
	teachForms()
	write, err := sql.Open("sqlite", dsn(path, true))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	db := &DB{write: write, writer: make(chan *writer, 1)}
	if err := db.prepare(ctx, path); err != nil {
		if db.read != nil {
			err = errors.Join(err, db.read.Close())
		}
		return nil, errors.Join(err, write.Close())
	}
	return db, nil
}

// prepare makes a connected database ready for use.
func (db *DB) prepare(ctx context.Context, path string) error {
	if err := recognise(ctx, db.write); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if err := check(ctx, db.write); err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	if err := migrate(ctx, db.write); err != nil {
		return fmt.Errorf("bring %s up to date: %w", path, full(err))
	}
	w, err := newWriter(ctx, db.write)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, full(err))
	}
	db.read, err = sql.Open("sqlite", dsn(path, false))
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	if err := db.identify(ctx, w); err != nil {
		return fmt.Errorf("name the room in %s: %w", path, err)
	}
	db.writer <- w
	return nil
}

// Close waits for a write under way, folds the journal into the database and
// releases the data folder. Calls that come later return ErrClosed. Closing
// again does nothing.
func (db *DB) Close() error {
	db.closing.Do(func() {
		w := <-db.writer
		close(db.writer)
		errs := []error{db.read.Close()}
		// Without readers the checkpoint is complete. Where the disk has no
		// room for it, the journal stays, and nothing is lost.
		_, err := db.write.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		if cannotWrite(code(err)) {
			err = nil
		}
		errs = append(errs, err, w.close(), db.write.Close(), db.lock.release())
		if err := errors.Join(errs...); err != nil {
			db.closeErr = fmt.Errorf("close the database: %w", err)
		}
	})
	return db.closeErr
}

// dsn names the database and how to open it. Every connection gets the same
// settings, whenever the pool makes it.
func dsn(path string, writes bool) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // C:/…
		slashed = "/" + slashed
	}
	q := url.Values{}
	q.Set("_busy_timeout", fmt.Sprint(busyMillis))
	q.Set("_foreign_keys", "1")
	q.Set("_dqs", "0")
	q.Set("_error_rc", "1")
	q.Add("_pragma", "temp_store(MEMORY)")
	if writes {
		q.Set("_txlock", "immediate")
		q.Set("_journal_mode", "WAL")
		q.Set("_synchronous", "FULL")
		q.Add("_pragma", fmt.Sprintf("journal_size_limit(%d)", walLimitBytes))
		if runtime.GOOS == "darwin" {
			// There fsync leaves the data in the drive's own memory.
			q.Add("_pragma", "fullfsync(1)")
			q.Add("_pragma", "checkpoint_fullfsync(1)")
		}
	} else {
		q.Set("_query_only", "1")
	}
	u := url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}
	return u.String()
}

// flushDataOnly has SQLite flush with fdatasync where the system has it: as
// durable as fsync, without the file's timestamps.
var flushDataOnly = sync.OnceFunc(func() {
	// The error says that this system has none.
	_, _ = sqlite.Fdatasync(true)
})

// makeFolder makes the data folder, for its owner only, durably.
func makeFolder(folder string) error {
	if _, err := os.Stat(folder); err == nil {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(folder))
}

// createFile makes sure that the database is readable by its owner only;
// SQLite gives the files beside it the same permissions.
func createFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
