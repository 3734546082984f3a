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
	"sync"
	"time"
)

// Bounds of what is kept of uploads that were cut off.
const (
	maxPartials = 64             // files; the oldest goes first
	partialLife = 24 * time.Hour // since its last byte came
)

// Errors of an upload that goes on.
var (
	// ErrOffset: what is here has not the length from which it shall go on.
	ErrOffset = errors.New("the upload goes on from somewhere else")
	// ErrCut: the content ended before its length was reached; what has come
	// is kept.
	ErrCut = errors.New("the upload was cut off")
)

// partials are the uploads of which a part is here.
type partials struct {
	mu   sync.Mutex
	busy map[string]*taking
}

// taking is a part that comes in.
type taking struct {
	stop func() // asks whoever takes it in to stop; it does not wait
	done chan struct{}
}

// errOvertaken ends the reading of an upload that another request goes on with.
var errOvertaken = errors.New("another request goes on with this upload")

func (s *Store) partial(key string) string {
	sum := sha256.Sum256([]byte(key))
	return filepath.Join(s.parts, hex.EncodeToString(sum[:16])+".part")
}

// Partial tells how much has come of an upload, and the SHA-256 of that; 0
// bytes where nothing has. The key is the sender's, of any form; nobody who
// does not know it learns anything of the upload.
func (s *Store) Partial(ctx context.Context, key string) (Info, error) {
	free, err := s.hold(ctx, key, nil)
	if err != nil {
		return Info{}, err
	}
	defer free()
	f, err := os.Open(s.partial(key))
	if errors.Is(err, fs.ErrNotExist) {
		sum := sha256.Sum256(nil)
		return Info{Hash: hex.EncodeToString(sum[:])}, nil
	}
	if err != nil {
		return Info{}, fmt.Errorf("read a part: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	return sumOf(ctx, f)
}

func sumOf(ctx context.Context, f *os.File) (Info, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, &source{ctx: ctx, r: f})
	return Info{Hash: hex.EncodeToString(sum.Sum(nil)), Bytes: n}, err
}

// Continue takes in the content of r behind the first from bytes of the upload
// with that key; size is the length of the whole, at most limit, -1 where not
// known. When all has come, it is stored as Put does. ErrOffset: not so many
// bytes are here. When r ends early or fails, what has come is kept for a day,
// also through a restart, for another try. A new try ends one that still
// waits for bytes: interrupt is called to wake its r, and must not wait itself.
func (s *Store) Continue(ctx context.Context, key string, from, size int64, r io.Reader, limit int64, interrupt func()) (Info, error) {
	if size > limit || from > limit {
		return Info{}, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	free, err := s.hold(ctx, key, func() {
		stop(errOvertaken)
		if interrupt != nil {
			interrupt()
		}
	})
	if err != nil {
		return Info{}, err
	}
	defer free()
	s.sweep(s.partial(key))
	f, err := os.OpenFile(s.partial(key), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return Info{}, classify("make a part", err)
	}
	defer func() { _ = f.Close() }() // settled or kept by then
	if from == 0 {
		err = f.Truncate(0) // from the beginning, whatever has come
	}
	have, seekErr := f.Seek(0, io.SeekEnd)
	if err = errors.Join(err, seekErr); err != nil {
		return Info{}, classify("write a part", err)
	}
	if have != from {
		return Info{}, fmt.Errorf("%w: %d bytes are here", ErrOffset, have)
	}
	n, err := io.Copy(sink{io.MultiWriter(&thrifty{spare: s.spare}, f)}, &source{ctx: ctx, r: io.LimitReader(r, limit+1-from)})
	if err != nil {
		if err = classify("write a part", err); errors.Is(err, ErrNoSpace) {
			scrap(f) // the room is the meetings'
		}
		return Info{}, err
	}
	return s.complete(ctx, key, f, from+n, size, limit)
}

// complete stores a part that is the whole.
func (s *Store) complete(ctx context.Context, key string, f *os.File, have, size, limit int64) (Info, error) {
	switch {
	case have > limit || size >= 0 && have > size:
		scrap(f)
		return Info{}, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	case have < size:
		return Info{}, fmt.Errorf("%w: %d of %d bytes", ErrCut, have, size)
	}
	if err := f.Sync(); err != nil {
		return Info{}, classify("write a file", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Info{}, classify("read a part", err)
	}
	info, err := sumOf(ctx, f)
	if err != nil {
		return Info{}, err
	}
	if err := f.Close(); err != nil {
		return Info{}, classify("write a file", err)
	}
	return info, s.settle(s.partial(key), info)
}

// scrap removes a part that is of no use. Windows removes no open file.
func scrap(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name()) // else a sweep
}

// Drop forgets what has come of an upload.
func (s *Store) Drop(ctx context.Context, key string) error {
	free, err := s.hold(ctx, key, nil)
	if err != nil {
		return err
	}
	defer free()
	if err := os.Remove(s.partial(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// hold waits until nobody else has the upload, having told him to stop.
func (s *Store) hold(ctx context.Context, key string, stop func()) (free func(), err error) {
	if stop == nil {
		stop = func() {}
	}
	mine := &taking{stop: stop, done: make(chan struct{})}
	for {
		s.partials.mu.Lock()
		other := s.partials.busy[key]
		if other == nil {
			if s.partials.busy == nil {
				s.partials.busy = map[string]*taking{}
			}
			s.partials.busy[key] = mine
			s.partials.mu.Unlock()
			return func() {
				s.partials.mu.Lock()
				delete(s.partials.busy, key)
				s.partials.mu.Unlock()
				close(mine.done)
			}, nil
		}
		other.stop() // while he surely has it: later his request may be over, and his connection serve another
		s.partials.mu.Unlock()
		select {
		case <-other.done:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// sweep removes parts that nobody goes on with: old ones, and the oldest where
// they are too many. The one at keep stays.
func (s *Store) sweep(keep string) {
	s.partials.mu.Lock()
	defer s.partials.mu.Unlock()
	entries, err := os.ReadDir(s.parts)
	if err != nil {
		return // the next upload tells
	}
	busy := map[string]bool{keep: true}
	for key := range s.partials.busy {
		busy[s.partial(key)] = true
	}
	type part struct {
		path string
		at   time.Time
	}
	var left []part
	for _, e := range entries {
		path := filepath.Join(s.parts, e.Name())
		info, err := e.Info()
		if err != nil || busy[path] {
			continue
		}
		if time.Since(info.ModTime()) > partialLife {
			_ = os.Remove(path) // else the next sweep
			continue
		}
		left = append(left, part{path, info.ModTime()})
	}
	for len(left)+len(busy) > maxPartials && len(left) > 0 {
		oldest := 0
		for i, p := range left {
			if p.at.Before(left[oldest].at) {
				oldest = i
			}
		}
		_ = os.Remove(left[oldest].path) // else the next sweep
		left = append(left[:oldest], left[oldest+1:]...)
	}
}
