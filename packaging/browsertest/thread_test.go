package browsertest

import (
	"cmp"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/profiler"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// A page has one thread for the client, its drawing and its input. While one
// task of it runs, nothing answers. The browser's own trace tells of each task
// how long it ran, and how long the thread had the processor meanwhile. What
// lies between is waiting: for the graphics, which are emulated here in a
// process of their own, and for whatever else the machine does. So the second
// figure alone is the client's, and it is the same on a busy machine.

// task is one stop of a page's thread, in ms, and how many marks were set
// before it.
type task struct {
	wall, own float64
	part      int
}

// thread is one of the browser's, by the trace's numbers.
type thread struct {
	PID int64 `json:"pid"`
	TID int64 `json:"tid"`
}

// traced is an event of the browser's trace, its times in µs.
type traced struct {
	thread
	Name     string  `json:"name"`
	Phase    string  `json:"ph"`
	At       float64 `json:"ts"`
	Duration float64 `json:"dur"`
	Own      float64 `json:"tdur"`
	Args     struct {
		Name string `json:"name"`
	} `json:"args"`
}

// The events that are looked at.
const (
	namesThread = "thread_name"
	runsTask    = "RunTask"
	setsMark    = "TimeStamp"
)

// mark sets a mark in the trace.
func (b *tablet) mark() {
	b.t.Helper()
	value[int](b, `(console.timeStamp("mark"), 0)`)
}

// tasks records what a tab's thread does meanwhile, in the order of time. The
// tab must be the busiest of its browser.
func (b *tablet) tasks(do func()) []task {
	b.t.Helper()
	var mu sync.Mutex
	var all []traced
	done := make(chan struct{})
	finish := sync.OnceFunc(func() { close(done) })
	ctx, stop := context.WithCancel(b.ctx)
	defer stop()
	err := chromedp.Listen(ctx, func(e any) {
		switch e := e.(type) {
		case *tracing.EventDataCollected:
			mu.Lock()
			defer mu.Unlock()
			for _, v := range e.Value {
				var t traced
				if json.Unmarshal(v, &t) == nil && (t.Name == namesThread || t.Name == runsTask || t.Name == setsMark) {
					all = append(all, t)
				}
			}
		case *tracing.EventTracingComplete:
			finish()
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	send(b, tracing.Start, tracing.StartParams{
		TransferMode: tracing.StartTransferModeReportEvents,
		TraceConfig: &tracing.TraceConfig{
			IncludedCategories: []string{"__metadata", "devtools.timeline", "disabled-by-default-devtools.timeline"}, ExcludedCategories: []string{"*"},
		},
	})
	do()
	send(b, tracing.End, cdp.Empty{})
	select {
	case <-done:
	case <-time.After(patience):
		b.t.Fatal("the browser hands out no trace")
	}
	mu.Lock()
	defer mu.Unlock()
	return busiest(all)
}

// busiest are the tasks of the busiest of the pages' threads, in the order of
// time.
func busiest(all []traced) (out []task) {
	pages, sums := map[thread]bool{}, map[thread]float64{}
	for _, e := range all {
		if e.Name == namesThread && e.Args.Name == "CrRendererMain" {
			pages[e.thread] = true
		}
	}
	for _, e := range all {
		if e.Name == runsTask && pages[e.thread] {
			sums[e.thread] += e.Own
		}
	}
	var best thread
	for at, sum := range sums {
		if sum > sums[best] {
			best = at
		}
	}
	slices.SortStableFunc(all, func(a, b traced) int { return cmp.Compare(a.At, b.At) })
	marks := 0
	for _, e := range all {
		switch {
		case e.Name == setsMark:
			marks++
		case e.Name == runsTask && e.Phase == "X" && e.thread == best:
			out = append(out, task{e.Duration / 1000, e.Own / 1000, marks})
		}
	}
	return out
}

// longest are the longest own times after each mark, the shortest first.
func longest(all []task) (out []float64) {
	most := map[int]float64{}
	for _, t := range all {
		if t.part > 0 {
			most[t.part] = max(most[t.part], t.own)
		}
	}
	for _, own := range most {
		out = append(out, own)
	}
	slices.Sort(out)
	return out
}

// share is the value below which that share of sorted values lies; 0 for none.
func share(sorted []float64, of float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(of*float64(len(sorted))), len(sorted)-1)]
}

// profiled keeps a profile of the page's thread meanwhile, where pictures are
// kept. Recording it takes time, too: it is for looking into, not for figures.
func (b *tablet) profiled(name string, do func()) {
	b.t.Helper()
	folder := os.Getenv("PHONGHOP_PICTURES")
	if folder == "" {
		return
	}
	send(b, profiler.Enable, cdp.Empty{})
	send(b, profiler.Start, cdp.Empty{})
	do()
	profile, err := json.Marshal(send(b, profiler.Stop, cdp.Empty{}).Profile)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".cpuprofile"), profile, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func TestBusiest(t *testing.T) {
	one, other, gpu := thread{1, 1}, thread{2, 1}, thread{3, 1}
	named := func(at thread, name string) (e traced) {
		e.thread, e.Name, e.Phase, e.Args.Name = at, namesThread, "M", name
		return e
	}
	ran := func(at thread, from, wall, own float64) traced {
		return traced{thread: at, Name: runsTask, Phase: "X", At: from, Duration: wall, Own: own}
	}
	got := busiest([]traced{
		ran(gpu, 0, 90_000, 90_000), named(one, "CrRendererMain"), named(other, "CrRendererMain"), named(gpu, "CrGpuMain"),
		ran(other, 1, 70_000, 2000), ran(one, 40, 9000, 6000), {thread: one, Name: setsMark, Phase: "I", At: 30}, ran(one, 20, 8000, 7000),
		ran(one, 50, 4000, 3000), {thread: one, Name: setsMark, Phase: "I", At: 60}, ran(one, 70, 1000, 1000),
	})
	if want := []task{{8, 7, 0}, {9, 6, 1}, {4, 3, 1}, {1, 1, 2}}; !slices.Equal(got, want) {
		t.Fatalf("the tasks are %v, want %v", got, want)
	}
	if got, want := longest(got), []float64{1, 6}; !slices.Equal(got, want) {
		t.Errorf("the longest after each mark are %v, want %v", got, want)
	}
	if got := share([]float64{1, 2, 3, 4}, 0.5); got != 3 {
		t.Errorf("the middle is %v", got)
	}
}
