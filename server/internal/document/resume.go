package document

import (
	"context"
	"errors"
	"io"

	"phonghop/server/internal/blob"
)

// Part is how much has come of an upload.
type Part struct {
	Bytes int64
	Hash  string // SHA-256 of these bytes
}

// ErrOffset is the error of an upload that shall go on from where it has not
// come to.
var ErrOffset = errors.New("the upload goes on from somewhere else")

// Continue is Upload in parts: r has what comes behind the first from bytes,
// size is the length of the whole, -1 where not known. What came before a cut
// is kept for a day under the key, which is the sender's own. ErrOffset: look
// with Come how much is here. A new try ends one that still waits for bytes;
// interrupt is called to wake its r.
func (s *Service) Continue(ctx context.Context, key, name string, from, size int64, r io.Reader, interrupt func()) (Document, error) {
	info, err := s.config.Blobs.Continue(ctx, key, from, size, r, s.config.MaxBytes, interrupt)
	if errors.Is(err, blob.ErrOffset) {
		return Document{}, ErrOffset
	}
	return s.uploaded(ctx, name, info, err)
}

// Come tells how much has come of an upload.
func (s *Service) Come(ctx context.Context, key string) (Part, error) {
	info, err := s.config.Blobs.Partial(ctx, key)
	return Part{info.Bytes, info.Hash}, err
}

// Forget drops what has come of an upload.
func (s *Service) Forget(ctx context.Context, key string) error { return s.config.Blobs.Drop(ctx, key) }
