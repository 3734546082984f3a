package browsertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"phonghop/shared/protocol"
)

// laterProtocol swaps in the protocol's next version.
func (s swap) laterProtocol(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "shared", "protocol", "protocol.go"))
	if err != nil {
		t.Fatal(err)
	}
	was, is := "const Version = "+strconv.Itoa(protocol.Version)+"\n", "const Version = "+strconv.Itoa(protocol.Version+1)+"\n"
	if !strings.Contains(string(text), was) {
		t.Fatalf("protocol.go has no %q", was)
	}
	file := filepath.Join(t.TempDir(), "protocol.go")
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), was, is, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.put(t, "shared/protocol/protocol.go", file)
}

// laterClient builds the client for browsers that speaks the later protocol.
func (s swap) laterClient(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	cmd := exec.Command("sh", filepath.Join("..", "browser.sh"), "later")
	cmd.Env = append(os.Environ(), "BROTLI=1", "INTO="+folder, "GOFLAGS="+os.Getenv("GOFLAGS")+" "+s.flag(t))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the later client: %v\n%s", err, out)
	}
	return folder
}

// A server that speaks a later protocol takes the old one's place, and gives
// it back: either way the tab that was open loads the client that fits by
// itself, once, and sends what waited.
func TestANewProtocolBringsItsClient(t *testing.T) {
	h, b, all := presents(t)
	first := build(t, h.folder)
	later := swap{}
	later.laterProtocol(t)
	later.clientFrom(t, later.laterClient(t))
	program := later.server(t)
	before, old, loads := b.sets(), b.program(), b.loads()
	h.replace(b, all, 2, program)
	h.sent(b, all, 2)
	if n := loads.Load(); n != 1 {
		t.Errorf("the page was loaded anew %d times, want once", n)
	}
	b.keep("later-protocol")
	h.renewed(b, all, 2, before[0], old)
	b.reads(all, 2)

	value[int](b, `sessionStorage.removeItem("phonghop-loaded"), 0`) // as a minute later: no page is loaded anew twice in a minute
	since, middle := b.sets(), b.program()
	h.replace(b, all, 3, first)
	h.sent(b, all, 3)
	if is := b.program(); is != old {
		t.Errorf("after the old server came back %s runs, not %s", is, old)
	}
	h.renewed(b, all, 3, since[0], middle)
	b.quiet()
}
