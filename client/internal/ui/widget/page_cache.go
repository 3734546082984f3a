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
	img  *image.RGBA
	used int
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

func (c *pictureCache) put(k pictureKey, img *image.RGBA) {
	if c.entries == nil {
		c.entries = map[pictureKey]*cached{}
	}
	if old, ok := c.entries[k]; ok {
		c.bytes -= len(old.img.Pix)
	}
	c.clock++
	c.entries[k] = &cached{img, c.clock}
	c.bytes += len(img.Pix)
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
		c.bytes -= len(c.entries[oldest].img.Pix)
		delete(c.entries, oldest)
	}
}
