//go:build !race

package chairscreen

const underRace = false
