//go:build !js

// Package breath gives the thread back between the parts of long work.
package breath

// Take does nothing where other threads draw and hear fingers.
func Take() {}
