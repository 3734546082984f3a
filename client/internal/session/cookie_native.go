//go:build !js

package session

import "net/http"

func forBrowser(*http.Request) {}
