package controller

import (
	"fmt"
	"image"
	"syscall/js"

	"phonghop/client/internal/breath"
	"phonghop/client/internal/promise"
)

// maxPixels bounds what is asked of the browser: a page of the largest
// picture there is, with some room.
const maxPixels = 64 << 20

// decode makes of a picture's file what a screen can show at once. The browser
// does it beside the program's only thread; where it cannot, the program does.
func decode(data []byte) (*image.RGBA, error) {
	if img, err := decodeInBrowser(data); err == nil {
		return img, nil
	}
	return decodeHere(data)
}

func decodeInBrowser(data []byte) (img *image.RGBA, err error) {
	defer func() {
		if r := recover(); r != nil { // what the browser throws
			img, err = nil, fmt.Errorf("decode in the browser: %v", r)
		}
	}()
	global := js.Global()
	bytes := global.Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(bytes, data)
	blob := global.Get("Blob").New([]any{bytes})
	bitmap, err := promise.Await(global.Call("createImageBitmap", blob))
	if err != nil {
		return nil, err
	}
	defer bitmap.Call("close")
	w, h := bitmap.Get("width").Int(), bitmap.Get("height").Int()
	if w < 1 || h < 1 || w*h > maxPixels {
		return nil, fmt.Errorf("a picture of %d x %d", w, h)
	}
	canvas := canvasOf(w, h)
	context := canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true, "alpha": false})
	context.Call("drawImage", bitmap, 0, 0)
	img = image.NewRGBA(image.Rect(0, 0, w, h))
	return img, takePixels(img, context)
}

// takePixels takes a canvas's pixels over some lines at a time; between them
// the browser hears fingers and draws.
func takePixels(img *image.RGBA, context js.Value) error {
	const lines = 400
	w, h := img.Rect.Dx(), img.Rect.Dy()
	array := js.Global().Get("Uint8Array")
	for y := 0; y < h; y += lines {
		breath.Take()
		n := min(lines, h-y)
		part := img.Pix[y*img.Stride : (y+n)*img.Stride]
		pixels := context.Call("getImageData", 0, y, w, n).Get("data")
		if got := js.CopyBytesToGo(part, array.New(pixels.Get("buffer"))); got != len(part) {
			return fmt.Errorf("%d bytes for %d lines of %d pixels", got, n, w)
		}
	}
	return nil
}

func canvasOf(w, h int) js.Value {
	if off := js.Global().Get("OffscreenCanvas"); off.Truthy() {
		return off.New(w, h)
	}
	canvas := js.Global().Get("document").Call("createElement", "canvas")
	canvas.Set("width", w)
	canvas.Set("height", h)
	return canvas
}
