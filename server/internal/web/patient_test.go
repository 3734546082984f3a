package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// deadlines is a writer that notes until when may be read.
type deadlines struct {
	http.ResponseWriter
	read time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error  { d.read = at; return nil }
func (d *deadlines) SetWriteDeadline(at time.Time) error { return nil }

// Who is woken just before he reads on does not wait for another part.
func TestAWokenReaderWaitsNoMore(t *testing.T) {
	w := &deadlines{ResponseWriter: httptest.NewRecorder()}
	p := &patient{from: strings.NewReader("0123456789"), c: http.NewResponseController(w)}
	b := make([]byte, 4)
	if n, err := p.Read(b); n != 4 || err != nil || !w.read.After(time.Now()) {
		t.Fatalf("%d bytes, %v, until %v", n, err, w.read)
	}
	p.wake()
	if n, err := p.Read(b); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) || w.read.After(time.Now()) {
		t.Errorf("%d bytes, %v, until %v", n, err, w.read)
	}
}
