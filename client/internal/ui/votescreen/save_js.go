package votescreen

import (
	"syscall/js"

	"fyne.io/fyne/v2"
)

// SaveOn has the browser download the file.
func SaveOn(fyne.Window) Saver {
	return func(name string, data []byte, done func(code string)) {
		array := js.Global().Get("Uint8Array").New(len(data))
		js.CopyBytesToJS(array, data)
		blob := js.Global().Get("Blob").New([]any{array})
		url := js.Global().Get("URL").Call("createObjectURL", blob)
		a := js.Global().Get("document").Call("createElement", "a")
		a.Set("href", url)
		a.Set("download", name)
		a.Call("click")
		js.Global().Get("URL").Call("revokeObjectURL", url)
		done("")
	}
}
