package session

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

func serverAt(t *testing.T, h http.HandlerFunc) *Server {
	t.Helper()
	ts := httptest.NewTLSServer(h)
	t.Cleanup(ts.Close)
	return NewServer(ts.URL, pin.New(pin.Of(ts.Certificate())))
}

func TestErrorsOfTheServerKeepTheirCode(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		header string
		body   string
		want   Problem
	}{
		"problem":    {429, "", `{"code":"wrong_pin","message":"Mã PIN chưa đúng","retry_after":7}`, Problem{Code: "wrong_pin", RetryAfter: 7 * time.Second}},
		"header":     {503, "3", `{"code":"unavailable"}`, Problem{Code: "unavailable", RetryAfter: 3 * time.Second}},
		"proxy":      {502, "", "<html>", Problem{Code: protocol.CodeUnavailable, What: "status 502"}},
		"unknown":    {418, "", "", Problem{Code: CodeOther, What: "status 418"}},
		"redirected": {302, "", "", Problem{Code: CodeOther, What: "status 302"}},
		"absurd":     {429, "", `{"code":"slow_down","retry_after":999999999}`, Problem{Code: "slow_down", RetryAfter: maxRetryAfter}},
	} {
		t.Run(name, func(t *testing.T) {
			s := serverAt(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.header != "" {
					w.Header().Set("Retry-After", c.header)
				}
				w.Header().Set("Location", "https://192.0.2.9/")
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			_, err := s.Meetings(context.Background())
			var p *Problem
			if !errors.As(err, &p) || p.Code != c.want.Code || p.RetryAfter != c.want.RetryAfter || p.What != c.want.What {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestNothingIsSentToAnotherKey(t *testing.T) {
	heard := false
	ts := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard = true }))
	ts.Config.ErrorLog = log.New(io.Discard, "", 0)
	ts.StartTLS()
	defer ts.Close()
	s := NewServer(ts.URL, pin.New(pin.Fingerprint{1}))
	s.SetToken("secret")
	_, err := s.SignIn(context.Background(), protocol.SignIn{Person: "a", PIN: "1"})
	_, dialled := s.Dial(context.Background())
	_, sent := s.Upload(context.Background(), Sending{Name: "a.pdf", Size: 1, Open: opens(strings.NewReader("x"))})
	for _, err := range []error{err, dialled, sent} {
		if CodeOf(err) != CodeKeyChanged {
			t.Errorf("got %v", err)
		}
	}
	if heard {
		t.Error("a request arrived")
	}
}

func TestNoServerIsANetworkProblem(t *testing.T) {
	s := NewServer("https://127.0.0.1:1", pin.New(pin.Fingerprint{}))
	if _, err := s.RoomInfo(context.Background()); CodeOf(err) != CodeNetwork {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.RoomInfo(ctx); CodeOf(err) != "canceled" {
		t.Errorf("given up: %v", err)
	}
}

func TestAnswersThatMakeNoSense(t *testing.T) {
	spoken := 0
	s := serverAt(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/room":
			_, _ = io.WriteString(w, `{"protocol":`+strconv.Itoa(spoken)+`}`)
		case "/v1/meetings":
			_, _ = io.WriteString(w, `[`)
		case "/long":
			_, _ = w.Write(make([]byte, 2000))
		}
	})
	for v, want := range map[int]string{protocol.Version: "", 99: CodeDeviceOld, protocol.Version - 1: CodeServerOld} {
		spoken = v
		_, err := s.RoomInfo(context.Background())
		if CodeOf(err) != want || OtherVersion(CodeOf(err)) != (v != protocol.Version) {
			t.Errorf("protocol %d: %v, want %q", v, err, want)
		}
	}
	if _, err := s.Meetings(context.Background()); CodeOf(err) != CodeBadAnswer {
		t.Errorf("no JSON: %v", err)
	}
	if _, err := s.fetch(context.Background(), "/long", 1000); CodeOf(err) != CodeBadAnswer {
		t.Errorf("too long: %v", err)
	}
}

func TestUploadTellsHowFarItIs(t *testing.T) {
	s := serverAt(t, func(w http.ResponseWriter, r *http.Request) {
		data, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Query().Get("name") != "Tờ trình 1.pdf" || r.ContentLength != 100_000 || len(data) != 100_000 {
			t.Errorf("%q, %d of %d bytes: %v", r.URL.Query().Get("name"), len(data), r.ContentLength, err)
		}
		_, _ = io.WriteString(w, `{"hash":"h","name":"Tờ trình 1.pdf","pages":3,"bytes":100000}`)
	})
	var told []int64
	got, err := s.Upload(context.Background(), Sending{Name: "Tờ trình 1.pdf", Size: 100_000, Open: opens(bytes.NewReader(make([]byte, 100_000))),
		Progress: func(n int64) { told = append(told, n) }})
	if err != nil || got.Pages != 3 {
		t.Fatalf("%+v %v", got, err)
	}
	if len(told) < 2 || told[len(told)-1] != 100_000 {
		t.Errorf("told %v", told)
	}
	for i := 1; i < len(told); i++ {
		if told[i] <= told[i-1] {
			t.Errorf("goes back: %v", told)
		}
	}
}

func TestAnUploadThatFailsOnTheDeviceSaysSo(t *testing.T) {
	s := serverAt(t, func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	broken := io.MultiReader(strings.NewReader("%PDF"), failing{})
	if _, err := s.Upload(context.Background(), Sending{Name: "a.pdf", Size: 100, Open: opens(broken)}); CodeOf(err) != CodeFile {
		t.Errorf("got %v", err)
	}
}

func opens(r io.Reader) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(r), nil }
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("unplugged") }
