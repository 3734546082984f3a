package browsertest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"image"
	_ "image/jpeg" // pages come as one of these
	_ "image/png"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// person is somebody of the sample meeting.
type person struct {
	ID, Name, Role, PIN string
}

// house is a whole server with the sample meeting, as a process of its own.
type house struct {
	t      testing.TB
	url    string // of the server itself
	front  string // the same for browsers, over the wire
	clear  string // of the server without encryption, "" where it has none
	wire   *wire
	folder string
	people []person
	http   *http.Client
	token  string
	client string
	stop   func() // ends the server, once
	m      string // the meeting
	item   meeting.ItemID
	place  meeting.Place // what the chair shows
}

// embedded is where the built client for browsers lies.
var embedded = filepath.Join("..", "..", "server", "internal", "browser", "files")

// build makes the server's program with the client for browsers in it, or
// skips the test.
func build(t testing.TB, folder string) string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(embedded, "built.json")); err != nil {
		t.Skip("the client for browsers was not built: make browser builds it")
	}
	program := filepath.Join(folder, "phonghop-server")
	if ready := os.Getenv("PHONGHOP_SERVER_PROGRAM"); ready != "" {
		return ready
	}
	cmd := exec.Command("go", "build", "-trimpath", "-o", program, "phonghop/server")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the server: %v\n%s", err, out)
	}
	return program
}

// open starts a server with the sample meeting on a free port; more are
// further words of its command line.
func open(t testing.TB, more ...string) *house {
	t.Helper()
	folder := t.TempDir()
	program := build(t, folder)
	h := &house{t: t, folder: folder, client: uuid.NewString()}
	data := filepath.Join(folder, "data")
	out, err := exec.Command(program, "demo", "--data", data, "--json").Output() //nolint:gosec // the program that was just built
	if err != nil {
		t.Fatalf("fill the sample: %v", err)
	}
	if err := json.Unmarshal(out, &h.people); err != nil {
		t.Fatal(err)
	}
	h.serve(program, more)
	h.wire = strung(t, strings.TrimPrefix(h.url, "https://"))
	h.front = "https://" + h.wire.Addr().String()
	h.http = &http.Client{Timeout: time.Minute, Transport: &http.Transport{TLSClientConfig: pin.ClientConfig(pin.New(pin.Fingerprint{}))}}
	t.Cleanup(h.http.CloseIdleConnections)
	return h
}

var (
	listening = regexp.MustCompile(`address=\S*:(\d+)`)
	inClear   = regexp.MustCompile(`without encryption.* at=(\S+)`)
)

// serve runs the server until it is stopped, or the test ends.
func (h *house) serve(program string, more []string) {
	h.t.Helper()
	args := append([]string{"serve", "--data", filepath.Join(h.folder, "data"), "--listen", "127.0.0.1:0", "--no-mdns"}, more...)
	cmd := exec.Command(program, args...) //nolint:gosec // as above
	log, err := cmd.StderrPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	port, ended := make(chan string, 1), make(chan struct{})
	go func() {
		defer close(ended)
		var said bytes.Buffer
		for lines := bufio.NewScanner(io.TeeReader(log, &said)); lines.Scan(); {
			if m := inClear.FindStringSubmatch(lines.Text()); m != nil {
				h.clear = "http://" + m[1] // before the port, which the test waits for
			}
			if m := listening.FindStringSubmatch(lines.Text()); m != nil {
				select {
				case port <- m[1]:
				default:
				}
			}
		}
		if h.t.Failed() {
			h.t.Logf("the server said:\n%s", said.String())
		}
	}()
	h.stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		<-ended
		if err := cmd.Wait(); err != nil {
			h.t.Errorf("the server ended with %v", err)
		}
	})
	h.t.Cleanup(h.stop)
	select {
	case p := <-port:
		h.url = "https://127.0.0.1:" + p
	case <-ended:
		h.t.Fatal("the server ended at once")
	case <-time.After(2 * time.Minute):
		h.t.Fatal("the server does not listen")
	}
}

func (h *house) who(role string) person {
	h.t.Helper()
	for _, p := range h.people {
		if p.Role == role {
			return p
		}
	}
	h.t.Fatalf("the sample has no %s", role)
	return person{}
}

