package session

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"phonghop/shared/protocol"
)

// stall is how long an upload may stand still before it counts as cut off.
const stall = 30 * time.Second

// Upload sends a PDF. Size is its length in bytes, -1 where not known.
// progress is called with the bytes sent so far, also when all are sent and
// the server examines them; from one goroutine at a time.
func (s *Server) Upload(ctx context.Context, name string, size int64, body io.Reader, progress func(sent int64)) (protocol.Uploaded, error) {
	var out protocol.Uploaded
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	counted := &countedReader{from: body, size: size, progress: progress}
	counted.watch(stall, cancel)
	defer counted.stop()
	r, err := s.request(limited, http.MethodPost, "/v1/documents?name="+url.QueryEscape(name), counted)
	if err != nil {
		return out, err
	}
	r.Header.Set("Content-Type", "application/pdf")
	if size >= 0 {
		r.ContentLength = size
	}
	resp, err := s.patient.Do(r)
	if err != nil {
		if bad := counted.failure(); bad != nil {
			return out, &Problem{Code: CodeFile, Err: bad}
		}
		return out, fromTransport(ctx, err)
	}
	return out, s.answer(ctx, resp, &out)
}

// countedReader reads from a file, counts, and gives up when the network
// takes nothing any more.
type countedReader struct {
	from     io.Reader
	size     int64
	progress func(int64)

	mu    sync.Mutex
	sent  int64
	err   error // of the file
	timer *time.Timer
	after time.Duration
}

func (c *countedReader) watch(after time.Duration, giveUp func()) {
	c.after = after
	c.timer = time.AfterFunc(after, giveUp)
}

// stop ends the watch; also at the file's end, from where the server works.
func (c *countedReader) stop() { c.timer.Stop() }

// Read implements io.Reader.
func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.mu.Lock()
	c.sent += int64(n)
	sent := c.sent
	if err != nil && err != io.EOF {
		c.err = err
	}
	c.mu.Unlock()
	if err == nil && sent != c.size {
		c.timer.Reset(c.after)
	} else {
		c.timer.Stop() // the server examines the file, which takes its time
	}
	if n > 0 && c.progress != nil {
		c.progress(sent)
	}
	return n, err
}

func (c *countedReader) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
