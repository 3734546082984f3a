// Package web is the room's door: the HTTP API and the socket. It checks who
// asks and bounds what comes in; what is allowed is decided by the packages
// behind it.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"phonghop/server/internal/account"
	"phonghop/server/internal/ballotbox"
	"phonghop/server/internal/document"
	"phonghop/server/internal/export"
	"phonghop/server/internal/notebook"
	"phonghop/server/internal/room"
)

// Config is what the door leads to. Everything but Log, Metrics and Ballots
// must be set.
type Config struct {
	Hall      *room.Hall
	Accounts  *account.Service
	Documents *document.Service
	Ballots   *ballotbox.Service // nil: no secret votes
	Notes     *notebook.Service
	Annotator Annotator

	Room        string // the room's id
	Program     string // the program and its version
	Fingerprint string // of the key that clients pin
	Code        string // the same, short, to be compared by eye
	Authority   []byte // PEM of the room's own authority; nil where an institution's certificate is used

	Browser Browser // nil: this server has no client for browsers

	// AlsoInClear says that the room is served without encryption as well, on
	// another port: see InClear.
	AlsoInClear bool

	Now     func() time.Time
	Log     *slog.Logger          // nil: none
	Metrics prometheus.Registerer // nil: not counted
	Gather  prometheus.Gatherer   // nil: no GET /metrics

	// MaxSockets bounds the sockets that are open at a time; default 5,000.
	MaxSockets int
	// MaxUploads bounds the uploads under way at a time; default 8.
	MaxUploads int
}

// Annotator writes a PDF file anew into another file: with strokes as
// annotations, or with its pages turned.
// The error is a *document.Refusal where this file cannot be written anew.
type Annotator interface {
	Annotate(ctx context.Context, file, out string, strokes []export.Stroke) error
	// Turn writes it with pages (from 1; none means all) turned clockwise.
	Turn(ctx context.Context, file, out string, pages []int, degrees int) error
}

// Server serves a room. Its methods may be called from any goroutine.
type Server struct {
	Config
	words   *words
	hub     *hub
	tickets *tickets
	uploads chan struct{}
	exports chan struct{} // one at a time: pages are drawn by the same workers
	ballots chan struct{}
	papers  chan struct{} // one at a time: those of many people
	counts  counts
	handler http.Handler
}

// New makes a Server.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.MaxSockets <= 0 {
		c.MaxSockets = 5_000
	}
	if c.MaxUploads <= 0 {
		c.MaxUploads = 8
	}
	said, err := readWords()
	if err != nil {
		return nil, err
	}
	s := &Server{Config: c, words: said, uploads: make(chan struct{}, c.MaxUploads), exports: make(chan struct{}, 1), ballots: make(chan struct{}, ballotsAtOnce), papers: make(chan struct{}, 1)}
	s.hub = newHub(c.MaxSockets)
	s.tickets = newTickets(c.Now)
	s.counts = newCounts(c.Metrics, s.hub.open)
	c.Accounts.OnRevoked(s.hub.revoke)
	s.handler = s.routes()
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends all sockets, telling the clients that the server will be back,
// and waits for them until the context ends.
func (s *Server) Close(ctx context.Context) error { return s.hub.close(ctx) }

// Bounds of a request.
const (
	bodyWithin   = 15 * time.Second // for the body of a JSON request to come in
	answerWithin = 30 * time.Second // for an answer to be taken
	idleWithin   = 30 * time.Second // between two parts of a long body
	maxBody      = 128 << 10        // bytes of a JSON request
)

func (s *Server) routes() http.Handler {
	m := http.NewServeMux()
	// Open to everybody on the network.
	s.open(m, "GET /healthz", s.health)
	s.open(m, "GET /v1/room", s.roomInfo)
	s.open(m, "POST /v1/sessions", s.signIn)
	if s.Gather != nil {
		m.Handle("GET /metrics", s.metrics())
	}
	s.pages(m)

	s.signedIn(m, "DELETE /v1/sessions/current", s.signOut)
	s.signedIn(m, "GET /v1/me", s.me)
	s.signedIn(m, "PUT /v1/room", s.nameRoom)
	s.signedIn(m, "PUT /v1/lists/{list}", s.setList)
	s.signedIn(m, "POST /v1/people", s.addPerson)
	s.signedIn(m, "PUT /v1/people/{person}", s.setPerson)
	s.signedIn(m, "DELETE /v1/people/{person}", s.removePerson)
	s.signedIn(m, "PUT /v1/people/{person}/pin", s.setPIN)
	s.signedIn(m, "POST /v1/slips", s.slips)

	s.signedIn(m, "PUT /v1/rules/{rule}", s.setRule)
	s.signedIn(m, "DELETE /v1/rules/{rule}", s.removeRule)

	s.signedIn(m, "GET /v1/meetings", s.meetings)
	s.signedIn(m, "GET /v1/meetings/{meeting}", s.meetingView)
	s.signedIn(m, "POST /v1/meetings/{meeting}/commands", s.command)

	s.signedIn(m, "GET /v1/meetings/{meeting}/items/{item}/votes/{vote}", s.voteView)
	s.signedIn(m, "POST /v1/meetings/{meeting}/items/{item}/votes/{vote}/credential", s.credential)
	s.signedIn(m, "GET /v1/meetings/{meeting}/items/{item}/votes/{vote}/ballots", s.ballotList)
	s.signedIn(m, "GET /v1/meetings/{meeting}/items/{item}/votes/{vote}/report", s.votePaper)
	s.signedIn(m, "GET /v1/meetings/{meeting}/items/{item}/votes/{vote}/opinions", s.opinionPaper)
	s.signedIn(m, "GET /v1/meetings/{meeting}/items/{item}/votes/{vote}/opinions/{person}", s.opinionForm)
	s.open(m, "POST /v1/ballots", s.castSecret)

	s.documentRoutes(m)
	s.signedIn(m, "GET /v1/meetings/{meeting}/search", s.search)

	s.signedIn(m, "POST /v1/socket-ticket", s.socketTicket)
	m.HandleFunc("GET /v1/socket", s.socket)
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errNoRoute) })
	return s.counts.around(secured(s.guarded(m), s.AlsoInClear))
}

