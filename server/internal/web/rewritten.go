package web

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// exportWithin bounds the writing of a document into another file.
const exportWithin = 2 * time.Minute

// rewritten has a document written anew into a file of its own, one document
// at a time, and hands that over to be used; it is gone afterwards.
func (s *Server) rewritten(w http.ResponseWriter, r *http.Request, hash string,
	write func(ctx context.Context, file, out string) error, use func(ctx context.Context, made *os.File) error) error {
	limitTime(w, exportWithin, answerWithin)
	ctx, cancel := context.WithTimeout(r.Context(), exportWithin)
	defer cancel()
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-ctx.Done():
		return ctx.Err()
	}
	file, err := s.Documents.Open(ctx, hash)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	folder, err := os.MkdirTemp("", "phonghop-export-")
	if err != nil {
		return fmt.Errorf("write a document anew: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // the system clears what stays
	out := filepath.Join(folder, "written.pdf")
	if err := write(ctx, file.Name(), out); err != nil {
		return err
	}
	made, err := os.Open(out) //nolint:gosec // in a folder of our own
	if err != nil {
		return err
	}
	defer func() { _ = made.Close() }() // only read
	return use(ctx, made)
}
