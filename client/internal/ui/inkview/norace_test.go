//go:build !race

package inkview

const underRace = false
