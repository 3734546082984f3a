package poll

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
)

// TokenSize is the length of a secret ballot's token in bytes.
const TokenSize = 32

// Listed is one ballot of the list of a secret vote.
type Listed struct {
	Token [TokenSize]byte
	Marks []int
}

// listHead is the first line of what is hashed, with the vote's name.
const listHead = "phonghop ballots 1 "

// SortList puts a list in its order: by token.
func SortList(list []Listed) {
	slices.SortFunc(list, func(a, b Listed) int { return bytes.Compare(a.Token[:], b.Token[:]) })
}

// Digest is the SHA-256 of a sorted list, in lower-case hexadecimal: of the
// line "phonghop ballots 1 VOTE" and of a line "TOKEN MARK,MARK…" for each
// ballot, the token in lower-case hexadecimal, every line with its line feed.
func Digest(vote string, list []Listed) string {
	h := sha256.New()
	line := append([]byte(listHead+vote), '\n')
	for _, b := range list {
		h.Write(line)
		line = append(hex.AppendEncode(line[:0], b.Token[:]), ' ')
		for i, m := range b.Marks {
			if i > 0 {
				line = append(line, ',')
			}
			line = strconv.AppendInt(line, int64(m), 10)
		}
		line = append(line, '\n')
	}
	h.Write(line)
	return hex.EncodeToString(h.Sum(nil))
}
