package browser

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The worker is a script that browsers run beside the page: it starts the
// client where the server cannot be reached. It has one name for good, so that
// a browser finds the worker of a new server, and is checked on each visit.
const worker = "worker.js"

// versionHeader tells the worker which set of files a page belongs to.
const versionHeader = "X-Phonghop-Client"

// readWorker makes the worker of the files there are, after all of them.
func (c *Client) readWorker() error {
	text, err := fs.ReadFile(page, "page/"+worker)
	if err != nil {
		return err
	}
	var all []string
	for _, f := range c.files {
		all = append(all, f.address)
	}
	slices.Sort(all)
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	var looks bytes.Buffer // the page's own form is a part of the version
	if err := index.Execute(&looks, pageData{C: links{c}}); err != nil {
		return err
	}
	sum := sha256.Sum256(slices.Concat(list, looks.Bytes(), text))
	c.version = hex.EncodeToString(sum[:8])
	c.worker = []byte(strings.NewReplacer("{{version}}", c.version, "{{files}}", string(list)).Replace(string(text)))
	return nil
}

// serveWorker answers with the worker's script.
func (c *Client) serveWorker(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", kinds[".js"])
	h.Set("Cache-Control", "no-cache")
	h.Set("Service-Worker-Allowed", "/")
	h.Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	etag := `"` + c.version + `"`
	h.Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(c.worker)))
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(partWithin))
	if r.Method != http.MethodHead {
		_, _ = w.Write(c.worker) // a browser that has gone misses nothing it can be told
	}
}
