//go:build !js

package controller

import "image"

// decode makes of a picture's file what a screen can show at once.
func decode(data []byte) (*image.RGBA, error) { return decodeHere(data) }
