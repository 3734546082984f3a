package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"phonghop/server/internal/blob"
	"phonghop/server/internal/pdf"
	"phonghop/server/internal/sqlite"
	"phonghop/server/internal/sqlite/ballots"
)

// Folder is an open data folder:
//
//	phonghop.db   the database: events, people, sessions, texts
//	ballots.db    the ballots of secret votes, apart from everything else
//	documents/    the files, by their hash
//	tls/          the room's authority and certificate
//	cache/        what can be made again: page pictures, compiled code
type Folder struct {
	*Stack
	Path   string
	RoomID string

	db    *sqlite.DB
	boxes *ballots.Store
	pool  *pdf.Pool
}

// OpenFolder opens a data folder, making it where there is none. It belongs to
// this process until it is closed.
func OpenFolder(ctx context.Context, path string, log *slog.Logger) (*Folder, error) {
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	f := &Folder{Path: path, db: db}
	if err := f.open(ctx, log); err != nil {
		if f.pool != nil {
			err = errors.Join(err, f.pool.Close())
		}
		if f.boxes != nil {
			err = errors.Join(err, f.boxes.Close())
		}
		return nil, errors.Join(err, db.Close())
	}
	return f, nil
}

func (f *Folder) open(ctx context.Context, log *slog.Logger) (err error) {
	if f.RoomID, err = f.db.RoomID(ctx); err != nil {
		return err
	}
	blobs, err := blob.Open(filepath.Join(f.Path, "documents"))
	if err != nil {
		return fmt.Errorf("open the documents' folder: %w", err)
	}
	if f.boxes, err = ballots.Open(ctx, f.Path); err != nil {
		return err
	}
	f.pool, err = pdf.NewPool(pdf.Config{CacheDir: filepath.Join(f.Path, "cache", "code")})
	if err != nil {
		return err
	}
	f.Stack, err = Build(ctx, Parts{
		Log: f.db.Log(), Secrets: f.db.Accounts(), Records: f.db.Documents(), Notes: f.db.Notes(), Boxes: f.boxes, Blobs: blobs, Renderer: f.pool,
		PictureDir: filepath.Join(f.Path, "cache", "pages"), Now: time.Now, Logger: log,
	})
	return err
}

// Close ends all work and closes the folder.
func (f *Folder) Close() error {
	return errors.Join(f.Stack.Close(), f.pool.Close(), f.boxes.Close(), f.db.Close())
}
