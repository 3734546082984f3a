package notes

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// Bounds of what is kept of a person's reading in one meeting.
const (
	MaxPlaces = 1000 // documents; of more, those read longest ago are forgotten
	MaxMarks  = 500  // marked pages
)

// The events of reading.
type (
	// PlaceKept says where the document was read last.
	PlaceKept struct {
		Version int `json:"version"`
		Page    int `json:"page"`
	}
	// PageMarked says whether a page is marked; the version is the one that
	// was read.
	PageMarked struct {
		Version int  `json:"version"`
		Page    int  `json:"page"`
		On      bool `json:"on"`
	}
)

// Kind is the name in logs; it never changes.
func (PlaceKept) Kind() string { return "place.kept" }

// Kind is the name in logs; it never changes.
func (PageMarked) Kind() string { return "page.marked" }

// Place is a page of a version of a document, and when somebody was there.
// The time is for people: what counts is which came last in the stream.
type Place struct {
	Version, Page int
	At            time.Time
}

// Place is where a document was read last.
func (s State) Place(id meeting.Sheet) (p Place, ok bool) {
	p, ok = s.places[id]
	return p, ok
}

// Marks are the marked pages of a document, in their order.
func (s State) Marks(id meeting.Sheet) []Place {
	return slices.SortedFunc(maps.Values(s.marks[id]), func(a, b Place) int { return cmp.Compare(a.Page, b.Page) })
}

// Marked reports whether a page is marked.
func (s State) Marked(id meeting.Sheet, page int) bool {
	_, ok := s.marks[id][page]
	return ok
}

func (s State) markCount() int {
	n := 0
	for _, m := range s.marks {
		n += len(m)
	}
	return n
}

// keepPlace decides where one reads. The same place again is no event.
func (s State) keepPlace(c meeting.KeepPlace, on ink.Sheet) (ink.Body, error) {
	if err := checkPlace(c.Place, on); err != nil {
		return nil, err
	}
	was := s.places[meeting.Sheet{Item: c.Item, Document: c.Document}]
	if was.Version == c.Version && was.Page == c.Page {
		return nil, nil //nolint:nilnil // fulfilled already
	}
	return PlaceKept{Version: c.Version, Page: c.Page}, nil
}

func (s State) markPage(c meeting.MarkPage, on ink.Sheet) (ink.Body, error) {
	if !c.On {
		on = ink.Sheet{} // a mark on a page that is gone can be taken away
	}
	if err := checkPlace(c.Place, on); err != nil {
		return nil, err
	}
	if s.Marked(meeting.Sheet{Item: c.Item, Document: c.Document}, c.Page) == c.On {
		return nil, nil //nolint:nilnil // fulfilled already
	}
	if c.On && s.markCount() >= MaxMarks {
		return nil, &meeting.Refusal{Code: meeting.TooMany, What: "marks"}
	}
	return PageMarked{Version: c.Version, Page: c.Page, On: c.On}, nil
}

// checkPlace holds a place against the bounds, and against the document as far
// as it is known.
func checkPlace(p meeting.Place, on ink.Sheet) error {
	switch {
	case p.Version < 1 || p.Version > meeting.MaxVersions:
		return &meeting.Refusal{Code: meeting.Invalid, What: "version"}
	case p.Page < 1 || p.Page > meeting.MaxPages:
		return &meeting.Refusal{Code: meeting.Invalid, What: "page"}
	case on.Pages == nil:
		return nil
	}
	if pages, ok := on.Pages(p.Version); !ok || p.Page > pages {
		return &meeting.Refusal{Code: meeting.Invalid, What: "page"}
	}
	return nil
}

// read folds an event of reading. What is out of bounds changes nothing.
func (s State) read(e Event) State {
	switch b := e.Body.(type) {
	case PlaceKept:
		if validPage(b.Page) {
			return s.withPlace(e.Sheet, Place{b.Version, b.Page, e.At})
		}
	case PageMarked:
		if validPage(b.Page) && (b.On || s.Marked(e.Sheet, b.Page)) {
			return s.withMark(e.Sheet, Place{b.Version, b.Page, e.At}, b.On)
		}
	}
	return s
}

func validPage(n int) bool { return n >= 1 && n <= meeting.MaxPages }

func (s State) withPlace(id meeting.Sheet, p Place) State {
	s.places = cloned(s.places)
	s.places[id] = p
	if len(s.places) > MaxPlaces {
		oldest := slices.MinFunc(slices.Collect(maps.Keys(s.places)), func(a, b meeting.Sheet) int {
			return cmp.Or(s.places[a].At.Compare(s.places[b].At), compareSheets(a, b))
		})
		delete(s.places, oldest)
	}
	return s
}

func (s State) withMark(id meeting.Sheet, p Place, on bool) State {
	s.marks = cloned(s.marks)
	pages := cloned(s.marks[id])
	if on {
		pages[p.Page] = p
	} else {
		delete(pages, p.Page)
	}
	if len(pages) == 0 {
		delete(s.marks, id)
	} else {
		s.marks[id] = pages
	}
	return s
}

// cloned is a copy that may be written into.
func cloned[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m)+1)
	maps.Copy(out, m)
	return out
}

// keptPlace is how places and marks are kept.
type keptPlace struct {
	Item     meeting.ItemID     `json:"item"`
	Document meeting.DocumentID `json:"document"`
	Version  int                `json:"version"`
	Page     int                `json:"page"`
	At       time.Time          `json:"at"`
}

func (k keptPlace) sheet() meeting.Sheet { return meeting.Sheet{Item: k.Item, Document: k.Document} }

func (s State) keptPlaces() (places, marks []keptPlace) {
	for _, id := range slices.SortedFunc(maps.Keys(s.places), compareSheets) {
		p := s.places[id]
		places = append(places, keptPlace{id.Item, id.Document, p.Version, p.Page, p.At})
	}
	for _, id := range slices.SortedFunc(maps.Keys(s.marks), compareSheets) {
		for _, p := range s.Marks(id) {
			marks = append(marks, keptPlace{id.Item, id.Document, p.Version, p.Page, p.At})
		}
	}
	return places, marks
}

// restorePlaces takes over what was kept, as far as it is within the bounds.
func (s State) restorePlaces(places, marks []keptPlace) State {
	s.places, s.marks = make(map[meeting.Sheet]Place, len(places)), map[meeting.Sheet]map[int]Place{}
	for _, k := range places[:min(len(places), MaxPlaces)] {
		if validPage(k.Page) {
			s.places[k.sheet()] = Place{k.Version, k.Page, k.At}
		}
	}
	for _, k := range marks[:min(len(marks), MaxMarks)] {
		if !validPage(k.Page) {
			continue
		}
		if s.marks[k.sheet()] == nil {
			s.marks[k.sheet()] = map[int]Place{}
		}
		s.marks[k.sheet()][k.Page] = Place{k.Version, k.Page, k.At}
	}
	return s
}

func compareSheets(a, b meeting.Sheet) int {
	return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Document, b.Document))
}
