// Command phonghop-server is the server of a paperless meeting room: one
// program and one data folder on one machine in the room's own network.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"phonghop/server/internal/pdf"
)

// version is set when a release is built.
var version = "0.1.0-dev"

func program() string { return "phonghop-server " + version }

type cli struct {
	Config kong.ConfigFlag `help:"Read settings from this JSON file, too, by the names of the flags: {\"data\": \"/var/lib/phonghop\"}." placeholder:"FILE" env:"PHONGHOP_CONFIG"`

	Serve   serveCommand   `cmd:"" help:"Serve a room. The first start on an empty data folder makes the room."`
	Demo    demoCommand    `cmd:"" help:"Fill a new data folder with a sample meeting, and print everybody's PIN."`
	Verify  verifyCommand  `cmd:"" name:"verify-vote" help:"Count a secret vote again from the list of its ballots, and check every signature."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

type versionCommand struct{}

// Run implements the command.
func (versionCommand) Run(out io.Writer) error {
	_, err := fmt.Fprintln(out, program())
	return err
}

func main() {
	if pdf.IsWorker(os.Args) {
		os.Exit(pdf.WorkerMain())
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errOut io.Writer) (code int) {
	var c cli
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("phonghop-server"),
		kong.Description("The server of a paperless meeting room.\n\nA first room:  phonghop-server serve --data ./data\nA sample:      phonghop-server demo --data ./sample && phonghop-server serve --data ./sample"),
		kong.Configuration(kong.JSON, "/etc/phonghop/server.json"),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(out, errOut), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(out, (*io.Writer)(nil)),
		kong.ExplicitGroups([]kong.Group{
			{Key: "first", Title: "First start (asked for in the terminal when they are not given)"},
			{Key: "net", Title: "Network"},
		}),
	)
	if err != nil {
		_, _ = fmt.Fprintln(errOut, err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		parser.FatalIfErrorf(err)
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	parsed.Bind(slog.New(slog.NewTextHandler(errOut, nil)))
	if err := parsed.Run(); err != nil {
		_, _ = fmt.Fprintf(errOut, "phonghop-server: %s\n", explain(err))
		return 1
	}
	return 0
}

var errNeedsFlags = errors.New("the data folder has no room yet, and there is no terminal to ask in: give --room, --secretary and --pin once")
