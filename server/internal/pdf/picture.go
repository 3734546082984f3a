package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"phonghop/server/internal/document"
)

const (
	// nearGray is how far a pixel's channels may lie apart to count as gray:
	// the colour fringes of a scan, not a stamp or a signature.
	nearGray = 20
	// maxMidTones is the share of mid-gray pixels above which a page is a
	// picture rather than writing, for which 16 levels would show steps.
	maxMidTones = 0.25
	// maxBytesPerPixel is the size of a PNG above which JPEG is tried too; a
	// page of text needs 0.03, a noisy scan 0.3.
	maxBytesPerPixel = 0.08
	jpegQuality      = 80
)

// level is the nearest of 16 levels of an 8-bit value.
var level = func() (t [256]uint16) {
	for v := range t {
		t[v] = uint16((v*15 + 127) / 255)
	}
	return t
}()

// pixels is a picture of R, G, B and an unused byte per pixel.
type pixels struct {
	pix          []byte
	stride, w, h int
}

func (p pixels) row(y int) []byte { return p.pix[y*p.stride : y*p.stride+4*p.w] }

// encode makes a picture of pixels. Pages of writing become a PNG with 16
// levels of gray, or, with colours, one of up to 256 colours of 16 levels
// each; everything else a JPEG.
func encode(p pixels) (document.Picture, error) {
	picture := document.Picture{Width: p.w, Height: p.h}
	q := quantise(p)
	if q.page != nil {
		data, err := encodePNG(q.page)
		if err != nil {
			return picture, err
		}
		picture.ContentType, picture.Data = "image/png", data
		if len(data) <= int(maxBytesPerPixel*float64(p.w)*float64(p.h))+1024 {
			return picture, nil
		}
	}
	data, err := encodeJPEG(p, q.colours)
	if err != nil {
		return picture, err
	}
	if picture.Data == nil || len(data) < len(picture.Data) {
		picture.ContentType, picture.Data = "image/jpeg", data
	}
	return picture, nil
}

// quantised is a page with few colours; page is nil when they are many.
type quantised struct {
	page    *image.Paletted
	colours bool // there is more than gray
}

// palette collects the codes that occur in a page: the 16 grays come first,
// then colours as they are met.
type palette struct {
	colors  color.Palette
	seen    [4096]uint8 // a colour's place in colors; no colour is at 0
	colours bool
	full    bool
}

func newPalette() *palette {
	p := &palette{}
	for v := range 16 {
		p.colors = append(p.colors, color.Gray{Y: uint8(v * 17)})
	}
	return p
}

// index returns the place of the nearest colour, and sets full when a 257th
// would be needed.
func (p *palette) index(r, g, b uint8) uint8 {
	if max(r, g, b)-min(r, g, b) <= nearGray {
		return uint8(level[luma(r, g, b)])
	}
	p.colours = true
	key := level[r]<<8 | level[g]<<4 | level[b]
	if p.seen[key] == 0 {
		if len(p.colors) == 256 {
			p.full = true
			return 0
		}
		p.seen[key] = uint8(len(p.colors))
		p.colors = append(p.colors, color.RGBA{R: uint8(key>>8) * 17, G: uint8(key>>4&15) * 17, B: uint8(key&15) * 17, A: 255})
	}
	return p.seen[key]
}

// quantise maps every pixel to one of 16 grays or of 4,096 colours, and gives
// up when more than 256 of them occur or when there are too many mid-tones.
func quantise(p pixels) quantised {
	img := &image.Paletted{Pix: make([]byte, p.w*p.h), Stride: p.w, Rect: image.Rect(0, 0, p.w, p.h)}
	colors := newPalette()
	mid := 0
	for y := range p.h {
		row, out := p.row(y), img.Pix[y*p.w:(y+1)*p.w]
		var last [3]byte
		var index uint8 // of black, which last is
		for x := range out {
			if now := [3]byte(row[4*x:]); now != last {
				last = now
				if index = colors.index(now[0], now[1], now[2]); colors.full {
					return quantised{colours: true}
				}
			}
			out[x] = index
			if index >= 3 && index <= 12 {
				mid++
			}
		}
	}
	if float64(mid) > maxMidTones*float64(p.w)*float64(p.h) {
		return quantised{colours: colors.colours}
	}
	img.Palette = colors.colors
	return quantised{page: img, colours: colors.colours}
}

func luma(r, g, b byte) byte {
	return byte((299*uint32(r) + 587*uint32(g) + 114*uint32(b) + 500) / 1000)
}

func encodePNG(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("png: %w", err)
	}
	return out.Bytes(), nil
}

func encodeJPEG(p pixels, colours bool) ([]byte, error) {
	var img image.Image = &image.RGBA{Pix: p.pix, Stride: p.stride, Rect: image.Rect(0, 0, p.w, p.h)}
	if !colours {
		gray := image.NewGray(image.Rect(0, 0, p.w, p.h))
		for y := range p.h {
			row := p.row(y)
			for x := range p.w {
				gray.Pix[y*p.w+x] = luma(row[4*x], row[4*x+1], row[4*x+2])
			}
		}
		img = gray
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, fmt.Errorf("jpeg: %w", err)
	}
	return out.Bytes(), nil
}
