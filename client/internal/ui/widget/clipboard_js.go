package widget

import "syscall/js"

// CopyText puts text into the device's clipboard. Browsers without the newer way, and those that refuse it because they do not see
// the person's tap any more, take the words of a field that is marked.
func CopyText(text string) {
	clipboard := js.Global().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() {
		copyByField(text)
		return
	}
	var refused, done js.Func
	end := func() {
		refused.Release()
		done.Release()
	}
	refused = js.FuncOf(func(js.Value, []js.Value) any {
		copyByField(text)
		end()
		return nil
	})
	done = js.FuncOf(func(js.Value, []js.Value) any {
		end()
		return nil
	})
	clipboard.Call("writeText", text).Call("then", done, refused)
}

func copyByField(text string) {
	document := js.Global().Get("document")
	field := document.Call("createElement", "textarea")
	field.Set("value", text)
	field.Get("style").Call("setProperty", "position", "fixed")
	field.Get("style").Call("setProperty", "opacity", "0")
	document.Get("body").Call("appendChild", field)
	field.Call("select")
	document.Call("execCommand", "copy")
	field.Call("remove")
}
