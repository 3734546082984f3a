package ballots

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"phonghop/server/internal/ballotbox"
	"phonghop/shared/poll"
)

// signatureSize is that of ballotbox.KeyBits.
const signatureSize = ballotbox.KeyBits / 8

const (
	slotBytes = 3900 // that a row of a 16 KB page takes without spilling over
	mostSlots = 4096
	headBytes = 2 // of a ballot: 1 + the number of its marks; 0 is a free place
)

// layout is the shape of a box: slots of room places of size bytes.
type layout struct{ size, room, slots int }

// layoutFor makes slots that are filled to a quarter on the average when
// everybody votes, so that they hardly ever run full.
func layoutFor(marks, voters int) layout {
	l := layout{size: headBytes + poll.TokenSize + signatureSize + 2*marks, slots: 1}
	l.room = max(4, slotBytes/l.size)
	for l.slots*l.room < 4*voters && l.slots < mostSlots {
		l.slots *= 2
	}
	return l
}

// slotOf finds a token's slot. Tokens are drawn by devices: the hash spreads
// also those that were not drawn well.
func (l layout) slotOf(token [poll.TokenSize]byte) int {
	h := sha256.Sum256(token[:])
	return int(binary.BigEndian.Uint32(h[:4])) % l.slots
}

// records are the places in use.
func (l layout) records(data []byte) (out [][]byte) {
	for at := 0; at+l.size <= len(data); at += l.size {
		if r := data[at : at+l.size]; binary.BigEndian.Uint16(r) != 0 {
			out = append(out, r)
		}
	}
	return out
}

func (l layout) token(record []byte) []byte { return record[headBytes : headBytes+poll.TokenSize] }

// insert puts a record in its place by the token. A slot that is full gets as
// much room again.
func (l layout) insert(data, record []byte) []byte {
	all := append(l.records(data), record)
	slices.SortFunc(all, func(a, b []byte) int { return bytes.Compare(l.token(a), l.token(b)) })
	out := make([]byte, len(data))
	if len(all)*l.size > len(out) {
		out = make([]byte, len(data)+l.size*l.room)
	}
	for i, r := range all {
		copy(out[i*l.size:], r)
	}
	return out
}

func (l layout) encode(b ballotbox.Ballot) ([]byte, error) {
	if len(b.Signature) != signatureSize || headBytes+poll.TokenSize+signatureSize+2*len(b.Marks) > l.size {
		return nil, errors.New("it does not fit")
	}
	out := make([]byte, 0, l.size)
	out = binary.BigEndian.AppendUint16(out, uint16(len(b.Marks)+1)) //nolint:gosec // bounded by size
	out = append(out, b.Token[:]...)
	out = append(out, b.Signature...)
	for _, m := range b.Marks {
		if m < 0 || m >= poll.MaxOptions {
			return nil, errors.New("no such option")
		}
		out = binary.BigEndian.AppendUint16(out, uint16(m)) //nolint:gosec // checked above
	}
	return out[:l.size], nil
}

func (l layout) decode(record []byte) (b ballotbox.Ballot, err error) {
	n := int(binary.BigEndian.Uint16(record)) - 1
	rest := record[headBytes+poll.TokenSize+signatureSize:]
	if n < 0 || 2*n > len(rest) {
		return b, fmt.Errorf("%x is damaged", l.token(record))
	}
	copy(b.Token[:], l.token(record))
	b.Signature = bytes.Clone(record[headBytes+poll.TokenSize : headBytes+poll.TokenSize+signatureSize])
	b.Marks = make([]int, n)
	for i := range b.Marks {
		b.Marks[i] = int(binary.BigEndian.Uint16(rest[2*i:]))
	}
	return b, nil
}

func sortByToken(all []ballotbox.Ballot) {
	slices.SortFunc(all, func(a, b ballotbox.Ballot) int { return bytes.Compare(a.Token[:], b.Token[:]) })
}
