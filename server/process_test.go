package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"phonghop/server/internal/pdf"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// asProgram makes the test's own binary be the server: the tests here start
// it as a process of its own, and kill it.
const asProgram = "PHONGHOP_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if pdf.IsWorker(os.Args) {
		os.Exit(pdf.WorkerMain())
	}
	if os.Getenv(asProgram) != "" {
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// process is a running server.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	url    string
	finger string
	stderr bytes.Buffer
	done   chan struct{}
}

func command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...) //nolint:gosec // this very test
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// start starts a server and waits until it says where it is.
func start(t testing.TB, dir string, args ...string) *process {
	t.Helper()
	p := &process{t: t, done: make(chan struct{})}
	p.cmd = command(t, append([]string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--no-mdns"}, args...)...)
	p.cmd.Stderr = &p.stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "(address)"); ok && p.url == "" {
			p.url = strings.TrimSpace(url)
		}
		if _, finger, ok := strings.Cut(lines.Text(), "(key fingerprint)"); ok {
			p.finger = strings.TrimSpace(finger)
			break
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out); _ = p.cmd.Wait(); close(p.done) }()
	t.Cleanup(p.kill)
	if p.url == "" || p.finger == "" {
		p.kill()
		t.Fatalf("the server did not start: %s", p.stderr.String())
	}
	return p
}

// kill ends the server as a power cut does.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

type visitor struct {
	http  *http.Client
	url   string
	token string
}

func (p *process) signIn(person, secret string) *visitor {
	p.t.Helper()
	want, err := pin.Parse(p.finger)
	if err != nil {
		p.t.Fatal(err)
	}
	tr := &http.Transport{TLSClientConfig: pin.ClientConfig(pin.New(want))}
	p.t.Cleanup(tr.CloseIdleConnections)
	a := &visitor{http: &http.Client{Transport: tr, Timeout: 30 * time.Second}, url: p.url}
	var s protocol.Session
	status, err := a.call("POST", "/v1/sessions", protocol.SignIn{Person: person, PIN: secret, Device: protocol.Device{ID: "d"}}, &s)
	if err != nil || status != http.StatusCreated {
		p.t.Fatalf("sign in: %d %v", status, err)
	}
	a.token = s.Token
	return a
}

func (a *visitor) call(method, path string, in, out any) (int, error) {
	data, err := json.Marshal(in)
	if err != nil {
		return 0, err
	}
	return a.send(method, path, "application/json", bytes.NewReader(data), out)
}

func (a *visitor) send(method, path, kind string, body io.Reader, out any) (int, error) {
	req, err := http.NewRequestWithContext(context.Background(), method, a.url+path, body)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", kind)
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	if out != nil {
		_ = json.Unmarshal(data, out) // the status says what it is
	}
	return resp.StatusCode, nil
}

func (a *visitor) command(id string, c meeting.Command) (protocol.CommandAnswer, int, error) {
	var answer protocol.CommandAnswer
	body, err := meeting.EncodeCommand(c)
	if err != nil {
		return answer, 0, err
	}
	status, err := a.call("POST", "/v1/meetings/m/commands", protocol.CommandRequest{Client: "test", Command: id, Body: body}, &answer)
	return answer, status, err
}

const (
	firstSecretary = "Trần Thị Thu Vân"
	firstID        = "tran-thi-thu-van"
	firstPIN       = "480263"
)

func newRoom(t *testing.T) (dir string, p *process) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	return dir, start(t, dir, "--room", "Phòng họp số 2", "--secretary", firstSecretary, "--pin", firstPIN)
}

func TestFirstStartAndAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	out, err := command(t, "serve", "--data", dir, "--listen", "127.0.0.1:0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "--secretary") {
		t.Errorf("an empty folder without flags: %v\n%s", err, out)
	}
	out, err = command(t, "serve", "--data", dir, "--room", "R", "--secretary", "V", "--pin", "123456").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "6 digits") {
		t.Errorf("a weak PIN: %v\n%s", err, out)
	}
	first := start(t, dir, "--room", "Phòng họp số 2", "--secretary", firstSecretary, "--pin", firstPIN)
	first.signIn(firstID, firstPIN)

	out, err = command(t, "serve", "--data", dir, "--listen", "127.0.0.1:0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "another server uses this data folder") {
		t.Errorf("a second server: %v\n%s", err, out)
	}
	out, err = command(t, "demo", "--data", dir).CombinedOutput()
	if err == nil {
		t.Errorf("a sample in a folder in use: %s", out)
	}
	if err := first.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-first.done
	if !first.cmd.ProcessState.Success() {
		t.Errorf("asked to end: %s\n%s", first.cmd.ProcessState, first.stderr.String())
	}
	out, err = command(t, "demo", "--data", dir).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "has a room already") {
		t.Errorf("a sample in a room's folder: %v\n%s", err, out)
	}
	second := start(t, dir) // needs no flags any more, and has the same key
	if second.finger != first.finger {
		t.Error("the key has changed over a restart")
	}
	second.signIn(firstID, firstPIN)
	if out, err := command(t, "version").Output(); err != nil || !strings.HasPrefix(string(out), "phonghop-server ") {
		t.Errorf("version: %v %s", err, out)
	}
}