// call makes a request with JSON in and out; it returns the status.
func (h *house) call(method, path string, in, out any) int {
	h.t.Helper()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			h.t.Fatal(err)
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, h.url+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if h.token != "" {
		req.Header.Set("Authorization", "Bearer "+h.token)
	}
	resp, err := h.http.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	if resp.StatusCode >= http.StatusBadRequest {
		h.t.Fatalf("%s %s: %s %s", method, path, resp.Status, data)
	}
	switch o := out.(type) {
	case nil:
	case *[]byte:
		*o = data
	default:
		if err := json.Unmarshal(data, out); err != nil {
			h.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return resp.StatusCode
}

// chair signs the chair in and finds the meeting that waits to be opened.
func (h *house) chair() {
	h.t.Helper()
	p := h.who("chair")
	var s protocol.Session
	h.call("POST", "/v1/sessions", protocol.SignIn{Person: p.ID, PIN: p.PIN, Device: protocol.Device{ID: h.client, Name: "test"}}, &s)
	h.token = s.Token
	var all protocol.Meetings
	h.call("GET", "/v1/meetings", nil, &all)
	for _, m := range all.Meetings {
		if m.Phase == string(meeting.Published) {
			h.m = m.ID
			return
		}
	}
	h.t.Fatal("no meeting waits to be opened")
}

// do gives commands for the chair.
func (h *house) do(commands ...meeting.Command) {
	h.t.Helper()
	for _, c := range commands {
		body, err := meeting.EncodeCommand(c)
		if err != nil {
			h.t.Fatal(err)
		}
		h.call("POST", "/v1/meetings/"+h.m+"/commands", protocol.CommandRequest{Client: h.client, Command: uuid.NewString(), Body: body}, nil)
	}
}

// state is the meeting as the chair sees it.
func (h *house) state() meeting.State {
	h.t.Helper()
	var s meeting.State
	var view protocol.MeetingView
	h.call("GET", "/v1/meetings/"+h.m, nil, &view)
	for _, v := range view.Streams {
		name, ok := protocol.ParseStream(v.Stream)
		if !ok || name.Meeting != h.m {
			continue
		}
		var err error
		if name.Item == "" {
			s, err = s.RestoreMeeting(v.Snapshot)
		} else {
			s, err = s.RestoreItem(meeting.ItemID(name.Item), v.Snapshot)
		}
		if err != nil && !strings.Contains(v.Stream, "vote") {
			h.t.Fatalf("%s: %v", v.Stream, err)
		}
	}
	return s
}

// begin opens the meeting; the chair shows the first page of the first long
// document.
func (h *house) begin() {
	h.t.Helper()
	s := h.state()
	h.item = s.Agenda[0]
	d := s.Contents[h.item].Documents[0]
	h.place = meeting.Place{Document: d.ID, Version: d.Latest().Number, Page: 1}
	h.do(meeting.OpenSitting{}, meeting.SetItemState{Item: h.item, To: meeting.Running},
		meeting.GivePresenter{Item: h.item, To: meeting.PersonID(h.who("chair").ID)}, meeting.Show{Item: h.item, Place: h.place})
}

// show turns the chair's page.
func (h *house) show(page int) {
	h.t.Helper()
	h.place.Page = page
	h.do(meeting.Show{Item: h.item, Place: h.place})
}

// key is the server's public key as browsers name it: SHA-256 in base64.
func (h *house) key() string {
	h.t.Helper()
	conn, err := tls.Dial("tcp", strings.TrimPrefix(h.url, "https://"), &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // its key is what is asked for
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	sum := sha256.Sum256(conn.ConnectionState().PeerCertificates[0].RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// picture is a page of the shown document as the server draws it.
func (h *house) picture(page, width int) image.Image {
	h.t.Helper()
	s := h.state()
	var data []byte
	for _, d := range s.Contents[h.item].Documents {
		if d.ID == h.place.Document {
			h.call("GET", "/v1/meetings/"+h.m+"/items/"+string(h.item)+"/documents/"+d.Latest().Hash+"/pages/"+strconv.Itoa(page)+"?width="+strconv.Itoa(width), nil, &data)
		}
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		h.t.Fatalf("page %d: %v", page, err)
	}
	return img
}
