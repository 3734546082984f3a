// Package document takes in the files of a meeting and shows their pages: it
// keeps each content once, by its hash, has it inspected, draws pages when
// they are asked for and ahead of it, and reads their text.
package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"sync"

	"phonghop/server/internal/blob"
)

// Config says what a Service works with. The zero value of a bound stands for
// its default.
type Config struct {
	Store    Store
	Blobs    Blobs
	Renderer Renderer
	Log      *slog.Logger // of background work; nil: none

	CacheDir     string // of drawn pictures
	CacheBytes   int64  // bound on them; default 2 GiB
	MaxBytes     int64  // of an upload; default 500 MiB
	MaxPages     int    // of a document; default 5,000
	Workers      int    // calls to the Renderer at a time; default 2
	PreparePages int    // of each document that are drawn ahead; default 400, negative: none
}

func (c Config) withDefaults() Config {
	if c.CacheBytes <= 0 {
		c.CacheBytes = 2 << 30
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = 500 << 20
	}
	if c.MaxPages <= 0 {
		c.MaxPages = 5_000
	}
	if c.Workers <= 0 {
		c.Workers = 2
	}
	if c.PreparePages == 0 {
		c.PreparePages = 400
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Document is an uploaded file. The name belongs to the upload, everything
// else to the content.
type Document struct {
	Hash  string
	Name  string // see CleanName
	Bytes int64
	Info  Info
}

// Service takes in documents and shows them. Its methods may be called from
// any goroutine. Who may see what is the caller's to decide.
type Service struct {
	config   Config
	pictures *pictures
	jobs     *jobs
	ahead    *ahead

	mu         sync.Mutex
	known      map[string]Record        // a few records of the store, which never change
	taking     map[string]int           // uploads under way whose bytes are here, by hash
	discarding map[string]chan struct{} // closed when the file of a refused upload is gone
}

// New makes a Service, and lets it go on with what an earlier run left undone.
func New(config Config) (*Service, error) {
	config = config.withDefaults()
	cache, err := openPictures(config.CacheDir, config.CacheBytes)
	if err != nil {
		return nil, err
	}
	s := &Service{config: config, pictures: cache, jobs: newJobs(config.Workers), known: map[string]Record{},
		taking: map[string]int{}, discarding: map[string]chan struct{}{}}
	s.ahead = newAhead(s)
	return s, nil
}

// Close ends the work in the background and waits for it, and for calls that
// draw. Calls that wait return ErrClosed.
func (s *Service) Close() error {
	s.ahead.stop()
	s.jobs.close()
	s.ahead.wait.Wait()
	return nil
}

// Upload stores a file and inspects it. The error is a *Refusal when the file
// can not be taken; nothing of it is kept then. What r or ctx return comes
// back as it is. A content that is there already is neither stored nor
// inspected again.
func (s *Service) Upload(ctx context.Context, name string, r io.Reader) (Document, error) {
	info, err := s.config.Blobs.Put(ctx, r, s.config.MaxBytes)
	return s.uploaded(ctx, name, info, err)
}

// uploaded examines the file that has come and keeps what it is.
func (s *Service) uploaded(ctx context.Context, name string, info blob.Info, err error) (Document, error) {
	switch {
	case errors.Is(err, blob.ErrTooLarge):
		return Document{}, Refuse(CodeTooLarge, "more than %d bytes", s.config.MaxBytes)
	case errors.Is(err, blob.ErrNoSpace):
		return Document{}, Refuse(CodeNoSpace, "%v", err)
	case err != nil:
		return Document{}, err
	}
	// The bytes are here: a client that hangs up now changes nothing.
	ctx = context.WithoutCancel(ctx)
	s.take(info.Hash)
	record, err := do(ctx, s.jobs, info.Hash+"/inspect", false, func(ctx context.Context) (Record, error) {
		return s.admit(ctx, info)
	})
	if gone := s.taken(ctx, info.Hash, err != nil); gone != nil {
		s.config.Log.Warn("a refused upload was not removed", "error", gone)
	}
	if err != nil {
		return Document{}, err
	}
	return Document{Hash: info.Hash, Name: CleanName(name), Bytes: info.Bytes, Info: record.Info}, nil
}

// admit inspects a stored file and keeps the result.
func (s *Service) admit(ctx context.Context, file blob.Info) (Record, error) {
	if record, err := s.record(ctx, file.Hash); err == nil {
		return record, nil
	} else if !errors.Is(err, &Refusal{Code: CodeNotFound}) {
		return Record{}, err
	}
	if file.Bytes == 0 {
		return Record{}, Refuse(CodeEmpty, "the file has no bytes")
	}
	path, err := s.config.Blobs.Path(file.Hash)
	if err != nil {
		return Record{}, err
	}
	info, err := s.config.Renderer.Inspect(ctx, path)
	if err != nil {
		return Record{}, err
	}
	if info.Pages() > s.config.MaxPages {
		return Record{}, Refuse(CodeTooManyPages, "%d pages; at most %d are allowed", info.Pages(), s.config.MaxPages)
	}
	record := Record{Hash: file.Hash, Bytes: file.Bytes, Info: info}
	if err := s.config.Store.PutDocument(ctx, record); err != nil {
		return Record{}, fmt.Errorf("keep a document: %w", err)
	}
	s.ahead.add(file.Hash)
	return record, nil
}

// take notes that the bytes of an upload are here. It waits while the same
// content is being removed: what is admitted now must not go with it.
func (s *Service) take(hash string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.discarding[hash] != nil {
		gone := s.discarding[hash]
		s.mu.Unlock()
		<-gone
		s.mu.Lock()
	}
	s.taking[hash]++
}

// taken ends what take began. The last of the uploads of a content removes the
// file if it was refused.
func (s *Service) taken(ctx context.Context, hash string, refused bool) error {
	s.mu.Lock()
	if s.taking[hash]--; s.taking[hash] > 0 {
		s.mu.Unlock()
		return nil
	}
	delete(s.taking, hash)
	if !refused {
		s.mu.Unlock()
		return nil
	}
	gone := make(chan struct{})
	s.discarding[hash] = gone
	s.mu.Unlock()
	err := s.discard(ctx, hash)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.discarding, hash)
	close(gone)
	return err
}

// discard removes a file that was not admitted, unless another upload of the
// same content was.
func (s *Service) discard(ctx context.Context, hash string) error {
	if _, err := s.config.Store.Document(ctx, hash); !errors.Is(err, ErrUnknown) {
		return err
	}
	return s.config.Blobs.Delete(hash)
}

// maxKnown bounds the records in memory; the longest is 100 kB.
const maxKnown = 200

// record returns a document's record, or a refusal with CodeNotFound.
func (s *Service) record(ctx context.Context, hash string) (Record, error) {
	s.mu.Lock()
	r, ok := s.known[hash]
	s.mu.Unlock()
	if ok {
		return r, nil
	}
	if !blob.Valid(hash) {
		return Record{}, Refuse(CodeNotFound, "not a hash")
	}
	r, err := s.config.Store.Document(ctx, hash)
	if errors.Is(err, ErrUnknown) {
		return Record{}, Refuse(CodeNotFound, "%s", hash)
	}
	if err != nil {
		return Record{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for other := range s.known {
		if len(s.known) < maxKnown {
			break
		}
		delete(s.known, other)
	}
	s.known[hash] = r
	return r, nil
}

// Document returns what is known of a content. The error is a *Refusal with
// CodeNotFound when there is none. The caller must not change the Info.
func (s *Service) Document(ctx context.Context, hash string) (Record, error) {
	return s.record(ctx, hash)
}

// File is a document's bytes. Who opens it closes it.
type File struct {
	*os.File
	Bytes int64
	ETag  string // strong, with its quotes
}

// Open opens a document for reading from any place in it. The error is a
// *Refusal with CodeNotFound when there is none.
func (s *Service) Open(ctx context.Context, hash string) (*File, error) {
	record, err := s.record(ctx, hash)
	if err != nil {
		return nil, err
	}
	f, err := s.config.Blobs.Open(hash)
	if err != nil {
		return nil, err
	}
	return &File{File: f, Bytes: record.Bytes, ETag: `"` + hash + `"`}, nil
}

// Delete removes a document with its texts and pictures. One that is not
// there is no error.
func (s *Service) Delete(ctx context.Context, hash string) error {
	if !blob.Valid(hash) {
		return nil
	}
	s.ahead.remove(hash)
	if err := s.config.Store.DeleteDocument(ctx, hash); err != nil {
		return fmt.Errorf("delete a document: %w", err)
	}
	s.mu.Lock()
	delete(s.known, hash)
	s.mu.Unlock()
	s.pictures.removeDocument(hash)
	if err := s.config.Blobs.Delete(hash); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete a document: %w", err)
	}
	return nil
}
