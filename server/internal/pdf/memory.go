package pdf

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

const wasmPage = 64 << 10

// arena gives pdfium its linear memory, up to a limit, and remembers whether
// pdfium ever asked for more. A refused request makes malloc fail inside
// pdfium, which ends in a trap or in a picture with parts missing; the mark
// tells both from a file that is merely damaged.
type arena struct {
	limit   uint64
	refused bool
}

// context makes modules instantiated with the result take their memory from a.
func (a *arena) context(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(
		func(_, _ uint64) experimental.LinearMemory { return newLinear(a) },
	))
}

// allows records and answers whether a memory may grow to size bytes.
func (a *arena) allows(size uint64) bool {
	if size > a.limit {
		a.refused = true
		return false
	}
	return true
}
