//go:build !unix

package pdf

import "github.com/tetratelabs/wazero/experimental"

// linear is a slice that doubles.
type linear struct {
	arena *arena
	mem   []byte
}

func newLinear(a *arena) experimental.LinearMemory { return &linear{arena: a} }

// Reallocate implements experimental.LinearMemory.
func (l *linear) Reallocate(size uint64) []byte {
	if !l.arena.allows(size) {
		return nil
	}
	if size > uint64(cap(l.mem)) {
		grown := make([]byte, size, max(size, min(2*uint64(cap(l.mem)), l.arena.limit)))
		copy(grown, l.mem)
		l.mem = grown
	}
	l.mem = l.mem[:size]
	return l.mem
}

// Free implements experimental.LinearMemory.
func (l *linear) Free() { l.mem = nil }
