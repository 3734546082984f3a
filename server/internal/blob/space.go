package blob

import "fmt"

// What is kept free of a disk for the meetings' log, which shares it: so much,
// or this part of a small disk. Files that could come another time do not
// take the room of what is said in a meeting now.
const (
	reserveBytes = 256 << 20
	reservePart  = 20
	lookEvery    = 8 << 20 // bytes written between two looks at the disk
)

// Spare reports whether a disk has more room than is kept free on it. Where
// that cannot be found out, it has.
func Spare(folder string) bool {
	free, total, ok := space(folder)
	return !ok || free > min(reserveBytes, total/reservePart)
}

// thrifty looks at the disk before its first byte and from time to time.
type thrifty struct {
	spare func() bool
	left  int // bytes until the next look
}

// Write implements io.Writer.
func (t *thrifty) Write(p []byte) (int, error) {
	if t.left -= len(p); t.left <= 0 {
		t.left = lookEvery
		if !t.spare() {
			return 0, fmt.Errorf("%w: what is left is kept for the meetings", ErrNoSpace)
		}
	}
	return len(p), nil
}
