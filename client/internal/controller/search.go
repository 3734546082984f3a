package controller

import (
	"context"
	"encoding/json"
	"strings"
	"unicode"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// MaxFound bounds the hits that are listed; what is looked for can be said
// more exactly then.
const MaxFound = 200

// Scope is where to search: all of a meeting's documents, those of an item, or
// one content.
type Scope struct {
	Item meeting.ItemID
	Hash string
}

// SearchHit is one place where the phrase stands.
type SearchHit struct {
	Spot                 Spot
	Hash                 string
	Before, Match, After string
	// Boxes are left, top, right, bottom in points, one for each line.
	Boxes [][4]float64
}

// SearchGroup are the hits in one document.
type SearchGroup struct {
	Item     meeting.ItemID
	Number   string // the item's
	Document meeting.DocumentID
	Title    string
	Hash     string
	Hits     []SearchHit
}

// SearchScan is a document of which pages cannot be searched.
type SearchScan struct {
	Item     meeting.ItemID
	Document meeting.DocumentID
	Title    string
	// Whole: it has no text at all. Otherwise Scanned pages have none.
	Whole   bool
	Scanned int
}

// SearchView is what a search has found so far.
type SearchView struct {
	Typed string // "" while nothing is looked for
	Scope Scope
	Busy  bool
	// Code is why it failed, "" if it did not.
	Code string
	// Exact: accents count, because some were typed.
	Exact  bool
	Groups []SearchGroup
	Total  int // hits in the groups
	// More: there are more hits than MaxFound.
	More  bool
	Scans []SearchScan
	// Kept: without the server, only what is on the device was searched;
	// Missing pages are not on it yet. Unread pages are not ready on the server.
	Kept    bool
	Missing int
	Unread  int
}

// Hits gives all hits in the order of the groups.
func (v SearchView) Hits() []SearchHit {
	var out []SearchHit
	for _, g := range v.Groups {
		out = append(out, g.Hits...)
	}
	return out
}

// looking is a search and what it has found. The controller's lock guards all
// but the query.
type looking struct {
	query  text.Query
	cancel context.CancelFunc
	view   SearchView // without groups and scans
	hits   []SearchHit
	scans  []SearchScan
}

// Search looks for a phrase in a meeting's documents: on the server where it
// can be reached, else in the texts on the device. It takes the place of the
// search before; Found tells how far it is. Text without letters and digits
// ends searching; such text is refused with invalid where it is not empty.
func (c *Controller) Search(id string, in Scope, typed string) (code string) {
	typed = strings.TrimSpace(typed)
	q, ok := text.ParseQuery(typed)
	c.mu.Lock()
	defer c.touch()
	defer c.mu.Unlock()
	if old := c.looking[id]; old != nil {
		old.cancel()
		delete(c.looking, id)
	}
	if !ok || c.inside == nil {
		if typed == "" {
			return ""
		}
		return protocol.CodeInvalid
	}
	l := &looking{query: q, view: SearchView{Typed: typed, Scope: in, Busy: true, Exact: q.Exact()}}
	ctx, cancel := context.WithCancel(c.inside.ctx)
	l.cancel = cancel
	c.looking[id] = l
	s := c.inside.session
	c.all.Go(func() {
		defer cancel()
		c.seek(ctx, s, id, l)
	})
	return ""
}

// Found is what the search in a meeting has found so far, as far as it is for
// this person now.
func (c *Controller) Found(id string) SearchView {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.looking[id]
	if l == nil {
		return SearchView{}
	}
	v, m := l.view, c.view.Meetings[id]
	for _, h := range l.hits {
		d, ok := m.Contents[h.Spot.Item].Document(h.Spot.Place.Document)
		if !ok || readable(m, h.Spot) != h.Spot {
			continue
		}
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Document != d.ID || v.Groups[n-1].Hash != h.Hash {
			v.Groups = append(v.Groups, SearchGroup{Item: h.Spot.Item, Number: m.Number(h.Spot.Item), Document: d.ID, Title: d.Title, Hash: h.Hash})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Hits = append(g.Hits, h)
		v.Total++
	}
	for _, s := range l.scans {
		if d, ok := m.Contents[s.Item].Document(s.Document); ok {
			s.Title = d.Title
			v.Scans = append(v.Scans, s)
		}
	}
	return v
}

// seek carries a search out.
func (c *Controller) seek(ctx context.Context, s *session.Session, id string, l *looking) {
	err := c.seekOnServer(ctx, s, id, l)
	kept := session.CodeOf(err) == session.CodeNetwork || session.CodeOf(err) == session.CodeNotKept
	if kept && ctx.Err() == nil {
		c.seekHere(ctx, s, id, l)
		err = nil
	}
	c.grow(ctx, id, l, func() {
		l.view.Busy = false
		if err != nil {
			l.view.Code = Code(err)
		}
	})
}

// grow changes a search that was not replaced meanwhile.
func (c *Controller) grow(ctx context.Context, id string, l *looking, change func()) {
	c.mu.Lock()
	if c.looking[id] == l && ctx.Err() == nil {
		change()
	}
	c.mu.Unlock()
	c.touch()
}

func (c *Controller) seekOnServer(ctx context.Context, s *session.Session, id string, l *looking) error {
	c.mu.Lock()
	away := c.view.Link == session.Offline || c.view.Link == session.Ended
	c.mu.Unlock()
	if away {
		return &session.Problem{Code: session.CodeNetwork}
	}
	for from, total := 0, 0; ; {
		found, err := s.Server().Search(ctx, id, string(l.view.Scope.Item), l.view.Scope.Hash, l.view.Typed, from)
		if err != nil {
			return err
		}
		total += len(found.Hits)
		c.grow(ctx, id, l, func() {
			for _, h := range found.Hits {
				l.add(SearchHit{Spot: Spot{meeting.ItemID(h.Item), meeting.Place{Document: meeting.DocumentID(h.Document), Version: h.Version, Page: h.Page}},
					Hash: h.Hash, Before: h.Before, Match: h.Match, After: h.After, Boxes: h.Boxes})
			}
			for _, u := range found.Unseen {
				l.view.Unread += u.Unread
				if u.Scanned > 0 {
					l.scans = append(l.scans, SearchScan{Item: meeting.ItemID(u.Item), Document: meeting.DocumentID(u.Document), Whole: u.Scan(), Scanned: u.Scanned})
				}
			}
			l.view.More = l.view.More || found.Next > 0 && total >= MaxFound
		})
		if found.Next <= from || total >= MaxFound {
			return nil
		}
		from = found.Next
	}
}

// add lists a hit, if there is still room.
func (l *looking) add(h SearchHit) {
	if len(l.hits) >= MaxFound {
		l.view.More = true
		return
	}
	l.hits = append(l.hits, h)
}

// seekHere searches the texts on the device, and tells after each document.
func (c *Controller) seekHere(ctx context.Context, s *session.Session, id string, l *looking) {
	c.mu.Lock()
	m := c.view.Meetings[id]
	l.view.Kept, l.hits, l.scans, l.view.More, l.view.Unread = true, nil, nil, false, 0
	c.mu.Unlock()
	seen := map[string]bool{}
	for _, item := range m.Agenda {
		for _, d := range m.Contents[item].Documents {
			for _, v := range d.Versions {
				in := l.view.Scope
				newest := v.Number == d.Latest().Number && (in.Item == "" || in.Item == item)
				if wanted := v.Hash == in.Hash || in.Hash == "" && newest; !wanted || seen[v.Hash] {
					continue
				}
				seen[v.Hash] = true
				at := Spot{item, meeting.Place{Document: d.ID, Version: v.Number}}
				if !c.seekInto(ctx, s, id, l, at, v) {
					return
				}
			}
		}
	}
}

// seekInto searches one content on the device; false ends the search.
func (c *Controller) seekInto(ctx context.Context, s *session.Session, id string, l *looking, at Spot, v meeting.Version) bool {
	ref := session.Ref{Meeting: id, Item: at.Item, Hash: v.Hash}
	var hits []SearchHit
	missing, scanned := 0, 0
	for page := 1; page <= v.Pages && len(hits) <= MaxFound; page++ {
		if ctx.Err() != nil {
			return false
		}
		data, ok := s.KeptText(ref, page)
		if !ok {
			missing++
			continue
		}
		places, blank := findIn(data, l.query)
		if blank {
			scanned++
		}
		at.Place.Page = page
		for _, p := range places {
			hits = append(hits, SearchHit{Spot: at, Hash: v.Hash, Before: p.Before, Match: p.Match, After: p.After, Boxes: p.Boxes})
		}
	}
	full := false
	c.grow(ctx, id, l, func() {
		for _, h := range hits {
			l.add(h)
		}
		l.view.Missing += missing
		if scanned > 0 {
			l.scans = append(l.scans, SearchScan{Item: at.Item, Document: at.Place.Document, Whole: scanned == v.Pages, Scanned: scanned})
		}
		full = l.view.More
	})
	return !full
}

// nameless are the characters of which whole pages can consist without saying
// anything.
func nameless(r rune) bool { return r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) }

// findIn looks for a phrase in a page's text as it is kept. Most pages do not
// have its words: that is seen without taking the text apart.
func findIn(kept []byte, q text.Query) (places []protocol.Place, blank bool) {
	raw := string(kept)
	if strings.Contains(raw, `"words":[{`) && !strings.ContainsFunc(raw, nameless) {
		form := text.Fold(raw)
		if q.Exact() {
			form = text.Exact(raw)
		}
		for _, word := range strings.Fields(q.Phrase()) {
			if !strings.Contains(form, word) {
				return nil, false
			}
		}
	}
	var page protocol.PageText
	if json.Unmarshal(kept, &page) != nil {
		return nil, false
	}
	return page.Find(q, protocol.MaxHits), !page.Usable()
}
