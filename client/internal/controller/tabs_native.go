//go:build !js

package controller

import "context"

// ownOutbox: there is one program on the device's folder, with one outbox.
func ownOutbox() string { return "" }

var claimOutbox func(ctx context.Context, name string, wait bool) bool
