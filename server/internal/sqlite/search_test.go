package sqlite_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"phonghop/server/internal/document"
	"phonghop/server/internal/sqlite"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

func query(t testing.TB, typed string) text.Query {
	t.Helper()
	q, ok := text.ParseQuery(typed)
	if !ok {
		t.Fatalf("%q is no query", typed)
	}
	return q
}

// Texts that were kept before there was a search are found all the same.
func TestSearchOfOlderTexts(t *testing.T) {
	folder := t.TempDir()
	db := openAt(t, folder)
	hash := strings.Repeat("a", 64)
	record := document.Record{Hash: hash, Info: document.Info{Sizes: make([]document.Size, 3)}}
	if err := db.Documents().PutDocument(t.Context(), record); err != nil {
		t.Fatal(err)
	}
	for page, words := range []string{"Đầu tư", "", "HOÀ bình"} {
		var line document.Line
		for _, w := range strings.Fields(words) {
			line.Words = append(line.Words, document.Word{Text: w})
		}
		var of document.Text
		if line.Words != nil {
			of.Lines = []document.Line{line}
		}
		if err := db.Documents().PutText(t.Context(), hash, page+1, of); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	alter(t, folder, `DROP TABLE page_text; DROP TRIGGER page_gone; DROP INDEX page_blank; PRAGMA user_version = 4`)
	again := openAt(t, folder).Documents()
	for typed, want := range map[string]string{"đầu tư": "1", "hòa": "3", "binh": "3", "đau": ""} {
		got := ""
		err := again.Search(t.Context(), []string{hash}, query(t, typed), 0, func(_ string, page int, _ document.Text) bool {
			got += fmt.Sprint(page)
			return true
		})
		if err != nil || got != want {
			t.Errorf("%q is found on %q, %v, want %q", typed, got, err, want)
		}
	}
}

// BenchmarkSearch looks through 10,000 pages of 50 documents for a phrase that
// is on every fifth page, as far as one answer goes, and for one that is
// nowhere, in turn with a plain
// query of the same phrase. x-raw is how many times longer a search takes.
func BenchmarkSearch(b *testing.B) {
	folder := b.TempDir()
	db := openAt(b, folder)
	var hashes []string
	for doc := range 50 {
		hash := fmt.Sprintf("%064x", doc)
		hashes = append(hashes, hash)
		record := document.Record{Hash: hash, Info: document.Info{Sizes: make([]document.Size, 200)}}
		if err := db.Documents().PutDocument(b.Context(), record); err != nil {
			b.Fatal(err)
		}
		for page := range 200 {
			of := benchPage(doc*200 + page)
			if page%5 == 0 {
				of.Lines[20].Words[3].Text, of.Lines[20].Words[4].Text = "đầu", "tư"
			}
			if err := db.Documents().PutText(b.Context(), hash, page+1, of); err != nil {
				b.Fatal(err)
			}
		}
	}
	raw, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(folder, sqlite.FileName))+"?_query_only=1")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = raw.Close() })
	for _, c := range []struct {
		name, typed string
		pages       int
	}{{"often", "dau tu", 2000}, {"never", "đầu tư 2027", 0}} {
		b.Run(c.name, func(b *testing.B) {
			q := query(b, c.typed)
			column := "folded"
			if q.Exact() {
				column = "exact"
			}
			var ours, plain time.Duration
			for b.Loop() {
				start, hits := time.Now(), 0
				err := db.Documents().Search(b.Context(), hashes, q, 0, func(_ string, _ int, text document.Text) bool {
					hits += len(q.Find(text.Strings(), 100))
					return hits < protocol.MaxHits
				})
				ours += time.Since(start)
				if err != nil || hits != min(c.pages, protocol.MaxHits) {
					b.Fatal(hits, err)
				}
				start, hits = time.Now(), 0
				if err := raw.QueryRow(`SELECT count(*) FROM page_text WHERE page_text MATCH ?`, column+` : "`+q.Phrase()+`"`).Scan(&hits); err != nil || hits != c.pages {
					b.Fatal(hits, err)
				}
				plain += time.Since(start)
			}
			b.ReportMetric(float64(ours.Milliseconds())/float64(b.N), "ms/search")
			b.ReportMetric(float64(ours)/float64(plain), "x-raw")
		})
	}
}
