//go:build !js

package session

import "net/http"

// nameless keeps a request on a connection of its own, which ends with it.
func nameless(r *http.Request) { r.Close = true }
