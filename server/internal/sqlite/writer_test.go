package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"phonghop/server/internal/room"
)

func appendRoom(t *testing.T, db *DB, seq uint64) {
	t.Helper()
	b := room.Batch{Owner: "room", Entries: []room.Entry{{Stream: "room", Seq: seq}}}
	if err := db.Log().Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// TestSettle: before anything is written after a commit that was not flushed,
// the journal in which that commit may stand is cut.
func TestSettle(t *testing.T) {
	folder := t.TempDir()
	db, err := Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	for seq := range uint64(50) {
		appendRoom(t, db, seq+1)
	}
	journal := filepath.Join(folder, FileName+"-wal")
	before, err := os.Stat(journal)
	if err != nil {
		t.Fatal(err)
	}
	w := <-db.writer
	w.doubt = true
	db.writer <- w
	appendRoom(t, db, 51)
	after, err := os.Stat(journal)
	if err != nil {
		t.Fatal(err)
	}
	if after.Size() >= before.Size() {
		t.Errorf("the journal has %d bytes, before it had %d", after.Size(), before.Size())
	}
	saved, err := db.Log().Load(t.Context(), "room", 1)
	if err != nil || len(saved.Entries) != 51 {
		t.Errorf("%d entries, %v", len(saved.Entries), err)
	}
}

// TestRollbackForgets: the number of a stream that was made by a failed write
// is not used again.
func TestRollbackForgets(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	bad := room.Batch{Owner: "room", Entries: []room.Entry{{Stream: "a", Seq: 1}, {Stream: "b", Seq: 2}}}
	if err := db.Log().Append(t.Context(), bad); err == nil {
		t.Fatal("a batch with a gap was taken")
	}
	appendRoom(t, db, 1)
	saved, err := db.Log().Load(t.Context(), "room", 1)
	if err != nil || len(saved.Entries) != 1 || saved.Entries[0].Stream != "room" {
		t.Errorf("%v, %v", saved.Entries, err)
	}
}

// TestSettings: every connection has the settings that durability and
// integrity rest on.
func TestSettings(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for name, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		"application_id": "1349019464", "query_only": "0",
	} {
		var got string
		if err := db.write.QueryRow("PRAGMA " + name).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", name, got, err, want)
		}
	}
	if _, err := db.read.Exec("DELETE FROM entry"); err == nil {
		t.Error("a reader can write")
	}
}

// TestPlans: the log is read through its indices, also when it is long.
func TestPlans(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.read.Query("EXPLAIN QUERY PLAN "+loadEntries, 1, "room")
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		id, parent, unused int
		text               string
	}
	plan, err := collect(rows, func(l *line) []any { return []any{&l.id, &l.parent, &l.unused, &l.text} })
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range plan {
		if strings.HasPrefix(l.text, "SCAN") {
			t.Errorf("the plan has %q", l.text)
		}
	}
}
