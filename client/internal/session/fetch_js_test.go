package session

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall/js"
	"testing"
	"time"
)

// These run in a browser's page, whose server answers as they expect.

func fetched(t *testing.T, ctx context.Context, method, path string, body io.Reader, change func(*http.Request)) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, js.Global().Get("location").Get("origin").String()+path, body)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	return newHTTPClient(nil, 0).Do(r)
}

// heard is what the server says it was asked.
type heard struct{ Method, Header, Cookie, Body string }

func ask(t *testing.T, body string, change func(*http.Request)) (out heard) {
	t.Helper()
	resp, err := fetched(t, t.Context(), http.MethodPost, "/heard", strings.NewReader(body), change)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBrowserFetchSendsWhatItIsGiven(t *testing.T) {
	js.Global().Get("document").Set("cookie", "who=me")
	with := func(r *http.Request) { r.Header.Set("X-Header", "quận 1") }
	want := heard{http.MethodPost, "", "me", strings.Repeat("Phượng", 50_000)}
	if got := ask(t, want.Body, nil); got != want {
		t.Errorf("the server heard %.200v", got)
	}
	if got := ask(t, "", nameless); got.Cookie != "" {
		t.Errorf("a nameless request came with the cookie of %q", got.Cookie)
	}
	r, err := fetched(t, t.Context(), http.MethodPost, "/heard", nil, with)
	if err == nil {
		t.Errorf("a header that cannot be sent was: %v", r.Status)
	}
}

func TestBrowserFetchReadsTheWholeAnswer(t *testing.T) {
	resp, err := fetched(t, t.Context(), http.MethodGet, "/large", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Equal(data, bytes.Repeat([]byte("0123456789"), 500_000)) || resp.ContentLength != int64(len(data)) {
		t.Errorf("%d of %d bytes came, %v", len(data), resp.ContentLength, err)
	}
	if n, err := resp.Body.Read(make([]byte, 10)); n != 0 || err != io.EOF {
		t.Errorf("after the end: %d, %v", n, err)
	}
	resp, err = fetched(t, t.Context(), http.MethodGet, "/missing", nil, nil)
	if err != nil || resp.StatusCode != http.StatusNotFound || resp.Header.Get("Retry-After") != "7" {
		t.Errorf("an answer that is an error: %+v, %v", resp, err)
	}
	resp, err = fetched(t, t.Context(), http.MethodDelete, "/nothing", nil, nil)
	if err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatal(resp, err)
	}
	if data, err := io.ReadAll(resp.Body); len(data) != 0 || err != nil {
		t.Errorf("an answer without a body has %q, %v", data, err)
	}
}

// An answer that begins and does not go on ends with the request's context: a request that waits for ever would hold up all that
// comes after it.
func TestBrowserFetchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	resp, err := fetched(t, ctx, http.MethodGet, "/stalls", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(resp.Body)
	if string(data) != "the beginning" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%q, %v", data, err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := fetched(t, ctx, http.MethodGet, "/stalls", nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("given up before it was sent: %v", err)
	}
}

func TestBrowserFetchIsClosedBeforeTheEnd(t *testing.T) {
	resp, err := fetched(t, t.Context(), http.MethodGet, "/stalls", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := resp.Body.Read(make([]byte, 10)); n != 0 || err == nil {
		t.Errorf("read after it was closed: %d, %v", n, err)
	}
}

func TestBrowserFetchGoesNowhereElse(t *testing.T) {
	if resp, err := fetched(t, t.Context(), http.MethodGet, "/elsewhere", nil, nil); err == nil {
		t.Errorf("followed: %+v", resp)
	}
}
