//go:build js

package deskscreen

import (
	"errors"
	"io"
	"syscall/js"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
)

// blobPart is how many bytes of a file are read into memory at a time.
const blobPart = 1 << 20

// Pick implements Files with the browser's own dialog, which takes several files at once.
func (d Dialogs) Pick(chosen func([]controller.File)) {
	input := js.Global().Get("document").Call("createElement", "input")
	input.Set("type", "file")
	input.Set("multiple", true)
	input.Set("accept", "application/pdf,.pdf")
	var change, cancel js.Func
	end := func(files []controller.File) {
		change.Release()
		cancel.Release()
		mainthread.Do(func() { chosen(files) })
	}
	change = js.FuncOf(func(js.Value, []js.Value) any {
		list := input.Get("files")
		var files []controller.File
		for i := range min(list.Length(), mostFiles) {
			files = append(files, blobFile(list.Index(i)))
		}
		end(files)
		return nil
	})
	cancel = js.FuncOf(func(js.Value, []js.Value) any {
		end(nil)
		return nil
	})
	input.Call("addEventListener", "change", change)
	input.Call("addEventListener", "cancel", cancel)
	input.Call("click")
}

func blobFile(blob js.Value) controller.File {
	size := int64(blob.Get("size").Float())
	return controller.File{Name: blob.Get("name").String(), Size: size, Open: func() (io.ReadCloser, error) { return &blobReader{blob: blob, size: size}, nil }}
}

// blobReader reads a file of the browser part by part, so that a large one is never in memory as a whole.
type blobReader struct {
	blob   js.Value
	at     int64
	size   int64
	part   []byte
	closed bool
}

var errBlob = errors.New("the browser could not read the file")

// Read implements io.Reader. It waits for the browser: not to be called on its event goroutine.
func (r *blobReader) Read(p []byte) (int, error) {
	if r.closed {
		return 0, io.ErrClosedPipe
	}
	if len(r.part) == 0 {
		if r.at >= r.size {
			return 0, io.EOF
		}
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.part)
	r.part = r.part[n:]
	return n, nil
}

func (r *blobReader) next() error {
	to := min(r.at+blobPart, r.size)
	got := make(chan []byte, 1)
	done := js.FuncOf(func(_ js.Value, args []js.Value) any {
		array := js.Global().Get("Uint8Array").New(args[0])
		b := make([]byte, array.Length())
		js.CopyBytesToGo(b, array)
		got <- b
		return nil
	})
	defer done.Release()
	failed := js.FuncOf(func(js.Value, []js.Value) any {
		got <- nil
		return nil
	})
	defer failed.Release()
	r.blob.Call("slice", r.at, to).Call("arrayBuffer").Call("then", done, failed)
	b := <-got
	if len(b) == 0 {
		return errBlob
	}
	r.part, r.at = b, r.at+int64(len(b))
	return nil
}

// Close implements io.Closer.
func (r *blobReader) Close() error {
	r.closed, r.part = true, nil
	return nil
}

// Browser implements Files: the browser has a dialog of its own.
func (Dialogs) Browser() Browser { return nil }

// sizeOf is not known for what is not a file of the browser.
func sizeOf(fyne.URI) int64 { return -1 }
