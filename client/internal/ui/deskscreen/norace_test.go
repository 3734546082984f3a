//go:build !race

package deskscreen

const underRace = false
