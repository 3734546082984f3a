// Package stage puts up the sample meeting as people meet it: a room of its
// own, its server, and windows on screens that nobody sees, with real keys and
// a real pointer. The demo and the tests of whole windows play on it.
package stage

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

// Person is somebody of the sample, as `phonghop-server demo --json` lists them.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Position string `json:"position"`
	Role     string `json:"role"`
	PIN      string `json:"pin"`
}

// House is a room with the sample in it: its folder, its people, its server,
// and all that was started.
type House struct {
	Dir      string                           // everything is below it; the caller's to remove, after End
	Programs string                           // the folder of phonghop-server and phonghop
	Within   time.Duration                    // how long one step may take
	Trace    bool                             // what is late prints where it stands, and ends by it
	Say      func(format string, args ...any) // tells whoever watches; nil is nobody

	People []Person // of the sample, from Fill
	Room   *Room    // the server's interface, from Serve
	Server *Process

	listen   string
	announce bool
	started  []*Process
}

func (h *House) say(format string, args ...any) {
	if h.Say != nil {
		h.Say(format, args...)
	}
}

// Seat is a window and who sits in front of it: the Number-th person of a
// role, in order of precedence.
type Seat struct {
	Name          string // of the window, and of its photographs
	Role          string
	Number        int
	Width, Height int // of its screen, where it gets one of its own
}

// Fill makes the sample's data folder and learns everybody's PIN.
func (h *House) Fill(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*h.Within)
	defer cancel()
	cmd := command(ctx, filepath.Join(h.Programs, "phonghop-server"), "demo", "--data", h.Data(), "--json")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("fill the room: %w", err)
	}
	if err := json.Unmarshal(out, &h.People); err != nil {
		return fmt.Errorf("list of the sample's people: %w", err)
	}
	return nil
}

// Data is the server's data folder.
func (h *House) Data() string { return filepath.Join(h.Dir, "room") }

// Who finds the person of a seat.
func (h *House) Who(s Seat) (Person, error) {
	n := s.Number
	for _, p := range h.People {
		if p.Role == s.Role {
			if n == 0 {
				return p, nil
			}
			n--
		}
	}
	return Person{}, fmt.Errorf("the sample has no %s number %d", s.Role, s.Number+1)
}

// Serve starts the server, and returns when it answers. Port 0 means one that
// is free now.
func (h *House) Serve(ctx context.Context, listen string, announce bool) error {
	host, port, err := h.freePort(ctx, listen)
	if err != nil {
		return err
	}
	h.listen, h.announce = net.JoinHostPort(host, port), announce
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return err
	}
	h.Room = newRoom(discovery.Address{Host: "127.0.0.1", Port: uint16(number)})
	return h.ServeAgain(ctx)
}

// ServeAgain starts the server once more where it was, after it was killed, and
// returns when it answers.
func (h *House) ServeAgain(ctx context.Context) (err error) {
	args := []string{"serve", "--data", h.Data(), "--listen", h.listen}
	if !h.announce {
		args = append(args, "--no-mdns")
	}
	if h.Server, err = h.Start("server", filepath.Join(h.Programs, "phonghop-server"), args, os.Environ()); err != nil {
		return err
	}
	err = h.Until(ctx, "the server answers", func(ctx context.Context) (bool, error) {
		return h.Room.Call(ctx, http.MethodGet, "/healthz", nil, nil) == nil, nil
	})
	if err != nil {
		return err
	}
	h.say("the server answers at %s", h.Room.At.URL())
	return nil
}

// freePort resolves where to listen: the port asked for if it is free, else
// another one.
func (h *House) freePort(ctx context.Context, listen string) (host, port string, err error) {
	if host, _, err = net.SplitHostPort(listen); err != nil {
		return "", "", err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", listen)
	if err != nil {
		h.say("%s is taken; using another port", listen)
		if l, err = lc.Listen(ctx, "tcp", net.JoinHostPort(host, "0")); err != nil {
			return "", "", err
		}
	}
	_, port, err = net.SplitHostPort(l.Addr().String())
	return host, port, errors.Join(err, l.Close())
}

// Open starts a window of the client, signed in.
func (h *House) Open(s Seat, env []string) (*Process, error) {
	p, err := h.Who(s)
	if err != nil {
		return nil, err
	}
	at := h.Room.At
	at.Fingerprint = h.Room.pin.Fingerprint()
	args := []string{"--server", at.JoinURL(), "--as", p.ID, "--data", filepath.Join(h.Dir, s.Name)}
	if s.Role == "projector" {
		args = append(args, "--projector")
	}
	return h.Start(s.Name, filepath.Join(h.Programs, "phonghop"), args, append(slices.Clone(env), "PHONGHOP_PIN="+p.PIN))
}

// Until asks again and again until something holds. It fails after Within,
// when the question itself fails, and when something that was started ends.
func (h *House) Until(ctx context.Context, what string, holds func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, h.Within)
	defer cancel()
	for {
		ok, err := holds(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if ok {
			return nil
		}
		if p := h.Ended(); p != nil {
			return fmt.Errorf("%s: %s has ended (%w)\n%s", what, p.Name, p.Err, p.Tail())
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: not within %v%s", what, h.Within, h.stuck())
		case <-time.After(150 * time.Millisecond):
		}
	}
}
