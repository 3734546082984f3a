package pdf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"phonghop/server/internal/document"
)

// ErrClosed is returned by a Pool that was closed.
var ErrClosed = errors.New("the PDF workers are stopped")

// Config says how a Pool works. The zero value of a field stands for the
// default.
type Config struct {
	// Command starts a worker. Default: this binary with WorkerArg.
	Command []string
	// CacheDir keeps pdfium's compiled code, so that a worker starts in 60 ms
	// instead of 2 s. It must be writable by nobody else. Empty: no cache.
	CacheDir string
	// Workers is the number of processes. Default 2.
	Workers int
	// Memory bounds what pdfium may use for one document, in bytes. A worker
	// whose physical memory grows by 256 MiB more than that is killed (Linux).
	// Default 512 MiB, at most 3 GiB.
	Memory int64
	// MaxPages is the number of pages above which a document is refused.
	// Default 5,000.
	MaxPages int
	// Timeout bounds one call, without the wait for a free worker.
	// Default 30 s.
	Timeout time.Duration
	// StartTimeout bounds the start of a worker. Default 2 min.
	StartTimeout time.Duration
	// IdleTimeout is how long an unused worker is kept. Default 2 min.
	IdleTimeout time.Duration
}

func (c Config) withDefaults() (Config, error) {
	if len(c.Command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return c, fmt.Errorf("find this program: %w", err)
		}
		c.Command = []string{self, WorkerArg}
	}
	if c.Workers <= 0 {
		c.Workers = 2
	}
	if c.Memory <= 0 {
		c.Memory = 512 << 20
	}
	c.Memory = min(c.Memory, 3<<30) / wasmPage * wasmPage
	if c.MaxPages <= 0 {
		c.MaxPages = 5_000
	}
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{{&c.Timeout, 30 * time.Second}, {&c.StartTimeout, 2 * time.Minute}, {&c.IdleTimeout, 2 * time.Minute}} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	return c, nil
}

// overhead is what a call may need beside pdfium's memory: pixels are there
// twice while a picture is encoded.
const overhead = 256 << 20

// Pool draws and reads PDF files in worker processes. Its methods may be
// called from any goroutine. It implements document.Renderer.
//
// All methods take the path of a file that does not change, and return a
// *document.Refusal when the file or the request is at fault. A context that
// ends stops the wait, not the work. Calls for a file that a worker has open
// go to this worker.
type Pool struct {
	config   Config
	starting sync.Mutex // one start at a time: the first one fills the cache
	calls    sync.WaitGroup
	stopped  chan struct{}

	mu      sync.Mutex
	closed  bool
	slots   []*slot
	waiting []*waiter
}

// slot is the place of one worker. Its fields belong to whoever holds it.
type slot struct {
	process *process // nil: not running
	file    string   // what it has open
	busy    bool     // guarded by Pool.mu, as are the two below
	used    time.Time
	running *process // the process to kill on Close
}

type waiter struct {
	file   string
	passed int // how often others were served first
	given  chan *slot
}

// NewPool makes a Pool. Workers start when they are needed.
func NewPool(config Config) (*Pool, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	if config.CacheDir != "" {
		if err := os.MkdirAll(config.CacheDir, 0o700); err != nil {
			return nil, fmt.Errorf("PDF cache: %w", err)
		}
	}
	p := &Pool{config: config, stopped: make(chan struct{})}
	for range config.Workers {
		p.slots = append(p.slots, &slot{})
	}
	p.calls.Go(p.reap)
	return p, nil
}

// Inspect opens a file and returns its pages, outline and title.
func (p *Pool) Inspect(ctx context.Context, file string) (document.Info, error) {
	res, _, err := p.call(ctx, request{Op: opInspect, File: file})
	if err != nil {
		return document.Info{}, err
	}
	if res.Info == nil || len(res.Info.Sizes) == 0 || len(res.Info.Sizes) > p.config.MaxPages {
		return document.Info{}, errors.New("the PDF worker gave a wrong answer")
	}
	return *res.Info, nil
}

// Draw draws a page (from 1) so that the whole page is width pixels wide
// (MinWidth to MaxWidth), or the tile of it when tile is not zero. A tile must
// lie within document.Grid(size, width), and its sides be at most MaxTileSide.
func (p *Pool) Draw(ctx context.Context, file string, page, width int, tile document.Rect) (document.Picture, error) {
	res, body, err := p.call(ctx, request{Op: opDraw, File: file, Page: page, Width: width, Tile: tile})
	if err != nil {
		return document.Picture{}, err
	}
	if res.Picture == nil || len(body) == 0 {
		return document.Picture{}, errors.New("the PDF worker gave a wrong answer")
	}
	h := res.Picture
	return document.Picture{ContentType: h.ContentType, Width: h.Width, Height: h.Height, Data: body}, nil
}

