//go:build race

package screen

// underRace: drawing runs on one goroutine and takes fifty times as long under the race detector, so comparing the pictures is left
// to the runs without it.
const underRace = true
