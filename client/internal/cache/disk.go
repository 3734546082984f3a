//go:build !js

package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// MemoryBytes bounds the pages kept where there is no disk.
const MemoryBytes = 256 << 20

// Open opens the store in a directory, which is made where it is not there.
// Most bounds the pages in bytes; 0 means DefaultBytes. An empty dir means in
// memory only. Where the directory cannot be used, everything that is kept
// fails, and nothing else does.
func Open(dir string, most int64) *Store {
	if dir == "" {
		if most == 0 {
			most = MemoryBytes
		}
		return Memory(most)
	}
	if most == 0 {
		most = DefaultBytes
	}
	return newStore(disk{dir}, most, time.Now)
}

// Persist has nothing to ask for: a disk keeps what it is given.
func (s *Store) Persist() {}

// disk is a medium in a directory.
type disk struct{ dir string }

// unfinished ends the names of files that are being written.
const unfinished = ".new"

func (d disk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d disk) list() ([]entry, error) {
	var out []entry
	err := filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil //nolint:nilerr // what cannot be read is not there
		}
		if strings.HasSuffix(path, unfinished) {
			return ignore(os.Remove(path))
		}
		info, err := e.Info()
		rel, relErr := filepath.Rel(d.dir, path)
		if err == nil && relErr == nil && info.Mode().IsRegular() {
			out = append(out, entry{filepath.ToSlash(rel), info.Size(), info.ModTime()})
		}
		return nil
	})
	return out, err
}

func ignore(error) error { return nil }

func (d disk) read(name string) ([]byte, error) { return os.ReadFile(d.path(name)) }

func (d disk) write(name string, data []byte, durable bool) error {
	return d.place(name, data, durable, os.Rename)
}

func (d disk) create(name string, data []byte) error {
	return d.place(name, data, true, func(from, to string) error {
		err := os.Link(from, to) // which never takes the place of another file
		if err == nil || errors.Is(err, fs.ErrExist) {
			return errors.Join(err, os.Remove(from))
		}
		if _, there := os.Lstat(to); there == nil {
			return errors.Join(fs.ErrExist, os.Remove(from))
		}
		return os.Rename(from, to) // a file system without links
	})
}

// place writes a file beside its place, and has it put there whole.
func (d disk) place(name string, data []byte, durable bool, into func(from, to string) error) (err error) {
	path := d.path(name)
	f, err := createIn(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		f, err = createIn(filepath.Dir(path)) // it was just removed as empty
	}
	if err != nil {
		return fmt.Errorf("keep on this device: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("keep on this device: %w", err)
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err == nil && durable {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = into(f.Name(), path); err != nil {
		return err
	}
	if durable {
		syncDir(filepath.Dir(path))
	}
	return nil
}

func createIn(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return os.CreateTemp(dir, "*"+unfinished)
}

// syncDir makes a rename durable, where the system has a way to.
func syncDir(dir string) {
	f, err := os.Open(dir)
	if err != nil {
		return
	}
	_ = f.Sync()
	_ = f.Close()
}

func (d disk) touch(name string, at time.Time) { _ = os.Chtimes(d.path(name), at, at) }

func (d disk) remove(name string) error {
	err := os.Remove(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	// The directory of a document whose last page went away goes too.
	_ = os.Remove(filepath.Dir(d.path(name)))
	return err
}
