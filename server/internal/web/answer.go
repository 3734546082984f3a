package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"

	"phonghop/server/internal/account"
	"phonghop/server/internal/document"
	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// problem is an error that a client is told.
type problem struct {
	status int
	protocol.Problem
}

func (p *problem) Error() string { return p.Code + ": " + p.What }

func trouble(status int, code, what string) *problem {
	return &problem{status, protocol.Problem{Code: code, What: what}}
}

var (
	errNoRoute     = trouble(http.StatusNotFound, protocol.CodeNotFound, "route")
	errNotFound    = trouble(http.StatusNotFound, protocol.CodeNotFound, "")
	errNotAllowed  = trouble(http.StatusForbidden, protocol.CodeNotAllowed, "")
	errCrossOrigin = trouble(http.StatusForbidden, protocol.CodeNotAllowed, "cross-origin request")
	errSignIn      = trouble(http.StatusUnauthorized, protocol.CodeSignIn, "")
	errBroken      = trouble(http.StatusInternalServerError, protocol.CodeUnavailable, "")
)

func invalid(what string) *problem {
	return trouble(http.StatusBadRequest, protocol.CodeInvalid, what)
}

// answer sends a handler's result.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, status int, body any, err error) {
	switch {
	case err != nil:
		s.fail(w, r, err)
	case status == 0:
	case body == nil:
		w.WriteHeader(status)
	default:
		s.send(w, r, status, body)
	}
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		s.Log.Error("answer not encoded", "route", r.Pattern, "err", err)
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	_, _ = w.Write(data) // a client that has gone misses nothing it can be told
}

// fail sends an error as a Problem.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problemOf(r, err)
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	p.Message = s.words.refusal(r.Header.Get("Accept-Language"), p.Code)
	s.send(w, r, p.status, p.Problem)
}

func (s *Server) problemOf(r *http.Request, err error) problem {
	var (
		known     *problem
		refused   *meeting.Refusal
		ofRoster  *roster.Refusal
		ofFile    *document.Refusal
		slow      *account.SlowDownError
		weak      *account.WeakError
		tooLarge  *http.MaxBytesError
		malformed = errors.Is(err, errMalformed)
	)
	switch {
	case errors.As(err, &known):
		return *known
	case errors.As(err, &refused):
		return *trouble(statusOf(string(refused.Code)), string(refused.Code), refused.What)
	case errors.As(err, &ofRoster):
		return *trouble(statusOf(ofRoster.Code), ofRoster.Code, ofRoster.What)
	case errors.As(err, &ofFile):
		what := ofFile.Detail
		if ofFile.Code == document.CodeNoSpace {
			what = "" // it names places on this machine
		}
		return *trouble(statusOf(string(ofFile.Code)), string(ofFile.Code), what)
	case errors.As(err, &slow):
		p := trouble(http.StatusTooManyRequests, protocol.CodeSlowDown, "")
		p.RetryAfter = wholeSeconds(slow.RetryAfter)
		return *p
	case errors.As(err, &weak):
		return *trouble(http.StatusUnprocessableEntity, protocol.CodeWeakPIN, "pin")
	case errors.Is(err, account.ErrWrong):
		return *trouble(http.StatusUnauthorized, protocol.CodeWrongPIN, "")
	case errors.Is(err, account.ErrNoSession):
		return *errSignIn
	case errors.Is(err, room.ErrFull):
		return *trouble(http.StatusInsufficientStorage, protocol.CodeStorageFull, "")
	case errors.As(err, &tooLarge):
		return *trouble(http.StatusRequestEntityTooLarge, protocol.CodeTooLarge, fmt.Sprintf("more than %d bytes", tooLarge.Limit))
	case errors.Is(err, account.ErrDevice):
		return *invalid("device")
	case errors.Is(err, account.ErrPerson):
		return *invalid("person")
	case malformed:
		return *invalid("body")
	}
	if r.Context().Err() == nil {
		s.Log.Error("request failed", "route", r.Pattern, "err", err)
	}
	p := trouble(http.StatusServiceUnavailable, protocol.CodeUnavailable, "")
	p.RetryAfter = 1
	return *p
}

// statusOf is the HTTP status of a code of refusal: what a program that knows
// no codes makes of it.
func statusOf(code string) int {
	switch code {
	case protocol.CodeNotAllowed:
		return http.StatusForbidden
	case protocol.CodeNotFound, string(document.CodeNotFound), string(document.CodeNoSuchPage):
		return http.StatusNotFound
	case protocol.CodeInvalid, string(document.CodeBadRequest), string(meeting.UnknownKind):
		return http.StatusBadRequest
	case string(meeting.Exists), string(meeting.BadState), string(meeting.InUse):
		return http.StatusConflict
	case protocol.CodeTooLarge, string(document.CodeTooLarge):
		return http.StatusRequestEntityTooLarge
	case protocol.CodeStorageFull, string(document.CodeNoSpace):
		return http.StatusInsufficientStorage
	case protocol.CodeUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}

// errMalformed says that a body is not the JSON that was expected.
var errMalformed = errors.New("body is not what was expected")

// read decodes a request's JSON body of at most maxBody bytes. Fields that
// are not known are passed over: they are a newer client's.
func read[T any](w http.ResponseWriter, r *http.Request) (body T, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" {
		return body, trouble(http.StatusUnsupportedMediaType, protocol.CodeInvalid, "Content-Type: application/json is needed")
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return body, err
		}
		return body, fmt.Errorf("%w: %w", errMalformed, err)
	}
	if err := json.Unmarshal(data, &body); err != nil {
		return body, fmt.Errorf("%w: %w", errMalformed, err)
	}
	return body, nil
}
