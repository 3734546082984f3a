package browser

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Folder is where the client's files are found.
const Folder = "/client/"

// partWithin is how long a part of a file may take on its way: a slow
// network gets all the time it needs, one that is gone does not.
const (
	partWithin = 30 * time.Second
	part       = 64 << 10 // bytes
)

// File serves the file named by the path's value "file", or answers false
// where there is none: an old page asks for those of an old server.
func (c *Client) File(w http.ResponseWriter, r *http.Request) bool {
	if r.PathValue("file") == worker {
		c.serveWorker(w, r)
		return true
	}
	f, ok := c.files[r.PathValue("file")]
	if !ok {
		return false
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Vary", "Accept-Encoding")
	body, encoding := f.best(r.Header.Get("Accept-Encoding"))
	etag := `"` + f.hash[:16] + tail(encoding) + `"`
	h.Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	if body == nil {
		f.unpack(w, r)
		return true
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Accept-Ranges", "bytes")
	if from, to, ok := asked(r, etag, len(body)); ok {
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to, len(body)))
		body = body[from : to+1]
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(http.StatusPartialContent)
	} else {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	send(w, r, bytes.NewReader(body))
	return true
}

// asked reads which part of a body of so many bytes is asked for: a browser
// whose download broke off has the beginning. Anything but one part of this
// very form gets the whole.
func asked(r *http.Request, etag string, length int) (from, to int, ok bool) {
	part, found := strings.CutPrefix(r.Header.Get("Range"), "bytes=")
	if !found {
		return 0, 0, false
	}
	if same := r.Header.Get("If-Range"); same != "" && same != etag {
		return 0, 0, false
	}
	first, last, found := strings.Cut(part, "-")
	from, err := strconv.Atoi(first)
	if !found || err != nil || from < 0 || from >= length {
		return 0, 0, false
	}
	to = length - 1
	if last != "" {
		end, err := strconv.Atoi(last)
		if err != nil || end < from {
			return 0, 0, false
		}
		to = min(end, to)
	}
	return from, to, true
}

func tail(encoding string) string {
	if encoding == "" {
		return ""
	}
	return "-" + encoding
}

// best chooses the form that suits an Accept-Encoding best: its bytes and
// their encoding. Without bytes the file has to be unpacked.
func (f *file) best(accept string) (body []byte, encoding string) {
	takes := accepted(accept)
	switch {
	case f.brotli != nil && takes["br"]:
		return f.brotli, "br"
	case f.gzip != nil && takes["gzip"]:
		return f.gzip, "gzip"
	}
	return f.plain, ""
}

// accepted reads an Accept-Encoding. What is refused by a weight of 0 is not
// in it.
func accepted(header string) map[string]bool {
	takes := map[string]bool{}
	if len(header) > 500 {
		return takes
	}
	for entry := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(entry), ";")
		weight = strings.ReplaceAll(strings.ToLower(weight), " ", "")
		if value, ok := strings.CutPrefix(weight, "q="); ok {
			if q, err := strconv.ParseFloat(value, 64); err != nil || q <= 0 {
				continue
			}
		}
		takes[strings.ToLower(strings.TrimSpace(name))] = true
	}
	return takes
}

// unpack sends the file to who takes no compression, which no browser does.
func (f *file) unpack(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", strconv.FormatInt(f.bytes, 10))
	from, err := gzip.NewReader(bytes.NewReader(f.gzip))
	if err != nil {
		http.Error(w, "the browser client is damaged", http.StatusInternalServerError)
		return
	}
	send(w, r, from)
}

// send sends a body in parts, each within its time.
func send(w http.ResponseWriter, r *http.Request, from io.Reader) {
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(partWithin)) // a test's writer has none
	if r.Method == http.MethodHead {
		return
	}
	buffer := make([]byte, part)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			_ = control.SetWriteDeadline(time.Now().Add(partWithin))
			if _, gone := w.Write(buffer[:n]); gone != nil {
				return // a browser that has gone misses nothing it can be told
			}
		}
		if err != nil {
			return
		}
	}
}
