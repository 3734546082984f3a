package web

import (
	"context"
	"net/http"

	"phonghop/shared/protocol"
)

// A closed network may be served without encryption as well, on a port of its
// own, where its operator asks for that. Whoever listens there reads
// everything, PINs too; so all screens of such a connection say it, and a
// secret ballot, whose secret would be none, is not taken.

// clearCookie is the cookie of a connection in the clear. The encrypted
// port never looks at it, and this one never at the other's: neither cookie
// opens the door that the other is for.
const clearCookie = "phonghop-clear"

type clearKey struct{}

// InClear serves what comes over a connection without encryption.
func (s *Server) InClear() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), clearKey{}, true)))
	})
}

// inClear tells whether whoever listens on the network can read a request.
func inClear(r *http.Request) bool {
	is, _ := r.Context().Value(clearKey{}).(bool)
	return is
}

func cookieOf(r *http.Request) string {
	if inClear(r) {
		return clearCookie
	}
	return cookieName
}

// errInClear refuses what a connection in the clear must not carry.
var errInClear = trouble(http.StatusForbidden, protocol.CodeNotAllowed, "needs an encrypted connection")
