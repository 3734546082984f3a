package session

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// Bounds of requests.
const (
	callTimeout   = 20 * time.Second // for a whole small answer
	answerTimeout = 10 * time.Minute // from the last byte of an upload to the answer
	maxAnswer     = 16 << 20         // bytes of a JSON answer
	maxPicture    = 32 << 20         // bytes of a page's picture
	maxRetryAfter = time.Hour
)

// Server is one room's server as this device talks to it: where it is, by
// which key it is recognised, and the sign-in. It is safe for concurrent use.
// All its errors are *Problem, or the context's when the caller gave up.
type Server struct {
	pin     *pin.Pin
	quick   requester
	patient requester // for uploads

	mu     sync.Mutex
	base   string
	token  string
	person string // whose sign-in is to be used, "" for any
}

// requester sends requests; what it gets may be closed before its end. It does
// not follow redirections.
type requester interface {
	Do(r *http.Request) (*http.Response, error)
	CloseIdleConnections()
}

// NewServer makes a server of an address such as "https://192.168.1.10:8443"
// and the key expected there, which is learnt with the first answer where it
// is not known yet.
func NewServer(base string, p *pin.Pin) *Server {
	return &Server{pin: p, base: base, quick: newHTTPClient(p, callTimeout), patient: newHTTPClient(p, answerTimeout)}
}

// Fingerprint is the key the server is recognised by, zero if not known.
func (s *Server) Fingerprint() pin.Fingerprint { return s.pin.Fingerprint() }

// Base is the server's address.
func (s *Server) Base() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base
}

// SetBase says that the server is at another address now. It has to show the
// same key there.
func (s *Server) SetBase(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = base
}

// Token is the sign-in, "" for none, or one that a browser keeps to itself.
func (s *Server) Token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token
}

// SetToken sets the sign-in.
func (s *Server) SetToken(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = token
}

// ActAs says whose sign-in is to be used from now on: a browser has one
// for all its tabs. "" means any.
func (s *Server) ActAs(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.person = id
}

func (s *Server) inNameOf() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.person
}

// Probe asks the server at an address, which has to show the key, whether it
// is the room with this id.
func Probe(ctx context.Context, base string, key pin.Fingerprint, room string) error {
	s := NewServer(base, pin.New(key))
	defer s.dropIdle()
	h, err := s.Health(ctx)
	if err == nil && room != "" && h.Room != room {
		err = &Problem{Code: CodeKeyChanged, What: "another room"}
	}
	return err
}

// dropIdle closes connections that may be dead since the network went away.
func (s *Server) dropIdle() {
	s.quick.CloseIdleConnections()
	s.patient.CloseIdleConnections()
}

func (s *Server) request(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, s.Base()+path, body)
	if err != nil {
		return nil, &Problem{Code: CodeOther, Err: err}
	}
	if token := s.Token(); token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	inNameOf(r, s.inNameOf())
	return r, nil
}

// call sends in as JSON (nil: no body) and reads the answer into out (nil:
// none is expected).
func (s *Server) call(ctx context.Context, method, path string, in, out any) error {
	limited, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return &Problem{Code: CodeOther, Err: err}
		}
		body = bytes.NewReader(data)
	}
	r, err := s.request(limited, method, path, body)
	if err != nil {
		return err
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if path == "/v1/sessions" {
		forBrowser(r)
	}
	resp, err := s.quick.Do(r)
	if err != nil {
		return fromTransport(ctx, err)
	}
	return s.answer(ctx, resp, out)
}

// answer reads a JSON answer and closes it.
func (s *Server) answer(ctx context.Context, resp *http.Response, out any) error {
	defer resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return problemOf(resp)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return fromTransport(ctx, err)
	case len(data) > maxAnswer:
		return &Problem{Code: CodeBadAnswer, What: "too long"}
	case out == nil:
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return &Problem{Code: CodeBadAnswer, What: resp.Request.URL.Path, Err: err}
	}
	return nil
}

// fetch reads an answer of at most most bytes as it is.
func (s *Server) fetch(ctx context.Context, path string, most int64) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	r, err := s.request(limited, http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	return s.whole(ctx, r, most)
}

// post sends in as JSON and reads an answer of at most most bytes as it is.
func (s *Server) post(ctx context.Context, path string, in any, most int64) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	data, err := json.Marshal(in)
	if err != nil {
		return nil, &Problem{Code: CodeOther, Err: err}
	}
	r, err := s.request(limited, http.MethodPost, path, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	return s.whole(ctx, r, most)
}

func (s *Server) whole(ctx context.Context, r *http.Request, most int64) ([]byte, error) {
	resp, err := s.quick.Do(r)
	if err != nil {
		return nil, fromTransport(ctx, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, problemOf(resp)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err != nil {
		return nil, fromTransport(ctx, err)
	}
	if int64(len(data)) > most {
		return nil, &Problem{Code: CodeBadAnswer, What: "too long"}
	}
	return data, nil
}

// statusCodes are for answers that bring no Problem of their own, as those of
// something that stands between.
var statusCodes = map[int]string{
	http.StatusBadRequest: protocol.CodeInvalid, http.StatusUnauthorized: protocol.CodeSignIn,
	http.StatusForbidden: protocol.CodeNotAllowed, http.StatusNotFound: protocol.CodeNotFound,
	http.StatusRequestEntityTooLarge: protocol.CodeTooLarge, http.StatusTooManyRequests: protocol.CodeSlowDown,
	http.StatusBadGateway: protocol.CodeUnavailable, http.StatusServiceUnavailable: protocol.CodeUnavailable,
	http.StatusGatewayTimeout: protocol.CodeUnavailable, http.StatusInsufficientStorage: protocol.CodeStorageFull,
}

// problemOf reads an answer that is an error.
func problemOf(resp *http.Response) error {
	data, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	var body protocol.Problem
	if err != nil || json.Unmarshal(data, &body) != nil || body.Code == "" {
		body = protocol.Problem{Code: statusCodes[resp.StatusCode], What: fmt.Sprintf("status %d", resp.StatusCode)}
		if body.Code == "" {
			body.Code = CodeOther
		}
	}
	seconds := body.RetryAfter
	if header, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds <= 0 {
		seconds = header
	}
	wait := min(time.Duration(max(seconds, 0))*time.Second, maxRetryAfter)
	p := &Problem{Code: body.Code, What: body.What, RetryAfter: wait}
	if body.Message != "" {
		p.Err = errors.New(body.Message)
	}
	return p
}
