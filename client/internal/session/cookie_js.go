package session

import "net/http"

// forBrowser asks for a cookie that no script can read, so that a page that
// is loaded again is still signed in.
func forBrowser(r *http.Request) { r.Header.Set("X-Phonghop-Cookie", "1") }
