//go:build race

package votescreen

// underRace: drawing runs on one goroutine and takes fifty times as long under the race detector, so the pictures are left to the
// runs without it.
const underRace = true
