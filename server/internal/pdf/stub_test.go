package pdf

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"

	"phonghop/server/internal/document"
)

// stubArg makes the test binary a worker that does what file names say, to
// try the pool against every way to misbehave.
const stubArg = "stub-worker"

func stubWorker() int {
	in := bufio.NewReader(os.Stdin)
	var set settings
	if _, err := readFrame(in, &set); err != nil {
		return 1
	}
	if err := writeFrame(os.Stdout, response{Ready: true}, nil); err != nil {
		return 1
	}
	for {
		var req request
		if _, err := readFrame(in, &req); err != nil {
			return 0
		}
		detail := fmt.Sprint(os.Getpid())
		switch {
		case strings.HasSuffix(req.File, "hang"):
			time.Sleep(time.Hour)
		case strings.HasSuffix(req.File, "slow"):
			time.Sleep(300 * time.Millisecond)
		case strings.HasSuffix(req.File, "die"):
			fmt.Fprintln(os.Stderr, "out of luck")
			return 3
		case strings.HasSuffix(req.File, "die-once"):
			if mark := req.File + ".mark"; os.Mkdir(mark, 0o700) == nil {
				return 3
			}
		case strings.HasSuffix(req.File, "garbage"):
			fmt.Print("this is no frame at all, and rather long for a length")
			time.Sleep(time.Hour)
		case strings.HasSuffix(req.File, "eat"):
			eat()
		}
		info := document.Info{Title: detail, Sizes: []document.Size{{W: 1, H: 1}}}
		if err := writeFrame(os.Stdout, response{Info: &info}, nil); err != nil {
			return 1
		}
	}
}

// eat takes physical memory until it is stopped.
func eat() {
	var held [][]byte
	for range 200 {
		piece := make([]byte, 16<<20)
		for i := 0; i < len(piece); i += 4096 {
			piece[i] = 1
		}
		held = append(held, piece)
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(time.Duration(len(held)) * time.Minute)
}
