package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// endWithin is how long a process may take to end by itself.
const endWithin = 20 * time.Second

// process is a program that was started, and its end.
type process struct {
	name string
	cmd  *exec.Cmd
	log  string        // file of all it printed
	done chan struct{} // closed when it has ended
	err  error         // how; to be read after done
}

// command runs one of the programs, or of the tools of the screen.
func command(ctx context.Context, path string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, path, args...) //nolint:gosec // a fixed set of programs
}

// start starts a program whose output goes to a file.
func (h *house) start(name, path string, args, env []string) (*process, error) {
	p := &process{name: name, log: filepath.Join(h.dir, name+".log"), done: make(chan struct{})}
	out, err := os.Create(p.log)
	if err != nil {
		return nil, err
	}
	// It is ended by end, in its turn, not by a context.
	p.cmd = command(context.Background(), path, args...)
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, out, out
	err = p.cmd.Start()
	if err = errors.Join(err, out.Close()); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	h.started = append(h.started, p)
	return p, nil
}

// ended finds a process that is no longer there.
func (h *house) ended() *process {
	for _, p := range h.started {
		select {
		case <-p.done:
			if p.err == nil {
				p.err = errors.New("exit status 0")
			}
			return p
		default:
		}
	}
	return nil
}

// stuck asks every program for where it stands, and gives the ends of what
// they printed.
func (h *house) stuck() string {
	for _, p := range h.started {
		_ = p.cmd.Process.Signal(syscall.SIGQUIT) // a Go program prints its goroutines, and ends
	}
	var b strings.Builder
	for _, p := range h.started {
		select {
		case <-p.done:
		case <-time.After(2 * time.Second):
		}
		fmt.Fprintf(&b, "  %s:\n%s\n", p.name, p.tail())
	}
	return b.String()
}

// end ends what was started, the last one first.
func (h *house) end() {
	for _, p := range slices.Backward(h.started) {
		p.end()
	}
}

// end asks the process to end, and insists where it does not.
func (p *process) end() {
	_ = p.cmd.Process.Signal(os.Interrupt)
	select {
	case <-p.done:
		return
	case <-time.After(endWithin):
	}
	_ = p.cmd.Process.Kill()
	<-p.done
}

// tail is the end of what the process printed.
func (p *process) tail() string {
	const most = 16 << 10
	f, err := os.Open(p.log)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.Size() > most {
		_, _ = f.Seek(-most, io.SeekEnd)
	}
	text, _ := io.ReadAll(f)
	return "    " + strings.ReplaceAll(strings.TrimSpace(string(text)), "\n", "\n    ")
}
