package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func openAt(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var errUnplugged = errors.New("unplugged")

// cut gives so many bytes and fails.
func cut(b []byte) io.Reader {
	return io.MultiReader(bytes.NewReader(b), failing{})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errUnplugged }

// However often an upload is cut off, also with restarts between, what is stored in the end is the file.
func TestAnUploadGoesOnAfterCuts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "blobs")
		if err != nil {
			rt.Fatal(err)
		}
		whole := bytes.Repeat([]byte("phòng họp "), rapid.IntRange(1, 500).Draw(rt, "length"))
		s, ctx := openAt(t, dir), context.Background()
		known := rapid.Bool().Draw(rt, "length known")
		size := int64(-1)
		if known {
			size = int64(len(whole))
		}
		for range rapid.IntRange(0, 5).Draw(rt, "cuts") {
			part, err := s.Partial(ctx, "a")
			if err != nil || part.Hash != hashOf(whole[:part.Bytes]) {
				rt.Fatalf("%+v %v", part, err)
			}
			more := rapid.IntRange(0, len(whole)-int(part.Bytes)).Draw(rt, "more")
			_, err = s.Continue(ctx, "a", part.Bytes, size, cut(whole[part.Bytes:int(part.Bytes)+more]), 1<<20, nil)
			if !errors.Is(err, errUnplugged) {
				rt.Fatal(err)
			}
			if rapid.Bool().Draw(rt, "restart") {
				s = openAt(t, dir)
			}
		}
		part, _ := s.Partial(ctx, "a")
		got, err := s.Continue(ctx, "a", part.Bytes, size, bytes.NewReader(whole[part.Bytes:]), 1<<20, nil)
		if err != nil || got.Hash != hashOf(whole) || got.Bytes != int64(len(whole)) {
			rt.Fatalf("%+v %v", got, err)
		}
		if part, _ := s.Partial(ctx, "a"); part.Bytes != 0 {
			rt.Fatal("a part is left of what is whole")
		}
	})
}

func TestAnUploadThatDoesNotFitIsRefused(t *testing.T) {
	s, ctx := openAt(t, t.TempDir()), context.Background()
	_, _ = s.Continue(ctx, "a", 0, 10, cut([]byte("01234")), 100, nil)
	for name, c := range map[string]struct {
		from, size int64
		body       string
		want       error
	}{
		"from further":       {6, 10, "6789", ErrOffset},
		"from before":        {4, 10, "456789", ErrOffset},
		"longer than said":   {5, 7, "56789", ErrTooLarge},
		"longer than may be": {0, 200, "", ErrTooLarge},
		"endless":            {0, -1, string(make([]byte, 101)), ErrTooLarge},
	} {
		if name == "longer than said" {
			_, _ = s.Continue(ctx, "a", 0, 10, cut([]byte("01234")), 100, nil)
		}
		if _, err := s.Continue(ctx, "a", c.from, c.size, bytes.NewReader([]byte(c.body)), 100, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Continue(ctx, "b", 0, 10, bytes.NewReader([]byte("01234")), 100, nil); !errors.Is(err, ErrCut) {
		t.Errorf("half of it: %v", err)
	}
	if part, _ := s.Partial(ctx, "b"); part.Bytes != 5 {
		t.Errorf("of half of it %d bytes are kept", part.Bytes)
	}
	if err := s.Drop(ctx, "b"); err != nil {
		t.Fatal(err)
	}
	if part, _ := s.Partial(ctx, "b"); part.Bytes != 0 {
		t.Error("it is still there")
	}
}

// A new request does not wait for one whose sender has gone.
func TestANewTryEndsAnOldOne(t *testing.T) {
	s, ctx := openAt(t, t.TempDir()), context.Background()
	r, w := io.Pipe()
	first := make(chan error)
	go func() {
		_, err := s.Continue(ctx, "a", 0, 10, r, 100, func() { _ = w.CloseWithError(errUnplugged) }) // what r tells, also when it waits
		first <- err
	}()
	if _, err := w.Write([]byte("012")); err != nil {
		t.Fatal(err)
	}
	part, err := s.Partial(ctx, "a") // asks too, and so ends it
	if err != nil || part.Bytes != 3 {
		t.Fatalf("%+v %v", part, err)
	}
	if err := <-first; !errors.Is(err, errUnplugged) && !errors.Is(err, errOvertaken) {
		t.Error(err)
	}
	if _, err := s.Continue(ctx, "a", 3, 10, bytes.NewReader([]byte("3456789")), 100, nil); err != nil {
		t.Error(err)
	}
}

func TestOldPartsAreSwept(t *testing.T) {
	dir := t.TempDir()
	s, ctx := openAt(t, dir), context.Background()
	for i := range maxPartials + 10 {
		_, _ = s.Continue(ctx, fmt.Sprint(i), 0, 10, cut([]byte("012")), 100, nil)
	}
	files, _ := os.ReadDir(filepath.Join(dir, "partial"))
	if len(files) > maxPartials {
		t.Errorf("%d parts are kept", len(files))
	}
	old := time.Now().Add(-2 * partialLife)
	if err := os.Chtimes(s.partial("70"), old, old); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, dir)
	if part, _ := s.Partial(ctx, "70"); part.Bytes != 0 {
		t.Error("what nobody went on with is kept for ever")
	}
	if part, _ := s.Partial(ctx, "71"); part.Bytes != 3 {
		t.Error("what is new is gone after a restart")
	}
}

// What is refused for its size, or because the disk is full, leaves no part.
func TestNoPartIsLeftOfWhatIsRefused(t *testing.T) {
	dir := t.TempDir()
	s, ctx := openAt(t, dir), context.Background()
	if _, err := s.Continue(ctx, "large", 0, -1, bytes.NewReader(make([]byte, 101)), 100, nil); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	_, _ = s.Continue(ctx, "kept", 0, 10, cut([]byte("012")), 100, nil)
	s.spare = func() bool { return false }
	if _, err := s.Continue(ctx, "kept", 3, 10, bytes.NewReader([]byte("3456789")), 100, nil); !errors.Is(err, ErrNoSpace) {
		t.Errorf("no room: %v", err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "partial")); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// However many parts come, one that is being taken in stays.
func TestAPartThatComesInIsNotSwept(t *testing.T) {
	s, ctx := openAt(t, t.TempDir()), context.Background()
	r, w := io.Pipe()
	done := make(chan error)
	go func() {
		_, err := s.Continue(ctx, "slow", 0, 6, r, 100, nil)
		done <- err
	}()
	if _, err := w.Write([]byte("012")); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * partialLife)
	if err := os.Chtimes(s.partial("slow"), old, old); err != nil {
		t.Fatal(err)
	}
	for i := range maxPartials + 1 {
		_, _ = s.Continue(ctx, fmt.Sprint(i), 0, 10, cut([]byte("012")), 100, nil)
	}
	if _, err := w.Write([]byte("345")); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	if err := <-done; err != nil {
		t.Errorf("its part is gone: %v", err)
	}
}
