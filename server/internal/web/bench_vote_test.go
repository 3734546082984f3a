package web_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// BenchmarkVote opens and closes votes before many sockets, through the whole
// server and durably, and in the same run sends the very message of an opened
// vote to as many sockets through nothing but gorilla and TLS. Opening takes
// from the command until the last socket has the vote; the result,
// from the command to close until the last socket knows that it was closed and
// counted, which are two messages each. A room tells nobody before the disk has
// it, which the bare fan-out knows nothing of: so the same kind of command in an
// item that nobody reads is timed, too, from the command to its answer ("alone").
// What is to be compared is "open-p50/limit", of opening and of both limits
// together, at most 1.5, and "result-p50/limit", with two messages each, at most
// 1.5; a 99th percentile needs a machine of its own.
func BenchmarkVote(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { votesBefore(b, n) })
	}
}

// votePlan is a vote of everybody, whatever runs: an item has room for
// meeting.MaxVotes, so that a long run needs several items.
func votePlan() meeting.VotePlan {
	p, _ := meeting.VoteTemplate(meeting.TemplateResolution)
	p.Question, p.Electors, p.Ahead, p.Hold = "Thông qua nội dung trình Hội đồng nhân dân thành phố về dự toán ngân sách địa phương", meeting.Everybody, true, false
	p.Poll.Mode = poll.Live
	return p
}

func votesBefore(b *testing.B, n int) {
	r := servertest.Durable(b)
	secretary, _, _ := prepared(b, r)
	tokens := crowd(b, r, n/40+1) // one person has 50 sockets at most
	secretary.count = 5000
	items, streams := voteItems(secretary, b.N/(meeting.MaxVotes-1)+2)
	last := len(items) - 1
	quiet, quietStream := items[last], streams[last].Stream // which nobody reads
	items, streams = items[:last], streams[:last]
	payload := openedMessage(b, secretary, items[0], streams[0].Stream)
	var got gate
	for i := range n {
		s := tokens[i%len(tokens)].connect(streams...)
		for range streams {
			s.until(protocol.TypeStream)
		}
		go readAll(s.ws, `"type":"event"`, &got)
	}
	bare := newBare(b)
	var gotBare gate
	for range n {
		go readAll(bare.dial(b, "/"), "", &gotBare)
	}
	presenter := bare.dial(b, "/presenter")
	bare.ready(b, n)
	c, apart := secretary.connect(), secretary.connect()
	said := 0
	timed := func(stream string, cmd meeting.Command, events int) time.Duration {
		at := got.expect(events * n)
		said++
		c.say(protocol.Message{Type: protocol.TypeCommand, Command: fmt.Sprintf("v%d", said), Stream: stream, Body: encoded(b, cmd)})
		return at()
	}
	// alone is the way of one command: to the room, to the disk, and back.
	alone := func(i int) time.Duration {
		plan := votePlan()
		plan.Question = fmt.Sprint(plan.Question, i) // something new each time
		body := encoded(b, meeting.PrepareVote{Item: quiet, Vote: "quiet", Plan: plan})
		at := time.Now()
		apart.say(protocol.Message{Type: protocol.TypeCommand, Command: fmt.Sprintf("q%d", i), Stream: quietStream, Body: body})
		apart.until(protocol.TypeDone)
		return time.Since(at)
	}
	var opened, counted, without, single []time.Duration
	b.ResetTimer()
	for i := range b.N {
		at := i / (meeting.MaxVotes - 1)
		item, stream, vote := items[at], streams[at].Stream, meeting.VoteID(fmt.Sprintf("v%d", i))
		timed(stream, meeting.PrepareVote{Item: item, Vote: vote, Plan: votePlan()}, 1)
		opened = append(opened, timed(stream, meeting.OpenVote{Item: item, Vote: vote}, 1))
		counted = append(counted, timed(stream, meeting.CloseVote{Item: item, Vote: vote}, 2))
		done := gotBare.expect(n)
		if err := presenter.WriteMessage(websocket.TextMessage, payload); err != nil {
			b.Fatal(err)
		}
		without = append(without, done())
		single = append(single, alone(i))
	}
	b.StopTimer()
	bare50, _ := reportTimes(b, without, "bare")
	alone50, _ := reportTimes(b, single, "alone")
	for name, messages := range map[string]float64{"open": 1, "result": 2} {
		p50, _ := reportTimes(b, map[string][]time.Duration{"open": opened, "result": counted}[name], name)
		b.ReportMetric(p50/bare50, name+"-p50/bare")
		b.ReportMetric(p50/(alone50+messages*bare50), name+"-p50/limit")
	}
}

// reportTimes reports the median and the 99th percentile, in µs, and returns them.
func reportTimes(b *testing.B, all []time.Duration, name string) (p50, p99 float64) {
	slices.Sort(all)
	p50, p99 = float64(all[len(all)/2].Microseconds()), float64(all[len(all)*99/100].Microseconds())
	b.ReportMetric(p50, name+"-p50-µs")
	b.ReportMetric(p99, name+"-p99-µs")
	return p50, p99
}

// voteItems adds items to the meeting, and says where their streams are.
func voteItems(secretary *device, n int) (items []meeting.ItemID, streams []protocol.Position) {
	for i := range n {
		id := meeting.ItemID(fmt.Sprintf("votes%d", i))
		secretary.command(theMeeting, meeting.AddItem{ID: id, Type: meeting.Report, Brief: meeting.Brief{Title: "Báo cáo"}})
		items, streams = append(items, id), append(streams, protocol.Position{Stream: protocol.ItemStream(theMeeting, string(id))})
	}
	return items, streams
}

// openedMessage opens a vote and returns the message that a device gets.
func openedMessage(b *testing.B, runs *device, item meeting.ItemID, stream string) []byte {
	b.Helper()
	s := runs.connect(protocol.Position{Stream: stream})
	s.until(protocol.TypeStream)
	runs.command(theMeeting, meeting.PrepareVote{Item: item, Vote: "first", Plan: votePlan()})
	runs.command(theMeeting, meeting.OpenVote{Item: item, Vote: "first"})
	runs.command(theMeeting, meeting.CloseVote{Item: item, Vote: "first"})
	_ = s.ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	for {
		_, data, err := s.ws.ReadMessage()
		if err != nil {
			b.Fatal(err)
		}
		if bytes.Contains(data, []byte(`"vote.opened"`)) {
			return data
		}
	}
}
