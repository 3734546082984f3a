package controller

import (
	"bytes"
	"image"
	"image/color"
	stddraw "image/draw"
	_ "image/jpeg" // pages come as one of these
	_ "image/png"

	"golang.org/x/image/draw"

	"phonghop/shared/protocol"
)

// decodeHere makes of a picture's file what a screen can show at once.
func decodeHere(data []byte) (*image.RGBA, error) {
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	switch img := img.(type) {
	case *image.RGBA:
		return img, nil
	case *image.Paletted:
		return fromPalette(img), nil
	}
	out := image.NewRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	stddraw.Draw(out, out.Bounds(), img, img.Bounds().Min, stddraw.Src)
	return out, nil
}

// fromPalette is what most pages need: they are text in a few grays. It is
// many times faster than drawing by way of colours.
func fromPalette(img *image.Paletted) *image.RGBA {
	var table [256][4]uint8
	for i, c := range img.Palette {
		p := color.RGBAModel.Convert(c).(color.RGBA)
		table[i] = [4]uint8{p.R, p.G, p.B, p.A}
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		from := img.Pix[y*img.Stride : y*img.Stride+b.Dx()]
		to := out.Pix[y*out.Stride : y*out.Stride+4*b.Dx()]
		for x, p := range from {
			copy(to[4*x:4*x+4], table[p][:])
		}
	}
	return out
}

// shrink makes a picture narrower, keeping its shape.
func shrink(img *image.RGBA, width int) *image.RGBA {
	b := img.Bounds()
	if b.Dx() <= width {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, width, max(b.Dy()*width/b.Dx(), 1)))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}

// enlarge makes a tile of a page drawn so wide from a smaller picture of it.
func enlarge(img *image.RGBA, width, column, row int) (*image.RGBA, bool) {
	b := img.Bounds()
	height := b.Dy() * width / b.Dx()
	r := image.Rect(0, 0, protocol.TileSize, protocol.TileSize).Add(image.Pt(column, row).Mul(protocol.TileSize))
	r = r.Intersect(image.Rect(0, 0, width, height))
	if r.Empty() {
		return nil, false
	}
	scale := func(v int) int { return v * b.Dx() / width }
	from := image.Rect(scale(r.Min.X), scale(r.Min.Y), max(scale(r.Max.X), scale(r.Min.X)+1), max(scale(r.Max.Y), scale(r.Min.Y)+1)).Add(b.Min)
	out := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, from.Intersect(b), draw.Src, nil)
	return out, true
}

// enlargePart makes a tile, at its bounds, of the tile that it is a part of
// on a page drawn a half as wide, or n times halved.
func enlargePart(img *image.RGBA, n, column, row int, at image.Rectangle) (*image.RGBA, bool) {
	if at.Empty() {
		return nil, false
	}
	b := img.Bounds()
	corner := image.Pt(column>>n, row>>n).Mul(protocol.TileSize)
	from := image.Rect(at.Min.X>>n, at.Min.Y>>n, max(at.Max.X>>n, at.Min.X>>n+1), max(at.Max.Y>>n, at.Min.Y>>n+1))
	from = from.Sub(corner).Add(b.Min).Intersect(b)
	if from.Empty() {
		return nil, false
	}
	out := image.NewRGBA(image.Rect(0, 0, at.Dx(), at.Dy()))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, from, draw.Src, nil)
	return out, true
}
