package web_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/server/servertest"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// BenchmarkStrokes has ten people write a word each at the same moment on one
// document that a hundred others have open, through the whole server and
// durably; in the same run ten messages of the same length go to as many
// sockets through nothing but gorilla and TLS. A round takes until the last
// viewer has all ten.
func BenchmarkStrokes(b *testing.B) {
	const viewers, writers = 100, 10
	r := servertest.Durable(b)
	prepared(b, r)
	chair := signedIn(b, r, servertest.Chair)
	for _, c := range []meeting.Command{meeting.OpenSitting{}, meeting.SetItemState{Item: "open", To: meeting.Running}, meeting.OpenInk{Item: "open"}} {
		chair.command("m1", c)
	}
	layer := protocol.InkStream("m1", "open", "d1")
	var got, gotBare gate
	people := crowd(b, r, writers)
	for i := range viewers {
		s := people[i%writers].connect(protocol.Position{Stream: layer})
		s.until(protocol.TypeStream)
		go readAll(s.ws, `"type":"event"`, &got)
	}
	var pens []*socket
	for _, d := range people {
		pens = append(pens, d.connect())
	}
	bare := newBare(b)
	for range viewers {
		go readAll(bare.dial(b, "/"), "", &gotBare)
	}
	presenter := bare.dial(b, "/presenter")
	word := word(b)
	body := encoded(b, word)
	payload, err := json.Marshal(protocol.Message{Type: protocol.TypeEvent, Stream: layer, Seq: 1000, Command: "p1000", At: time.Now().UTC(), By: "p1", Body: body})
	if err != nil {
		b.Fatal(err)
	}
	bare.ready(b, viewers)
	var real, without []time.Duration
	b.ResetTimer()
	for i := range b.N {
		at := got.expect(viewers * writers)
		for w, pen := range pens {
			id := fmt.Sprintf("s%d-%d", i, w)
			pen.say(protocol.Message{Type: protocol.TypeCommand, Command: "k" + id, Stream: layer,
				Body: json.RawMessage(strings.Replace(string(body), `"stroke-id"`, `"`+id+`"`, 1))})
		}
		real = append(real, at())
		at = gotBare.expect(viewers * writers)
		for range writers {
			if err := presenter.WriteMessage(websocket.TextMessage, payload); err != nil {
				b.Fatal(err)
			}
		}
		without = append(without, at())
	}
	b.StopTimer()
	for name, all := range map[string][]time.Duration{"strokes": real, "bare": without} {
		slices.Sort(all)
		b.ReportMetric(float64(all[len(all)/2].Microseconds()), name+"-p50-µs")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), name+"-p99-µs")
	}
	b.ReportMetric(float64(len(payload)), "bytes/message")
}

// word is a written word of about 60 points.
func word(b *testing.B) meeting.AddStroke {
	b.Helper()
	var points []ink.Point
	for i := range 60 {
		points = append(points, ink.Point{X: 100 + float64(i)*0.8, Y: 200 + float64(i%9)*0.7, Millis: i * 16})
	}
	packed, err := ink.Pack(points, false)
	if err != nil {
		b.Fatal(err)
	}
	return meeting.AddStroke{Item: "open", Document: "d1", Stroke: ink.Stroke{ID: "stroke-id", Page: 2, Version: 1, Tool: ink.Pen, Ink: packed}}
}
