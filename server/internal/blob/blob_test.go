package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// files returns the names of all files below the store, whole or not.
func files(t testing.TB, s *Store) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(s.root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestPutAndRead(t *testing.T) {
	t.Parallel()
	s := open(t)
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 0, 100_000).Draw(t, "data")
		info, err := s.Put(context.Background(), iotest.HalfReader(bytes.NewReader(data)), 100_000)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if want := (Info{Hash: hex.EncodeToString(sum[:]), Bytes: int64(len(data))}); info != want {
			t.Fatalf("got %+v, want %+v", info, want)
		}
		if again, err := s.Stat(info.Hash); err != nil || again != info {
			t.Fatalf("stat: %+v, %v", again, err)
		}
		f, err := s.Open(info.Hash)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		from := rapid.IntRange(0, len(data)).Draw(t, "from")
		if _, err := f.Seek(int64(from), io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, data[from:]) {
			t.Fatalf("read %d bytes from %d, %v", len(got), from, err)
		}
	})
}

func TestSameContentOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := s.Put(t.Context(), strings.NewReader("the same"), 100); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if got := files(t, s); len(got) != 1 {
		t.Errorf("files: %v", got)
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	s := open(t)
	info, err := s.Put(t.Context(), strings.NewReader("content"), 100)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Delete(info.Hash); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Open(info.Hash); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("open: %v", err)
	}
	if _, err := s.Path(info.Hash); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("path: %v", err)
	}
}

func TestPutFailures(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line broke")
	gone, cancel := context.WithCancelCause(t.Context())
	cancel(broken)
	for _, c := range []struct {
		name string
		ctx  context.Context
		r    io.Reader
		want error
	}{
		{"one byte too many", t.Context(), strings.NewReader("12345678901"), ErrTooLarge},
		{"endless", t.Context(), endless{}, ErrTooLarge},
		{"cut in the middle", t.Context(), io.MultiReader(strings.NewReader("12345"), iotest.ErrReader(broken)), broken},
		{"cut like a request body", t.Context(), io.MultiReader(strings.NewReader("12345"), iotest.ErrReader(io.ErrUnexpectedEOF)), io.ErrUnexpectedEOF},
		{"the caller is gone", gone, strings.NewReader("12345"), broken},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			if _, err := s.Put(c.ctx, c.r, 10); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if left := files(t, s); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestExactlyTheLimit(t *testing.T) {
	t.Parallel()
	if info, err := open(t).Put(t.Context(), strings.NewReader("1234567890"), 10); err != nil || info.Bytes != 10 {
		t.Errorf("%+v, %v", info, err)
	}
}

func TestBadHashes(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, hash := range []string{"", "ab", "../../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("g", 64), strings.Repeat("a", 63) + "/", strings.Repeat("a", 65)} {
		if _, err := s.Open(hash); !errors.Is(err, ErrBadHash) {
			t.Errorf("open %q: %v", hash, err)
		}
		if _, err := s.Path(hash); !errors.Is(err, ErrBadHash) {
			t.Errorf("path %q: %v", hash, err)
		}
		if err := s.Delete(hash); !errors.Is(err, ErrBadHash) {
			t.Errorf("delete %q: %v", hash, err)
		}
	}
}

func TestLeftoversAreCleaned(t *testing.T) {
	t.Parallel()
	s := open(t)
	info, err := s.Put(t.Context(), strings.NewReader("kept"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.temp, "1.part"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err = Open(s.root)
	if err != nil {
		t.Fatal(err)
	}
	if got := files(t, s); len(got) != 1 || got[0] != info.Hash {
		t.Errorf("files: %v", got)
	}
}

// A file that was cut by a fault of the disk is replaced by its next upload.
func TestDamagedIsReplaced(t *testing.T) {
	t.Parallel()
	s := open(t)
	for range 2 {
		info, err := s.Put(t.Context(), strings.NewReader("content"), 100)
		if err != nil {
			t.Fatal(err)
		}
		if stat, err := s.Stat(info.Hash); err != nil || stat.Bytes != 7 {
			t.Fatalf("%+v, %v", stat, err)
		}
		if err := os.Truncate(s.place(info.Hash), 3); err != nil {
			t.Fatal(err)
		}
	}
}
