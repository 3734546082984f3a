package controller

import (
	"slices"

	"phonghop/client/internal/session"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Keys of the words that tell why one may not write on the shared layer.
const (
	whyNotRunning   = "ink.why_not_running"
	whyNotPresenter = "ink.why_not_presenter"
	whyLocked       = "ink.why_locked"
	whyHidden       = "ink.why_hidden"
)

// Ink is what is written on the page being read.
func (c *Controller) Ink(id string) InkView {
	c.mu.Lock()
	f, shared, hand := c.follows[id], c.sharing[id], c.hand
	c.mu.Unlock()
	s := sceneOf(c.seen(), id, c.now())
	out := s.ink(f.At())
	out.Hand = hand
	out.Target.Shared = out.MayShare && !shared.IsZero() && shared == f.At()
	c.mu.Lock()
	if h := c.histories[keyOf(id, out.Target)]; h != nil {
		out.CanUndo, out.CanRedo = len(h.done) > 0, len(h.undone) > 0
	}
	c.mu.Unlock()
	return out
}

// ProjectorInk is what the room's big screen shows of writing: the shared
// layer only.
func (c *Controller) ProjectorInk() InkView {
	v := c.Projector()
	s := sceneOf(c.seen(), v.Meeting, c.now())
	out := s.ink(v.Spot)
	out.Private = ink.Layer{}
	return out
}

func (c scene) ink(at Spot) InkView {
	out := InkView{Me: c.me}
	if at.IsZero() {
		return out
	}
	sheet := meeting.Sheet{Item: at.Item, Document: at.Place.Document}
	out.Target = InkTarget{Sheet: sheet, Page: at.Place.Page, Version: at.Place.Version}
	layer := c.s.Layers[sheet]
	out.Private = c.view.Notes[c.id].Layer(sheet)
	out.Locked, out.Hidden = layer.Locked, layer.Hidden
	if !layer.Hidden {
		out.Shared = layer
		stream := protocol.InkStream(c.id, string(sheet.Item), string(sheet.Document))
		for _, l := range c.view.Living[stream] {
			if l.Stroke.Page == at.Place.Page {
				out.Living = append(out.Living, l)
			}
		}
	}
	if l, ok := c.view.Lasers[protocol.ItemStream(c.id, string(at.Item))]; ok && l.Place == at.Place && !l.Off {
		out.Laser = &l
	}
	out.Any = c.s.MayChair(c.me)
	out.Common = c.s.Contents[at.Item].Common
	out.WhyNot = c.whyNot(at.Item, layer)
	out.MayShare = out.WhyNot == ""
	out.CanPoint = at == presented(c.s) && c.s.Contents[at.Item].Presenter == c.me
	out.CanCommon = c.does(commonWork(at.Item, !out.Common))
	out.CanLock = c.does(meeting.LockLayer{Item: sheet.Item, Document: sheet.Document, On: !layer.Locked})
	out.CanHide = c.does(meeting.HideLayer{Item: sheet.Item, Document: sheet.Document, On: !layer.Hidden})
	out.CanClear = c.does(meeting.ClearLayer{Item: sheet.Item, Document: sheet.Document, Page: at.Place.Page})
	c.count(&out)
	out.Waiting = c.view.Pending
	return out
}

// whyNot is the key of the words that tell why one may not write for all.
func (c scene) whyNot(item meeting.ItemID, l ink.Layer) string {
	chairs := c.s.MayChair(c.me)
	switch {
	case c.s.Current != item || c.s.Phase != meeting.Open:
		return whyNotRunning
	case !c.s.MayInk(c.me, item):
		return whyNotPresenter
	case l.Hidden && !chairs:
		return whyHidden
	case l.Locked && !chairs:
		return whyLocked
	}
	return ""
}

// count finds who wrote on the page, on which version, and where one wrote
// oneself.
func (c scene) count(out *InkView) {
	older := func(s ink.Stroke) {
		if s.Version < out.Target.Version && (out.OldVersion == 0 || s.Version < out.OldVersion) {
			out.OldVersion = s.Version
		}
	}
	for _, s := range out.Private.Page(out.Target.Page) {
		older(s)
	}
	strokes := map[meeting.PersonID]int{}
	var order []meeting.PersonID
	for _, s := range out.Shared.Page(out.Target.Page) {
		older(s)
		by := meeting.PersonID(s.Author)
		if strokes[by]++; strokes[by] == 1 {
			order = append(order, by)
		}
	}
	for _, by := range order {
		out.Writers = append(out.Writers, Writer{c.name(by), strokes[by]})
	}
	out.Written = out.Private.Pages()
}

// Hand is how this device writes.
func (c *Controller) Hand() Hand {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hand
}

// SetHand changes how this device writes, and keeps it. What is out of bounds
// becomes the nearest.
func (c *Controller) SetHand(h Hand) {
	h = sane(h)
	c.mu.Lock()
	changed := c.hand != h
	c.hand = h
	c.mu.Unlock()
	if changed {
		c.keepHand(h)
		c.touch()
	}
}

func sane(h Hand) Hand {
	if !slices.Contains(tools, h.Tool) {
		h.Tool = ToolPen
	}
	h.Colour, h.MarkColour = min(max(h.Colour, 0), ink.Colours-1), min(max(h.MarkColour, 0), ink.Colours-1)
	h.Width, h.MarkWidth = min(max(h.Width, 0), ink.Widths-1), min(max(h.MarkWidth, 0), ink.Widths-1)
	return h
}

// ShareInk chooses the layer one writes on: the shared one, for as long as one
// stays on this page and may write there, or one's own. The code says why
// not.
func (c *Controller) ShareInk(id string, on bool) (code string) {
	v := c.Ink(id)
	if on && !v.MayShare {
		return string(meeting.NotAllowed)
	}
	c.mu.Lock()
	if on {
		c.sharing[id] = c.follows[id].At()
	} else {
		delete(c.sharing, id)
	}
	c.mu.Unlock()
	c.touch()
	return ""
}

// dropSharing goes back to one's own layer where the page was left or one may
// not write for all any more. The caller holds the lock.
func (c *Controller) dropSharing(id string) {
	at, ok := c.sharing[id]
	if !ok {
		return
	}
	s := sceneOf(c.view, id, c.now())
	layer := s.s.Layers[meeting.Sheet{Item: at.Item, Document: at.Place.Document}]
	if at != c.follows[id].At() || s.whyNot(at.Item, layer) != "" {
		delete(c.sharing, id)
	}
}

// LiveInk tells the others of a stroke that is being written on the shared
// layer; of private ones it does nothing. from is how many points came before.
func (c *Controller) LiveInk(id string, to InkTarget, s ink.Stroke, from int, points []ink.Point) {
	in := c.session()
	if in == nil || !to.Shared {
		return
	}
	s.Page, s.Version = to.Page, to.Version
	in.WriteLive(id, to.Sheet, session.LivePart{Stroke: s, From: from, Points: points})
}

// PointAt shows the others where the presenter points, in page points; off
// takes the pointer away. It does nothing for others than the presenter.
func (c *Controller) PointAt(id string, x, y float64, off bool) {
	v := c.Ink(id)
	in := c.session()
	if in == nil || !v.CanPoint {
		return
	}
	t := v.Target
	in.Point(id, t.Sheet.Item, session.Laser{Place: meeting.Place{Document: t.Sheet.Document, Version: t.Version, Page: t.Page}, X: x, Y: y, Off: off})
}

func commonWork(item meeting.ItemID, on bool) meeting.Command {
	if on {
		return meeting.OpenInk{Item: item}
	}
	return meeting.CloseInk{Item: item}
}

// OpenCommon lets everybody in the item's audience write, or ends that: the
// chair.
func (c *Controller) OpenCommon(id string, on bool) (code string) {
	item := c.Ink(id).Target.Sheet.Item
	return c.submit(id, item, commonWork(item, on))
}

// LockInk leaves the shared layer of the document to the chair.
func (c *Controller) LockInk(id string, on bool) (code string) {
	t := c.Ink(id).Target
	return c.submitInk(id, t.Sheet, false, meeting.LockLayer{Item: t.Sheet.Item, Document: t.Sheet.Document, On: on})
}

// HideInk hides the shared layer of the document from all.
func (c *Controller) HideInk(id string, on bool) (code string) {
	t := c.Ink(id).Target
	return c.submitInk(id, t.Sheet, false, meeting.HideLayer{Item: t.Sheet.Item, Document: t.Sheet.Document, On: on})
}

// ClearInk takes all strokes of this page off the shared layer: the chair.
func (c *Controller) ClearInk(id string) (code string) {
	t := c.Ink(id).Target
	return c.submitInk(id, t.Sheet, false, meeting.ClearLayer{Item: t.Sheet.Item, Document: t.Sheet.Document, Page: t.Page})
}

func (c *Controller) submitInk(id string, sheet meeting.Sheet, private bool, cmd meeting.Command) string {
	s := c.session()
	if s == nil {
		return Code(&session.Problem{Code: protocol.CodeSignIn})
	}
	return Code(s.SubmitInk(id, sheet, private, cmd))
}

// MyNotes lists the pages of a meeting's documents with private notes of
// one's own, in the order of the agenda.
func (c *Controller) MyNotes(id string) []NoteRow {
	return sceneOf(c.seen(), id, c.now()).notes()
}

func (c scene) notes() []NoteRow {
	all := c.view.Notes[c.id]
	var out []NoteRow
	for _, item := range c.s.Agenda {
		for _, d := range c.s.Contents[item].Documents {
			layer := all.Layer(meeting.Sheet{Item: item, Document: d.ID})
			for _, page := range layer.Pages() {
				row := NoteRow{Number: c.s.Number(item), Item: c.s.Brief(item).Title, Document: d.Title,
					Spot: Spot{item, meeting.Place{Document: d.ID, Version: d.Latest().Number, Page: page}}}
				for _, s := range layer.Page(page) {
					row.Strokes++
					if row.Text == "" {
						row.Text = s.Text
					}
					row.Old = row.Old || s.Version < d.Latest().Number
				}
				out = append(out, row)
			}
		}
	}
	return out
}

// sheetAt is the layer of the document at a spot.
func sheetAt(at Spot) meeting.Sheet {
	if at.IsZero() {
		return meeting.Sheet{}
	}
	return meeting.Sheet{Item: at.Item, Document: at.Place.Document}
}
