package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/assets/demo"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// BenchmarkFirstPage: the secretary uploads a file of 300 pages and puts it on
// the agenda; it ends when another device, which learnt of it by its socket,
// has the picture of the first page, 1,600 px wide. In the same run as many
// bytes go to a disk over plain HTTP with nothing else done to them.
func BenchmarkFirstPage(b *testing.B) {
	file := projects(b)
	dir := filepath.Join(b.TempDir(), "data")
	p := start(b, dir, "--room", "R", "--secretary", firstSecretary, "--pin", firstPIN)
	secretary, other := p.signIn(firstID, firstPIN), p.signIn(firstID, firstPIN)
	mustDo(b, secretary, "a", meeting.Create{Description: meeting.Description{Title: "Họp"}})
	mustDo(b, secretary, "b", meeting.AddItem{ID: "i", Type: meeting.Report, Brief: meeting.Brief{Title: "Báo cáo"}})
	events := follow(b, p, other, protocol.ItemStream("m", "i"))
	plain := newPlain(b)
	var all, bare []time.Duration
	b.ResetTimer()
	for n := range b.N {
		data := fmt.Appendf(slices.Clone(file), "\n%% copy %d\n", n)
		began := time.Now()
		var up protocol.Uploaded
		if status, err := secretary.send("POST", "/v1/documents?name=a.pdf", "application/pdf", bytes.NewReader(data), &up); status != http.StatusCreated {
			b.Fatal(status, err)
		}
		mustDo(b, secretary, fmt.Sprintf("d%d", n), meeting.AttachDocument{Item: "i", Document: meeting.DocumentID(fmt.Sprintf("d%d", n)), Title: "T", Hash: up.Hash, Name: up.Name})
		for !strings.Contains(<-events, up.Hash) {
		}
		path := "/v1/meetings/m/items/i/documents/" + up.Hash + "/pages/1?width=1600"
		if status, err := other.send("GET", path, "application/json", nil, nil); status != http.StatusOK {
			b.Fatal(status, err)
		}
		all = append(all, time.Since(began))
		began = time.Now()
		plain.store(b, data)
		bare = append(bare, time.Since(began))
		b.StopTimer()
		mustDo(b, secretary, fmt.Sprintf("r%d", n), meeting.RemoveDocument{Item: "i", Document: meeting.DocumentID(fmt.Sprintf("d%d", n))})
		b.StartTimer()
	}
	b.StopTimer()
	slices.Sort(all)
	slices.Sort(bare)
	b.ReportMetric(float64(all[len(all)/2].Milliseconds()), "first-page-p50-ms")
	b.ReportMetric(float64(bare[len(bare)/2].Milliseconds()), "bare-upload-p50-ms")
	b.ReportMetric(all[len(all)/2].Seconds()/bare[len(bare)/2].Seconds(), "first-page/bare-upload")
}

func mustDo(b *testing.B, v *visitor, id string, c meeting.Command) {
	b.Helper()
	if _, status, err := v.command(id, c); status != http.StatusOK {
		b.Fatal(c.Kind(), status, err)
	}
}

// projects is the sample's file of 300 pages.
func projects(b *testing.B) []byte {
	b.Helper()
	for _, d := range demo.Documents() {
		if d.Key == demo.DocProjects {
			var out bytes.Buffer
			if err := d.Make(&out); err != nil {
				b.Fatal(err)
			}
			return out.Bytes()
		}
	}
	b.Fatal("the sample has no such file")
	return nil
}

// follow opens a socket and gives its messages.
func follow(b *testing.B, p *process, v *visitor, stream string) <-chan string {
	b.Helper()
	want, err := pin.Parse(p.finger)
	if err != nil {
		b.Fatal(err)
	}
	d := websocket.Dialer{TLSClientConfig: pin.ClientConfig(pin.New(want))}
	ws, resp, err := d.Dial("wss"+p.url[5:]+"/v1/socket", http.Header{"Authorization": {"Bearer " + v.token}})
	if err != nil {
		b.Fatal(err)
	}
	_ = resp.Body.Close()
	b.Cleanup(func() { _ = ws.Close() })
	if err := ws.WriteJSON(protocol.Message{Type: protocol.TypeHello, Version: 1, Client: "other", Streams: []protocol.Position{{Stream: stream}}}); err != nil {
		b.Fatal(err)
	}
	out := make(chan string, 1000)
	go func() {
		for {
			_, data, err := ws.ReadMessage()
			if err != nil {
				return
			}
			out <- string(data)
		}
	}()
	return out
}

// plain stores what it is sent, and no more.
type plain struct{ url string }

func newPlain(b *testing.B) *plain {
	b.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	s := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, err := os.Create(filepath.Join(dir, "file")) //nolint:gosec // the benchmark's own
		if err == nil {
			_, err = io.Copy(f, r.Body)
			err = errors.Join(err, f.Sync(), f.Close())
		}
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})}
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			b.Error(err)
		}
	}()
	b.Cleanup(func() { _ = s.Close() })
	return &plain{"http://" + l.Addr().String()}
}

func (p *plain) store(b *testing.B, data []byte) {
	b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, p.url, bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		b.Fatal(err)
	}
	_ = resp.Body.Close()
}
