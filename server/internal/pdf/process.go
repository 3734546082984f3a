package pdf

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Why a process was killed. errDied is everything that was not our doing.
var (
	errTimeout = errors.New("took too long")
	errMemory  = errors.New("took too much memory")
	errDied    = errors.New("the worker process died")
)

// process is one running worker. It serves one call at a time.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr tail
	ready  int64 // its physical memory when it was ready, in bytes
}

// limits of one call.
type limits struct {
	time     time.Duration
	resident int64 // bytes of physical memory beyond those of a worker that is ready
	every    time.Duration
}

// launch starts a worker process. It serves no calls before prepare.
func launch(command []string) (*process, error) {
	p := &process{cmd: exec.Command(command[0], command[1:]...)} //nolint:gosec,noctx // the program itself, and it outlives the call
	p.cmd.Env = environment()
	p.cmd.Stderr = &p.stderr
	dieWithParent(p.cmd)
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.in, p.out = in, bufio.NewReaderSize(out, 64<<10)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a PDF worker: %w", err)
	}
	return p, nil
}

// prepare gives a worker its settings and waits until it is ready. After an
// error the process is gone.
func (p *process) prepare(set settings, lim limits) error {
	var ready response
	if _, err := p.exchange(set, &ready, lim); err != nil {
		return err
	}
	if !ready.Ready {
		p.stop()
		return errors.New("it did not say that it is ready")
	}
	p.ready = resident(p.cmd.Process.Pid)
	return nil
}

// environment is what a worker sees of ours: nothing that could be secret.
func environment() []string {
	env := []string{}
	for _, name := range []string{"SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "GOCOVERDIR", "GODEBUG"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// exchange sends a frame and reads the answer. After an error (errTimeout,
// errMemory, or errDied with the reason) the process is gone.
func (p *process) exchange(message any, answer *response, lim limits) (body []byte, err error) {
	watch := p.guard(lim)
	err = writeFrame(p.in, message, nil)
	if err == nil {
		body, err = readFrame(p.out, answer)
	}
	if killed := watch.end(); killed != nil {
		err = killed
	} else if err != nil {
		err = fmt.Errorf("%w: %w", errDied, err)
	}
	if err != nil {
		p.stop()
		return nil, err
	}
	return body, nil
}

// stop kills the process and waits for its end.
func (p *process) stop() {
	_ = p.in.Close()
	_ = p.cmd.Process.Kill() // fails only when it is gone already
	_ = p.cmd.Wait()         // says that it was killed
}

// guard watches one call and kills the process when it goes too far.
func (p *process) guard(lim limits) *guard {
	g := &guard{done: make(chan struct{})}
	g.wait.Go(func() {
		deadline := time.NewTimer(lim.time)
		defer deadline.Stop()
		look := time.NewTicker(lim.every)
		defer look.Stop()
		for {
			select {
			case <-g.done:
				return
			case <-deadline.C:
				g.reason = errTimeout
			case <-look.C:
				// Before it is ready it opens nothing but pdfium itself.
				if p.ready == 0 || resident(p.cmd.Process.Pid)-p.ready <= lim.resident {
					continue
				}
				g.reason = errMemory
			}
			_ = p.cmd.Process.Kill()
			return
		}
	})
	return g
}

type guard struct {
	done   chan struct{}
	wait   sync.WaitGroup
	reason error
}

// end stops the watch and says why it killed the process, if it did.
func (g *guard) end() error {
	close(g.done)
	g.wait.Wait()
	return g.reason
}

// tail keeps the last bytes written to it.
type tail struct {
	mu   sync.Mutex
	data []byte
}

const tailSize = 2 << 10

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, p...)
	if over := len(t.data) - tailSize; over > 0 {
		t.data = append(t.data[:0], t.data[over:]...)
	}
	return len(p), nil
}

// String returns what is kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.data)
}
