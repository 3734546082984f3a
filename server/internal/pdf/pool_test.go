package pdf

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"phonghop/server/internal/document"
)

func stubPool(t testing.TB, change func(*Config)) *Pool {
	t.Helper()
	return newPool(t, func(c *Config) {
		c.Command = []string{os.Args[0], stubArg}
		c.CacheDir = ""
		c.Timeout = 20 * time.Second
		if change != nil {
			change(c)
		}
	})
}

// ask returns the number of the process that answered.
func ask(t testing.TB, p *Pool, file string) int {
	t.Helper()
	info, err := p.Inspect(background(t), file)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	pid, err := strconv.Atoi(info.Title)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func wantCode(t testing.TB, err error, code document.Code) {
	t.Helper()
	if !errors.Is(err, &document.Refusal{Code: code}) {
		t.Fatalf("got error %v, want %s", err, code)
	}
}

func TestPoolMisbehaviour(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file string
		code document.Code
	}{
		{"hang", document.CodeTimeout},
		{"die", document.CodeBroken},
		{"garbage", document.CodeBroken},
	} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			p := stubPool(t, func(c *Config) { c.Workers, c.Timeout = 1, time.Second })
			before := ask(t, p, "/good")
			_, err := p.Inspect(background(t), "/"+c.file)
			wantCode(t, err, c.code)
			if after := ask(t, p, "/good"); after == before {
				t.Error("the worker was not replaced")
			}
		})
	}
}

func TestPoolMemoryWatch(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the memory of another process is read on Linux only")
	}
	t.Parallel()
	p := stubPool(t, func(c *Config) { c.Workers, c.Memory = 1, 16<<20 })
	_, err := p.Inspect(background(t), "/eat")
	wantCode(t, err, document.CodeMemory)
	ask(t, p, "/good")
}

func TestPoolTriesOnceMore(t *testing.T) {
	t.Parallel()
	p := stubPool(t, nil)
	ask(t, p, filepath.Join(t.TempDir(), "die-once"))
}

func TestPoolKilledInACall(t *testing.T) {
	t.Parallel()
	p := stubPool(t, func(c *Config) { c.Workers = 1 })
	before := ask(t, p, "/good")
	var after int
	var wait sync.WaitGroup
	wait.Go(func() { after = ask(t, p, "/slow") })
	for !anyBusy(p) {
		runtime.Gosched()
	}
	victim, err := os.FindProcess(before)
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Kill(); err != nil {
		t.Fatal(err)
	}
	wait.Wait()
	if after == before || after == 0 {
		t.Errorf("answered by %d, killed %d", after, before)
	}
}

func anyBusy(p *Pool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.slots {
		if s.busy {
			return true
		}
	}
	return false
}

func TestPoolKeepsAFileWithItsWorker(t *testing.T) {
	t.Parallel()
	p := stubPool(t, nil)
	a, b := ask(t, p, "/a"), ask(t, p, "/b")
	if a == b {
		t.Error("two files share a worker while another is free")
	}
	for range 5 {
		if ask(t, p, "/a") != a || ask(t, p, "/b") != b {
			t.Fatal("a file moved to another worker")
		}
	}
}

func TestPoolContextStopsTheWait(t *testing.T) {
	t.Parallel()
	p := stubPool(t, func(c *Config) { c.Workers = 1 })
	pid := ask(t, p, "/good")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := p.Inspect(ctx, "/slow"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if _, err := p.Inspect(ctx, "/queued"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if ask(t, p, "/good") != pid {
		t.Error("the worker was not let finish")
	}
}

func TestPoolManyCallers(t *testing.T) {
	t.Parallel()
	p := stubPool(t, nil)
	var wait sync.WaitGroup
	for i := range 60 {
		wait.Go(func() { ask(t, p, "/"+string(rune('a'+i%5))) })
	}
	wait.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) != 0 {
		t.Errorf("%d callers still wait", len(p.waiting))
	}
}

func TestPoolClose(t *testing.T) {
	t.Parallel()
	p := stubPool(t, func(c *Config) { c.Workers = 1 })
	ask(t, p, "/good")
	errs := make(chan error, 3)
	for range cap(errs) { // one in a worker, two in the queue
		go func() {
			_, err := p.Inspect(context.Background(), "/hang")
			errs <- err
		}()
	}
	for !anyBusy(p) {
		runtime.Gosched()
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	for range cap(errs) {
		if err := <-errs; !errors.Is(err, ErrClosed) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := p.Inspect(background(t), "/good"); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestPoolEndsIdleWorkers(t *testing.T) {
	t.Parallel()
	p := stubPool(t, func(c *Config) { c.IdleTimeout = 50 * time.Millisecond })
	first := ask(t, p, "/good")
	deadline := time.Now().Add(10 * time.Second)
	for running(p) && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if running(p) {
		t.Fatal("the worker is still there")
	}
	if ask(t, p, "/good") == first {
		t.Error("answered by a dead process")
	}
}

func running(p *Pool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.slots {
		if s.busy || s.running != nil {
			return true
		}
	}
	return false
}

func TestPoolStartFails(t *testing.T) {
	t.Parallel()
	p := newPool(t, func(c *Config) { c.Command = []string{filepath.Join(t.TempDir(), "missing")} })
	_, err := p.Inspect(background(t), "/good")
	var refusal *document.Refusal
	if err == nil || errors.As(err, &refusal) {
		t.Errorf("got %v: the document is not at fault", err)
	}
}
