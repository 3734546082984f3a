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
// was the form before; those pages begin with "{". The second form has a byte
// of signs after each line, and the page's links at the end.
const (
	wordsForm = 1
	linksForm = 2
)

// The signs of a line.
const (
	boldLine = 1 << iota
	codedLine
)

// errWords says that a page's words are damaged.
var errWords = errors.New("the words of a page are damaged")

func packWords(text document.Text) ([]byte, error) {
	raw := []byte{linksForm, 0}
	if text.Cut {
		raw[1] = 1
	}
	raw = binary.AppendUvarint(raw, uint64(len(text.Lines)))
	for _, line := range text.Lines {
		raw = binary.AppendUvarint(raw, uint64(len(line.Words)))
		for _, w := range line.Words {
			raw = binary.AppendUvarint(raw, uint64(len(w.Text)))
			raw = append(raw, w.Text...)
			raw = appendBox(raw, w.Box)
		}
		raw = append(raw, signs(line))
	}
	raw = binary.AppendUvarint(raw, uint64(len(text.Links)))
	for _, l := range text.Links {
		raw = binary.AppendUvarint(raw, uint64(max(l.Page, 0)))
		raw = binary.AppendUvarint(raw, uint64(len(l.URI)))
		raw = append(raw, l.URI...)
		raw = appendBox(raw, l.Box)
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

func appendBox(raw []byte, b document.Box) []byte {
	for _, v := range [4]float32{b.X, b.Y, b.W, b.H} {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return raw
}

func signs(l document.Line) (out byte) {
	if l.Bold {
		out |= boldLine
	}
	if l.Coded {
		out |= codedLine
	}
	return out
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
	if len(raw) < 2 || raw[0] != wordsForm && raw[0] != linksForm {
		return document.Text{}, errWords
	}
	r := wordReader{rest: raw[2:]}
	text.Cut = raw[1] == 1
	for range r.count() {
		line := document.Line{Words: r.words()}
		if raw[0] == linksForm {
			s := r.signs()
			line.Bold, line.Coded = s&boldLine != 0, s&codedLine != 0
		}
		text.Lines = append(text.Lines, line)
	}
	if raw[0] == linksForm {
		text.Links = r.links()
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
		w := document.Word{Text: r.text()}
		w.Box = r.box()
		if r.broken {
			return nil
		}
		out = append(out, w)
	}
	return out
}

func (r *wordReader) links() (out []document.Link) {
	for range r.count() {
		l := document.Link{Page: r.number(), URI: r.text()}
		l.Box = r.box()
		if r.broken {
			return nil
		}
		out = append(out, l)
	}
	return out
}

// take gives the next bytes.
func (r *wordReader) take(n int) []byte {
	if r.broken || len(r.rest) < n {
		r.rest, r.broken = nil, true
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *wordReader) text() string { return string(r.take(r.count())) }

func (r *wordReader) signs() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// number reads the number of a page.
func (r *wordReader) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > math.MaxInt32 {
		r.rest, r.broken = nil, true
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *wordReader) box() (out document.Box) {
	const boxBytes = 16
	raw := r.take(boxBytes)
	if raw == nil {
		return out
	}
	for i, v := range []*float32{&out.X, &out.Y, &out.W, &out.H} {
		*v = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return out
}
