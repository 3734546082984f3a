//go:build race

package uitest

const underRace = true
