//go:build race

package inkview

// underRace: under the race detector drawing takes fifty times as long, and a pen that is that slow leaves other strokes; so the
// pictures are left to the runs without it.
const underRace = true
