package document

import (
	"cmp"
	"container/list"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"phonghop/server/internal/blob"
)

// drawing is the version of what Renderers draw. A higher one makes every
// picture be drawn anew.
const drawing = "v1"

// pictures keeps drawn pictures on disk up to a number of bytes and drops
// those that were not asked for the longest. Files appear whole or not at
// all; one that a power cut damaged counts as missing.
type pictures struct {
	dir   string
	limit int64
	spare func() bool // whether the disk has room to spare

	mu      sync.Mutex
	entries map[string]*list.Element // by key
	recent  *list.List               // of *entry, the last used first
	bytes   int64
}

type entry struct {
	key   string
	bytes int64
	used  time.Time // as noted on disk
}

// noted is how old the time of use on disk may be: it orders the pictures
// after a restart, and need not be exact.
const noted = time.Hour

func openPictures(dir string, limit int64) (*pictures, error) {
	c := &pictures{dir: filepath.Join(dir, drawing), limit: limit, entries: map[string]*list.Element{}, recent: list.New()}
	c.spare = func() bool { return blob.Spare(c.dir) }
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return nil, fmt.Errorf("picture cache: %w", err)
	}
	found, err := c.scan()
	if err != nil {
		return nil, fmt.Errorf("picture cache: %w", err)
	}
	slices.SortFunc(found, func(a, b *entry) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.key, b.key)) })
	for _, e := range found {
		c.entries[e.key] = c.recent.PushFront(e)
		c.bytes += e.bytes
	}
	c.drop(c.overdue())
	return c, nil
}

// scan lists the pictures on disk and removes half-written ones.
func (c *pictures) scan() ([]*entry, error) {
	var found []*entry
	err := filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasSuffix(path, partSuffix) {
			return os.Remove(path)
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		key := filepath.Base(filepath.Dir(path)) + "/" + d.Name()
		found = append(found, &entry{key: key, bytes: info.Size(), used: info.ModTime()})
		return nil
	})
	return found, err
}

const partSuffix = ".part"

// path returns the file of a key, which is "HASH/NAME".
func (c *pictures) path(key string) string {
	return filepath.Join(c.dir, key[:2], filepath.FromSlash(key))
}

// get returns a picture, or false when it is not there or damaged.
func (c *pictures) get(key string) (Picture, bool) {
	c.mu.Lock()
	at, ok := c.entries[key]
	var note bool
	now := time.Now()
	if ok {
		c.recent.MoveToFront(at)
		e := at.Value.(*entry)
		if note = now.Sub(e.used) > noted; note {
			e.used = now
		}
	}
	c.mu.Unlock()
	if !ok {
		return Picture{}, false
	}
	data, err := os.ReadFile(c.path(key))
	if err == nil {
		var p Picture
		if p, err = unpack(data); err == nil {
			if note {
				_ = os.Chtimes(c.path(key), now, now) // only the order after a restart
			}
			return p, true
		}
	}
	c.remove(key)
	return Picture{}, false
}

// has says whether a picture is there, without using it.
func (c *pictures) has(key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.entries[key]
	return ok
}

// givenBack is how many of the oldest pictures go for each new one while the
// disk has no room to spare.
const givenBack = 4

// put keeps a picture. On a disk that is nearly full it does not, and gives
// room back instead: pictures can be drawn again.
func (c *pictures) put(key string, p Picture) error {
	if !c.spare() {
		c.mu.Lock()
		keys := c.oldest(givenBack)
		c.mu.Unlock()
		c.drop(keys)
		return nil
	}
	data := pack(p)
	path := c.path(key)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := writeWhole(path, data); err != nil {
		return err
	}
	c.mu.Lock()
	if at, ok := c.entries[key]; ok {
		c.forget(at)
	}
	c.entries[key] = c.recent.PushFront(&entry{key: key, bytes: int64(len(data)), used: time.Now()})
	c.bytes += int64(len(data))
	drop := c.overdue()
	c.mu.Unlock()
	c.drop(drop)
	return nil
}

// writeWhole writes a file beside its place and moves it there. It does not
// wait for the disk: get finds out what a power cut damaged.
func writeWhole(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "*"+partSuffix)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// forget takes an entry out of the index. The caller holds the lock.
func (c *pictures) forget(at *list.Element) {
	e := at.Value.(*entry)
	c.recent.Remove(at)
	delete(c.entries, e.key)
	c.bytes -= e.bytes
}

// overdue forgets the pictures that are too many, but never the newest, and
// returns their keys. The caller holds the lock, or is alone.
func (c *pictures) overdue() []string {
	var keys []string
	for c.bytes > c.limit && c.recent.Len() > 1 {
		keys = append(keys, c.oldest(1)...)
	}
	return keys
}

// oldest forgets the pictures that were not used the longest, and returns
// their keys. The caller holds the lock, or is alone.
func (c *pictures) oldest(n int) (keys []string) {
	for ; n > 0 && c.recent.Len() > 0; n-- {
		last := c.recent.Back()
		keys = append(keys, last.Value.(*entry).key)
		c.forget(last)
	}
	return keys
}

// drop removes files. One that cannot be removed is found by the next scan.
func (c *pictures) drop(keys []string) {
	for _, key := range keys {
		_ = os.Remove(c.path(key))
		_ = os.Remove(filepath.Dir(c.path(key))) // fails while others are there
	}
}

func (c *pictures) remove(key string) {
	c.mu.Lock()
	if at, ok := c.entries[key]; ok {
		c.forget(at)
	}
	c.mu.Unlock()
	c.drop([]string{key})
}

// removeDocument removes every picture of a document.
func (c *pictures) removeDocument(hash string) {
	c.mu.Lock()
	var keys []string
	for key, at := range c.entries {
		if strings.HasPrefix(key, hash+"/") {
			keys = append(keys, key)
			c.forget(at)
		}
	}
	c.mu.Unlock()
	c.drop(keys)
}

// A cached file is a header of 20 bytes and the picture: "php1", the CRC-32C
// of all that follows, the kind (1 PNG, 2 JPEG) and width and height in px.
const packedHeader = 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func pack(p Picture) []byte {
	kind := uint32(1)
	if p.ContentType == "image/jpeg" {
		kind = 2
	}
	out := make([]byte, packedHeader, packedHeader+len(p.Data))
	copy(out, "php1")
	binary.BigEndian.PutUint32(out[8:], kind)
	binary.BigEndian.PutUint32(out[12:], uint32(p.Width))
	binary.BigEndian.PutUint32(out[16:], uint32(p.Height))
	out = append(out, p.Data...)
	binary.BigEndian.PutUint32(out[4:], crc32.Checksum(out[8:], castagnoli))
	return out
}

func unpack(data []byte) (Picture, error) {
	if len(data) <= packedHeader || string(data[:4]) != "php1" ||
		binary.BigEndian.Uint32(data[4:]) != crc32.Checksum(data[8:], castagnoli) {
		return Picture{}, errors.New("a damaged picture")
	}
	p := Picture{
		ContentType: "image/png", Data: data[packedHeader:],
		Width: int(binary.BigEndian.Uint32(data[12:])), Height: int(binary.BigEndian.Uint32(data[16:])),
	}
	if binary.BigEndian.Uint32(data[8:]) == 2 {
		p.ContentType = "image/jpeg"
	}
	return p, nil
}
