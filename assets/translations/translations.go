// Package translations holds the words of the screens, one flat file of keys per language, Vietnamese first.
// It imports no toolkit; package words of the client reads it.
//
// In a text {0}, {1}... stand for values. A key with the endings ".one" and ".other" has a form for one
// and a form for any other number; Vietnamese, whose nouns do not change, says the same in both.
// Keys under "toolkit." are the toolkit's own strings.
package translations

import _ "embed" // the files below

// Vietnamese is the first language; JSON, one object of strings, NFC.
//
//go:embed vi.json
var Vietnamese []byte

// English mirrors Vietnamese key by key.
//
//go:embed en.json
var English []byte
