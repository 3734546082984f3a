package room

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Result is the answer to a command. Code is empty when it was carried out:
// then it is durable, and Positions say how far the streams came with it.
type Result struct {
	Positions []protocol.Position
	Code      string
	What      string
}

// Command is a command as it comes from a connection or an HTTP request.
type Command struct {
	Key   Key
	Actor meeting.Actor
	Wish  meeting.Command
	// Answer is called once, from the meeting's goroutine, after the events
	// were delivered. It must not block.
	Answer func(Result)

	refusal *meeting.Refusal // why it makes no sense, unless it was carried out before
}

// batch is what was decided and is not yet durable.
type batch struct {
	state    meeting.State
	started  bool
	entries  []Entry
	events   []meeting.Event
	receipts []Receipt
	refused  map[Key]Result
	answers  []func()
	failed   []func(Result)
	seqs     map[string]uint64
}

func (c *Command) handle(l *Live) {
	b := &l.batch
	if !b.started {
		b.started, b.state = true, l.state
		b.seqs, b.refused = map[string]uint64{}, map[Key]Result{}
	}
	if done, ok, err := l.receipt(c.Key); err != nil {
		slog.Error("receipt not read", "owner", l.owner, "err", err)
		c.Answer(Result{Code: protocol.CodeUnavailable})
		return
	} else if ok {
		l.again(c, done)
		return
	}
	if r, ok := l.refused(c.Key); ok {
		l.later(c, r)
		return
	}
	at := l.time()
	if why := l.unfounded(c, at); why != nil {
		l.refuse(c, why)
		return
	}
	events, err := meeting.Decide(b.state, c.Actor, c.Wish, at)
	if err != nil {
		var refusal *meeting.Refusal
		if errors.As(err, &refusal) {
			l.refuse(c, refusal)
		} else {
			l.later(c, Result{Code: protocol.CodeUnavailable})
		}
		return
	}
	entries, err := l.entries(c.Key.Command, events)
	if err != nil {
		slog.Error("event not encoded", "command", c.Wish.Kind(), "err", err)
		l.later(c, Result{Code: protocol.CodeUnavailable})
		return
	}
	receipt := Receipt{Key: c.Key}
	for i, e := range events {
		b.state = meeting.Apply(b.state, e)
		if !e.Sealed { // of which no client is to wait
			receipt.Positions = setPosition(receipt.Positions, entries[i].Stream, entries[i].Seq)
		}
	}
	b.entries = append(b.entries, entries...)
	b.events = append(b.events, events...)
	if len(events) > 0 {
		b.receipts = append(b.receipts, receipt)
	}
	l.later(c, Result{Positions: withEpoch(receipt.Positions, l.epoch)})
}

// unfounded refuses a command that the facts speak against: a file that is not
// there, a point beside the page. Whoever may not do it anyway, or not see what
// it is about, is told that and nothing of the facts.
func (l *Live) unfounded(c *Command, at time.Time) *meeting.Refusal {
	why := c.refusal
	if why == nil {
		why = l.withoutKey(c.Wish)
	}
	if why == nil {
		return l.offPage(c.Actor.Person, c.Wish)
	}
	var sooner *meeting.Refusal
	_, err := meeting.Decide(l.batch.state, c.Actor, c.Wish, at)
	if errors.As(err, &sooner) && sooner.Code != meeting.Invalid { // the client's own facts are not looked at
		return sooner
	}
	return why
}

// again answers a command that was carried out already: in its turn, and if
// that was earlier in this batch, only when it is durable.
func (l *Live) again(c *Command, done Receipt) {
	r := Result{Positions: withEpoch(done.Positions, l.epoch)}
	l.later(c, r)
	if !slices.ContainsFunc(l.batch.receipts, func(x Receipt) bool { return x.Key == c.Key }) {
		l.batch.failed[len(l.batch.failed)-1] = func(Result) { c.Answer(r) }
	}
}

// refuse answers that a command was refused, now and when it comes again.
func (l *Live) refuse(c *Command, why *meeting.Refusal) {
	r := Result{Code: string(why.Code), What: why.What}
	l.batch.refused[c.Key] = r
	l.later(c, r)
}

// later answers when the batch is durable; if it fails, with the failure.
func (l *Live) later(c *Command, r Result) {
	l.batch.answers = append(l.batch.answers, func() { c.Answer(r) })
	l.batch.failed = append(l.batch.failed, c.Answer)
}

// time is the server's time in milliseconds, and never runs backwards within
// a meeting, whatever the clock does.
func (l *Live) time() time.Time {
	at := l.opt.Now().UTC().Truncate(time.Millisecond)
	if at.Before(l.lastAt) {
		at = l.lastAt
	}
	l.lastAt = at
	return at
}

