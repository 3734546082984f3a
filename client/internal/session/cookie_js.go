package session

import (
	"net/http"

	"phonghop/shared/protocol"
)

// otherPerson is the code where the server takes this device for somebody
// else's: in a browser another tab has signed in anew, for all of them.
const otherPerson = protocol.CodeSignIn

// forBrowser asks for a cookie that no script can read, so that a page that
// is loaded again is still signed in.
func forBrowser(r *http.Request) { r.Header.Set("X-Phonghop-Cookie", "1") }

// inNameOf says who a request is meant to come from: the cookie may be
// somebody else's meanwhile, and is then not to be used.
func inNameOf(r *http.Request, person string) {
	if person != "" {
		r.Header.Set("X-Phonghop-Person", person)
	}
}
