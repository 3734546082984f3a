package web

import (
	"net/http"
	"strings"
	"time"

	"phonghop/server/internal/account"
	"phonghop/shared/roster"
)

// cookieName is the cookie that holds a browser's token. The prefix makes
// browsers take it over TLS and for this host only.
const cookieName = "__Host-phonghop"

// cookieWish is the header by which a browser's client asks for the cookie:
// no other site's page can send it.
const cookieWish = "X-Phonghop-Cookie"

// personWish is the header by which a browser's client says whom it takes
// itself for: all tabs share the cookie, which may be another person's by now.
const personWish = "X-Phonghop-Person"

// caller is who asks.
type caller struct {
	token   string
	session account.Session
	person  roster.Person
}

func (c caller) id() string { return string(c.person.ID) }

// token is the request's: from its header, or its cookie.
func token(r *http.Request) string {
	if h := r.Header.Get("Authorization"); h != "" {
		scheme, value, _ := strings.Cut(h, " ")
		if strings.EqualFold(scheme, "Bearer") {
			return strings.TrimSpace(value)
		}
		return ""
	}
	if c, err := r.Cookie(cookieOf(r)); err == nil {
		return c.Value
	}
	return ""
}

// caller finds out who asks; the error is errSignIn where nobody has signed in.
func (s *Server) caller(r *http.Request) (caller, error) {
	t := token(r)
	if t == "" {
		return caller{}, errSignIn
	}
	session, err := s.Accounts.Check(r.Context(), t)
	if err != nil {
		return caller{}, err
	}
	if wish := r.Header.Get(personWish); wish != "" && wish != string(session.Person) {
		return caller{}, errSignIn
	}
	return s.known(t, session)
}

// known finds the person of a session. Somebody who was taken off the roster
// has none any more, also where the end of his sessions was not yet kept.
func (s *Server) known(t string, session account.Session) (caller, error) {
	p, ok := s.Hall.Lobby().State().People[session.Person]
	if !ok {
		return caller{}, errSignIn
	}
	return caller{token: t, session: session, person: p}, nil
}

// setCookie keeps a browser's token where no script can read it.
func setCookie(w http.ResponseWriter, r *http.Request, value string, expires time.Time) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever there is an encrypted connection
		Name: cookieOf(r), Value: value, Path: "/", Expires: expires,
		Secure: !inClear(r), HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
}