// entries encodes the events of one command: all of them, or none.
func (l *Live) entries(command string, events []meeting.Event) ([]Entry, error) {
	before := maps.Clone(l.batch.seqs)
	out := make([]Entry, 0, len(events))
	for _, e := range events {
		entry, err := l.entry(command, e)
		if err != nil {
			l.batch.seqs = before
			return nil, fmt.Errorf("%s: %w", e.Body.Kind(), err)
		}
		out = append(out, entry)
	}
	return out, nil
}

func (l *Live) entry(command string, e meeting.Event) (Entry, error) {
	body, err := meeting.EncodeBody(e.Body)
	if err != nil {
		return Entry{}, err
	}
	stream := protocol.MeetingStream(l.id)
	if e.Sealed {
		stream = sealedStream(l.id, string(e.Item))
	} else if e.Document != "" {
		stream = protocol.InkStream(l.id, string(e.Item), string(e.Document))
	} else if e.Item != "" {
		stream = protocol.ItemStream(l.id, string(e.Item))
	}
	seq, ok := l.batch.seqs[stream]
	if !ok {
		if f, old := l.feeds[stream]; old { // a new one begins when it is durable
			seq = f.seq
		}
	}
	seq++
	l.batch.seqs[stream] = seq
	return Entry{Stream: stream, Seq: seq, Command: command, At: e.At, By: string(e.By), For: string(e.For), Body: body}, nil
}

// commit makes the batch durable, then visible: first the events, then the
// answers. If it cannot be kept, nothing of it has happened, and everybody
// who asked is told so.
func (l *Live) commit() {
	b := l.batch
	l.batch = batch{}
	if !b.started {
		return
	}
	if len(b.entries) > 0 {
		if err := l.append(b); err != nil {
			code := protocol.CodeUnavailable
			if errors.Is(err, ErrFull) {
				code = protocol.CodeStorageFull
			}
			slog.Error("not kept", "owner", l.owner, "events", len(b.entries), "err", err)
			for _, answer := range b.failed {
				answer(Result{Code: code})
			}
			return
		}
		l.publish(b)
	}
	for k, r := range b.refused {
		l.refusals.put(k, r)
	}
	for _, answer := range b.answers {
		answer()
	}
}

func (l *Live) append(b batch) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	out := Batch{Owner: l.owner, Entries: b.entries, Receipts: b.receipts}
	summary, err := summaryOf(l.id, b.state)
	if err != nil {
		return err
	}
	changed := string(summary) != string(l.summary)
	if changed {
		out.Summary = &Summary{Meeting: l.id, Changed: b.entries[len(b.entries)-1].At, Body: summary}
	}
	if err := l.opt.Log.Append(ctx, out); err != nil {
		return err
	}
	for _, r := range b.receipts {
		l.receipts.put(r)
	}
	if changed {
		l.summary = summary
		l.opt.summarised(*out.Summary)
	}
	return nil
}

// publish shows a durable batch to the readers. Whoever left an audience in
// this batch is dropped first, so that he gets nothing decided after that.
func (l *Live) publish(b batch) {
	l.state = b.state
	l.unsaved += len(b.entries)
	l.opt.Stats.Events.Add(int64(len(b.entries)))
	for _, e := range b.events {
		if changesAudience(e.Body) {
			l.dropExcluded()
			break
		}
	}
	for i, e := range b.entries {
		f := l.feed(e.Stream)
		l.remember(f, e, b.events[i])
		if len(f.readers) == 0 {
			continue
		}
		fr, err := l.make.frame(protocol.Message{
			Type: protocol.TypeEvent, Stream: e.Stream, Seq: e.Seq, Command: e.Command,
			At: e.At, By: e.By, For: e.For, Body: e.Body,
		})
		if err != nil {
			slog.Error("event not sent", "stream", e.Stream, "err", err)
			continue
		}
		f.deliver(fr)
	}
	l.presence.stateChanged(l.state)
}

func changesAudience(b meeting.Body) bool {
	switch b.(type) {
	case meeting.ParticipantSet, meeting.ParticipantRemoved, meeting.AudienceSet, meeting.ItemStateSet,
		meeting.ItemRemoved, meeting.SittingEnded, meeting.MeetingClosed, meeting.ItemChanged, meeting.DocumentRemoved:
		return true
	}
	return false
}

func setPosition(all []protocol.Position, stream string, seq uint64) []protocol.Position {
	for i := range all {
		if all[i].Stream == stream {
			all[i].Seq = seq
			return all
		}
	}
	return append(all, protocol.Position{Stream: stream, Seq: seq})
}

func withEpoch(all []protocol.Position, epoch string) []protocol.Position {
	out := make([]protocol.Position, len(all))
	for i, p := range all {
		p.Epoch = epoch
		out[i] = p
	}
	return out
}
