//go:build !js

package session

import "net/http"

// otherPerson is the code where the server takes this device for somebody
// else's.
const otherPerson = CodeOther

func forBrowser(*http.Request) {}

func inNameOf(*http.Request, string) {} // the token says it
