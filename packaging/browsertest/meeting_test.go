package browsertest

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"

	"phonghop/assets/translations"
	"phonghop/packaging/stage"
	"phonghop/shared/discovery"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
)

// sitting is one meeting of a window of the app, at which the chair sits, and
// of two tablets with browsers.
type sitting struct {
	*house
	chairs         *stage.House
	chair          *stage.Window
	words          map[string]string
	upright, broad *tablet
	known          pages
}

// join is the address that the QR code of the room holds.
func (h *house) join() string {
	h.t.Helper()
	key := pin.New(pin.Fingerprint{})
	conn, err := tls.Dial("tcp", strings.TrimPrefix(h.url, "https://"), pin.ClientConfig(key)) // learns the room's key
	if err != nil {
		h.t.Fatal(err)
	}
	_ = conn.Close()
	at, err := url.Parse(h.url)
	if err != nil {
		h.t.Fatal(err)
	}
	port, err := strconv.ParseUint(at.Port(), 10, 16)
	if err != nil {
		h.t.Fatal(err)
	}
	return discovery.Address{Host: at.Hostname(), Port: uint16(port), Fingerprint: key.Fingerprint()}.JoinURL()
}

// all lists the sample's people of a role, by precedence.
func (h *house) all(role string) (out []person) {
	for _, p := range h.people {
		if p.Role == role {
			out = append(out, p)
		}
	}
	return out
}

// sightClient builds the client that tells what it shows, or skips the test
// where there is nothing to show it on.
func sightClient(t *testing.T) (folder string) {
	t.Helper()
	if testing.Short() {
		t.Skip("whole windows take minutes")
	}
	for _, tool := range []string{"Xvfb", "openbox", "import", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing: packaging/debian-packages.sh demo installs it", tool)
		}
	}
	if ready := os.Getenv("PHONGHOP_SIGHT_PROGRAMS"); ready != "" {
		return ready
	}
	folder = t.TempDir()
	build := exec.Command("go", "build", "-trimpath", "-tags", "sight", "-o", filepath.Join(folder, "phonghop"), "phonghop/client") //nolint:gosec // a fixed program
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the client: %v\n%s", err, out)
	}
	return folder
}

// sit opens a room, and the chair's window in it.
func sit(t *testing.T) *sitting {
	t.Helper()
	chromium(t)
	programs := sightClient(t)
	s := &sitting{house: open(t)}
	if err := json.Unmarshal(translations.Vietnamese, &s.words); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "sitting-") // sockets have short names, which folders of tests do not
	if err != nil {
		t.Fatal(err)
	}
	s.chairs = &stage.House{Dir: dir, Programs: programs, Within: patience, Say: t.Logf}
	t.Cleanup(func() {
		s.chairs.End()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	s.house.chair() // to look at the meeting, not to run it
	st := s.state()
	s.item = st.Agenda[0]
	d := st.Contents[s.item].Documents[0]
	s.place = meeting.Place{Document: d.ID, Version: d.Latest().Number, Page: 1}
	s.known = s.pages()
	p := s.who("chair")
	s.chair, err = s.chairs.OpenWindow(t.Context(), stage.Seat{Name: "chair", Role: "chair", Width: 1280, Height: 800},
		"--server", s.join(), "--as", p.ID, "--pin", p.PIN, "--data", filepath.Join(dir, "chair"))
	s.must(err)
	return s
}

// must ends the test where the chair's window did not do what it should.
func (s *sitting) must(err error) {
	s.t.Helper()
	if err == nil {
		return
	}
	s.photograph("-failed")
	s.t.Fatal(err)
}

// photograph keeps a picture of the chair's window, where one is wanted.
func (s *sitting) photograph(name string) {
	s.t.Helper()
	folder := os.Getenv("PHONGHOP_PICTURES")
	if folder == "" || s.chair == nil {
		return
	}
	var err error
	if s.chair.Last, err = s.chair.Look(context.Background()); err == nil {
		err = s.chair.Keep(folder, name)
	}
	if err != nil {
		s.t.Logf("photograph of the chair's window: %v", err)
	}
}

// word is what stands on the screens for a key.
func (s *sitting) word(key string, values ...string) string {
	s.t.Helper()
	text, ok := s.words[key]
	if !ok {
		s.t.Fatalf("the screens have no words %q", key)
	}
	for i, v := range values {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", v)
	}
	return text
}

// press presses a word in the chair's window.
func (s *sitting) press(words string) {
	s.t.Helper()
	s.must(s.chair.Tap(s.t.Context(), words))
}

// sees waits until the chair sees words.
func (s *sitting) sees(words string) {
	s.t.Helper()
	_, err := s.chair.Find(s.t.Context(), words)
	s.must(err)
}

// insist presses a button until it is gone: in their first second, buttons
// that matter take no press, and some ask once more.
func (s *sitting) insist(words string) {
	s.t.Helper()
	s.sees(words)
	s.must(s.chairs.Until(s.t.Context(), "the chair goes on after "+words, func(ctx context.Context) (bool, error) {
		if !s.chair.Shows(ctx, words) {
			return true, nil
		}
		if err := s.chair.Tap(ctx, words, "widget.Button"); err != nil {
			return false, err
		}
		for range 10 {
			if !s.chair.Shows(ctx, words) {
				return true, nil
			}
			time.Sleep(100 * time.Millisecond) // the window's own time
		}
		return false, nil
	}))
}

// both waits until both tablets show a page.
func (s *sitting) both(page int) {
	s.t.Helper()
	for _, b := range []*tablet{s.broad, s.upright} {
		b.reads(s.known, page)
	}
}

// turn turns pages in the chair's window, and waits until the server shows the
// last of them.
func (s *sitting) turn(from, to int) {
	s.t.Helper()
	for n := from + 1; n <= to; n++ {
		s.press(s.word("reader.next"))
		s.shownPage(s.upright, n)
	}
}

// offline takes the network from one browser alone, or gives it back.
func (b *tablet) offline(off bool) {
	b.t.Helper()
	send(b, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}},
	})
	send(b, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
}

