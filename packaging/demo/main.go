// Command demo shows the sample meeting: it fills a new data folder, starts
// the server on it, and opens the windows of the chair, of a delegate and of
// the projector.
//
// Where there is no screen it makes one for every window, plays a short
// meeting over the server's public interface (opening, turning pages, a
// delegate who comes late, closing), waits until every window shows each step,
// and leaves photographs of them. It fails if a window does not follow.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"phonghop/packaging/stage"
)

// The windows of the play, and one that comes later.
var (
	cast = []stage.Seat{
		{Name: "chair", Role: "chair", Width: 1280, Height: 800},
		{Name: "delegate", Role: "delegate", Width: 1280, Height: 800},
		{Name: "projector", Role: "projector", Width: 1920, Height: 1080},
	}
	late = stage.Seat{Name: "late-delegate", Role: "delegate", Number: 1, Width: 800, Height: 1280}
)

// options are what the command line says.
type options struct {
	programs string        // the folder of phonghop-server and phonghop
	pictures string        // where photographs are left
	listen   string        // where the server listens, with windows on a real screen
	within   time.Duration // how long one step may take; generous, for slow machines
	headless bool
}

func main() {
	o := options{}
	flag.StringVar(&o.programs, "programs", "bin", "folder of the programs phonghop-server and phonghop")
	flag.StringVar(&o.pictures, "pictures", "demo-pictures", "where photographs are left")
	flag.StringVar(&o.listen, "listen", ":8443", "where the server listens for the room; on a port of its own, and this machine only, without a screen")
	flag.DurationVar(&o.within, "within", 2*time.Minute, "how long one step may take")
	flag.BoolVar(&o.headless, "headless", os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "", "play by itself on screens that nobody sees")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintf(os.Stderr, "demo: %v\n", err)
		stop()
		os.Exit(1)
	}
}

// run prepares the sample in a folder of its own, which is gone afterwards.
func run(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "phonghop-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	h := &stage.House{Dir: dir, Programs: o.programs, Within: o.within, Trace: true, Say: say}
	// What was started is ended before its folder goes, the last one first.
	defer h.End()

	say("filling a room with the sample meeting")
	if err := h.Fill(ctx); err != nil {
		return err
	}
	if o.headless {
		return playAlone(ctx, h, o)
	}
	return showWindows(ctx, h, o)
}

// showWindows is the demo for somebody who sits in front of it.
func showWindows(ctx context.Context, h *stage.House, o options) error {
	if err := h.Serve(ctx, o.listen, true); err != nil {
		return err
	}
	printPeople(h)
	var windows []*stage.Process
	for _, w := range cast {
		p, err := h.Open(w, os.Environ())
		if err != nil {
			return err
		}
		windows = append(windows, p)
	}
	say("three windows open: the chair, a delegate and the projector; close them all, or press Ctrl-C, to end the demo")
	for _, p := range windows {
		select {
		case <-p.Done:
			if p.Err != nil && ctx.Err() == nil {
				return fmt.Errorf("%s ended: %w\n%s", p.Name, p.Err, p.Tail())
			}
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

// playAlone is the demo that plays itself.
func playAlone(ctx context.Context, h *stage.House, o options) error {
	if err := stage.Tools(); err != nil {
		return err
	}
	pictures, err := filepath.Abs(o.pictures)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(pictures, 0o755); err != nil { //nolint:gosec // pictures to be looked at
		return err
	}
	if err := h.Serve(ctx, "127.0.0.1:0", false); err != nil {
		return err
	}
	// Photographs of an earlier play would pass for this one's.
	old, err := filepath.Glob(filepath.Join(pictures, "*.png"))
	if err != nil {
		return err
	}
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			return err
		}
	}
	return play(ctx, h, pictures)
}

func say(format string, args ...any) { fmt.Printf("demo: "+format+"\n", args...) }

// printPeople tells how to sign in.
func printPeople(h *stage.House) {
	fmt.Println()
	for _, p := range h.People {
		fmt.Printf("  %-10s PIN %s  %s  %s\n", p.Role, p.PIN, p.Name, p.Position)
	}
	fmt.Printf("\n  Another device in this network joins at port %d of this machine.\n\n", h.Room.At.Port)
}
