package web

import (
	"bytes"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"time"

	"phonghop/server/internal/document"
	"phonghop/shared/protocol"
)

// upload takes in a file as it comes: nothing but a few kilobytes of it is
// ever in memory. A sender that is slow is waited for as long as it sends.
func (s *Server) upload(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	if !s.Hall.MayUpload(who.id()) {
		return 0, nil, errNotAllowed
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	default:
		p := trouble(http.StatusServiceUnavailable, protocol.CodeUnavailable, "too many uploads at a time")
		p.RetryAfter = 5
		return 0, nil, p
	}
	body := &patient{from: r.Body, c: http.NewResponseController(w)}
	d, err := s.takeIn(r, who, body)
	if errors.Is(err, document.ErrOffset) {
		return 0, nil, trouble(http.StatusConflict, protocol.CodeOffset, "from")
	}
	if err != nil {
		var refused *document.Refusal
		if !errors.As(err, &refused) && !errors.Is(err, document.ErrClosed) {
			s.Log.Warn("upload ended", "err", err)
		}
		return 0, nil, err
	}
	return http.StatusCreated, protocol.Uploaded{Hash: d.Hash, Name: d.Name, Pages: d.Info.Pages(), Bytes: d.Bytes}, nil
}

// patient reads a long body: each part has its own time.
type patient struct {
	from io.Reader
	c    *http.ResponseController

	mu    sync.Mutex
	woken bool
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.wait(); err != nil {
		return 0, err
	}
	return p.from.Read(b)
}

// wait gives the next part its time, unless nobody wants it any more.
func (p *patient) wait() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.woken {
		return os.ErrDeadlineExceeded
	}
	now := time.Now()
	_ = p.c.SetReadDeadline(now.Add(idleWithin))
	// The answer comes after the whole body, and after it was examined.
	_ = p.c.SetWriteDeadline(now.Add(idleWithin + 5*time.Minute))
	return nil
}

// wake ends the reading, also one that waits.
func (p *patient) wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.woken = true
	_ = p.c.SetReadDeadline(time.Now())
}

// mayRead finds the document that the path names, if it is for the caller.
func (s *Server) mayRead(r *http.Request, who caller) (hash, name string, err error) {
	hash = r.PathValue("hash")
	name, ok, err := s.Hall.MayRead(r.Context(), who.id(), r.PathValue("meeting"), r.PathValue("item"), hash)
	if err == nil && !ok {
		err = errNotFound
	}
	return hash, name, err
}

// immutable lets the caller's own device keep an answer for good: its address
// names its content.
func immutable(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Add("Vary", "Authorization")
	h.Add("Vary", "Cookie")
}

func (s *Server) documentFile(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	hash, name, err := s.mayRead(r, who)
	if err != nil {
		return 0, nil, err
	}
	f, err := s.Documents.Open(r.Context(), hash)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = f.Close() }() // only read
	immutable(w)
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", "inline; filename*=UTF-8''"+url.PathEscape(name))
	h.Set("ETag", f.ETag)
	http.ServeContent(&steady{ResponseWriter: w, c: http.NewResponseController(w)}, r, "", time.Time{}, f)
	return 0, nil, nil
}

// steady writes a long answer: each part has its own time.
type steady struct {
	http.ResponseWriter
	c *http.ResponseController
}

func (s *steady) Write(b []byte) (int, error) {
	_ = s.c.SetWriteDeadline(time.Now().Add(idleWithin))
	return s.ResponseWriter.Write(b)
}

func (s *Server) documentInfo(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	hash, _, err := s.mayRead(r, who)
	if err != nil {
		return 0, nil, err
	}
	record, err := s.Documents.Document(r.Context(), hash)
	if err != nil {
		return 0, nil, err
	}
	out := protocol.DocumentInfo{Hash: hash, Pages: record.Info.Pages(), Sizes: make([][2]float64, 0, record.Info.Pages()), NoCopy: record.Info.NoCopy}
	for _, size := range record.Info.Sizes {
		out.Sizes = append(out.Sizes, [2]float64{points(size.W), points(size.H)})
	}
	for _, o := range record.Info.Outline {
		out.Outline = append(out.Outline, protocol.OutlineEntry{Title: o.Title, Page: o.Page, Level: o.Level})
	}
	immutable(w)
	return http.StatusOK, out, nil
}

func (s *Server) pagePicture(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	hash, page, err := s.page(r, who)
	if err != nil {
		return 0, nil, err
	}
	width, err := number(r, "width")
	if err != nil {
		return 0, nil, err
	}
	drawn, err := s.Documents.Page(r.Context(), hash, page, width)
	return picture(w, r, drawn, err)
}

func (s *Server) pageTile(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	hash, page, err := s.page(r, who)
	if err != nil {
		return 0, nil, err
	}
	var at [3]int
	for i, name := range []string{"width", "x", "y"} {
		if at[i], err = number(r, name); err != nil {
			return 0, nil, err
		}
	}
	drawn, err := s.Documents.Tile(r.Context(), hash, page, at[0], at[1], at[2])
	return picture(w, r, drawn, err)
}

func picture(w http.ResponseWriter, r *http.Request, drawn document.Drawn, err error) (int, any, error) {
	if err != nil {
		return 0, nil, err
	}
	limitTime(w, answerWithin, 0) // drawing has taken some of it
	immutable(w)
	w.Header().Set("Content-Type", drawn.ContentType)
	w.Header().Set("ETag", drawn.ETag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(drawn.Data))
	return 0, nil, nil
}

func (s *Server) pageText(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	hash, page, err := s.page(r, who)
	if err != nil {
		return 0, nil, err
	}
	found, err := s.Documents.Text(r.Context(), hash, page)
	if err != nil {
		return 0, nil, err
	}
	immutable(w)
	return http.StatusOK, textOf(page, found), nil
}

func (s *Server) page(r *http.Request, who caller) (hash string, page int, err error) {
	if hash, _, err = s.mayRead(r, who); err != nil {
		return "", 0, err
	}
	page, err = strconv.Atoi(r.PathValue("page"))
	if err != nil {
		return "", 0, invalid("page")
	}
	return hash, page, nil
}

func number(r *http.Request, name string) (int, error) {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil {
		return 0, invalid(name)
	}
	return n, nil
}

// points rounds to a hundredth of a point, as far as anybody can see.
func points(v float32) float64 { return math.Round(float64(v)*100) / 100 }
