package controller

import (
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"phonghop/client/internal/cache"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// historyKey is a page of a layer: undo never changes what is not seen.
type historyKey struct {
	meeting string
	target  InkTarget
}

// history is what this person did on a page of a layer, for undoing it.
type history struct{ done, undone []step }

// step takes strokes away and puts others there.
type step struct{ removed, added []ink.Stroke }

func keyOf(id string, t InkTarget) historyKey {
	t.Version = 0
	return historyKey{id, t}
}

// NewStroke gives a stroke its id.
func NewStroke() string { return uuid.NewString() }

// Write puts a finished stroke on the page it was written on. A stroke for the
// shared layer that may not be written there any more is kept among one's own
// notes, and a notice says so.
func (c *Controller) Write(id string, to InkTarget, s ink.Stroke) (code string) {
	s.Page, s.Version, s.Author, s.At = to.Page, to.Version, "", 0
	code = c.add(id, to, s)
	if to.Shared && (code == string(meeting.NotAllowed) || code == string(meeting.BadState)) {
		return c.keepPrivate(id, to, s)
	}
	if code == "" {
		c.did(id, to, step{added: []ink.Stroke{s}})
	}
	return code
}

func (c *Controller) keepPrivate(id string, to InkTarget, s ink.Stroke) string {
	to.Shared = false
	if code := c.add(id, to, s); code != "" {
		return code
	}
	c.did(id, to, step{added: []ink.Stroke{s}})
	c.tell(Notice{Code: codeInkPrivate, Meeting: id})
	return ""
}

// codeInkPrivate says that a stroke for all was kept as one's own.
const codeInkPrivate = "ink_private"

func (c *Controller) add(id string, to InkTarget, s ink.Stroke) string {
	return c.submitInk(id, to.Sheet, !to.Shared, meeting.AddStroke{Item: to.Sheet.Item, Document: to.Sheet.Document, Stroke: s})
}

// Rubbed is what an eraser or lasso leaves of a stroke: nothing, or others.
type Rubbed struct {
	Stroke ink.Stroke
	Left   []ink.Stroke
}

// Rub takes strokes away, or puts what is left of them in their place. Of the
// shared layer one's own only, the chair whole ones of anybody. Strokes that
// are gone meanwhile are no error.
func (c *Controller) Rub(id string, to InkTarget, all []Rubbed) (code string) {
	var st step
	var whole []string
	for _, r := range all {
		if len(r.Left) == 0 {
			whole = append(whole, r.Stroke.ID)
			if !to.Shared || r.Stroke.Author == string(c.seen().Me.ID) {
				st.removed = append(st.removed, bare(r.Stroke))
			}
			continue
		}
		for i := range r.Left {
			r.Left[i] = bare(r.Left[i])
		}
		if code = c.replace(id, to, []string{r.Stroke.ID}, r.Left); code == string(meeting.NotFound) {
			continue
		} else if code != "" {
			break
		}
		st.removed, st.added = append(st.removed, bare(r.Stroke)), append(st.added, r.Left...)
	}
	for part := range slices.Chunk(whole, ink.MaxBatch) {
		if failed := c.erase(id, to, part); failed != "" {
			code = failed
			st.removed = slices.DeleteFunc(st.removed, func(s ink.Stroke) bool { return slices.Contains(part, s.ID) })
		}
	}
	c.did(id, to, st)
	return code
}

// bare is a stroke without what the server says of it.
func bare(s ink.Stroke) ink.Stroke {
	s.Author, s.At = "", 0
	return s
}

func (c *Controller) erase(id string, to InkTarget, ids []string) string {
	return c.submitInk(id, to.Sheet, !to.Shared, meeting.EraseStrokes{Item: to.Sheet.Item, Document: to.Sheet.Document, IDs: ids})
}

func (c *Controller) replace(id string, to InkTarget, ids []string, by []ink.Stroke) string {
	return c.submitInk(id, to.Sheet, !to.Shared, meeting.ReplaceStrokes{Item: to.Sheet.Item, Document: to.Sheet.Document, IDs: ids, Strokes: by})
}

// did notes a step for undoing it.
func (c *Controller) did(id string, to InkTarget, st step) {
	if len(st.added)+len(st.removed) == 0 {
		return
	}
	c.mu.Lock()
	h := c.histories[keyOf(id, to)]
	if h == nil {
		h = &history{}
		c.histories[keyOf(id, to)] = h
	}
	h.done, h.undone = append(h.done, st), nil
	c.mu.Unlock()
	c.touch()
}

// UndoInk takes back what one did last on this page of the layer one writes
// on; RedoInk does it again.
func (c *Controller) UndoInk(id string) (code string) {
	return c.unwind(id, func(h *history) (from, to *[]step, turn bool) { return &h.done, &h.undone, true })
}

// RedoInk is told with UndoInk.
func (c *Controller) RedoInk(id string) (code string) {
	return c.unwind(id, func(h *history) (from, to *[]step, turn bool) { return &h.undone, &h.done, false })
}

func (c *Controller) unwind(id string, which func(*history) (from, to *[]step, turn bool)) string {
	target := c.Ink(id).Target
	c.mu.Lock()
	h := c.histories[keyOf(id, target)]
	if h == nil {
		c.mu.Unlock()
		return ""
	}
	from, to, turn := which(h)
	if len(*from) == 0 {
		c.mu.Unlock()
		return ""
	}
	st := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, st)
	c.mu.Unlock()
	if turn {
		st.added, st.removed = st.removed, st.added
	}
	code := c.apply(id, target, st)
	c.touch()
	return code
}

