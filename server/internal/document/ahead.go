package document

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// How far a document has come in the background. Earlier stages of all
// documents go before later ones of any, so that everything that was just
// uploaded can be opened at once.
type stage int

const (
	stageFirst stage = iota // the first pages are drawn
	stageText               // all pages are read
	stageRest               // the other pages are drawn
	stageDone
)

const (
	firstPages = 10
	// After a failure that is not the document's fault, work pauses and is
	// tried again, so often in a row; then the document waits for the next
	// start.
	pause = 10 * time.Second
	tries = 5
)

type task struct {
	hash   string
	stage  stage
	page   int // the next one
	failed int // in a row
}

// ahead works on documents before anybody asks: it has pages drawn at
// WidthSmall and read, one after the other.
type ahead struct {
	service *Service
	ctx     context.Context
	stop    context.CancelFunc
	wait    sync.WaitGroup

	mu    sync.Mutex
	tasks []*task
	added chan struct{} // holds a token when tasks were added
	idle  chan struct{} // closed while there are none
}

func newAhead(s *Service) *ahead {
	a := &ahead{service: s, added: make(chan struct{}, 1), idle: make(chan struct{})}
	a.ctx, a.stop = context.WithCancel(context.Background())
	a.wait.Go(a.work)
	return a
}

// add begins a document. One that is there is not begun twice.
func (a *ahead) add(hash string) { a.push(&task{hash: hash, page: 1}) }

func (a *ahead) push(t *task) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if slices.ContainsFunc(a.tasks, func(o *task) bool { return o.hash == t.hash }) {
		return
	}
	a.tasks = append(a.tasks, t)
	select {
	case <-a.idle:
		a.idle = make(chan struct{})
	default:
	}
	select {
	case a.added <- struct{}{}:
	default:
	}
}

func (a *ahead) remove(hash string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tasks = slices.DeleteFunc(a.tasks, func(t *task) bool { return t.hash == hash })
}

// next returns the document to go on with, or nil.
func (a *ahead) next() *task {
	a.mu.Lock()
	defer a.mu.Unlock()
	var best *task
	for _, t := range a.tasks {
		if best == nil || t.stage < best.stage {
			best = t
		}
	}
	if best == nil {
		select {
		case <-a.idle:
		default:
			close(a.idle)
		}
	}
	return best
}

// Settled waits until everything that was uploaded is drawn ahead and read,
// or cannot be, or until ctx ends or the service is closed.
func (s *Service) Settled(ctx context.Context) error {
	s.ahead.mu.Lock()
	idle := s.ahead.idle
	s.ahead.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-s.ahead.ctx.Done():
		return ErrClosed
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (a *ahead) work() {
	a.resume()
	for a.ctx.Err() == nil {
		t := a.next()
		if t == nil {
			select {
			case <-a.added:
			case <-a.ctx.Done():
			}
			continue
		}
		a.step(t)
	}
}

// resume goes on reading what an earlier run did not finish.
func (a *ahead) resume() {
	unread, err := a.service.config.Store.Unread(a.ctx)
	if err != nil && a.ctx.Err() == nil {
		a.service.config.Log.Error("cannot tell which documents were not read yet", "error", err)
	}
	for _, u := range unread {
		a.push(&task{hash: u.Hash, stage: stageText, page: u.Next})
	}
}

// step does one page.
func (a *ahead) step(t *task) {
	err := a.page(t)
	var refusal *Refusal
	switch {
	case err == nil:
		t.failed = 0
	case a.ctx.Err() != nil || errors.Is(err, ErrClosed):
		a.stop()
	case errors.Is(err, &Refusal{Code: CodeNotFound}):
		a.remove(t.hash) // it was deleted
	case errors.As(err, &refusal): // as it is shown to who asks for the page
		t.page++
	default:
		t.failed++
		a.service.config.Log.Warn("work on a document failed", "stage", int(t.stage), "page", t.page, "try", t.failed, "error", err)
		if t.failed == tries {
			a.remove(t.hash)
			return
		}
		select {
		case <-time.After(pause):
		case <-a.ctx.Done():
		}
	}
}

// page does the task's next page, or begins its next stage.
func (a *ahead) page(t *task) error {
	s := a.service
	record, err := s.record(a.ctx, t.hash)
	if err != nil {
		return err
	}
	pages := record.Info.Pages()
	drawn := min(pages, s.config.PreparePages)
	switch {
	case t.stage == stageFirst && t.page <= min(firstPages, drawn), t.stage == stageRest && t.page <= drawn:
		err = a.draw(view{hash: t.hash, page: t.page, width: WidthSmall})
	case t.stage == stageText && t.page <= pages:
		_, err = s.text(a.ctx, t.hash, t.page, true)
	default:
		a.advance(t)
		return nil
	}
	if err == nil {
		t.page++
	}
	return err
}

func (a *ahead) advance(t *task) {
	a.mu.Lock()
	t.stage++
	t.page = 1
	a.mu.Unlock()
	if t.stage == stageDone {
		a.remove(t.hash)
	}
}

func (a *ahead) draw(v view) error {
	if a.service.pictures.has(v.key()) {
		return nil
	}
	_, err := a.service.show(a.ctx, v, true)
	return err
}
