package browsertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

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

// A client that no server fits says so and hangs nowhere: the page is loaded
// anew once and not for ever, and what waits to be sent waits on.
func TestAClientThatFitsNoServer(t *testing.T) {
	h, b, all := presents(t)
	first := build(t, h.folder)
	later := swap{}
	later.laterProtocol(t)
	program := later.server(t)
	loads := b.loads()
	h.replace(b, all, 2, program)
	b.until("the page is loaded anew", func() bool { return loads.Load() > 0 })
	b.shownUp()
	b.do("let it say what is to be done", chromedp.Sleep(5*time.Second))
	b.calm()
	b.keep("fits-no-server")
	if n := loads.Load(); n != 1 {
		t.Errorf("the page was loaded anew %d times, want once", n)
	}
	if n := b.wished(2); n != 1 {
		t.Errorf("%d outboxes have the wish, want one", n)
	}
	h.stop()
	h.serve(first, nil)
	h.leadTo(h.url)
	b.again()
	h.sent(b, all, 2)
	b.quiet()
}
