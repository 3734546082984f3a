package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"phonghop/server/internal/room"
	"phonghop/server/internal/sqlite"
)

func TestLocked(t *testing.T) {
	folder := t.TempDir()
	db := openAt(t, folder)
	second, err := sqlite.Open(t.Context(), folder)
	if !errors.Is(err, sqlite.ErrLocked) {
		t.Fatalf("Open of a folder in use: %v, %v, want ErrLocked", second, err)
	}
	if want := fmt.Sprintf("process %d", os.Getpid()); !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), folder) {
		t.Errorf("the message %q does not name the process and the folder", err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+folder)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err == nil || !strings.Contains(stderr.String(), sqlite.ErrLocked.Error()) {
		t.Errorf("another process: %v, %s", err, &stderr)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openAt(t, folder)
}

func TestIdentity(t *testing.T) {
	open := reopening(t)
	db := open()
	id, err := db.RoomID(t.Context())
	if len(id) != 36 || err != nil {
		t.Fatalf("RoomID: %q, %v", id, err)
	}
	other, err := openAt(t, t.TempDir()).RoomID(t.Context())
	if other == id || err != nil {
		t.Errorf("two rooms have the id %q, %v", other, err)
	}
	if _, ok, err := db.Setting(t.Context(), "name"); ok || err != nil {
		t.Errorf("Setting before it is set: %t, %v", ok, err)
	}
	for _, want := range []string{"Phòng họp", "Phòng họp số 1", ""} {
		if err := db.SetSetting(t.Context(), "name", want); err != nil {
			t.Fatal(err)
		}
		db = open()
		if got, ok, err := db.Setting(t.Context(), "name"); got != want || !ok || err != nil {
			t.Errorf("Setting: %q, %t, %v, want %q", got, ok, err, want)
		}
	}
	for _, name := range []string{"room", "epoch"} {
		if err := db.SetSetting(t.Context(), name, "x"); err == nil {
			t.Errorf("%s was changed", name)
		}
	}
	if again, err := db.RoomID(t.Context()); again != id || err != nil {
		t.Errorf("RoomID: %q, %v, want %q", again, err, id)
	}
}

// TestFolderNames: a folder may have any name that the system allows.
func TestFolderNames(t *testing.T) {
	for _, name := range []string{"Dữ liệu phòng họp", "a b#c%20d&e=f", "new/in/new"} {
		folder := filepath.Join(t.TempDir(), name)
		openAt(t, folder)
		if info, err := os.Stat(filepath.Join(folder, sqlite.FileName)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

// alter changes a closed database by SQL.
func alter(t *testing.T, folder, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(folder, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func filled(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	db := openAt(t, folder)
	for seq := range uint64(300) {
		if err := db.Log().Append(t.Context(), fillRoom(seq+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, sqlite.FileName+"-wal")); err == nil {
		t.Error("the journal is there after closing")
	}
	return folder
}

func fillRoom(seq uint64) room.Batch {
	return room.Batch{Owner: "room", Entries: []room.Entry{{Stream: "room", Seq: seq, Body: bytes.Repeat([]byte("x"), 300)}}}
}

// TestRefused: files that must not be touched are not opened, and the folder
// is free again.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T) (folder string)
		want  error
	}{
		{"newer", func(t *testing.T) string {
			folder := filled(t)
			alter(t, folder, "PRAGMA user_version = 1000")
			return folder
		}, sqlite.ErrNewer},
		{"another program's", func(t *testing.T) string {
			folder := t.TempDir()
			alter(t, folder, "CREATE TABLE recipes (name TEXT)")
			return folder
		}, sqlite.ErrForeign},
		{"no database", func(t *testing.T) string {
			folder := t.TempDir()
			return writeFile(t, folder, bytes.Repeat([]byte("not a database. "), 1_000))
		}, sqlite.ErrForeign},
		{"overwritten in the middle", func(t *testing.T) string {
			return patch(t, filled(t), func(b []byte) []byte {
				copy(b[len(b)/2:], bytes.Repeat([]byte{0xa5}, 9_000))
				return b
			})
		}, sqlite.ErrDamaged},
		{"cut off", func(t *testing.T) string {
			return patch(t, filled(t), func(b []byte) []byte { return b[:len(b)/2] })
		}, sqlite.ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := c.spoil(t)
			for range 2 {
				db, err := sqlite.Open(t.Context(), folder)
				if err == nil {
					_ = db.Close()
				}
				if !errors.Is(err, c.want) {
					t.Fatalf("Open: %v, want %v", err, c.want)
				}
			}
		})
	}
}

func writeFile(t *testing.T, folder string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, sqlite.FileName), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func patch(t *testing.T, folder string, change func([]byte) []byte) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return writeFile(t, folder, change(content))
}

// TestClose closes while others write and read: each call either did its work
// or returns ErrClosed.
func TestClose(t *testing.T) {
	folder := t.TempDir()
	db := openAt(t, folder)
	ctx := context.Background()
	var kept [4]uint64
	var wait sync.WaitGroup
	started := make(chan struct{}, 2*len(kept))
	for i := range kept {
		owner := fmt.Sprint(i)
		wait.Go(func() {
			for {
				err := db.Log().Append(ctx, room.Batch{Owner: owner, Entries: []room.Entry{{Stream: owner, Seq: kept[i] + 1}}})
				if err != nil {
					if !errors.Is(err, sqlite.ErrClosed) {
						t.Errorf("Append: %v", err)
					}
					return
				}
				if kept[i]++; kept[i] == 10 {
					started <- struct{}{}
				}
			}
		})
		wait.Go(func() {
			for {
				if _, err := db.Log().Load(ctx, owner, 1); err != nil {
					if !errors.Is(err, sqlite.ErrClosed) {
						t.Errorf("Load: %v", err)
					}
					return
				}
			}
		})
	}
	for range kept {
		<-started
	}
	if err := db.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	wait.Wait()
	db = openAt(t, folder)
	for i, n := range kept {
		saved, err := db.Log().Load(ctx, fmt.Sprint(i), 1)
		if err != nil || uint64(len(saved.Entries)) != n {
			t.Errorf("%d entries, %v, want %d", len(saved.Entries), err, n)
		}
	}
}
