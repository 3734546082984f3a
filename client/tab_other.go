//go:build !js

package main

import (
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/screen"
)

// resumed: every start of a program is one of its own.
func resumed() bool { return false }

// stays: a program that is started begins with the list.
func stays() screen.Stays { return nil }

// replaced is for pages, which a new server brings with it.
func replaced(*controller.Controller) {}
