//go:build !js

package discovery

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"phonghop/shared/pin"
)

const wireName = "Phòng họp số 3. Ủy ban"

// The tests below run this binary again inside network namespaces, as one of these.
func TestMain(m *testing.M) {
	switch os.Getenv("DISCOVERY_TEST_ROLE") {
	case "room":
		roomProcess()
	case "device":
		deviceProcess()
	default:
		os.Exit(m.Run())
	}
}

// roomProcess announces a room until its standard input is closed.
func roomProcess() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = os.Stdin.Read(make([]byte, 1))
		cancel()
	}()
	id := os.Getenv("DISCOVERY_TEST_ID")
	s := Service{ID: id, Name: wireName, Version: 1, Fingerprint: pin.Fingerprint{9}, Port: 8443, Path: "/"}
	if err := Advertise(ctx, s, func(err error) { os.Stderr.WriteString(err.Error() + "\n") }); err != nil {
		os.Stderr.WriteString(err.Error())
		os.Exit(1)
	}
}

// deviceProcess prints the list of rooms as JSON, a line at each change, until standard input is closed.
func deviceProcess() {
	b := Browse(context.Background(), Options{
		Probe:       func(context.Context, Room, netip.AddrPort) error { return errors.New("no server there") },
		BrowseEvery: 2 * time.Second,
		VanishAfter: 5 * time.Second,
	})
	end := make(chan struct{})
	go func() {
		_, _ = os.Stdin.Read(make([]byte, 1))
		close(end)
	}()
	out := json.NewEncoder(os.Stdout)
	for {
		select {
		case <-b.Updates():
			_ = out.Encode(b.Rooms())
		case <-end:
			b.Stop()
			if left := leftover(5 * time.Second); left != "" {
				os.Stderr.WriteString(left)
				os.Exit(1)
			}
			return
		}
	}
}

// leftover waits for the library's goroutines to end, and returns those that do not.
func leftover(most time.Duration) string {
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		buf := make([]byte, 1<<20)
		stacks := string(buf[:runtime.Stack(buf, true)])
		if !strings.Contains(stacks, "zeroconf") {
			return ""
		}
		if time.Since(begin) > most {
			return stacks
		}
	}
}

// namespaces makes two network namespaces joined by a cable, and removes them at the end.
func namespaces(t *testing.T) (a, b string) {
	t.Helper()
	if testing.Short() || os.Getuid() != 0 {
		t.Skip("network namespaces need root")
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("network namespaces need iproute2")
	}
	suffix := time.Now().Format("150405.000")[4:]
	a, b = "phA"+suffix, "phB"+suffix
	run := func(args ...string) error {
		out, err := exec.Command("ip", args...).CombinedOutput()
		if err != nil {
			t.Logf("ip %v: %v %s", args, err, out)
		}
		return err
	}
	t.Cleanup(func() { _, _ = run("netns", "del", a), run("netns", "del", b) })
	for _, args := range [][]string{
		{"netns", "add", a}, {"netns", "add", b},
		{"link", "add", "ph0", "netns", a, "type", "veth", "peer", "name", "ph0", "netns", b},
		{"-n", a, "addr", "add", "10.77.0.1/24", "dev", "ph0"}, {"-n", b, "addr", "add", "10.77.0.2/24", "dev", "ph0"},
		{"-n", a, "addr", "add", "fd77::1/64", "dev", "ph0", "nodad"}, {"-n", b, "addr", "add", "fd77::2/64", "dev", "ph0", "nodad"},
		{"-n", a, "link", "set", "ph0", "up"}, {"-n", b, "link", "set", "ph0", "up"},
	} {
		if err := run(args...); err != nil {
			t.Skip("network namespaces cannot be made here")
		}
	}
	return a, b
}

type process struct {
	*exec.Cmd
	in   interface{ Close() error }
	errs *strings.Builder
}

// start runs this binary in a namespace. What it prints goes to lines.
func start(t *testing.T, ns, role, id string, lines chan<- []Room) process {
	t.Helper()
	cmd := exec.Command("ip", "netns", "exec", ns, os.Args[0])
	cmd.Env = append(os.Environ(), "DISCOVERY_TEST_ROLE="+role, "DISCOVERY_TEST_ID="+id)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p := process{cmd, in, &strings.Builder{}}
	cmd.Stderr = p.errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	go func() {
		dec := json.NewDecoder(out)
		for {
			var rooms []Room
			if dec.Decode(&rooms) != nil {
				return
			}
			lines <- rooms
		}
	}()
	return p
}

