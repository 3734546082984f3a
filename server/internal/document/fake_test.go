package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"phonghop/server/internal/blob"
)

// fakeRenderer takes files of the form "PAGES pages ..." for documents. It
// counts what it is asked for, and can be held.
type fakeRenderer struct {
	mu      sync.Mutex
	calls   []string       // in the order in which they began
	count   map[string]int // by call
	running int
	most    int
	gate    chan struct{} // when not nil, every call takes a token
	fail    map[string]error
}

func newFake() *fakeRenderer {
	return &fakeRenderer{count: map[string]int{}, fail: map[string]error{}}
}

func (f *fakeRenderer) begin(ctx context.Context, call string) error {
	f.mu.Lock()
	f.calls = append(f.calls, call)
	f.count[call]++
	f.running++
	f.most = max(f.most, f.running)
	gate, err := f.gate, f.fail[call]
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.running--
		f.mu.Unlock()
	}()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}

func (f *fakeRenderer) Inspect(ctx context.Context, file string) (Info, error) {
	if err := f.begin(ctx, "inspect"); err != nil {
		return Info{}, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return Info{}, err
	}
	var pages int
	if _, err := fmt.Sscanf(string(data), "%d pages", &pages); err != nil {
		return Info{}, Refuse(CodeNotPDF, "%v", err)
	}
	info := Info{Title: "title"}
	for range pages {
		info.Sizes = append(info.Sizes, Size{W: 595, H: 842})
	}
	return info, nil
}

func (f *fakeRenderer) Draw(ctx context.Context, _ string, page, width int, tile Rect) (Picture, error) {
	call := fmt.Sprintf("draw %d %d %v", page, width, tile)
	if err := f.begin(ctx, call); err != nil {
		return Picture{}, err
	}
	kind := "image/png"
	if page%2 == 0 {
		kind = "image/jpeg"
	}
	return Picture{ContentType: kind, Width: width, Height: 2 * width, Data: []byte(strings.Repeat(call, 50))}, nil
}

func (f *fakeRenderer) Text(ctx context.Context, _ string, page int) (Text, error) {
	if err := f.begin(ctx, fmt.Sprintf("text %d", page)); err != nil {
		return Text{}, err
	}
	return Text{Lines: []Line{{Words: []Word{{Text: fmt.Sprintf("page-%d", page)}}}}}, nil
}

func (f *fakeRenderer) counted(call string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count[call]
}

func (f *fakeRenderer) order() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.calls...)
}

type fixture struct {
	*Service
	fake  *fakeRenderer
	store *MemoryStore
	blobs *blob.Store
}

// newService makes a service with a fake renderer that ends with the test.
func newService(t testing.TB, change func(*Config)) fixture {
	t.Helper()
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	fake, store := newFake(), NewMemoryStore()
	config := Config{Store: store, Blobs: blobs, Renderer: fake, CacheDir: t.TempDir(), PreparePages: -1}
	if change != nil {
		change(&config)
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if given, ok := config.Store.(*MemoryStore); ok {
		store = given
	}
	if given, ok := config.Renderer.(*fakeRenderer); ok {
		fake = given
	}
	return fixture{Service: s, fake: fake, store: store, blobs: blobs}
}

func (f fixture) upload(t testing.TB, content string) Document {
	t.Helper()
	doc, err := f.Upload(t.Context(), "file.pdf", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}
