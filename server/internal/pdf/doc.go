// Package pdf draws and reads PDF files with pdfium.
//
// A PDF comes from outside and may be hostile, so none is ever opened in the
// server's own process. A [Pool] keeps a few worker processes: the same binary
// started with [WorkerArg] as its first argument. In there pdfium runs as
// WebAssembly, with an empty file system and a bounded memory. The parent
// gives a worker one request at a time over a pipe, watches its time and its
// memory, and kills and replaces it when it takes too much of either.
//
// The program's main must hand over before it does anything else:
//
//	if pdf.IsWorker(os.Args) {
//		os.Exit(pdf.WorkerMain())
//	}
package pdf

// WorkerArg is the hidden first argument that makes the binary a worker.
const WorkerArg = "pdf-worker"

// IsWorker says whether a command line (with the program's name in front)
// asks for a worker.
func IsWorker(args []string) bool {
	return len(args) == 2 && args[1] == WorkerArg
}