// TestKillLosesNothingAcknowledged kills the server in the middle of commands,
// again and again: each command that was acknowledged is there afterwards,
// and is not carried out a second time.
func TestKillLosesNothingAcknowledged(t *testing.T) {
	dir, p := newRoom(t)
	a := p.signIn(firstID, firstPIN)
	if _, status, err := a.command("create", meeting.Create{Description: meeting.Description{Title: "Họp"}}); status != 200 {
		t.Fatal(status, err)
	}
	var mu sync.Mutex
	kept := map[string]protocol.CommandAnswer{}
	for round := range 4 {
		a = p.signIn(firstID, firstPIN)
		var wait sync.WaitGroup
		for w := range 4 {
			wait.Go(func() {
				for n := range 1000 {
					id := fmt.Sprintf("r%d-w%d-%d", round, w, n)
					c := meeting.Describe{Description: meeting.Description{Title: "Họp lần " + id}}
					answer, status, err := a.command(id, c)
					if err != nil {
						return // killed
					}
					if status != http.StatusOK {
						t.Errorf("%s: %d", id, status)
						return
					}
					mu.Lock()
					kept[id] = answer
					mu.Unlock()
				}
			})
		}
		for count := 0; count < 40*(round+1); { // some are acknowledged, others under way
			mu.Lock()
			count = len(kept)
			mu.Unlock()
			time.Sleep(time.Millisecond)
		}
		p.kill()
		wait.Wait()
		p = start(t, dir)
	}
	a = p.signIn(firstID, firstPIN)
	var view protocol.MeetingView
	if status, err := a.call("GET", "/v1/meetings/m", nil, &view); status != 200 {
		t.Fatal(status, err)
	}
	seq := view.Streams[0].Seq
	for id, answer := range kept {
		again, status, err := a.command(id, meeting.Describe{Description: meeting.Description{Title: "Họp lần " + id}})
		if err != nil || status != 200 || again.Positions[0] != answer.Positions[0] || answer.Positions[0].Seq > seq {
			t.Fatalf("%s: acknowledged at %+v, now %+v (%d, %v); the stream is at %d", id, answer.Positions, again.Positions, status, err, seq)
		}
	}
	if status, err := a.call("GET", "/v1/meetings/m", nil, &view); status != 200 || view.Streams[0].Seq != seq {
		t.Errorf("commands sent again have moved the stream from %d to %d (%v)", seq, view.Streams[0].Seq, err)
	}
	t.Logf("%d acknowledged commands in 4 kills, none lost", len(kept))
}

// slowBody sends a part of a file, then waits for the kill.
type slowBody struct {
	first io.Reader
	sent  chan struct{}
	once  sync.Once
	hold  chan struct{}
}

func (b *slowBody) Read(p []byte) (int, error) {
	n, err := b.first.Read(p)
	if n > 0 || !errors.Is(err, io.EOF) {
		return n, err
	}
	b.once.Do(func() { close(b.sent) })
	<-b.hold
	return 0, io.ErrUnexpectedEOF
}

func TestKillDuringUpload(t *testing.T) {
	dir, p := newRoom(t)
	a := p.signIn(firstID, firstPIN)
	body := &slowBody{first: bytes.NewReader(bytes.Repeat([]byte("%PDF-1.7 "), 100_000)), sent: make(chan struct{}), hold: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		status, err := a.send("POST", "/v1/documents?name=a.pdf", "application/pdf", body, nil)
		if err == nil {
			err = fmt.Errorf("answered with %d", status)
			ended <- err
			return
		}
		ended <- nil
	}()
	<-body.sent
	p.kill()
	close(body.hold)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	p = start(t, dir)
	a = p.signIn(firstID, firstPIN)
	var left []string
	err := filepath.WalkDir(filepath.Join(dir, "documents"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left = append(left, path)
		}
		return err
	})
	if err != nil || len(left) != 0 {
		t.Errorf("left of the upload: %v %v", left, err)
	}
	var up protocol.Problem
	if status, err := a.send("POST", "/v1/documents?name=a.pdf", "application/pdf", strings.NewReader(""), &up); status != 422 || up.Code != "pdf_empty" {
		t.Errorf("an upload afterwards: %d %v %+v", status, err, up)
	}
}

func TestHelp(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := run([]string{"serve", "--help"}, &out, &errOut); code != 0 || !strings.Contains(out.String(), "--data") {
		t.Errorf("%d %s %s", code, out.String(), errOut.String())
	}
	out.Reset()
	if code := run([]string{"nonsense"}, &out, &errOut); code == 0 {
		t.Error("an unknown command is no error")
	}
}
