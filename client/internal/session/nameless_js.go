package session

import "net/http"

// credentialsOf is the header by which a request says that it is sent with the
// browser's cookie or without; it is not sent itself.
const credentialsOf = "Js.fetch:credentials"

// nameless keeps the browser from sending its cookie along.
func nameless(r *http.Request) { r.Header[credentialsOf] = []string{"omit"} }
