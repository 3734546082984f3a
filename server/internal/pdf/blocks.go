package pdf

import (
	"errors"
	"io"
)

// pdfium reads a file in pieces of about 512 bytes, jumping between the
// cross-reference table and the objects. blocks serves them from a few larger
// pieces, so that a file of any size needs a bounded memory and few system
// calls.
const (
	blockSize  = 128 << 10
	blockCount = 32
)

type block struct {
	data []byte
	used uint64
}

// blocks is an io.ReadSeeker over a file of a fixed size.
type blocks struct {
	src    io.ReaderAt
	size   int64
	pos    int64
	clock  uint64
	blocks map[int64]*block
}

func newBlocks(src io.ReaderAt, size int64) *blocks {
	return &blocks{src: src, size: size, blocks: make(map[int64]*block, blockCount)}
}

// Seek implements io.Seeker.
func (b *blocks) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += b.pos
	case io.SeekEnd:
		offset += b.size
	}
	if offset < 0 {
		return 0, errors.New("seek before the start of the file")
	}
	b.pos = offset
	return offset, nil
}

// Read implements io.Reader.
func (b *blocks) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if b.pos >= b.size {
		return 0, io.EOF
	}
	index := b.pos / blockSize
	data, err := b.block(index)
	if err != nil {
		return 0, err
	}
	at := b.pos - index*blockSize
	if at >= int64(len(data)) {
		return 0, io.EOF
	}
	n := copy(p, data[at:])
	b.pos += int64(n)
	return n, nil
}

func (b *blocks) block(index int64) ([]byte, error) {
	b.clock++
	if got, ok := b.blocks[index]; ok {
		got.used = b.clock
		return got.data, nil
	}
	data := b.reuse()
	start := index * blockSize
	n, err := b.src.ReadAt(data[:min(blockSize, b.size-start)], start)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	b.blocks[index] = &block{data: data[:n], used: b.clock}
	return data[:n], nil
}

// reuse returns the memory of the block that was not used for longest, or new
// memory while there are few blocks.
func (b *blocks) reuse() []byte {
	if len(b.blocks) < blockCount {
		return make([]byte, blockSize)
	}
	oldest := int64(-1)
	for i, got := range b.blocks {
		if oldest < 0 || got.used < b.blocks[oldest].used {
			oldest = i
		}
	}
	data := b.blocks[oldest].data
	delete(b.blocks, oldest)
	return data[:blockSize]
}
