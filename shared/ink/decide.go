package ink

// Wishes of writers, decided the same for the shared layer of a document and
// for a person's own notes. Who may write at all is the caller's to know.

// Refused says why a wish about a layer is refused. Code is one of the codes
// of refusal of package meeting.
type Refused struct{ Code, What string }

func (r *Refused) Error() string { return r.Code + ": " + r.What }

// The codes.
const (
	codeInvalid    = "invalid"
	codeNotAllowed = "not_allowed"
	codeTooMany    = "too_many"
	codeExists     = "exists"
)

// Sheet is what is known of the document a stroke is to be put on. Zero
// fields are not known.
type Sheet struct {
	// Pages is the number of pages of the version that a stroke names.
	Pages func(version int) (pages int, ok bool)
	// Size is the size of a page in points, as shown; 0 where it is not known.
	Size func(version, page int) (width, height float64)
}

func (s Sheet) check(stroke Stroke) (Stroke, error) {
	stroke, err := stroke.Clean()
	if err != nil {
		what := "stroke"
		if e, ok := err.(*Error); ok { //nolint:errorlint // made by Clean, never wrapped
			what = e.What
		}
		return stroke, &Refused{codeInvalid, what}
	}
	if s.Pages != nil {
		if pages, ok := s.Pages(stroke.Version); !ok || stroke.Page > pages {
			return stroke, &Refused{codeInvalid, "page"}
		}
	}
	if s.Size != nil {
		if w, h := s.Size(stroke.Version, stroke.Page); w > 0 && h > 0 && !stroke.OnPage(w, h) {
			return stroke, &Refused{codeInvalid, "place of a point"}
		}
	}
	return stroke, nil
}

// Add decides a new stroke of a person. Nil without an error says that it is
// there already, by an earlier try; the id of somebody else's stroke is
// refused.
func (l Layer) Add(sheet Sheet, s Stroke, by string) (Body, error) {
	s, err := sheet.check(s)
	if err != nil {
		return nil, err
	}
	if k := l.find(s.ID); k != nil {
		if k.Author == by && k.same(s) {
			return nil, nil //nolint:nilnil // fulfilled already
		}
		return nil, &Refused{codeExists, "id"}
	}
	if bound := l.room([]Stroke{s}, by); bound != "" {
		return nil, &Refused{codeTooMany, bound}
	}
	return StrokeAdded{s}, nil
}

// same compares what a client says of a stroke.
func (k *kept) same(s Stroke) bool {
	o := k.Stroke
	o.Author, o.At = "", 0
	return o == s
}

// Remove decides to erase strokes: one's own, or with any anybody's. Those
// that are gone already are no error.
func (l Layer) Remove(ids []string, by string, any bool) (Body, error) {
	there, err := l.mine(ids, by, any)
	if err != nil || len(there) == 0 {
		return nil, err
	}
	return StrokesErased{there}, nil
}

func (l Layer) mine(ids []string, by string, any bool) ([]string, error) {
	if len(ids) == 0 || len(ids) > MaxBatch {
		return nil, &Refused{codeInvalid, "ids"}
	}
	var there []string
	seen := map[string]bool{}
	for _, id := range ids {
		k := l.find(id)
		if k == nil || seen[id] {
			continue
		}
		if k.Author != by && !any {
			return nil, &Refused{codeNotAllowed, "somebody else's stroke"}
		}
		seen[id] = true
		there = append(there, id)
	}
	return there, nil
}

// Replace decides to put strokes in the place of one's own others. If one of
// those is gone meanwhile, erased by the chair or from another device, it
// stays gone and the whole wish is refused: what was erased does not come
// back in pieces.
func (l Layer) Replace(sheet Sheet, ids []string, strokes []Stroke, by string) (Body, error) {
	if len(strokes) > MaxBatch {
		return nil, &Refused{codeInvalid, "strokes"}
	}
	there, err := l.mine(ids, by, false)
	if err != nil {
		return nil, err
	}
	out := make([]Stroke, 0, len(strokes))
	already := 0
	fresh := map[string]bool{}
	for _, s := range strokes {
		s, err := sheet.check(s)
		if err != nil {
			return nil, err
		}
		if k := l.find(s.ID); k != nil && k.Author == by && k.same(s) {
			already++
		} else if k != nil || fresh[s.ID] {
			return nil, &Refused{codeExists, "id"}
		}
		fresh[s.ID] = true
		out = append(out, s)
	}
	if len(there) == 0 && already == len(strokes) {
		return nil, nil //nolint:nilnil // fulfilled already
	}
	if already > 0 {
		return nil, &Refused{codeExists, "id"}
	}
	if len(there) < len(ids) {
		return nil, &Refused{"not_found", "stroke"}
	}
	if bound := l.without(there).room(out, by); bound != "" {
		return nil, &Refused{codeTooMany, bound}
	}
	return StrokesReplaced{there, out}, nil
}

// Clear decides to take away all strokes of a page, or with 0 of all pages.
func (l Layer) Clear(page int) (Body, error) {
	if page < 0 || page > MaxPage {
		return nil, &Refused{codeInvalid, "page"}
	}
	if l.count == 0 || page > 0 && l.pages[page] == 0 {
		return nil, nil //nolint:nilnil // fulfilled already
	}
	return LayerCleared{page}, nil
}
