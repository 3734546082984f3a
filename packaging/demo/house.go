package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"phonghop/shared/discovery"
)

// person is somebody of the sample, as `phonghop-server demo --json` lists them.
type person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Position string `json:"position"`
	Role     string `json:"role"`
	PIN      string `json:"pin"`
}

// house is the demo's room: its folder, its people, its server, and all that
// was started.
type house struct {
	dir, programs string
	within        time.Duration
	people        []person
	room          *room
	server        *process
	started       []*process
}

// seat is a window and who sits in front of it: the number-th person of a
// role, in order of precedence.
type seat struct {
	name          string // of the window, and of its photographs
	role          string
	number        int
	width, height int // of its screen, where it gets one of its own
}

var (
	cast = []seat{
		{"chair", "chair", 0, 1280, 800},
		{"delegate", "delegate", 0, 1280, 800},
		{"projector", "projector", 0, 1920, 1080},
	}
	late = seat{"late-delegate", "delegate", 1, 800, 1280}
)

// fill makes the sample's data folder and learns everybody's PIN.
func (h *house) fill(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*h.within)
	defer cancel()
	cmd := command(ctx, filepath.Join(h.programs, "phonghop-server"), "demo", "--data", h.data(), "--json")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("fill the room: %w", err)
	}
	if err := json.Unmarshal(out, &h.people); err != nil {
		return fmt.Errorf("list of the sample's people: %w", err)
	}
	return nil
}

func (h *house) data() string { return filepath.Join(h.dir, "room") }

// who finds the person of a seat.
func (h *house) who(s seat) (person, error) {
	n := s.number
	for _, p := range h.people {
		if p.Role == s.role {
			if n == 0 {
				return p, nil
			}
			n--
		}
	}
	return person{}, fmt.Errorf("the sample has no %s number %d", s.role, s.number+1)
}

// serve starts the server, and returns when it answers. Port 0 means one that
// is free now.
func (h *house) serve(ctx context.Context, listen string, announce bool) error {
	host, port, err := freePort(ctx, listen)
	if err != nil {
		return err
	}
	args := []string{"serve", "--data", h.data(), "--listen", net.JoinHostPort(host, port)}
	if !announce {
		args = append(args, "--no-mdns")
	}
	if h.server, err = h.start("server", filepath.Join(h.programs, "phonghop-server"), args, os.Environ()); err != nil {
		return err
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return err
	}
	h.room = newRoom(discovery.Address{Host: "127.0.0.1", Port: uint16(number)})
	err = h.until(ctx, "the server answers", func(ctx context.Context) (bool, error) {
		return h.room.call(ctx, http.MethodGet, "/healthz", nil, nil) == nil, nil
	})
	if err != nil {
		return err
	}
	say("the server answers at %s", h.room.at.URL())
	return nil
}

// freePort resolves where to listen: the port asked for if it is free, else
// another one.
func freePort(ctx context.Context, listen string) (host, port string, err error) {
	if host, _, err = net.SplitHostPort(listen); err != nil {
		return "", "", err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", listen)
	if err != nil {
		say("%s is taken; using another port", listen)
		if l, err = lc.Listen(ctx, "tcp", net.JoinHostPort(host, "0")); err != nil {
			return "", "", err
		}
	}
	_, port, err = net.SplitHostPort(l.Addr().String())
	return host, port, errors.Join(err, l.Close())
}

// open starts a window of the client, signed in.
func (h *house) open(s seat, env []string) (*process, error) {
	p, err := h.who(s)
	if err != nil {
		return nil, err
	}
	at := h.room.at
	at.Fingerprint = h.room.pin.Fingerprint()
	args := []string{"--server", at.JoinURL(), "--as", p.ID, "--data", filepath.Join(h.dir, s.name)}
	if s.role == "projector" {
		args = append(args, "--projector")
	}
	return h.start(s.name, filepath.Join(h.programs, "phonghop"), args, append(slices.Clone(env), "PHONGHOP_PIN="+p.PIN))
}

func (h *house) printPeople() {
	fmt.Println()
	for _, p := range h.people {
		fmt.Printf("  %-10s PIN %s  %s  %s\n", p.Role, p.PIN, p.Name, p.Position)
	}
	fmt.Printf("\n  Another device in this network joins at port %d of this machine.\n\n", h.room.at.Port)
}

// until asks again and again until something holds. It fails after h.within,
// when the question itself fails, and when something that was started ends.
func (h *house) until(ctx context.Context, what string, holds func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, h.within)
	defer cancel()
	for {
		ok, err := holds(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if ok {
			return nil
		}
		if p := h.ended(); p != nil {
			return fmt.Errorf("%s: %s has ended (%w)\n%s", what, p.name, p.err, p.tail())
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: not within %v\n%s", what, h.within, h.stuck())
		case <-time.After(150 * time.Millisecond):
		}
	}
}
