package sqlite_test

import (
	"os"
	"testing"

	"phonghop/server/internal/document"
	"phonghop/server/internal/room"
	"phonghop/server/internal/sqlite"
	"phonghop/server/internal/storetest"
)

func openAt(t testing.TB, folder string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), folder)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return db
}

// reopening returns a function that opens a new database, and closes and
// opens it again each time it is called.
func reopening(t *testing.T) func() *sqlite.DB {
	folder := t.TempDir()
	var db *sqlite.DB
	return func() *sqlite.DB {
		if db != nil {
			if err := db.Close(); err != nil {
				t.Fatalf("Close: %v", err)
			}
		}
		db = openAt(t, folder)
		return db
	}
}

func TestLog(t *testing.T) {
	storetest.Log(t, func(t *testing.T) func() room.Log {
		open := reopening(t)
		return func() room.Log { return open().Log() }
	})
}

func TestDocuments(t *testing.T) {
	storetest.Documents(t, func(t *testing.T) func() document.Store {
		open := reopening(t)
		return func() document.Store { return open().Documents() }
	})
}

func TestDocumentsInMemory(t *testing.T) {
	storetest.Documents(t, func(*testing.T) func() document.Store {
		s := document.NewMemoryStore()
		return func() document.Store { return s }
	})
}

func fileSize(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
