//go:build !js

package controller

// ownOutbox: there is one program on the device's folder, with one outbox.
func ownOutbox() string { return "" }

var claimOutbox func(name string) bool
