package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"golang.org/x/term"

	"phonghop/server/internal/account"
	"phonghop/server/internal/room"
	"phonghop/server/internal/serve"
	"phonghop/server/internal/sqlite"
	"phonghop/shared/discovery"
)

type serveCommand struct {
	Data string `help:"The data folder; everything the room must keep is in it." required:"" type:"path" placeholder:"DIR" env:"PHONGHOP_DATA"`

	Listen string   `help:"Where to listen: host:port, or :port for all addresses, IPv4 and IPv6." default:":8443" placeholder:"ADDR" env:"PHONGHOP_LISTEN" group:"net"`
	HTTP   string   `name:"http" help:"Serve without encryption as well, at this address, e.g. :8080. Whoever listens on the network then reads everything, PINs included: for a closed network only." placeholder:"ADDR" env:"PHONGHOP_HTTP" group:"net"`
	MDNS   bool     `name:"mdns" help:"Announce the room on the network, so that devices find it." default:"true" negatable:"" env:"PHONGHOP_MDNS" group:"net"`
	Name   []string `help:"A further host name or address for the certificate; may be repeated." placeholder:"HOST" env:"PHONGHOP_NAME" group:"net"`
	Cert   string   `help:"The institution's own certificate with its chain (PEM), instead of the room's." type:"existingfile" placeholder:"FILE" env:"PHONGHOP_CERT" group:"net" and:"cert"`
	Key    string   `help:"Its private key (PEM)." type:"existingfile" placeholder:"FILE" env:"PHONGHOP_KEY" group:"net" and:"cert"`

	Room      string `help:"The room's name." placeholder:"NAME" env:"PHONGHOP_ROOM" group:"first"`
	Secretary string `help:"The full name of the first secretary." placeholder:"NAME" env:"PHONGHOP_SECRETARY" group:"first"`
	PIN       string `name:"pin" help:"The secretary's PIN: 6 digits or more, or 8 characters or more. Better by environment than on the command line." placeholder:"PIN" env:"PHONGHOP_PIN" group:"first"`
}

// Run implements the command.
func (c serveCommand) Run(ctx context.Context, out io.Writer, log *slog.Logger) (err error) {
	f, err := serve.OpenFolder(ctx, c.Data, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if !f.HasRoom() {
		first, err := c.firstStart(out)
		if err != nil {
			return err
		}
		if _, err := f.MakeRoom(ctx, first); err != nil {
			return err
		}
	}
	s, err := serve.New(ctx, f, serve.Options{
		Listen: c.Listen, Clear: c.HTTP, Names: c.Name, Cert: c.Cert, Key: c.Key, Announce: c.MDNS, Program: program(), Log: log,
	})
	if err != nil {
		return err
	}
	if err := greet(out, f.Hall.Lobby().State().Name, s); err != nil {
		return err
	}
	return s.Run(ctx)
}

// firstStart is what the flags say, and asks for the rest in a terminal.
func (c serveCommand) firstStart(out io.Writer) (serve.FirstStart, error) {
	first := serve.FirstStart{Room: c.Room, Secretary: c.Secretary, PIN: c.PIN}
	if first.Room != "" && first.Secretary != "" && first.PIN != "" {
		return first, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) { //nolint:gosec // a descriptor is a small number
		return first, errNeedsFlags
	}
	in := bufio.NewReader(os.Stdin)
	for _, q := range []struct {
		ask  string
		into *string
	}{
		{"Tên phòng họp (name of the room): ", &first.Room},
		{"Họ tên thư ký đầu tiên (full name of the first secretary): ", &first.Secretary},
	} {
		for *q.into == "" {
			if _, err := fmt.Fprint(out, q.ask); err != nil {
				return first, err
			}
			line, err := in.ReadString('\n')
			if err != nil {
				return first, fmt.Errorf("no answer: %w", err)
			}
			*q.into = strings.TrimSpace(line)
		}
	}
	for first.PIN == "" {
		pin, err := askPIN(out)
		if err != nil {
			return first, err
		}
		first.PIN = pin
	}
	return first, nil
}

// askPIN asks twice, without showing what is typed; it is empty where the two
// differ.
func askPIN(out io.Writer) (string, error) {
	var typed [2]string
	for i, ask := range []string{"Mã PIN của thư ký, từ 6 chữ số (the secretary's PIN): ", "Nhập lại (once more): "} {
		if _, err := fmt.Fprint(out, ask); err != nil {
			return "", err
		}
		b, err := term.ReadPassword(int(os.Stdin.Fd())) //nolint:gosec // a descriptor is a small number
		if err != nil {
			return "", fmt.Errorf("no PIN: %w", err)
		}
		_, _ = fmt.Fprintln(out)
		typed[i] = string(b)
	}
	if typed[0] != typed[1] {
		_, _ = fmt.Fprintln(out, "Hai lần nhập không giống nhau (the two differ).")
		return "", nil
	}
	return typed[0], nil
}

// greet prints how to join.
func greet(out io.Writer, name string, s *serve.Server) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n\n", name)
	addresses := s.Addresses()
	for _, a := range addresses {
		fmt.Fprintf(&b, "  Địa chỉ (address)      %s\n", a.URL())
	}
	if port := s.ClearPort(); port != 0 {
		fmt.Fprintf(&b, "  Không mã hóa (not encrypted) cổng (port) %d: http://…:%d\n", port, port)
	}
	fmt.Fprintf(&b, "  Mã phòng (room's code) %s\n", s.Fingerprint().Code())
	fmt.Fprintf(&b, "  Khóa (key fingerprint) %s\n\n", s.Fingerprint())
	if f, ok := out.(*os.File); ok && len(addresses) > 0 && term.IsTerminal(int(f.Fd())) { //nolint:gosec // as above
		code, err := discovery.TerminalQR(addresses[0].JoinURL(), discovery.Colored)
		if err != nil {
			return fmt.Errorf("draw the QR code: %w", err)
		}
		b.WriteString(code + "\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// explain says what an error means for whoever installs the server.
func explain(err error) string {
	var weak *account.WeakError
	hint := ""
	switch {
	case errors.Is(err, sqlite.ErrLocked):
		hint = "another server uses this data folder: stop it, or give another folder"
	case errors.Is(err, sqlite.ErrForeign):
		hint = "the folder has a phonghop.db that is not ours: give another folder"
	case errors.Is(err, sqlite.ErrNewer):
		hint = "a newer server has used this folder: update this program"
	case errors.Is(err, sqlite.ErrDamaged):
		hint = "the database is damaged: put the last backup in its place"
	case errors.Is(err, room.ErrFull):
		hint = "the disk is full: make room on it"
	case errors.As(err, &weak):
		hint = "choose another PIN: at least 6 digits that are no run and no repetition, or at least 8 characters"
	case errors.Is(err, os.ErrPermission):
		hint = "this user may not do that: check who owns the folder, and use a port above 1023"
	}
	if hint == "" {
		return err.Error()
	}
	return err.Error() + "\n  " + hint
}
