//go:build !race

package votescreen

const underRace = false
