package ballots_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"phonghop/server/internal/ballotbox"
)

// raw returns a function that inserts n rows of a ballot's size into one
// table without an index, in one transaction: the least that keeping them
// in SQLite can cost, in the order in which they came.
func raw(b *testing.B, n int, settings string) func() {
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "raw.db")+"?_txlock=immediate&"+settings)
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec("CREATE TABLE ballot (id INTEGER PRIMARY KEY, body BLOB)"); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO ballot (body) VALUES (?)")
	if err != nil {
		b.Fatal(err)
	}
	row := bytes.Repeat([]byte("x"), 292)
	return func() {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		for range n {
			if _, err := tx.Stmt(insert).Exec(row); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAdd keeps groups of ballots of a vote of 1,000 people, in turn
// with plain inserts of as many rows under a rollback journal and under a
// write-ahead log, so that all meet the same disk. x-raw and x-wal are how
// many times longer a group of ballots takes.
func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{1, 64, 512} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := openAt(b, b.TempDir())
			journal := raw(b, n, "_pragma=page_size(16384)&_pragma=journal_mode(DELETE)&_pragma=synchronous(EXTRA)&_pragma=secure_delete(ON)")
			wal := raw(b, n, "_journal_mode=WAL&_synchronous=FULL")
			var ours, plain, logged time.Duration
			total, next, round := 0, 0, 0
			boxFor(b, s, vote, 1, 1000)
			for b.Loop() {
				if next+n > 1000 { // a full box: the next vote
					round++
					if err := s.Discard(b.Context(), vote); err != nil {
						b.Fatal(err)
					}
					boxFor(b, s, vote, 1, 1000)
					next = 0
				}
				group := make([]ballotbox.Ballot, n)
				for i := range group {
					group[i] = cast(round*1000+next+i, i%3)
				}
				next, total = next+n, total+n
				start := time.Now()
				for _, err := range add(b, s, group...) {
					if err != nil {
						b.Fatal(err)
					}
				}
				ours += time.Since(start)
				start = time.Now()
				journal()
				plain += time.Since(start)
				start = time.Now()
				wal()
				logged += time.Since(start)
			}
			b.ReportMetric(float64(total)/ours.Seconds(), "ballots/s")
			b.ReportMetric(float64(total)/plain.Seconds(), "raw-rows/s")
			b.ReportMetric(float64(ours)/float64(plain), "x-raw")
			b.ReportMetric(float64(ours)/float64(logged), "x-wal")
		})
	}
}
