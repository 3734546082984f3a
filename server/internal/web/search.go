package web

import (
	"net/http"
	"strconv"

	"phonghop/server/internal/document"
	"phonghop/server/internal/room"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// maxFrom bounds how far a search goes on, in pages with hits.
const maxFrom = 1_000_000

// search looks for a phrase in the documents that are for the caller now.
func (s *Server) search(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	asked := r.URL.Query()
	q, ok := text.ParseQuery(asked.Get("q"))
	if !ok {
		return 0, nil, invalid("q")
	}
	from := 0
	if f := asked.Get("from"); f != "" {
		n, err := strconv.Atoi(f)
		if err != nil || n < 0 || n > maxFrom {
			return 0, nil, invalid("from")
		}
		from = n
	}
	all, ok, err := s.Hall.Readable(r.Context(), who.id(), r.PathValue("meeting"), asked.Get("item"), asked.Get("hash"))
	if err == nil && !ok {
		err = errNotFound
	}
	if err != nil {
		return 0, nil, err
	}
	hashes, of := make([]string, len(all)), map[string]room.Readable{}
	for i, d := range all {
		hashes[i], of[d.Hash] = d.Hash, d
	}
	out := protocol.Found{Exact: q.Exact(), Hits: []protocol.Hit{}}
	pages := from
	err = s.Documents.Search(r.Context(), hashes, q, from, func(hash string, page int, words document.Text) bool {
		if len(out.Hits) >= protocol.MaxHits {
			out.Next = pages
			return false
		}
		pages++
		d := of[hash]
		for _, place := range textOf(page, words).Find(q, protocol.MaxHits) {
			out.Hits = append(out.Hits, protocol.Hit{Item: string(d.Item), Document: string(d.Document), Version: d.Version, Hash: hash, Page: page, Place: place})
		}
		return true
	})
	if err == nil && from == 0 {
		out.Unseen, err = s.unseen(r, all, hashes)
	}
	if err != nil {
		return 0, nil, err
	}
	return http.StatusOK, out, nil
}

// unseen lists what could not be looked through whole.
func (s *Server) unseen(r *http.Request, all []room.Readable, hashes []string) (out []protocol.Unseen, err error) {
	coverage, err := s.Documents.Coverage(r.Context(), hashes)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		c, ok := coverage[d.Hash]
		if ok && (c.Blank > 0 || c.Read < c.Pages) {
			out = append(out, protocol.Unseen{Item: string(d.Item), Document: string(d.Document), Hash: d.Hash,
				Pages: c.Pages, Scanned: c.Blank, Unread: max(c.Pages-c.Read, 0)})
		}
	}
	return out, nil
}

// textOf is a page's text as it is sent.
func textOf(page int, found document.Text) protocol.PageText {
	out := protocol.PageText{Page: page, Lines: make([]protocol.TextLine, 0, len(found.Lines))}
	for _, line := range found.Lines {
		words := make([]protocol.TextWord, 0, len(line.Words))
		for _, word := range line.Words {
			b := word.Box
			words = append(words, protocol.TextWord{Text: word.Text,
				Box: [4]float64{points(b.X), points(b.Y), points(b.X + b.W), points(b.Y + b.H)}})
		}
		out.Lines = append(out.Lines, protocol.TextLine{Words: words, Bold: line.Bold, Coded: line.Coded})
	}
	for _, l := range found.Links {
		b := l.Box
		out.Links = append(out.Links, protocol.PageLink{Page: l.Page, URI: l.URI,
			Box: [4]float64{points(b.X), points(b.Y), points(b.X + b.W), points(b.Y + b.H)}})
	}
	return out
}
