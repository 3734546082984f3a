package meeting

import (
	"encoding/json"
	"errors"
	"maps"

	"phonghop/shared/ink"
	"phonghop/shared/text"
)

// Sheet names the shared layer of one document of an item: a stream of its
// own, which its item's audience may read.
type Sheet struct {
	Item     ItemID
	Document DocumentID
}

// Commands of writing on a document for all to see. Document names the
// document whatever its version; a stroke says on which version it was
// written.
type (
	// AddStroke puts a finished stroke on the page. Its id is the client's,
	// so that the same stroke sent twice is there once.
	AddStroke struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		Stroke   ink.Stroke `json:"stroke"`
	}
	// EraseStrokes takes strokes away: one's own, the chair anybody's.
	EraseStrokes struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		IDs      []string   `json:"ids"`
	}
	// ReplaceStrokes puts strokes in the place of one's own others at once.
	ReplaceStrokes struct {
		Item     ItemID       `json:"item"`
		Document DocumentID   `json:"document"`
		IDs      []string     `json:"ids"`
		Strokes  []ink.Stroke `json:"strokes"`
	}
	// ClearLayer takes away all strokes of a page, with page 0 of all pages.
	ClearLayer struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		Page     int        `json:"page,omitempty"`
	}
	// LockLayer says whether only the chair may write.
	LockLayer struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		On       bool       `json:"on"`
	}
	// HideLayer says whether the layer is hidden from all.
	HideLayer struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		On       bool       `json:"on"`
	}
	// OpenInk lets everybody in the running item's audience write. It ends
	// with the item.
	OpenInk struct {
		Item ItemID `json:"item"`
	}
	// CloseInk leaves writing to the presenter again.
	CloseInk struct {
		Item ItemID `json:"item"`
	}
)

// Events of an item's stream. Those of a layer's stream are package ink's.
type (
	// InkOpened lets everybody in the item's audience write.
	InkOpened struct{}
	// InkClosed leaves writing to the presenter.
	InkClosed struct{}
)

// The kinds, as they travel and stand in the log. Never change one.
func (AddStroke) Kind() string      { return "stroke.add" }
func (EraseStrokes) Kind() string   { return "strokes.erase" }
func (ReplaceStrokes) Kind() string { return "strokes.replace" }
func (ClearLayer) Kind() string     { return "layer.clear" }
func (LockLayer) Kind() string      { return "layer.lock" }
func (HideLayer) Kind() string      { return "layer.hide" }
func (OpenInk) Kind() string        { return "ink.open" }
func (CloseInk) Kind() string       { return "ink.close" }
func (InkOpened) Kind() string      { return "ink.opened" }
func (InkClosed) Kind() string      { return "ink.closed" }

func inkBodies() []Body {
	out := []Body{InkOpened{}, InkClosed{}}
	for _, b := range ink.Bodies() {
		out = append(out, b)
	}
	return out
}

// MayInk reports whether the person may write on the shared layers of an
// item's documents now: the presenter of the running item (or who turns its
// pages for the presiding person), and when the chair has opened common work
// everybody in its audience. A layer can be locked besides.
func (s State) MayInk(who PersonID, id ItemID) bool {
	if s.Current != id || !s.inSitting() || !s.MaySee(who, id) || s.People[who].Has(Projector) {
		return false
	}
	c := s.Contents[id]
	if c.Common || c.Presenter == who {
		return true
	}
	onBehalf, ok := s.acts(who)
	return ok && onBehalf != "" && c.Presenter == onBehalf
}

// ink decides the commands of the shared layers.
func (d *decision) ink(c Command) error {
	switch c := c.(type) {
	case OpenInk:
		return d.commonWork(c, c.Item, true)
	case CloseInk:
		return d.commonWork(c, c.Item, false)
	case ClearLayer:
		return d.onLayer(c, Sheet{c.Item, c.Document}, func(l ink.Layer) (ink.Body, error) { return l.Clear(c.Page) })
	case LockLayer:
		return d.onLayer(c, Sheet{c.Item, c.Document}, func(l ink.Layer) (ink.Body, error) {
			return changed(l.Locked != c.On, ink.LayerLocked{On: c.On})
		})
	case HideLayer:
		return d.onLayer(c, Sheet{c.Item, c.Document}, func(l ink.Layer) (ink.Body, error) {
			return changed(l.Hidden != c.On, ink.LayerHidden{On: c.On})
		})
	case EraseStrokes:
		return d.eraseStrokes(c)
	case AddStroke:
		return d.write(c, Sheet{c.Item, c.Document}, func(l ink.Layer, on ink.Sheet) (ink.Body, error) {
			return l.Add(on, c.Stroke, string(d.a.Person))
		})
	case ReplaceStrokes:
		return d.write(c, Sheet{c.Item, c.Document}, func(l ink.Layer, on ink.Sheet) (ink.Body, error) {
			return l.Replace(on, c.IDs, c.Strokes, string(d.a.Person))
		})
	}
	return refuse(UnknownKind, c.Kind())
}

func changed(yes bool, b ink.Body) (ink.Body, error) {
	if !yes {
		return nil, nil //nolint:nilnil // fulfilled already
	}
	return b, nil
}

