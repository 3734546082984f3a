package cache

import "cmp"

// MemoryBytes bounds the pages kept in a browser; its own HTTP cache has them
// beyond that.
const MemoryBytes = 64 << 20

// Open opens a store in memory: a page in a browser has no directory. Most
// bounds the pages in bytes; 0 means MemoryBytes.
func Open(_ string, most int64) *Store { return Memory(cmp.Or(most, MemoryBytes)) }
