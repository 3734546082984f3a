package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// lockName is a file in the data folder whose lock stands for the whole
// folder. The system drops the lock with the process, however that ends; the
// file stays, and holds the process's number for whoever is refused.
const lockName = "phonghop.lock"

// errHeld is returned by tryLock for a lock that somebody else holds.
var errHeld = errors.New("held by another process")

type folderLock struct{ f *os.File }

// lockFolder claims a data folder, or returns ErrLocked at once.
func lockFolder(folder string) (*folderLock, error) {
	f, err := os.OpenFile(filepath.Join(folder, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", full(err))
	}
	if err := tryLock(f); err != nil {
		if errors.Is(err, errHeld) {
			err = fmt.Errorf("%w: another server%s works in %s; stop it, or choose another folder", ErrLocked, holder(f), folder)
		} else {
			err = fmt.Errorf("lock %s: %w", folder, err)
		}
		return nil, errors.Join(err, f.Close())
	}
	// The number only helps people; on a full disk it is left out.
	if f.Truncate(0) == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return &folderLock{f}, nil
}

// holder names the process that holds the lock, if it is known.
func holder(f *os.File) string {
	var b [20]byte
	n, _ := f.ReadAt(b[:], 0)
	pid, err := strconv.Atoi(strings.TrimSpace(string(b[:n])))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}

// release gives the folder back.
func (l *folderLock) release() error { return l.f.Close() }
