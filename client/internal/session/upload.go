package session

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"phonghop/shared/protocol"
)

// stall is how long an upload may stand still before it counts as cut off.
const stall = 30 * time.Second

// Sending is a PDF to be sent.
type Sending struct {
	// ID names the upload, so that it goes on where it was cut off; "" sends
	// it in one go.
	ID   string
	Name string
	Size int64 // bytes, -1 where not known
	// Open gives the file from its beginning; called once or twice for a try.
	Open func() (io.ReadCloser, error)
	// Progress is called with the bytes that are there so far, also when all
	// are sent and the server examines them; from one goroutine at a time. May
	// be nil.
	Progress func(sent int64)
	// Again says that an earlier try may have left something on the server.
	Again bool
}

// Upload sends a PDF.
func (s *Server) Upload(ctx context.Context, f Sending) (protocol.Uploaded, error) {
	var out protocol.Uploaded
	body, from, err := s.openAt(ctx, f)
	if err != nil {
		return out, err
	}
	defer body.Close()
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	counted := &countedReader{from: body, size: f.Size, sent: from, progress: f.Progress}
	counted.watch(stall, cancel)
	defer counted.stop()
	r, err := s.request(limited, http.MethodPost, "/v1/documents?"+f.query(from), counted)
	if err != nil {
		return out, err
	}
	r.Header.Set("Content-Type", "application/pdf")
	if f.Size >= 0 {
		r.ContentLength = f.Size - from
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

func (f Sending) query(from int64) string {
	q := url.Values{"name": {f.Name}}
	if f.ID != "" {
		q.Set("upload", f.ID)
		q.Set("from", strconv.FormatInt(from, 10))
		if f.Size >= 0 {
			q.Set("size", strconv.FormatInt(f.Size, 10))
		}
	}
	return q.Encode()
}

// openAt opens the file behind what the server has of it. What it has is
// compared first: a file that was changed in between, or a part that a power
// cut has damaged there, is sent from the beginning.
func (s *Server) openAt(ctx context.Context, f Sending) (body io.ReadCloser, from int64, err error) {
	var part protocol.UploadPart
	if f.ID != "" && f.Again {
		if err := s.call(ctx, http.MethodGet, "/v1/uploads/"+url.PathEscape(f.ID), nil, &part); err != nil {
			return nil, 0, err
		}
	}
	body, err = f.Open()
	if err != nil {
		return nil, 0, &Problem{Code: CodeFile, Err: err}
	}
	if part.Bytes <= 0 || f.Size >= 0 && part.Bytes >= f.Size {
		return body, 0, nil
	}
	sum := sha256.New()
	n, err := io.CopyN(sum, body, part.Bytes)
	if err == nil && hex.EncodeToString(sum.Sum(nil)) == part.Hash {
		return body, n, nil
	}
	_ = body.Close() // only read
	if body, err = f.Open(); err != nil {
		return nil, 0, &Problem{Code: CodeFile, Err: err}
	}
	return body, 0, nil
}

// DropUpload has the server forget what came of an upload.
func (s *Server) DropUpload(ctx context.Context, id string) error {
	return s.call(ctx, http.MethodDelete, "/v1/uploads/"+url.PathEscape(id), nil, nil)
}

// Turn makes a document of one whose pages (from 1; none means all) are turned
// clockwise by a multiple of 90 degrees.
func (s *Server) Turn(ctx context.Context, r Ref, pages []int, degrees int) (protocol.Uploaded, error) {
	var out protocol.Uploaded
	limited, cancel := context.WithTimeout(ctx, turnWithin)
	defer cancel()
	data, err := json.Marshal(protocol.TurnPages{Degrees: degrees, Pages: pages})
	if err != nil {
		return out, &Problem{Code: CodeOther, Err: err}
	}
	req, err := s.request(limited, http.MethodPost, r.path()+"/turned", bytes.NewReader(data))
	if err != nil {
		return out, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.patient.Do(req)
	if err != nil {
		return out, fromTransport(ctx, err)
	}
	return out, s.answer(ctx, resp, &out)
}

// turnWithin is how long the server may take to turn the pages of a large scan.
const turnWithin = 5 * time.Minute

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
