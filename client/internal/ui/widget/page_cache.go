package widget

import (
	"image"
	"runtime"
)

type pictureKey struct {
	page, width int
	x, y        int // of a tile
}

// pictureCache keeps pictures of pages up to a bound of memory, those used last. The zero value is ready.
type pictureCache struct {
	entries map[pictureKey]*cached
	bytes   int
	most    int // bytes, 0 for the usual bound
	clock   int
}

type cached struct {
	img   *image.RGBA
	tile  *pageTile
	bytes int
	used  int
}

// cacheBudget in bytes: six large pages and their like, half of that in a browser.
func cacheBudget() int {
	if runtime.GOOS == "js" {
		return 48 << 20
	}
	return 96 << 20
}

func (c *pictureCache) has(k pictureKey) bool {
	_, ok := c.entries[k]
	return ok
}

func (c *pictureCache) get(k pictureKey) (*image.RGBA, bool) {
	e, ok := c.entries[k]
	if !ok {
		return nil, false
	}
	c.clock++
	e.used = c.clock
	return e.img, true
}

func (c *pictureCache) getTile(k pictureKey) (*pageTile, bool) {
	if _, ok := c.get(k); !ok {
		return nil, false
	}
	return c.entries[k].tile, true
}

func (c *pictureCache) put(k pictureKey, img *image.RGBA) {
	c.keep(k, &cached{img: img, bytes: len(img.Pix)})
}

func (c *pictureCache) putTile(k pictureKey, t *pageTile) {
	c.keep(k, &cached{tile: t, bytes: t.bytes()})
}

func (c *pictureCache) keep(k pictureKey, fresh *cached) {
	if c.entries == nil {
		c.entries = map[pictureKey]*cached{}
	}
	if old, ok := c.entries[k]; ok {
		c.bytes -= old.bytes
	}
	c.clock++
	fresh.used = c.clock
	c.entries[k] = fresh
	c.bytes += fresh.bytes
	most := c.most
	if most == 0 {
		most = cacheBudget()
	}
	for c.bytes > most && len(c.entries) > 1 {
		oldest := k
		for key, e := range c.entries {
			if e.used < c.entries[oldest].used {
				oldest = key
			}
		}
		c.bytes -= c.entries[oldest].bytes
		delete(c.entries, oldest)
	}
}