// gather lets both delegates come in, and the chair open the meeting and call
// its first item.
func (s *sitting) gather() {
	s.t.Helper()
	delegates := s.all("delegate")
	s.upright, s.broad = tab(s.t, browse(s.t, s.house), portrait), tab(s.t, browse(s.t, s.house), landscape)
	s.enter(s.upright, delegates[0])
	s.enter(s.broad, delegates[1])
	s.press("Phiên họp thường kỳ tháng 11 năm 2026")
	s.press(s.word("chair.title"))
	s.insist(s.word("chair.open_meeting"))
	s.insist(s.word("chair.start_item", "1"))
	s.sees(s.word("chair.screen_shows"))
	s.upright.goOn(s.known, 1)
	s.broad.goOn(s.known, 1)
}

// One meeting: the chair at a window of the app, two delegates with browsers.
func TestOneMeeting(t *testing.T) {
	s := sit(t)
	s.gather()
	s.turn(1, 7)
	s.both(7)
	s.upright.keep("meeting-upright")
	s.broad.keep("meeting-broad")
	s.apart()
	s.without()
	s.upright.quiet()
	s.broad.quiet()
}

// apart lets one delegate turn with a finger and magnify with two; he stays
// where he is when the chair goes on, and is back after one tap.
func (s *sitting) apart() {
	s.t.Helper()
	b := s.upright
	b.pinches(s.house, b.swipes(s.known, 8))
	s.turn(7, 8)
	s.broad.reads(s.known, 8)
	b.enlargesNoMore(s.known, 8)
	s.turn(8, 9)
	s.broad.reads(s.known, 9)
	if n, _ := b.shown(s.known); n != 8 {
		s.t.Errorf("who reads apart was taken to page %d", n)
	}
	var back point
	b.until("a button leads back", func() (ok bool) { back, ok = b.button(b.look()); return ok })
	b.tap(back.x, back.y)
	b.reads(s.known, 9)
}

// without takes the network from one tablet while the chair goes on, and loads
// the other anew.
func (s *sitting) without() {
	s.t.Helper()
	s.upright.offline(true)
	s.turn(9, 10)
	s.broad.reads(s.known, 10)
	s.broad.again()
	s.broad.reads(s.known, 10)
	s.upright.offline(false)
	s.both(10)
	s.turn(10, 11)
	s.both(11)
}