// Text returns the words of a page (from 1) with their boxes.
func (p *Pool) Text(ctx context.Context, file string, page int) (document.Text, error) {
	res, _, err := p.call(ctx, request{Op: opText, File: file, Page: page})
	if err != nil {
		return document.Text{}, err
	}
	if res.Text == nil {
		return document.Text{}, errors.New("the PDF worker gave a wrong answer")
	}
	return *res.Text, nil
}

// Close kills the workers and waits for every call to return.
func (p *Pool) Close() error {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil
	}
	p.closed = true
	close(p.stopped)
	for _, s := range p.slots {
		if s.busy && s.running != nil {
			_ = s.running.cmd.Process.Kill()
		}
	}
	p.mu.Unlock()
	p.calls.Wait()
	for _, s := range p.slots {
		if s.process != nil {
			s.process.stop()
		}
	}
	return nil
}

type result struct {
	res  response
	body []byte
	err  error
}

// call finds a worker and has it answer the request.
func (p *Pool) call(ctx context.Context, req request) (response, []byte, error) {
	path, err := filepath.Abs(req.File)
	if err != nil {
		return response{}, nil, err
	}
	req.File = path
	s, err := p.acquire(ctx, req.File)
	if err != nil {
		return response{}, nil, err
	}
	answered := make(chan result, 1)
	go func() {
		defer p.calls.Done() // counted by acquire
		var r result
		r.res, r.body, r.err = p.run(s, req)
		p.release(s) // first, so that the caller's next call finds this worker
		answered <- r
	}()
	select {
	case r := <-answered:
		return r.res, r.body, r.err
	case <-ctx.Done():
		return response{}, nil, context.Cause(ctx)
	}
}

// run performs a request on a slot. A worker that dies of itself may have
// been ended by somebody else: the request is tried once more.
func (p *Pool) run(s *slot, req request) (response, []byte, error) {
	var res response
	var body []byte
	var err error
	for range 2 {
		res, body, err = p.try(s, req)
		if !errors.Is(err, errDied) || p.isClosed() {
			break
		}
	}
	switch {
	case err != nil && p.isClosed():
		return response{}, nil, ErrClosed
	case errors.Is(err, errTimeout):
		return response{}, nil, document.Refuse(document.CodeTimeout, "not done within %v", p.config.Timeout)
	case errors.Is(err, errMemory):
		return response{}, nil, document.Refuse(document.CodeMemory, "the worker took more than %d MiB", (p.config.Memory+overhead)>>20)
	case errors.Is(err, errDied):
		return response{}, nil, document.Refuse(document.CodeBroken, "%v", err)
	case err != nil:
		return response{}, nil, err
	case res.Code != "":
		return response{}, nil, &document.Refusal{Code: res.Code, Detail: res.Detail}
	case res.Failure != "":
		return response{}, nil, p.failure(req, res.Failure)
	}
	return res, body, nil
}

// failure is a worker's error that is not the document's fault. The usual one
// keeps its meaning across the pipe.
func (p *Pool) failure(req request, text string) error {
	if _, err := os.Stat(req.File); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("PDF worker: %w", err)
	}
	return fmt.Errorf("PDF worker: %s", text)
}

func (p *Pool) try(s *slot, req request) (response, []byte, error) {
	if s.process == nil {
		if err := p.start(s); err != nil {
			return response{}, nil, err
		}
	}
	var res response
	body, err := s.process.exchange(req, &res, p.limits(p.config.Timeout))
	if err != nil {
		if last := s.process.stderr.String(); last != "" && errors.Is(err, errDied) {
			err = fmt.Errorf("%w: %s", err, last)
		}
		p.hold(s, nil)
		return response{}, nil, err
	}
	s.file = req.File
	return res, body, nil
}

func (p *Pool) limits(t time.Duration) limits {
	return limits{time: t, resident: p.config.Memory + overhead, every: 100 * time.Millisecond}
}

func (p *Pool) start(s *slot) error {
	p.starting.Lock()
	defer p.starting.Unlock()
	if p.isClosed() {
		return ErrClosed
	}
	started, err := launch(p.config.Command)
	if err != nil {
		return err
	}
	p.hold(s, started)
	set := settings{CacheDir: p.config.CacheDir, Memory: p.config.Memory, MaxPages: p.config.MaxPages}
	if err := started.prepare(set, p.limits(p.config.StartTimeout)); err != nil {
		p.hold(s, nil)
		// Not errDied and the like: those would be blamed on the document.
		return errors.New("start a PDF worker: " + err.Error() + ": " + started.stderr.String())
	}
	return nil
}

// hold makes a process (or none) the slot's.
func (p *Pool) hold(s *slot, process *process) {
	s.process, s.file = process, ""
	p.mu.Lock()
	s.running = process
	kill := p.closed && process != nil
	p.mu.Unlock()
	if kill {
		_ = process.cmd.Process.Kill()
	}
}

func (p *Pool) isClosed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed
}
