// Package lists holds what is usually written into the fields of a meeting, as suggestions: kinds of meeting and of document,
// places, issuing bodies, units and positions as they are called in Vietnam since July 2025. They are data, not words of the screens, so they are the
// same in every language; one a line, the most usual first, NFC.
package lists

import (
	_ "embed" // the files below
	"strings"
)

//go:embed meetings.txt
var meetings string

//go:embed documents.txt
var documents string

//go:embed units.txt
var units string

//go:embed positions.txt
var positions string

//go:embed places.txt
var places string

//go:embed issuers.txt
var issuers string

// Meetings lists kinds of meeting.
func Meetings() []string { return lines(meetings) }

// Documents lists kinds of document.
func Documents() []string { return lines(documents) }

// Units lists units and organisations.
func Units() []string { return lines(units) }

// Positions lists positions.
func Positions() []string { return lines(positions) }

// Places lists rooms and other places where meetings are held.
func Places() []string { return lines(places) }

// Issuers lists bodies that invite to meetings and issue their papers.
func Issuers() []string { return lines(issuers) }

func lines(file string) []string { return strings.Split(strings.TrimSpace(file), "\n") }
