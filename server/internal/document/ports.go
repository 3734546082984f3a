package document

import (
	"context"
	"errors"
	"io"
	"os"

	"phonghop/server/internal/blob"
	"phonghop/shared/text"
)

// ErrUnknown is returned by a Store for what it does not have.
var ErrUnknown = errors.New("not in the store")

// Record is what is kept of a document for good.
type Record struct {
	Hash  string // SHA-256 of the file, 64 lower-case hexadecimal digits
	Bytes int64
	Info  Info
}

// Unread is a document of which some pages were not read yet.
type Unread struct {
	Hash string
	Next int // the first page (from 1) without a text
}

// Store keeps records and texts. Writes are durable when they return, and
// repeating one changes nothing.
type Store interface {
	// PutDocument keeps a record.
	PutDocument(ctx context.Context, r Record) error
	// Document returns a record, or ErrUnknown.
	Document(ctx context.Context, hash string) (Record, error)
	// DeleteDocument removes a record and its texts, if they are there.
	DeleteDocument(ctx context.Context, hash string) error
	// PutText keeps the text of a page (from 1), also an empty one, and makes
	// it ready for search. ErrUnknown: there is no such document.
	PutText(ctx context.Context, hash string, page int, text Text) error
	// Text returns the text of a page, or ErrUnknown when the page was not
	// read yet or does not exist.
	Text(ctx context.Context, hash string, page int) (Text, error)
	// Unread lists the documents that have pages without a text, in a stable
	// order.
	Unread(ctx context.Context) ([]Unread, error)
	// Search calls found for each page whose text has the phrase: document
	// after document in the order given, page after page, from the one with
	// index skip (from 0) on, until found returns false. Documents that are
	// not there have no pages.
	Search(ctx context.Context, hashes []string, q text.Query, skip int, found func(hash string, page int, text Text) bool) error
	// Coverage counts the pages of documents; those that are not there are
	// left out.
	Coverage(ctx context.Context, hashes []string) (map[string]Coverage, error)
}

// Blobs keeps the files themselves. Package blob says what its methods
// promise.
type Blobs interface {
	Put(ctx context.Context, r io.Reader, limit int64) (blob.Info, error)
	Continue(ctx context.Context, key string, from, size int64, r io.Reader, limit int64, interrupt func()) (blob.Info, error)
	Partial(ctx context.Context, key string) (blob.Info, error)
	Drop(ctx context.Context, key string) error
	Open(hash string) (*os.File, error)
	Path(hash string) (string, error)
	Delete(hash string) error
}

// Renderer opens PDF files. Its errors are *Refusal when the file is at
// fault. Pages count from 1.
type Renderer interface {
	// Inspect returns a document's pages, at least one, its outline and title.
	Inspect(ctx context.Context, file string) (Info, error)
	// Draw draws a page so that the whole of it is width pixels wide; when
	// tile is not zero, only this part of Grid(size, width). A tile of a page
	// made of pictures alone, at more than twice their own pixels, is refused
	// (CodeBadRequest) above TileWidthXL.
	Draw(ctx context.Context, file string, page, width int, tile Rect) (Picture, error)
	// Text returns the words of a page.
	Text(ctx context.Context, file string, page int) (Text, error)
}
