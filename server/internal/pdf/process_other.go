//go:build !linux

package pdf

import "os/exec"

// dieWithParent does nothing here: a worker ends when its input does.
func dieWithParent(*exec.Cmd) {}

// yieldToOthers does nothing here.
func yieldToOthers() {}

// resident cannot tell here; pdfium's own memory is bounded all the same.
func resident(int) int64 { return 0 }
