package stage

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

// Process is a program that was started, and its end.
type Process struct {
	Name string
	Log  string        // file of all it printed
	Done chan struct{} // closed when it has ended
	Err  error         // how; to be read after Done

	cmd    *exec.Cmd
	killed bool // by Kill
}

// command runs one of the programs, or of the tools of the screen.
func command(ctx context.Context, path string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, path, args...) //nolint:gosec // a fixed set of programs
}

// Start starts a program whose output goes to a file.
func (h *House) Start(name, path string, args, env []string) (*Process, error) {
	p := &Process{Name: name, Log: filepath.Join(h.Dir, name+".log"), Done: make(chan struct{})}
	out, err := os.Create(p.Log)
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
		p.Err = p.cmd.Wait()
		close(p.Done)
	}()
	h.started = append(h.started, p)
	return p, nil
}

// Ended finds a process that is no longer there, and was not killed on purpose.
func (h *House) Ended() *Process {
	for _, p := range h.started {
		if p.killed {
			continue
		}
		select {
		case <-p.Done:
			if p.Err == nil {
				p.Err = errors.New("exit status 0")
			}
			return p
		default:
		}
	}
	return nil
}

// stuck asks every program for where it stands, and gives the ends of what
// they printed.
func (h *House) stuck() string {
	if !h.Trace {
		return ""
	}
	for _, p := range h.started {
		_ = p.cmd.Process.Signal(syscall.SIGQUIT) // a Go program prints its goroutines, and ends
	}
	var b strings.Builder
	b.WriteByte('\n')
	for _, p := range h.started {
		select {
		case <-p.Done:
		case <-time.After(2 * time.Second):
		}
		fmt.Fprintf(&b, "  %s:\n%s\n", p.Name, p.Tail())
	}
	return b.String()
}

// End ends what was started, the last one first.
func (h *House) End() {
	for _, p := range slices.Backward(h.started) {
		p.End()
	}
}

// End asks the process to end, and insists where it does not.
func (p *Process) End() {
	_ = p.cmd.Process.Signal(os.Interrupt)
	select {
	case <-p.Done:
		return
	case <-time.After(endWithin):
	}
	_ = p.cmd.Process.Kill()
	<-p.Done
}

// Tail is the end of what the process printed.
func (p *Process) Tail() string {
	const most = 16 << 10
	f, err := os.Open(p.Log)
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

// Kill ends the process as a power cut does, and waits until it is gone.
func (p *Process) Kill() {
	p.killed = true
	_ = p.cmd.Process.Kill()
	<-p.Done
}