// apply does a step. Strokes that are gone meanwhile stay gone.
func (c *Controller) apply(id string, to InkTarget, st step) (code string) {
	ids := make([]string, len(st.removed))
	for i, s := range st.removed {
		ids[i] = s.ID
	}
	for part := range slices.Chunk(ids, ink.MaxBatch) {
		code = first(code, c.erase(id, to, part))
	}
	for _, s := range st.added {
		code = first(code, c.add(id, to, s))
	}
	return code
}

func first(code, other string) string {
	if code != "" {
		return code
	}
	return other
}

// CopyInk copies one's own strokes of this page to the shared layer, or back.
func (c *Controller) CopyInk(id string, toShared bool) (code string) {
	v := c.Ink(id)
	from, to := v.Private, v.Target
	to.Shared = toShared
	if !toShared {
		from = v.Shared
	} else if !v.MayShare {
		return string(meeting.NotAllowed)
	}
	var st step
	for _, s := range from.Page(to.Page) {
		if !toShared && s.Author != string(v.Me) {
			continue
		}
		s = bare(s)
		s.ID = NewStroke()
		if code = c.add(id, to, s); code != "" {
			break
		}
		st.added = append(st.added, s)
	}
	c.did(id, to, st)
	return code
}

// rescued keeps a stroke for all that the server refused, because the page was
// locked or handed on meanwhile, among one's own notes.
func (c *Controller) rescued(r replica.Refused) bool {
	add, ok := r.Command.(meeting.AddStroke)
	name, valid := protocol.ParseStream(r.Stream)
	if !ok || !valid || name.Private || r.Code != string(meeting.NotAllowed) && r.Code != string(meeting.BadState) {
		return false
	}
	to := InkTarget{Sheet: meeting.Sheet{Item: add.Item, Document: add.Document}, Page: add.Stroke.Page, Version: add.Stroke.Version}
	return c.keepPrivate(name.Meeting, to, bare(add.Stroke)) == ""
}

func keptHand(a *cache.Area) Hand {
	var h Hand
	if data, ok := a.Kept(recordHand); !ok || json.Unmarshal(data, &h) != nil {
		h = Hand{Width: 1, MarkWidth: 1}
	}
	return sane(h)
}

func (c *Controller) keepHand(h Hand) {
	if data, err := json.Marshal(h); err == nil {
		_ = c.device.KeepSoon(recordHand, data) // else it is the usual one after the next start
	}
}

const recordHand = "hand"
