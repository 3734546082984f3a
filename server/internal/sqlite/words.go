package sqlite

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"

	"phonghop/server/internal/document"
)

// The words of a page are kept deflated: a byte that names the form, whether
// the page was cut, then lines, words and boxes, with counts before each. A
// search reads many pages, and this is read ten times faster than JSON, which
// was the form before; those pages begin with "{".
const wordsForm = 1

// errWords says that a page's words are damaged.
var errWords = errors.New("the words of a page are damaged")

func packWords(text document.Text) ([]byte, error) {
	raw := []byte{wordsForm, 0}
	if text.Cut {
		raw[1] = 1
	}
	raw = binary.AppendUvarint(raw, uint64(len(text.Lines)))
	for _, line := range text.Lines {
		raw = binary.AppendUvarint(raw, uint64(len(line.Words)))
		for _, w := range line.Words {
			raw = binary.AppendUvarint(raw, uint64(len(w.Text)))
			raw = append(raw, w.Text...)
			for _, v := range [4]float32{w.Box.X, w.Box.Y, w.Box.W, w.Box.H} {
				raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
			}
		}
	}
	var out bytes.Buffer
	z, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func unpackWords(packed []byte) (text document.Text, err error) {
	raw, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return document.Text{}, err
	}
	if len(raw) > 0 && raw[0] == '{' {
		err := json.Unmarshal(raw, &text)
		return text, err
	}
	if len(raw) < 2 || raw[0] != wordsForm {
		return document.Text{}, errWords
	}
	r := wordReader{rest: raw[2:]}
	text.Cut = raw[1] == 1
	for range r.count() {
		text.Lines = append(text.Lines, document.Line{Words: r.words()})
	}
	if r.broken || len(r.rest) > 0 {
		return document.Text{}, errWords
	}
	return text, nil
}

// wordReader reads packed words; once something is missing it gives nothing.
type wordReader struct {
	rest   []byte
	broken bool
}

// count reads a number of things, of which each takes at least a byte.
func (r *wordReader) count() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > uint64(len(r.rest)-size) {
		r.rest, r.broken = nil, true
		return 0
	}
	r.rest = r.rest[size:]
	return int(n) //nolint:gosec // at most the length of what is left
}

func (r *wordReader) words() []document.Word {
	n := r.count()
	if n == 0 {
		return nil
	}
	out := make([]document.Word, 0, n)
	for range n {
		const boxBytes = 16
		size := r.count()
		if len(r.rest) < size+boxBytes {
			r.rest, r.broken = nil, true
			return nil
		}
		w := document.Word{Text: string(r.rest[:size])}
		box := r.rest[size : size+boxBytes]
		for i, v := range []*float32{&w.Box.X, &w.Box.Y, &w.Box.W, &w.Box.H} {
			*v = math.Float32frombits(binary.LittleEndian.Uint32(box[4*i:]))
		}
		r.rest = r.rest[size+boxBytes:]
		out = append(out, w)
	}
	return out
}
