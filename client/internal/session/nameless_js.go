package session

import "net/http"

// nameless keeps the browser from sending its cookie along.
func nameless(r *http.Request) { r.Header.Set("js.fetch:credentials", "omit") }
