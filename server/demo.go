package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"
	"time"

	"phonghop/server/internal/sample"
	"phonghop/server/internal/serve"
)

type demoCommand struct {
	Data string    `help:"The data folder: new, or without a room yet." required:"" type:"path" placeholder:"DIR" env:"PHONGHOP_DATA"`
	Day  time.Time `help:"The day of the sample meeting; today if not given." format:"2006-01-02" placeholder:"YYYY-MM-DD"`
	JSON bool      `help:"Print the people as JSON."`
}

var errHasRoom = errors.New("this data folder has a room already: the sample needs a new one")

// Run implements the command.
func (c demoCommand) Run(ctx context.Context, out io.Writer, log *slog.Logger) (err error) {
	if c.Day.IsZero() {
		c.Day = time.Now()
	}
	f, err := serve.OpenFolder(ctx, c.Data, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if f.Hall.Lobby().State().Name != "" {
		return errHasRoom
	}
	people, err := sample.Fill(ctx, f.Stack, c.Day)
	if err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(people)
	}
	t := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, p := range people {
		if _, err := fmt.Fprintf(t, "%s\t%s\t%s\tPIN %s\n", p.Role, p.Name, p.Position, p.PIN); err != nil {
			return err
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\nphonghop-server serve --data %s\n", c.Data)
	return err
}
