package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// dieWithParent makes the system end a worker that its parent cannot end any
// more, even in the middle of a page.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// yieldToOthers makes this process the first that the system ends when it
// runs out of memory, before the server. Without the right to, nothing
// changes.
func yieldToOthers() {
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("500"), 0)
}

// resident returns the physical memory of a process in bytes, or 0 when it
// cannot be told.
func resident(pid int) int64 {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(data)
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
