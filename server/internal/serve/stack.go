// Package serve puts a room's server together: the data folder, the meetings,
// the documents, the door, and how it is found on the network.
package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"phonghop/server/internal/account"
	"phonghop/server/internal/ballotbox"
	"phonghop/server/internal/document"
	"phonghop/server/internal/notebook"
	"phonghop/server/internal/room"
	"phonghop/server/internal/web"
)

// Parts are what a Stack stands on.
type Parts struct {
	Log      room.Log
	Secrets  account.Store
	Records  document.Store
	Notes    notebook.Store
	Boxes    ballotbox.Store
	Blobs    document.Blobs
	Renderer document.Renderer

	PictureDir string         // where drawn pages are kept
	Cost       account.Params // of hashing a PIN; zero: the usual
	Now        func() time.Time
	Logger     *slog.Logger
}

// Stack is a room without its door: meetings, people, documents.
type Stack struct {
	Hall      *room.Hall
	Accounts  *account.Service
	Documents *document.Service
	Notes     *notebook.Service
	Ballots   *ballotbox.Service
	Stats     *room.Stats
}

// Build makes a Stack.
func Build(ctx context.Context, p Parts) (*Stack, error) {
	docs, err := document.New(document.Config{
		Store: p.Records, Blobs: p.Blobs, Renderer: p.Renderer, Log: p.Logger, CacheDir: p.PictureDir,
	})
	if err != nil {
		return nil, fmt.Errorf("open the documents: %w", err)
	}
	accounts, err := account.New(account.Config{Store: p.Secrets, Now: p.Now, Params: p.Cost})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the accounts: %w", err), docs.Close())
	}
	stats, box := &room.Stats{}, ballotbox.Open(p.Boxes)
	hall, err := room.Open(ctx, room.Options{Log: p.Log, Files: files{docs}, Box: box, Now: p.Now, Prepare: web.Prepare, Stats: stats})
	if err != nil {
		box.Close()
		return nil, errors.Join(fmt.Errorf("open the room: %w", err), docs.Close())
	}
	epoch, err := p.Log.Epoch(ctx)
	if err != nil {
		hall.Close()
		box.Close()
		return nil, errors.Join(fmt.Errorf("open the notes: %w", err), docs.Close())
	}
	notes := notebook.New(notebook.Config{Store: p.Notes, Meetings: hall, Epoch: epoch, Now: p.Now, Log: p.Logger})
	return &Stack{Hall: hall, Accounts: accounts, Documents: docs, Notes: notes, Ballots: box, Stats: stats}, nil
}

// Close ends the meetings' work, then the documents'. What was answered is
// durable already.
func (s *Stack) Close() error {
	s.Notes.Close()
	s.Hall.Close()
	s.Ballots.Close()
	return s.Documents.Close()
}

// files tells the room what is known of uploaded files.
type files struct{ documents *document.Service }

func (f files) File(ctx context.Context, hash string) (room.File, bool, error) {
	d, err := f.documents.Document(ctx, hash)
	var refused *document.Refusal
	switch {
	case errors.As(err, &refused):
		return room.File{}, false, nil
	case err != nil:
		return room.File{}, false, err
	}
	sizes := make([][2]float64, len(d.Info.Sizes))
	for i, page := range d.Info.Sizes {
		sizes[i] = [2]float64{float64(page.W), float64(page.H)}
	}
	return room.File{Pages: d.Info.Pages(), Bytes: d.Bytes, Sizes: sizes}, true, nil
}