func (p process) stop(t *testing.T) {
	t.Helper()
	p.in.Close()
	if err := p.Wait(); err != nil {
		t.Errorf("%v: %s", err, p.errs)
	}
}

func await(t *testing.T, lines <-chan []Room, most time.Duration, what string, ok func([]Room) bool) time.Duration {
	t.Helper()
	begin := time.Now()
	var last []Room
	for deadline := time.After(most); ; {
		select {
		case last = <-lines:
			if ok(last) {
				return time.Since(begin)
			}
		case <-deadline:
			t.Fatalf("not after %v: %s; the list is %+v", most, what, last)
		}
	}
}

func TestAcrossTwoNetworkNamespaces(t *testing.T) {
	a, b := namespaces(t)
	lines := make(chan []Room, 100)
	room := start(t, a, "room", "room-1", nil)
	time.Sleep(3 * time.Second) // its own announcements are over: it has to be asked
	device := start(t, b, "device", "", lines)
	took := await(t, lines, 2*time.Second, "the room is found", func(r []Room) bool { return len(r) == 1 })
	t.Logf("found after %v", took)

	// A second room of the same name in the same place appears by itself, beside the first.
	second := start(t, a, "room", "room-2", nil)
	var both []Room
	took = await(t, lines, 10*time.Second, "both rooms", func(r []Room) bool { both = r; return len(r) == 2 })
	t.Logf("second room after %v", took)
	for i, r := range both {
		if r.Name != wireName || r.ID != []string{"room-1", "room-2"}[i] || r.Port != 8443 || r.Fingerprint != (pin.Fingerprint{9}) {
			t.Errorf("%+v", r)
		}
		if want := netip.MustParseAddrPort("10.77.0.1:8443"); r.Addr != want {
			t.Errorf("address %v, want %v", r.Addr, want)
		}
		if len(r.Addrs) < 2 || r.Addrs[1] != netip.MustParseAddrPort("[fd77::1]:8443") {
			t.Errorf("no IPv6 among %v", r.Addrs)
		}
	}

	_ = room.Process.Kill() // without goodbye
	took = await(t, lines, 10*time.Second, "the first leaves", func(r []Room) bool { return len(r) == 1 && r[0].ID == "room-2" })
	t.Logf("gone after %v, with 5 s set", took)
	second.stop(t)
	await(t, lines, 10*time.Second, "the second leaves", func(r []Room) bool { return len(r) == 0 })
	device.stop(t)
	_ = room.Wait() // it was killed
}

func TestStopLeavesNoGoroutine(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- Advertise(ctx, testService("local-1", "Phòng thử"), func(error) {}) }()
	b := Browse(t.Context(), Options{Probe: func(context.Context, Room, netip.AddrPort) error { return nil }, BrowseEvery: 200 * time.Millisecond})
	time.Sleep(time.Second)
	b.Stop()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if left := leftover(6 * time.Second); left != "" {
		t.Errorf("left behind:\n%s", left)
	}
}

func TestAdvertiseRefusesNonsense(t *testing.T) {
	s := testService("", "x")
	if err := Advertise(t.Context(), s, func(error) {}); err == nil {
		t.Error("a room without id is announced")
	}
}

func TestQuestion(t *testing.T) {
	b, err := question()
	if err != nil {
		t.Fatal(err)
	}
	var m dnsmessage.Message
	if err := m.Unpack(b); err != nil || len(m.Questions) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	if q := m.Questions[0]; q.Name.String() != "_phonghop._tcp.local." || q.Type != dnsmessage.TypePTR || m.Response {
		t.Errorf("%+v", m)
	}
	if ifaces := multicastInterfaces(); len(ifaces) > 0 && ifaces[0].Flags&net.FlagLoopback == 0 {
		if err := askOn(ifaces[0], b); err != nil {
			t.Logf("not sent: %v", err) // an interface without IPv4, perhaps
		}
	}
}
