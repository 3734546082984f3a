//go:build !js

package cache

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// lasting runs a test on every medium that outlives the program.
func lasting(t *testing.T, test func(t *testing.T, fresh func() place)) {
	t.Helper()
	t.Run("disk", func(t *testing.T) {
		test(t, func() place {
			dir, err := os.MkdirTemp(t.TempDir(), "cache")
			if err != nil {
				t.Fatal(err)
			}
			return func(most int64) *Store { return Open(dir, most) }
		})
	})
}

func TestWhatWasNotFinishedIsCleanedUp(t *testing.T) {
	leftover := filepath.Join(t.TempDir(), "half"+unfinished)
	if err := os.WriteFile(leftover, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	Open(filepath.Dir(leftover), 1<<20)
	if _, err := os.Stat(leftover); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an unfinished file stays")
	}
}

func TestDamagedFilesAreDropped(t *testing.T) {
	for name, spoil := range map[string]func([]byte) []byte{
		"bit":   func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"short": func(b []byte) []byte { return b[:len(b)/2] },
		"empty": func([]byte) []byte { return nil },
		"other": func([]byte) []byte { return bytes.Repeat([]byte("x"), 100) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			a := Open(dir, 1<<20).Area("x")
			if err := errors.Join(a.Keep("r", []byte("record")), a.Put("doc", "p1", []byte("page"))); err != nil {
				t.Fatal(err)
			}
			err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				data, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				return os.WriteFile(path, spoil(data), 0o600)
			})
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := a.Kept("r"); ok {
				t.Error("a damaged record is given out")
			}
			if _, ok := a.Get("doc", "p1"); ok || a.Has("doc", "p1") {
				t.Error("a damaged page is given out")
			}
			if err := a.Put("doc", "p1", []byte("again")); err != nil {
				t.Fatal(err)
			}
			if got, ok := a.Get("doc", "p1"); !ok || string(got) != "again" {
				t.Errorf("fetched again: %q %v", got, ok)
			}
		})
	}
}

func TestARecordUnderAnotherNameIsNotTaken(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir, 1<<20)
	a := s.Area("x")
	if err := errors.Join(a.Keep("one", []byte("1")), a.Keep("two", []byte("2"))); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(a.record("one"))))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(a.record("two"))), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, ok := a.Kept("two"); ok {
		t.Errorf("got %q", got)
	}
}

func TestNothingRemainsInTheDirectoryAfterAWipe(t *testing.T) {
	dir := t.TempDir()
	a := Open(dir, 1<<20).Area("x")
	if err := errors.Join(a.Keep("r", []byte("tối mật")), a.Put("doc", "p1", []byte("tối mật"))); err != nil {
		t.Fatal(err)
	}
	if err := Open(dir, 1<<20).Area("x").Wipe(); err != nil {
		t.Fatal(err)
	}
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			t.Errorf("left behind: %s", path)
		}
		return nil
	})
}

func TestADirectoryThatCannotBeUsedFailsOnlyToKeep(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a := Open(filepath.Join(file, "below"), 0).Area("x")
	if err := a.Keep("r", nil); err == nil {
		t.Error("kept nowhere")
	}
	if _, ok := a.Kept("r"); ok {
		t.Error("there")
	}
}

func FuzzUnseal(f *testing.F) {
	f.Add([]byte("PHC1"))
	f.Add(seal([]byte("page")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if data, ok := unseal(raw); ok && !bytes.Equal(seal(data), raw) {
			t.Errorf("%x is taken for a whole file", raw)
		}
	})
}
