// Package blob keeps files by the SHA-256 of their content. A file appears
// whole or not at all, survives a power cut once Put has returned, and never
// changes.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Errors that callers tell apart.
var (
	// ErrTooLarge: the content is longer than allowed.
	ErrTooLarge = errors.New("the content is too large")
	// ErrNoSpace: the disk, or the share of it we may use, is full.
	ErrNoSpace = errors.New("no space is left on the disk")
	// ErrBadHash: not 64 lower-case hexadecimal digits.
	ErrBadHash = errors.New("not a SHA-256")
)

// Info describes a stored file.
type Info struct {
	Hash  string // SHA-256, 64 lower-case hexadecimal digits
	Bytes int64
}

// Store keeps files below a folder. Its methods may be called from any
// goroutine. Only one Store may use a folder at a time.
type Store struct {
	root  string
	temp  string
	parts string      // of uploads that were cut off
	spare func() bool // whether the disk has room to spare

	partials partials
}

// Open makes the folder where it is missing, and removes what an earlier run
// left half written, but for uploads that can go on.
func Open(root string) (*Store, error) {
	s := &Store{root: root, temp: filepath.Join(root, "incoming"), parts: filepath.Join(root, "partial")}
	s.spare = func() bool { return Spare(root) }
	if err := os.RemoveAll(s.temp); err != nil {
		return nil, fmt.Errorf("clean the blob store: %w", err)
	}
	if err := os.MkdirAll(s.temp, 0o700); err != nil {
		return nil, fmt.Errorf("make the blob store: %w", err)
	}
	if err := os.MkdirAll(s.parts, 0o700); err != nil {
		return nil, fmt.Errorf("make the blob store: %w", err)
	}
	s.sweep("")
	return s, nil
}

// Put stores the content of r, at most limit bytes of it, and returns its
// hash. Content that is there already is not stored twice. ErrNoSpace comes
// before the disk is quite full: the rest is the meetings'. The errors of r
// and ctx are returned as they are; after any error nothing is left.
func (s *Store) Put(ctx context.Context, r io.Reader, limit int64) (info Info, err error) {
	f, err := os.CreateTemp(s.temp, "*.part")
	if err != nil {
		return Info{}, classify("make a file", err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	sum := sha256.New()
	n, err := io.Copy(sink{io.MultiWriter(&thrifty{spare: s.spare}, f, sum)}, &source{ctx: ctx, r: io.LimitReader(r, limit+1)})
	if err != nil {
		return Info{}, classify("write a file", err)
	}
	if n > limit {
		return Info{}, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	if err := f.Sync(); err != nil {
		return Info{}, classify("write a file", err)
	}
	if err := f.Close(); err != nil {
		return Info{}, classify("write a file", err)
	}
	info = Info{Hash: hex.EncodeToString(sum.Sum(nil)), Bytes: n}
	return info, s.settle(f.Name(), info)
}

// settle moves a complete file to its place.
func (s *Store) settle(temp string, info Info) error {
	path := s.place(info.Hash)
	if old, err := os.Stat(path); err == nil && old.Size() == info.Bytes {
		return os.Remove(temp)
	}
	folder := filepath.Dir(path)
	if err := os.Mkdir(folder, 0o700); err == nil {
		if err := syncFolder(s.root); err != nil {
			return classify("make a folder", err)
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return classify("make a folder", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return classify("move a file to its place", err)
	}
	if err := syncFolder(folder); err != nil {
		return classify("move a file to its place", err)
	}
	return nil
}

// sink hides every method but Write, so that io.Copy goes through it.
type sink struct{ io.Writer }

// source ends with its context.
type source struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	if err := context.Cause(s.ctx); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

func classify(doing string, err error) error {
	if diskFull(err) {
		return fmt.Errorf("%w: %w", ErrNoSpace, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// Path returns where a file lies, for programs that must open it themselves.
// The error is ErrBadHash, or wraps fs.ErrNotExist.
func (s *Store) Path(hash string) (string, error) {
	if _, err := s.Stat(hash); err != nil {
		return "", err
	}
	return filepath.Abs(s.place(hash))
}

// Stat describes a file. Errors are as with Path.
func (s *Store) Stat(hash string) (Info, error) {
	if !Valid(hash) {
		return Info{}, ErrBadHash
	}
	stat, err := os.Stat(s.place(hash))
	if err != nil {
		return Info{}, err
	}
	return Info{Hash: hash, Bytes: stat.Size()}, nil
}

// Open opens a file for reading. Errors are as with Path.
func (s *Store) Open(hash string) (*os.File, error) {
	if !Valid(hash) {
		return nil, ErrBadHash
	}
	return os.Open(s.place(hash))
}

// Delete removes a file; one that is not there is no error. Who has it open
// reads on, except on Windows, where an open file cannot be removed.
func (s *Store) Delete(hash string) error {
	if !Valid(hash) {
		return ErrBadHash
	}
	if err := os.Remove(s.place(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// place spreads the files over 256 folders.
func (s *Store) place(hash string) string {
	return filepath.Join(s.root, hash[:2], hash)
}

// Valid says whether s is a SHA-256 in lower-case hexadecimal digits.
func Valid(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