// documentRoutes are those of files and their pages.
func (s *Server) documentRoutes(m *http.ServeMux) {
	s.signedIn(m, "POST /v1/documents", s.upload)
	s.signedIn(m, "GET /v1/uploads/{upload}", s.uploadPart)
	s.signedIn(m, "DELETE /v1/uploads/{upload}", s.dropUpload)
	const doc = "GET /v1/meetings/{meeting}/items/{item}/documents/{hash}"
	s.signedIn(m, doc, s.documentFile)
	s.signedIn(m, doc+"/info", s.documentInfo)
	s.signedIn(m, "POST /v1/meetings/{meeting}/items/{item}/documents/{hash}/turned", s.turned)
	s.signedIn(m, doc+"/annotated", s.annotated)
	s.signedIn(m, doc+"/pages/{page}", s.pagePicture)
	s.signedIn(m, doc+"/pages/{page}/tile", s.pageTile)
	s.signedIn(m, doc+"/pages/{page}/text", s.pageText)
}

// pages are what browsers open: the client, and what needs no client.
func (s *Server) pages(m *http.ServeMux) {
	m.HandleFunc("GET /{$}", s.front)
	m.HandleFunc("GET /client/{file}", s.clientFile)
	m.HandleFunc("GET /join", s.join)
	m.HandleFunc("GET /help", s.help)
	m.HandleFunc("GET /authority.pem", s.authority)
	m.HandleFunc("GET /read", s.plain(s.plainMeetings))
	m.HandleFunc("POST /read/sign-in", s.plainSignIn)
	m.HandleFunc("POST /read/sign-out", s.plainSignOut)
	m.HandleFunc("GET /read/{meeting}", s.plain(s.plainAgenda))
	m.HandleFunc("GET /read/{meeting}/now", s.plain(s.plainNow))
	m.HandleFunc("GET /read/{meeting}/{item}/{hash}", s.plain(s.plainPage))
}

// secured sets the headers that every answer has.
func secured(next http.Handler, alsoInClear bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self), fullscreen=(self)")
		if !inClear(r) {
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			if !alsoInClear { // browsers hold this against all ports of the host
				h.Set("Strict-Transport-Security", "max-age=31536000")
			}
		}
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// guarded refuses what another site's page makes a browser send, and keeps a
// panic in one request from the others.
func (s *Server) guarded(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errCrossOrigin) }))
	inner := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(v)
				}
				s.Log.Error("request failed", "route", r.Pattern, "panic", v)
				s.counts.panics.Inc()
				s.fail(w, r, errBroken)
			}
		}()
		inner.ServeHTTP(w, r)
	})
}

// handler answers a request with a status and a JSON body, or with an error.
// A status of 0 says that it has answered by itself.
type handler func(w http.ResponseWriter, r *http.Request) (status int, body any, err error)

// member is a handler for somebody who has signed in.
type member func(w http.ResponseWriter, r *http.Request, who caller) (status int, body any, err error)

func (s *Server) open(m *http.ServeMux, pattern string, h handler) {
	m.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength == 0 {
			limitTime(w, bodyWithin+answerWithin, 0)
		} else {
			limitTime(w, bodyWithin, answerWithin)
		}
		status, body, err := h(w, r)
		s.answer(w, r, status, body, err)
	})
}

func (s *Server) signedIn(m *http.ServeMux, pattern string, h member) {
	s.open(m, pattern, func(w http.ResponseWriter, r *http.Request) (int, any, error) {
		who, err := s.caller(r)
		if err != nil {
			return 0, nil, err
		}
		return h(w, r, who)
	})
}

// limitTime bounds the time of a request from now on: of reading it, and then
// of answering. Over HTTP/1.1 the request's context ends with the time for
// reading, also when nothing is left to be read. Errors are of writers without
// deadlines, which only tests have.
func limitTime(w http.ResponseWriter, read, write time.Duration) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Now().Add(read))
	_ = c.SetWriteDeadline(time.Now().Add(read + write))
}