func (d *decision) commonWork(c Command, item ItemID, on bool) error {
	if err := d.presentedItem(item); err != nil {
		return err
	}
	if err := d.asChair(c); err != nil {
		return err
	}
	if d.s.Contents[item].Common == on {
		return nil
	}
	if on {
		d.emit(item, InkOpened{})
	} else {
		d.emit(item, InkClosed{})
	}
	return nil
}

// sheet finds the document of a layer.
func (d *decision) sheet(id Sheet) (Document, error) {
	_, doc, err := d.document(id.Item, id.Document)
	return doc, err
}

// onLayer decides what only the chair does with a layer.
func (d *decision) onLayer(c Command, id Sheet, decide func(ink.Layer) (ink.Body, error)) error {
	if _, err := d.sheet(id); err != nil {
		return err
	}
	if err := d.asChair(c); err != nil {
		return err
	}
	b, err := decide(d.s.Layers[id])
	return d.drawn(id, b, err)
}

// eraseStrokes takes back one's own strokes, also when one may not write any
// more; a locked layer is only the chair's to change.
func (d *decision) eraseStrokes(c EraseStrokes) error {
	id := Sheet{c.Item, c.Document}
	if _, err := d.sheet(id); err != nil {
		return err
	}
	layer := d.s.Layers[id]
	onBehalf, chairs := d.s.acts(d.a.Person)
	if !chairs && (layer.Locked || layer.Hidden) {
		return refuse(BadState, "layer")
	}
	b, err := layer.Remove(c.IDs, string(d.a.Person), chairs)
	if erased, ok := b.(ink.StrokesErased); ok && chairs {
		for _, id := range erased.IDs {
			if s, _ := layer.Stroke(id); s.Author != string(d.a.Person) {
				d.onBehalf = onBehalf
			}
		}
	}
	return d.drawn(id, b, err)
}

// write decides what puts strokes on a page.
func (d *decision) write(c Command, id Sheet, decide func(ink.Layer, ink.Sheet) (ink.Body, error)) error {
	doc, err := d.sheet(id)
	if err != nil {
		return err
	}
	if !d.s.MayInk(d.a.Person, id.Item) {
		if d.s.Current != id.Item || !d.s.inSitting() {
			return refuse(BadState, "item is not running")
		}
		return refuse(NotAllowed, c.Kind())
	}
	layer := d.s.Layers[id]
	if _, chairs := d.s.acts(d.a.Person); (layer.Locked || layer.Hidden) && !chairs {
		return refuse(BadState, "layer")
	}
	b, err := decide(layer, ink.Sheet{Pages: func(version int) (int, bool) {
		if version < 1 {
			return 0, false
		}
		v, ok := doc.Version(version)
		return v.Pages, ok
	}})
	return d.drawn(id, b, err)
}

// drawn emits what package ink decided, or refuses with its reason.
func (d *decision) drawn(id Sheet, b ink.Body, err error) error {
	var refused *ink.Refused
	switch {
	case errors.As(err, &refused):
		return refuse(Code(refused.Code), refused.What)
	case err != nil:
		return err
	case b != nil:
		d.events = append(d.events, Event{Item: id.Item, Document: id.Document, By: d.a.Person, For: d.onBehalf, At: d.at, Body: b})
	}
	return nil
}

// endCommonWork closes common writing with the item, in the item's own
// stream: no stream depends on another.
func (d *decision) endCommonWork() {
	cur := d.s.Current
	if cur == "" || !d.s.Contents[cur].Common {
		return
	}
	if d.ends(cur) {
		d.emit(cur, InkClosed{})
	}
}

// validSheet reports whether ids can name a layer.
func (s Sheet) valid() bool { return text.ValidID(string(s.Item)) && text.ValidID(string(s.Document)) }

// HasSheet reports whether the item has the document, as far as known here.
func (s State) HasSheet(id Sheet) bool {
	_, ok := s.Contents[id.Item].Document(id.Document)
	return ok
}

// LayerSnapshot encodes one layer's stream's part of the state.
func (s State) LayerSnapshot(id Sheet) ([]byte, error) { return json.Marshal(s.Layers[id]) }

// RestoreLayer replaces one layer by a snapshot.
func (s State) RestoreLayer(id Sheet, snapshot []byte) (State, error) {
	var l ink.Layer
	if err := json.Unmarshal(snapshot, &l); err != nil {
		return s, err
	}
	return s.withLayer(id, l), nil
}

// ForgetLayer drops a layer that is no longer followed.
func (s State) ForgetLayer(id Sheet) State {
	if _, ok := s.Layers[id]; !ok {
		return s
	}
	s.Layers = maps.Clone(s.Layers)
	delete(s.Layers, id)
	return s
}

func (s State) withLayer(id Sheet, l ink.Layer) State {
	s.Layers = maps.Clone(s.Layers)
	if s.Layers == nil {
		s.Layers = map[Sheet]ink.Layer{}
	}
	s.Layers[id] = l
	return s
}

// applyLayer folds an event of a layer's stream.
func (s State) applyLayer(e Event) State {
	id := Sheet{e.Item, e.Document}
	if !id.valid() {
		return s
	}
	return s.withLayer(id, s.Layers[id].Apply(e.Body, string(e.By), e.At))
}
