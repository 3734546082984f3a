package sqlite_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"phonghop/server/internal/document"
	"phonghop/server/internal/room"
	"phonghop/server/internal/sqlite"
	"phonghop/shared/protocol"
)

var benchBody = []byte(`{"kind":"page-turned","v":1,"data":{"document":"` + strings.Repeat("a", 64) + `","page":12}}`)

// commandBatch is what a group of commands leaves, one event each.
func commandBatch(seq uint64, size int) room.Batch {
	const meeting = "meeting/0198f0b2-7a4e-7cc1-9d5e-1f2a3b4c5d6e"
	b := room.Batch{Owner: meeting}
	for i := range uint64(size) {
		command := fmt.Sprintf("0198f0b2-7a4e-7cc1-9d5e-%012x", seq+i)
		b.Entries = append(b.Entries, room.Entry{
			Stream: meeting, Seq: seq + i, Command: command, At: time.UnixMilli(1_790_000_000_000),
			By: "0198f0b2-0000-7cc1-9d5e-1f2a3b4c5d6e", Body: benchBody,
		})
		b.Receipts = append(b.Receipts, room.Receipt{
			Key:       room.Key{Person: "0198f0b2-0000-7cc1-9d5e-1f2a3b4c5d6e", Client: "0198f0b2-1111-7cc1-9d5e-1f2a3b4c5d6e", Command: command},
			Positions: []protocol.Position{{Stream: meeting, Seq: seq + i}},
		})
	}
	return b
}

// rawInsert returns a function that inserts rows of the same bytes into one
// table without an index, in one transaction: the least that anything kept in
// SQLite can cost.
func rawInsert(b *testing.B, size int) func() {
	path := filepath.Join(b.TempDir(), "raw.db")
	db, err := sql.Open("sqlite", path+"?_txlock=immediate&_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec("CREATE TABLE entry (id INTEGER PRIMARY KEY, body BLOB)"); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO entry (body) VALUES (?)")
	if err != nil {
		b.Fatal(err)
	}
	row := bytes.Repeat([]byte("x"), len(benchBody)+250)
	return func() {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		for range size {
			if _, err := tx.Stmt(insert).Exec(row); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppend appends groups of commands in turn with plain inserts of
// the same group, so that both meet the same disk. x-raw is how many times
// longer an append takes.
func BenchmarkAppend(b *testing.B) {
	for _, size := range []int{1, 16, 256} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			l := openAt(b, b.TempDir()).Log()
			raw := rawInsert(b, size)
			var ours, plain time.Duration
			seq := uint64(1)
			for b.Loop() {
				batch := commandBatch(seq, size)
				seq += uint64(size)
				start := time.Now()
				if err := l.Append(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
				ours += time.Since(start)
				start = time.Now()
				raw()
				plain += time.Since(start)
			}
			b.ReportMetric(float64(seq-1)/ours.Seconds(), "commands/s")
			b.ReportMetric(float64(seq-1)/plain.Seconds(), "raw-rows/s")
			b.ReportMetric(float64(ours)/float64(plain), "x-raw")
		})
	}
}

// BenchmarkLoad loads a meeting of 10,000 events without a snapshot.
func BenchmarkLoad(b *testing.B) {
	l := openAt(b, b.TempDir()).Log()
	var owner string
	for seq := uint64(1); seq < 10_000; seq += 250 {
		batch := commandBatch(seq, 250)
		owner = batch.Owner
		if err := l.Append(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if saved, err := l.Load(b.Context(), owner, 1); err != nil || len(saved.Entries) != 10_000 {
			b.Fatal(len(saved.Entries), err)
		}
	}
}

// BenchmarkOpen opens and closes a database with 100,000 commands and the
// texts of 3,000 pages.
func BenchmarkOpen(b *testing.B) {
	folder := b.TempDir()
	db := openAt(b, folder)
	for seq := uint64(1); seq < 100_000; seq += 1_000 {
		if err := db.Log().Append(b.Context(), commandBatch(seq, 1_000)); err != nil {
			b.Fatal(err)
		}
	}
	record := document.Record{Hash: "a", Info: document.Info{Sizes: make([]document.Size, 3_000)}}
	if err := db.Documents().PutDocument(b.Context(), record); err != nil {
		b.Fatal(err)
	}
	for page := range 3_000 {
		if err := db.Documents().PutText(b.Context(), "a", page+1, benchPage(page)); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		db, err := sqlite.Open(b.Context(), folder)
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(fileSize(b, filepath.Join(folder, sqlite.FileName)))/1e6, "MB")
}

// benchPage is a page of 45 lines of 12 words.
func benchPage(page int) (text document.Text) {
	for y := range 45 {
		var line document.Line
		for x := range 12 {
			word := fmt.Sprintf("từ%d", (page*31+y*17+x*x)%5_000)
			line.Words = append(line.Words, document.Word{Text: word, Box: document.Box{X: float32(x) * 41.37, Y: float32(y)*16.1 + 50, W: 30 + float32(x*y%7)/3, H: 12.6}})
		}
		text.Lines = append(text.Lines, line)
	}
	return text
}
