package pdf

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"phonghop/server/internal/document"
	"phonghop/server/internal/export"
)

// The two ends of a pipe are always of the same build, so the protocol needs
// no versions: frames of two lengths (32 bits, big endian), a JSON header and
// raw bytes.
const (
	maxHeader = 16 << 20
	maxBody   = 64 << 20
)

// settings is the first frame a worker reads.
type settings struct {
	CacheDir string `json:"cacheDir,omitempty"`
	Memory   int64  `json:"memory"`
	MaxPages int    `json:"maxPages"`
}

type operation string

const (
	opInspect operation = "inspect"
	opDraw    operation = "draw"
	opText    operation = "text"
	opWrite   operation = "write" // with annotations, into another file
	opTurn    operation = "turn"  // with pages turned, into another file
)

// request asks a worker for one thing about one file.
type request struct {
	Op    operation     `json:"op"`
	File  string        `json:"file"` // absolute path
	Page  int           `json:"page,omitempty"`
	Width int           `json:"width,omitempty"`
	Tile  document.Rect `json:"tile,omitzero"`

	Out     string          `json:"out,omitempty"` // absolute path
	Strokes []export.Stroke `json:"strokes,omitempty"`
	Pages   []int           `json:"pages,omitempty"`
	Degrees int             `json:"degrees,omitempty"`
}

// response is a worker's answer; the first one, with nothing but Ready,
// says that the worker has read its settings and compiled pdfium.
type response struct {
	Ready   bool           `json:"ready,omitempty"`
	Code    document.Code  `json:"code,omitempty"`    // a refusal
	Failure string         `json:"failure,omitempty"` // any other error
	Detail  string         `json:"detail,omitempty"`
	Info    *document.Info `json:"info,omitempty"`
	Text    *document.Text `json:"text,omitempty"`
	Picture *pictureHeader `json:"picture,omitempty"`
}

// pictureHeader describes the picture in a frame's body.
type pictureHeader struct {
	ContentType string `json:"contentType"`
	Width       int    `json:"width"`
	Height      int    `json:"height"`
}

// writeFrame sends a header and a body in two writes at most.
func writeFrame(w io.Writer, header any, body []byte) error {
	h, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("frame header: %w", err)
	}
	if len(h) > maxHeader || len(body) > maxBody {
		return fmt.Errorf("frame too large: header %d, body %d bytes", len(h), len(body))
	}
	front := make([]byte, 8, 8+len(h))
	binary.BigEndian.PutUint32(front, uint32(len(h)))
	binary.BigEndian.PutUint32(front[4:], uint32(len(body)))
	if _, err := w.Write(append(front, h...)); err != nil {
		return err
	}
	if len(body) == 0 {
		return nil
	}
	_, err = w.Write(body)
	return err
}

// readFrame reads what writeFrame wrote. It returns io.EOF only when the
// stream ends between two frames.
func readFrame(r io.Reader, header any) (body []byte, err error) {
	var front [8]byte
	if _, err := io.ReadFull(r, front[:]); err != nil {
		return nil, err
	}
	hn, bn := binary.BigEndian.Uint32(front[:]), binary.BigEndian.Uint32(front[4:])
	if hn > maxHeader || bn > maxBody {
		return nil, fmt.Errorf("frame too large: header %d, body %d bytes", hn, bn)
	}
	h := make([]byte, hn)
	if _, err := io.ReadFull(r, h); err != nil {
		return nil, unexpected(err)
	}
	if err := json.Unmarshal(h, header); err != nil {
		return nil, fmt.Errorf("frame header: %w", err)
	}
	body = make([]byte, bn)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, unexpected(err)
	}
	return body, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
