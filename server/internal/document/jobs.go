package document

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrClosed is returned by a Service that was closed.
var ErrClosed = errors.New("the document service is stopped")

// jobs runs work on a fixed number of goroutines. Work that somebody waits
// for goes before background work, which never takes the last goroutine where
// there are several. Equal keys are the same work: it runs once, and all who
// asked get its result. Work that nobody waits for any more is not begun.
type jobs struct {
	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup

	mu            sync.Mutex
	changed       *sync.Cond
	closed        bool
	byKey         map[string]*job
	queue         [2][]*job // urgent, background
	background    int       // running
	maxBackground int
}

type job struct {
	key        string
	background bool
	running    bool
	waiters    int
	run        func(context.Context) (any, error)
	done       chan struct{} // closed when value and err are set
	value      any
	err        error
}

func newJobs(workers int) *jobs {
	q := &jobs{byKey: map[string]*job{}, maxBackground: max(1, workers-1)}
	q.changed = sync.NewCond(&q.mu)
	q.ctx, q.cancel = context.WithCancel(context.Background())
	for range workers {
		q.wait.Go(q.work)
	}
	return q
}

// do has run executed, or joins who did so under the same key, and returns
// the result. When ctx ends first, the work goes on if it is running.
func do[T any](ctx context.Context, q *jobs, key string, background bool, run func(context.Context) (T, error)) (T, error) {
	var none T
	j, err := q.join(key, background, func(ctx context.Context) (any, error) { return run(ctx) })
	if err != nil {
		return none, err
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		q.leave(j)
		return none, context.Cause(ctx)
	}
	if j.err != nil {
		return none, j.err
	}
	return j.value.(T), nil
}

func (q *jobs) join(key string, background bool, run func(context.Context) (any, error)) (*job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return nil, ErrClosed
	}
	j := q.byKey[key]
	switch {
	case j == nil:
		j = &job{key: key, background: background, run: run, done: make(chan struct{})}
		q.byKey[key] = j
		q.push(j)
	case j.background && !background && !j.running:
		q.take(j)
		j.background = false
		q.push(j)
	}
	j.waiters++
	return j, nil
}

// leave is for who does not want the result any more.
func (q *jobs) leave(j *job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if j.waiters--; j.waiters == 0 && !j.running {
		q.take(j)
		delete(q.byKey, j.key)
	}
}

func (j *job) class() int {
	if j.background {
		return 1
	}
	return 0
}

// push and take change the queue. The caller holds the lock.
func (q *jobs) push(j *job) {
	q.queue[j.class()] = append(q.queue[j.class()], j)
	q.changed.Broadcast()
}

func (q *jobs) take(j *job) {
	of := &q.queue[j.class()]
	*of = slices.DeleteFunc(*of, func(o *job) bool { return o == j })
}

func (q *jobs) work() {
	for {
		j := q.next()
		if j == nil {
			return
		}
		value, err := j.run(q.ctx)
		q.finish(j, value, err)
	}
}

// next waits for work and marks it as running; nil means the end.
func (q *jobs) next() *job {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		var j *job
		switch {
		case q.closed:
			return nil
		case len(q.queue[0]) > 0:
			j = q.queue[0][0]
		case len(q.queue[1]) > 0 && q.background < q.maxBackground:
			j = q.queue[1][0]
			q.background++
		default:
			q.changed.Wait()
			continue
		}
		q.take(j)
		j.running = true
		return j
	}
}

func (q *jobs) finish(j *job, value any, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if j.background {
		q.background--
		q.changed.Broadcast()
	}
	delete(q.byKey, j.key)
	if err != nil && q.closed && q.ctx.Err() != nil {
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			err = ErrClosed
		}
	}
	j.value, j.err = value, err
	close(j.done)
}

// close ends what runs, answers what waits, and returns when all is still.
func (q *jobs) close() {
	q.mu.Lock()
	q.closed = true
	q.cancel()
	for class, waiting := range q.queue {
		for _, j := range waiting {
			j.err = ErrClosed
			delete(q.byKey, j.key)
			close(j.done)
		}
		q.queue[class] = nil
	}
	q.changed.Broadcast()
	q.mu.Unlock()
	q.wait.Wait()
}
