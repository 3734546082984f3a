// Package browser serves the client to browsers: one page that is there at
// once, and the client's program, which the page fetches and starts.
//
// The program is built before the server and embedded in it, compressed
// already. A server that was built without it says so, and everything else
// works.
package browser

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed all:files
var built embed.FS

//go:embed page
var page embed.FS

// ErrNotBuilt tells that the server was built without the client for
// browsers.
var ErrNotBuilt = errors.New("this server has no browser client; build it with make browser")

// Names of the built files. The program is kept compressed only.
const (
	describedIn = "built.json"
	programBr   = "phonghop.wasm.br"
	programGz   = "phonghop.wasm.gz"
	runtime     = "wasm_exec.js"
)

// description is what the build says of the program.
type description struct {
	Hash  string `json:"hash"`  // SHA-256 of the program, hex
	Bytes int64  `json:"bytes"` // of the program, uncompressed
}

// Client is the client for browsers. Its methods may be called from any
// goroutine.
type Client struct {
	files   map[string]*file // by the name in the address
	program *file
	runtime string            // names in addresses
	scripts map[string]string // by the names of their files
	style   string
	links   string // the manifest's name
	worker  []byte
	version string // of all of it
	icons   map[string]string
}

// file is a file that never changes under its name.
type file struct {
	kind    string
	plain   []byte // nil for the program
	gzip    []byte // nil where it is not worth it
	brotli  []byte
	hash    string
	address string
	bytes   int64 // uncompressed
}

// Open reads the client that is embedded in this program. The error is
// ErrNotBuilt where there is none.
func Open() (*Client, error) {
	sub, err := fs.Sub(built, "files")
	if err != nil {
		return nil, err
	}
	return read(sub)
}

func read(from fs.FS) (*Client, error) {
	data, err := fs.ReadFile(from, describedIn)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, err
	}
	var d description
	if err := json.Unmarshal(data, &d); err != nil || len(d.Hash) != 2*sha256.Size || d.Bytes <= 0 {
		return nil, fmt.Errorf("%s does not describe a client: build it again with make browser", describedIn)
	}
	c := &Client{files: map[string]*file{}, icons: map[string]string{}, scripts: map[string]string{}}
	c.program = &file{kind: "application/wasm", hash: d.Hash, bytes: d.Bytes}
	for name, into := range map[string]*[]byte{programBr: &c.program.brotli, programGz: &c.program.gzip} {
		if *into, err = fs.ReadFile(from, name); err != nil {
			return nil, fmt.Errorf("the browser client is incomplete, build it again with make browser: %w", err)
		}
	}
	c.name("phonghop.wasm", c.program)
	exec, err := fs.ReadFile(from, runtime)
	if err != nil {
		return nil, fmt.Errorf("the browser client is incomplete, build it again with make browser: %w", err)
	}
	c.runtime = c.add(runtime, exec)
	if err := c.readPage(); err != nil {
		return nil, err
	}
	return c, c.readWorker()
}

// readPage takes the files of the page, the manifest last: it names others.
func (c *Client) readPage() error {
	for _, name := range []string{"boot.js", "graphics.js", "boot.css", "icon.svg", "icon-192.png", "icon-512.png", "icon-maskable.png", "icon-touch.png", "app.webmanifest"} {
		data, err := fs.ReadFile(page, path.Join("page", name))
		if err != nil {
			return err
		}
		switch path.Ext(name) {
		case ".svg", ".png":
			c.icons[name] = c.add(name, data)
		case ".js":
			c.scripts[name] = c.add(name, data)
		case ".css":
			c.style = c.add(name, data)
		default:
			for icon, address := range c.icons {
				data = bytes.ReplaceAll(data, []byte(`"`+icon+`"`), []byte(`"`+address+`"`))
			}
			c.links = c.add(name, data)
		}
	}
	return nil
}

// kinds are the content types of the files of the page.
var kinds = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
	".png": "image/png", ".webmanifest": "application/manifest+json",
}

// add takes a small file and returns its address.
func (c *Client) add(name string, data []byte) string {
	sum := sha256.Sum256(data)
	f := &file{kind: kinds[path.Ext(name)], plain: data, bytes: int64(len(data)), hash: hex.EncodeToString(sum[:])}
	if path.Ext(name) != ".png" && len(data) > 1000 {
		f.gzip = squeezed(data)
	}
	return c.name(name, f)
}

// name gives a file the address that tells its content.
func (c *Client) name(name string, f *file) string {
	ext := path.Ext(name)
	unique := strings.TrimSuffix(name, ext) + "-" + f.hash[:16] + ext
	c.files[unique] = f
	f.address = Folder + unique
	return f.address
}

func squeezed(data []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil
	}
	_, _ = w.Write(data) // to memory, which takes everything
	_ = w.Close()
	return out.Bytes()
}
