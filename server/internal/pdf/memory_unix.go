//go:build unix

package pdf

import (
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// linear reserves addresses for the whole limit at once: it grows without
// copying, the system commits only what is touched, and everything goes back
// to the system when the instance ends.
type linear struct {
	arena *arena
	mem   []byte
}

func newLinear(a *arena) experimental.LinearMemory {
	mem, err := syscall.Mmap(-1, 0, int(a.limit),
		syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		mem = nil
	}
	return &linear{arena: a, mem: mem}
}

// Reallocate implements experimental.LinearMemory.
func (l *linear) Reallocate(size uint64) []byte {
	if !l.arena.allows(size) || size > uint64(len(l.mem)) {
		return nil
	}
	return l.mem[:size]
}

// Free implements experimental.LinearMemory.
func (l *linear) Free() {
	if l.mem == nil {
		return
	}
	// The only error is EINVAL for a range that is not ours.
	_ = syscall.Munmap(l.mem)
	l.mem = nil
}
