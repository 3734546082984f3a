package protocol

import (
	"strings"
	"unicode/utf8"

	"phonghop/shared/text"
)

// Bounds of a search.
const (
	// MaxHits is how many hits one answer has; the rest is asked for with
	// Found.Next.
	MaxHits = 50
	// MaxAround is how much of its line is told before and after a hit, in
	// runes.
	MaxAround = 80
)

type (
	// Found is the answer of GET …/search.
	Found struct {
		// Exact says that accents counted.
		Exact bool  `json:"exact"`
		Hits  []Hit `json:"hits"`
		// Next is the value of "from" with which the search goes on, 0 where
		// this was all.
		Next int `json:"next,omitempty"`
		// Unseen lists the documents that could not be looked through whole.
		Unseen []Unseen `json:"unseen,omitempty"`
	}

	// Hit is one place where the phrase stands.
	Hit struct {
		Item     string `json:"item"`
		Document string `json:"document"`
		Version  int    `json:"version"`
		Hash     string `json:"hash"`
		Page     int    `json:"page"` // from 1
		Place
	}

	// Place is where on a page a phrase stands: its first line, and a box for
	// each line that it is on, as the boxes of words.
	Place struct {
		Before string       `json:"before,omitempty"`
		Match  string       `json:"match"`
		After  string       `json:"after,omitempty"`
		Boxes  [][4]float64 `json:"boxes"`
	}

	// Unseen is a document with pages that have no text (scans), or whose
	// text is not read yet.
	Unseen struct {
		Item     string `json:"item"`
		Document string `json:"document"`
		Hash     string `json:"hash"`
		Pages    int    `json:"pages"`            // of the document
		Scanned  int    `json:"scanned"`          // without text
		Unread   int    `json:"unread,omitempty"` // not read yet
	}
)

// Scan reports whether none of the document can be searched, because it has no
// text.
func (u Unseen) Scan() bool { return u.Scanned >= u.Pages }

// Usable reports whether a page has text that says something: a scan has none,
// and some fonts give nothing but characters that only they know.
func (p PageText) Usable() bool {
	var b strings.Builder
	for _, line := range p.Lines {
		for _, w := range line.Words {
			b.WriteString(w.Text)
		}
	}
	return b.Len() > 0 && text.Legible(b.String())
}

// Find gives the places of a phrase on a page, in reading order, at most most
// of them.
func (p PageText) Find(q text.Query, most int) []Place {
	var words []string
	for _, line := range p.Lines {
		for _, w := range line.Words {
			words = append(words, w.Text)
		}
	}
	spans := q.Find(words, most)
	out := make([]Place, 0, len(spans))
	for _, s := range spans {
		out = append(out, p.place(s))
	}
	return out
}

func (p PageText) place(s text.Span) (out Place) {
	begin := 0 // number of a line's first word on the page
	for _, line := range p.Lines {
		end := begin + len(line.Words)
		first, last := max(s.First-begin, 0), min(s.Last-begin, len(line.Words)-1)
		begin = end
		if first > last {
			continue
		}
		if len(out.Boxes) == 0 {
			out.Before = tail(said(line.Words[:first]), MaxAround)
			out.Match = head(said(line.Words[first:last+1]), 2*MaxAround)
			out.After = head(said(line.Words[last+1:]), MaxAround)
		}
		box := line.Words[first].Box
		for _, w := range line.Words[first : last+1] {
			box = [4]float64{min(box[0], w.Box[0]), min(box[1], w.Box[1]), max(box[2], w.Box[2]), max(box[3], w.Box[3])}
		}
		out.Boxes = append(out.Boxes, box)
	}
	return out
}

func said(words []TextWord) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.Text
	}
	return strings.Join(all, " ")
}

// head and tail cut text to so many runes, with a sign where it goes on.
func head(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:most-1]), " ") + "…"
}

func tail(s string, most int) string {
	n := utf8.RuneCountInString(s)
	if n <= most {
		return s
	}
	return "…" + strings.TrimLeft(string([]rune(s)[n-most+1:]), " ")
}
