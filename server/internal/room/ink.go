package room

import (
	"context"
	"log/slog"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

func sheetOf(n protocol.StreamName) meeting.Sheet {
	return meeting.Sheet{Item: meeting.ItemID(n.Item), Document: meeting.DocumentID(n.Document)}
}

// Bounds of what is being written between two frames of presence. What is
// more is dropped: the finished strokes come as events.
const (
	livePerWriter = 4
	livePerLayer  = 128
)

// writing takes a part of a stroke that somebody is writing on a shared layer.
func (t *tell) writing(l *Live, f *feed) {
	who := meeting.PersonID(t.reader.Person())
	if t.body.Kind != protocol.PresenceInk || len(t.body.Strokes) != 1 || !l.state.MayInk(who, meeting.ItemID(t.name.Item)) {
		return
	}
	if layer := l.state.Layers[sheetOf(t.name)]; (layer.Locked || layer.Hidden) && !l.state.MayChair(who) {
		return
	}
	s := t.body.Strokes[0]
	if !sensible(s) {
		return
	}
	s.By = string(who)
	all := l.presence.live[f.name]
	mine, oldest := 0, -1
	for i, o := range all {
		if o.By == s.By {
			if mine++; oldest < 0 {
				oldest = i
			}
		}
	}
	switch {
	case mine >= livePerWriter:
		all = append(all[:oldest], all[oldest+1:]...)
	case len(all) >= livePerLayer:
		return
	}
	l.presence.live[f.name] = append(all, s)
	l.presence.arm()
}

// sensible checks a part of a stroke as a stroke of its own.
func sensible(s protocol.LiveStroke) bool {
	if s.From < 0 || s.From > ink.MaxPoints || ink.Tool(s.Tool) == ink.Note || len(s.Ink) > 16*protocol.MaxLivePoints {
		return false
	}
	_, err := ink.Stroke{ID: s.ID, Page: s.Page, Version: s.Version, Tool: ink.Tool(s.Tool), Colour: s.Colour, Width: s.Width, Ink: s.Ink}.Clean()
	if err != nil {
		return false
	}
	points, err := ink.Unpack(s.Ink)
	return err == nil && len(points) <= protocol.MaxLivePoints
}

// speakStrokes tells all who follow a layer what was written on it since the
// last time: one frame for all writers.
func (l *Live) speakStrokes() {
	for stream, all := range l.presence.live {
		delete(l.presence.live, stream)
		if f, ok := l.feeds[stream]; ok && len(f.readers) > 0 {
			if fr := l.presenceFrame(stream, protocol.Presence{Kind: protocol.PresenceInk, Strokes: all}); fr != nil {
				f.deliver(fr)
			}
		}
	}
}

// pointing takes the presenter's pointer on the presented page.
func (t *tell) pointing(l *Live, i *itemPresence) {
	b := t.body
	c := l.state.Contents[meeting.ItemID(t.name.Item)]
	here := meeting.Place{Document: meeting.DocumentID(b.Document), Version: b.Version, Page: b.Page}
	if c.Presenter != meeting.PersonID(t.reader.Person()) || here != c.Shown || !reachable(b.X) || !reachable(b.Y) {
		return
	}
	i.laser = &protocol.Presence{Kind: b.Kind, Document: b.Document, Version: b.Version, Page: b.Page, X: b.X, Y: b.Y, Off: b.Off}
	l.presence.arm()
}

func reachable(x float64) bool { return x >= -ink.Slack && x <= ink.MaxReach }

// offPage refuses strokes that leave their page, where its size is known and
// the page is for the writer.
func (l *Live) offPage(who meeting.PersonID, c meeting.Command) *meeting.Refusal {
	var sheet meeting.Sheet
	var strokes []ink.Stroke
	switch c := c.(type) {
	case meeting.AddStroke:
		sheet, strokes = meeting.Sheet{Item: c.Item, Document: c.Document}, []ink.Stroke{c.Stroke}
	case meeting.ReplaceStrokes:
		sheet, strokes = meeting.Sheet{Item: c.Item, Document: c.Document}, c.Strokes
	default:
		return nil
	}
	doc, ok := l.batch.state.Contents[sheet.Item].Document(sheet.Document)
	if !ok || len(strokes) > ink.MaxBatch || !l.batch.state.MaySee(who, sheet.Item) {
		return nil // refused for that
	}
	for _, s := range strokes {
		v, ok := doc.Version(s.Version)
		if !ok || s.Page < 1 || s.Page > v.Pages {
			continue
		}
		if sizes := l.sizesOf(v.Hash); s.Page <= len(sizes) && !s.OnPage(sizes[s.Page-1][0], sizes[s.Page-1][1]) {
			return &meeting.Refusal{Code: meeting.Invalid, What: "place of a point"}
		}
	}
	return nil
}

// sizesKnown bounds the files whose pages' sizes are held.
const sizesKnown = 500

// sizesOf are the sizes of a file's pages, asked for once.
func (l *Live) sizesOf(hash string) [][2]float64 {
	if sizes, ok := l.sizes[hash]; ok {
		return sizes
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	f, ok, err := l.opt.Files.File(ctx, hash)
	if err != nil {
		slog.Warn("sizes of pages not read", "owner", l.owner, "err", err)
		return nil
	}
	if l.sizes == nil || len(l.sizes) >= sizesKnown {
		l.sizes = map[string][][2]float64{}
	}
	if !ok {
		f.Sizes = nil
	}
	l.sizes[hash] = f.Sizes
	return f.Sizes
}
