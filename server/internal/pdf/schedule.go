package pdf

import (
	"context"
	"slices"
	"time"
)

// maxPassed is how often a waiting call lets calls for the file that a worker
// has open go first.
const maxPassed = 8

// acquire takes a slot for a file, waiting for one when all are busy, and
// counts the call.
func (p *Pool) acquire(ctx context.Context, file string) (*slot, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	if s := p.idle(file); s != nil {
		s.busy = true
		p.calls.Add(1)
		p.mu.Unlock()
		return s, nil
	}
	w := &waiter{file: file, given: make(chan *slot, 1)}
	p.waiting = append(p.waiting, w)
	p.mu.Unlock()

	var err error
	select {
	case s := <-w.given:
		return s, nil
	case <-ctx.Done():
		err = context.Cause(ctx)
	case <-p.stopped:
		err = ErrClosed
	}
	p.mu.Lock()
	p.waiting = slices.DeleteFunc(p.waiting, func(o *waiter) bool { return o == w })
	p.mu.Unlock()
	select {
	case s := <-w.given: // it came at the same moment
		p.release(s)
		p.calls.Done()
	default:
	}
	return nil, err
}

// idle finds the best free slot: one that has the file open, one that has no
// file open, one that is not running, the one unused for longest. The caller
// holds the lock; the fields of free slots are nobody else's.
func (p *Pool) idle(file string) *slot {
	var best *slot
	rank := func(s *slot) int {
		switch {
		case s.file == file:
			return 3
		case s.process != nil && s.file == "":
			return 2
		case s.process == nil:
			return 1
		}
		return 0
	}
	for _, s := range p.slots {
		if s.busy {
			continue
		}
		if best == nil || rank(s) > rank(best) || rank(s) == rank(best) && s.used.Before(best.used) {
			best = s
		}
	}
	return best
}

// release gives a slot to the next waiting call, preferring one for the file
// it has open, or makes it free.
func (p *Pool) release(s *slot) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.used = time.Now()
	if len(p.waiting) == 0 || p.closed {
		s.busy = false
		return
	}
	next := 0
	if p.waiting[0].passed < maxPassed {
		if same := slices.IndexFunc(p.waiting, func(w *waiter) bool { return w.file == s.file }); same > 0 {
			next = same
			for _, w := range p.waiting[:same] {
				w.passed++
			}
		}
	}
	w := p.waiting[next]
	p.waiting = slices.Delete(p.waiting, next, next+1)
	p.calls.Add(1)
	w.given <- s
}

// reap ends workers that nobody used for a while: each keeps a document in
// memory and its file open.
func (p *Pool) reap() {
	tick := time.NewTicker(max(p.config.IdleTimeout/2, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-p.stopped:
			return
		case now := <-tick.C:
			for _, s := range p.unused(now) {
				s.process.stop()
				p.hold(s, nil)
				p.release(s)
			}
		}
	}
}

// unused takes the slots whose processes should end.
func (p *Pool) unused(now time.Time) []*slot {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []*slot
	for _, s := range p.slots {
		if !s.busy && s.process != nil && now.Sub(s.used) >= p.config.IdleTimeout {
			s.busy = true
			out = append(out, s)
		}
	}
	return out
}
