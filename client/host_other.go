//go:build !js

package main

import "os"

// inBrowser tells that the client is a page of the room's own server.
const inBrowser = false

// pageHost is the server the page came from: none.
func pageHost() string { return "" }

func arguments() []string { return os.Args[1:] }
