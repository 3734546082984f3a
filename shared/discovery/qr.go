package discovery

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"strings"

	"rsc.io/qr"
)

// quietZone is the width of the empty border around a QR code, in modules (ISO/IEC 18004, 9.1).
const quietZone = 4

// Style says for which terminal a QR code is drawn.
type Style int

// Dark modules have to be darker than light ones, or many readers see nothing.
const (
	// Colored sets black and white by escape sequences: right on every terminal that knows colours.
	Colored Style = iota
	// OnDark is plain text for a light font on a dark ground.
	OnDark
	// OnLight is plain text for a dark font on a light ground, such as a log opened in an editor.
	OnLight
)

// ErrQRScale says that a picture of a QR code was asked for in a size that makes no sense.
var ErrQRScale = errors.New("a QR code is drawn with 1 to 64 pixels a module")

// TerminalQR draws text as a QR code of half blocks, two rows of modules in a line, quiet zone included.
// Every line ends in a line feed. A join address takes about 49 columns and 25 lines. It fails if the
// text is longer than a QR code can hold (2,953 bytes).
func TerminalQR(text string, style Style) (string, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for y := -quietZone; y < code.Size+quietZone; y += 2 {
		if style == Colored {
			b.WriteString("\x1b[30;107m")
		}
		for x := -quietZone; x < code.Size+quietZone; x++ {
			top := code.Black(x, y)
			// The number of rows is odd: the lower half of the last line widens the quiet zone.
			bottom := code.Black(x, y+1)
			b.WriteString(halfBlock(top == (style != OnDark), bottom == (style != OnDark)))
		}
		if style == Colored {
			b.WriteString("\x1b[0m")
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// halfBlock returns the character whose halves are inked as told.
func halfBlock(top, bottom bool) string {
	switch {
	case top && bottom:
		return "█"
	case top:
		return "▀"
	case bottom:
		return "▄"
	default:
		return " "
	}
}

// QRImage draws text as a QR code with scale pixels a module (1 to 64, else ErrQRScale), quiet zone
// included, on white. It survives the loss of 15 % of its modules (level M), for walls and paper.
func QRImage(text string, scale int) (image.Image, error) {
	if scale < 1 || scale > 64 {
		return nil, ErrQRScale
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	side := (code.Size + 2*quietZone) * scale
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if code.Black(x/scale-quietZone, y/scale-quietZone) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	return img, nil
}

// QRPNG is QRImage as a PNG file.
func QRPNG(text string, scale int) ([]byte, error) {
	img, err := QRImage(text, scale)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
