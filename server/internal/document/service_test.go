package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
)

func wantCode(t testing.TB, err error, code Code) {
	t.Helper()
	if !errors.Is(err, &Refusal{Code: code}) {
		t.Fatalf("got error %v, want %s", err, code)
	}
}

func TestUpload(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	const content = "3 pages of something"
	doc, err := s.Upload(t.Context(), "Tờ trình 12/TTr.pdf", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Hash != hashOf(content) || doc.Bytes != int64(len(content)) || doc.Info.Pages() != 3 || doc.Name != "Tờ trình 12-TTr.pdf" {
		t.Errorf("got %+v", doc)
	}
	f, err := s.Open(t.Context(), doc.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Seek(8, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(f); err != nil || string(rest) != content[8:] || f.ETag != `"`+doc.Hash+`"` {
		t.Errorf("read %q, %v, etag %s", rest, err, f.ETag)
	}
}

func TestUploadTwiceInspectsOnce(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	var wait sync.WaitGroup
	for range 10 {
		wait.Go(func() {
			if _, err := s.Upload(t.Context(), "a.pdf", strings.NewReader("2 pages")); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := s.fake.counted("inspect"); n != 1 {
		t.Errorf("inspected %d times", n)
	}
}

func TestUploadRefusals(t *testing.T) {
	t.Parallel()
	lost := errors.New("the line broke")
	for _, c := range []struct {
		name    string
		content io.Reader
		code    Code
		err     error
	}{
		{"not a document", strings.NewReader("nothing"), CodeNotPDF, nil},
		{"no bytes", strings.NewReader(""), CodeEmpty, nil},
		{"too many bytes", bytes.NewReader(make([]byte, 101)), CodeTooLarge, nil},
		{"too many pages", strings.NewReader("11 pages"), CodeTooManyPages, nil},
		{"cut", io.MultiReader(strings.NewReader("3 pages"), iotest.ErrReader(lost)), "", lost},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(c *Config) { c.MaxBytes, c.MaxPages = 100, 10 })
			_, err := s.Upload(t.Context(), "a.pdf", c.content)
			if c.err != nil {
				if !errors.Is(err, c.err) {
					t.Errorf("got %v", err)
				}
			} else {
				wantCode(t, err, c.code)
			}
			for _, content := range []string{"nothing", "", "11 pages", "3 pages"} {
				if _, err := s.blobs.Stat(hashOf(content)); err == nil {
					t.Errorf("%q was kept", content)
				}
			}
		})
	}
}

// A failure that is not the file's fault leaves nothing, and the next try
// succeeds.
func TestUploadFailureIsNotForGood(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	s.fake.fail["inspect"] = errors.New("no worker")
	if _, err := s.Upload(t.Context(), "a.pdf", strings.NewReader("2 pages")); err == nil {
		t.Fatal("no error")
	}
	if _, err := s.blobs.Stat(hashOf("2 pages")); err == nil {
		t.Error("the file was kept")
	}
	s.fake.mu.Lock()
	delete(s.fake.fail, "inspect")
	s.fake.mu.Unlock()
	s.upload(t, "2 pages")
}

func TestDelete(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	doc := s.upload(t, "2 pages")
	if _, err := s.Page(t.Context(), doc.Hash, 1, 800); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Delete(t.Context(), doc.Hash); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Page(t.Context(), doc.Hash, 1, 800)
	wantCode(t, err, CodeNotFound)
	_, err = s.Open(t.Context(), doc.Hash)
	wantCode(t, err, CodeNotFound)
	_, err = s.Text(t.Context(), doc.Hash, 1)
	wantCode(t, err, CodeNotFound)
	if s.pictures.bytes != 0 {
		t.Errorf("%d bytes of pictures are left", s.pictures.bytes)
	}
	s.upload(t, "2 pages")
}

func TestTextInTheBackground(t *testing.T) {
	t.Parallel()
	s := newService(t, func(c *Config) { c.PreparePages = 5 })
	doc := s.upload(t, "12 pages")
	if err := s.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	if unread, err := s.store.Unread(t.Context()); err != nil || len(unread) != 0 {
		t.Errorf("unread: %v, %v", unread, err)
	}
	for page := 1; page <= 12; page++ {
		if _, err := s.Text(t.Context(), doc.Hash, page); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Page(t.Context(), doc.Hash, page, 800); err != nil {
			t.Fatal(err)
		}
	}
	order := s.fake.order()
	if order[1] != "draw 1 800 {0 0 0 0}" || s.fake.counted("text 12") != 1 || s.fake.counted("draw 5 800 {0 0 0 0}") != 1 {
		t.Errorf("calls: %v", order)
	}
}

// Pages that cannot be read or drawn do not keep the others from it.
func TestBackgroundSkipsBadPages(t *testing.T) {
	t.Parallel()
	s := newService(t, func(c *Config) { c.PreparePages = 10 })
	s.fake.fail["text 2"] = Refuse(CodeBroken, "")
	s.fake.fail["draw 1 800 {0 0 0 0}"] = Refuse(CodeTimeout, "")
	doc := s.upload(t, "3 pages")
	if err := s.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	text, err := s.Text(t.Context(), doc.Hash, 2)
	if err != nil || !text.Cut || len(text.Lines) != 0 {
		t.Errorf("got %+v, %v", text, err)
	}
	if s.fake.counted("text 3") != 1 || s.fake.counted("draw 3 800 {0 0 0 0}") != 1 {
		t.Errorf("calls: %v", s.fake.order())
	}
}

// What was not read when the server ended is read after its next start.
func TestReadingResumes(t *testing.T) {
	t.Parallel()
	store := NewMemoryStore()
	s := newService(t, func(c *Config) { c.Store = store })
	doc := s.upload(t, "4 pages")
	if err := s.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	store.mu.Lock()
	delete(store.texts[doc.Hash], 3)
	delete(store.texts[doc.Hash], 4)
	store.mu.Unlock()
	again := newService(t, func(c *Config) { c.Store, c.Blobs = store, s.blobs })
	if err := again.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(again.fake.order(), ","); got != "text 3,text 4" {
		t.Errorf("calls: %s", got)
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	doc := s.upload(t, "30 pages")
	if err := s.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.fake.mu.Lock()
	s.fake.gate = make(chan struct{})
	s.fake.mu.Unlock()
	errs := make(chan error, 6)
	for page := range cap(errs) {
		go func() {
			_, err := s.Page(context.Background(), doc.Hash, page+1, 800)
			errs <- err
		}()
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range cap(errs) {
		if err := <-errs; !errors.Is(err, ErrClosed) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := s.Upload(t.Context(), "a.pdf", strings.NewReader("2 pages")); !errors.Is(err, ErrClosed) {
		t.Errorf("upload: %v", err)
	}
	if _, err := s.blobs.Stat(hashOf("2 pages")); err == nil {
		t.Error("the upload was kept")
	}
}

// between is a store that lets something happen when it is asked for the
// second time.
type between struct {
	Store
	asked atomic.Int32
	then  func()
}

func (b *between) Document(ctx context.Context, hash string) (Record, error) {
	r, err := b.Store.Document(ctx, hash)
	if b.asked.Add(1) == 2 {
		b.then()
	}
	return r, err
}

// An upload that is acknowledged keeps its file, also while an earlier one of
// the same content, that failed, is being cleaned up.
func TestAcknowledgedUploadKeepsItsFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &between{}
		s := newService(t, func(c *Config) { store.Store, c.Store = c.Store, store })
		s.fake.fail["inspect"] = errors.New("the worker has died")
		second := make(chan error, 1)
		store.then = func() { // the first one is about to remove the file
			s.fake.mu.Lock()
			delete(s.fake.fail, "inspect")
			s.fake.mu.Unlock()
			go func() {
				_, err := s.Upload(context.Background(), "b.pdf", strings.NewReader("2 pages"))
				second <- err
			}()
			synctest.Wait() // as far as it comes meanwhile
		}
		if _, err := s.Upload(t.Context(), "a.pdf", strings.NewReader("2 pages")); err == nil {
			t.Fatal("the first was taken")
		}
		hash := hashOf("2 pages")
		if err := <-second; err == nil {
			f, err := s.Open(t.Context(), hash)
			if err != nil {
				t.Fatalf("the second was acknowledged, and its file is gone: %v", err)
			}
			_ = f.Close()
		}
		again, err := s.Upload(t.Context(), "c.pdf", strings.NewReader("2 pages"))
		if err != nil || again.Hash != hash {
			t.Errorf("once more: %v", err)
		}
	})
}
