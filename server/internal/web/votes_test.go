package web_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"phonghop/server/servertest"
	"phonghop/shared/ballot"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

const votes = "/v1/meetings/m1/items/open/votes/"

// hall is a meeting with members who vote.
type hall struct {
	t                *testing.T
	room             *servertest.Room
	secretary, chair *device
	members          []*device
}

// voting makes a running meeting with n members beside the Chairman.
func voting(t *testing.T, r *servertest.Room, n int) *hall {
	t.Helper()
	h := &hall{t: t, room: r}
	h.secretary, _, _ = prepared(t, r)
	h.secretary.command(theMeeting, meeting.SetParticipant{Participant: meeting.Participant{
		Person: servertest.Chair, Member: true, Chairman: true, Functions: []meeting.Function{meeting.Chair}}})
	for i := range n {
		id := fmt.Sprintf("voter-%02d", i)
		p := roster.Person{ID: roster.PersonID(id), Kind: roster.KindPerson, Name: fmt.Sprint("Ủy viên ", i), Order: 10 + i}
		if err := r.Stack().AddPerson(context.Background(), p, servertest.PIN); err != nil {
			t.Fatal(err)
		}
		h.secretary.command(theMeeting, meeting.SetParticipant{Participant: meeting.Participant{Person: roster.PersonID(id), Member: true}})
		h.members = append(h.members, h.device(id))
	}
	h.chair = signedIn(t, r, servertest.Chair)
	h.chair.command(theMeeting, meeting.OpenSitting{})
	h.chair.command(theMeeting, meeting.SetItemState{Item: "open", To: meeting.Running})
	return h
}

// device is signedIn without its request, which is slowed down after many.
func (h *hall) device(person string) *device {
	d := signedIn(h.t, h.room, "")
	d.token = h.room.SignIn(person)
	return d
}

// open opens a vote of the members.
func (h *hall) open(id meeting.VoteID, mode poll.Mode) {
	h.t.Helper()
	rule, _ := poll.Set(poll.SetCommittee)
	plan := meeting.VotePlan{Question: "Thông qua phương án nhân sự?", Electors: meeting.Members,
		Poll: poll.Poll{Method: poll.Approve, Mode: mode, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}}
	h.secretary.command(theMeeting, meeting.PrepareVote{Item: "open", Vote: id, Plan: plan})
	h.chair.command(theMeeting, meeting.OpenVote{Item: "open", Vote: id})
}

func (h *hall) close(id meeting.VoteID) {
	h.t.Helper()
	h.chair.command(theMeeting, meeting.CloseVote{Item: "open", Vote: id})
}

// state is the vote in the item's stream, as a member reads it.
func (h *hall) state(id meeting.VoteID) meeting.Voting {
	h.t.Helper()
	var view protocol.MeetingView
	h.chair.call("GET", "/v1/meetings/"+theMeeting, nil, &view)
	var s meeting.State
	for _, v := range view.Streams {
		if v.Stream == protocol.ItemStream(theMeeting, "open") {
			var err error
			if s, err = s.RestoreItem("open", v.Snapshot); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	v, ok := s.Contents["open"].Voting(id)
	if !ok {
		h.t.Fatalf("there is no vote %s", id)
	}
	return v
}

func (h *hall) key(id meeting.VoteID) []byte {
	h.t.Helper()
	key, err := base64.StdEncoding.DecodeString(h.state(id).Key)
	if err != nil {
		h.t.Fatal(err)
	}
	return key
}

// request draws a ballot of a vote from a seed of one byte.
func (h *hall) request(id meeting.VoteID, key []byte, seed byte) *ballot.Request {
	h.t.Helper()
	r, err := ballot.NewRequest("m1/open/"+string(id), key, bytes.Repeat([]byte{seed}, ballot.SeedSize))
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// credential gets a signed ballot, without marks.
func (h *hall) credential(d *device, id meeting.VoteID, key []byte, seed byte) protocol.SecretBallot {
	h.t.Helper()
	r := h.request(id, key, seed)
	var a protocol.CredentialAnswer
	if status := d.call("POST", votes+string(id)+"/credential", protocol.CredentialRequest{Blinded: r.Blinded()}, &a); status != 200 {
		h.t.Fatalf("credential: %d", status)
	}
	signature, err := r.Finish(a.Signature)
	if err != nil {
		h.t.Fatal(err)
	}
	token := r.Token()
	return protocol.SecretBallot{Vote: "m1/open/" + string(id), Token: hex.EncodeToString(token[:]), Signature: signature}
}

func marked(b protocol.SecretBallot, marks ...int) protocol.SecretBallot {
	b.Marks = marks
	return b
}

// nobody is a connection of its own, without session.
func (h *hall) nobody() *device { return signedIn(h.t, h.room, "") }

func (h *hall) cast(b protocol.SecretBallot, again bool) {
	h.t.Helper()
	var a protocol.BallotAnswer
	if status := h.nobody().call("POST", "/v1/ballots", b, &a); status != 200 || a.Again != again {
		h.t.Errorf("cast: %d, again %v", status, a.Again)
	}
}

// tallied waits until the ballots are counted.
func (h *hall) tallied(id meeting.VoteID) {
	h.t.Helper()
	for range 400 {
		if h.state(id).State == meeting.Tallied {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.t.Fatal("it is not counted")
}

func TestSecretVote(t *testing.T) { // [Q8] [Q9] [Q10] [Q11]
	r := servertest.New(t)
	h := voting(t, r, 3)
	h.open("v1", poll.Secret)
	key := h.key("v1")
	first := h.credential(h.members[0], "v1", key, 1)
	if again := h.credential(h.members[0], "v1", key, 1); again.Token != first.Token || !bytes.Equal(again.Signature, first.Signature) {
		t.Error("the same request was signed differently")
	}
	second := h.request("v1", key, 99)
	h.device("voter-00").refused("POST", votes+"v1/credential", protocol.CredentialRequest{Blinded: second.Blinded()}, 409, string(meeting.Exists))
	h.cast(marked(first, 0), false)
	h.cast(marked(first, 0), true)

	// The server starts again between credential and ballot.
	mine := h.credential(h.members[1], "v1", key, 2)
	r.Stop()
	r.Start()
	h.cast(marked(mine, 1), false)
	h.cast(marked(first, 0), true)

	var seen protocol.VoteView
	if h.chair.call("GET", votes+"v1", nil, &seen); seen.InBox != 2 || seen.Result != nil || !seen.MayVote {
		t.Errorf("the chair sees %+v", seen)
	}
	if v := h.state("v1"); !slices.Equal(v.Taken, []meeting.PersonID{"voter-00", "voter-01"}) || len(v.Choices) > 0 {
		t.Errorf("the room sees %+v", v)
	}
	h.members[0].refused("GET", votes+"v1/ballots", nil, 404, protocol.CodeNotFound)
	h.close("v1")
	h.tallied("v1")
	late := h.request("v1", key, 3)
	h.members[2].refused("POST", votes+"v1/credential", protocol.CredentialRequest{Blinded: late.Blinded()}, 409, string(meeting.BadState))
	h.cast(marked(mine, 1), true) // who lost the answer still learns that it counts

	if h.members[0].call("GET", votes+"v1", nil, &seen); seen.Result != nil {
		t.Error("a member sees the result before the announcement")
	}
	if h.chair.call("GET", votes+"v1", nil, &seen); seen.Result == nil || seen.Result.For != 1 || seen.Result.Against != 1 {
		t.Errorf("the chair sees %+v", seen)
	}
	h.members[0].refused("GET", votes+"v1/ballots", nil, 404, protocol.CodeNotFound)
	h.chair.command(theMeeting, meeting.AnnounceVote{Item: "open", Vote: "v1"})
	var list protocol.BallotList
	if status := h.members[2].call("GET", votes+"v1/ballots", nil, &list); status != 200 {
		t.Fatalf("list: %d", status)
	}
	result, err := ballot.Recount(list)
	if err != nil || result.Cast != 2 || result.Reason != poll.EqualSecret {
		t.Errorf("%+v, %v", result, err)
	}
	v := h.state("v1")
	if list.Digest != v.Digest || !bytes.Equal(list.Key, key) {
		t.Error("the list is not that of the vote")
	}
	var token ballot.Token
	if raw, err := hex.DecodeString(mine.Token); err != nil || copy(token[:], raw) != len(token) || !ballot.In(list, token, []int{1}) {
		t.Error("a voter does not find his ballot")
	}
}

func TestBallotsRefused(t *testing.T) { // [Q9]
	r := servertest.New(t)
	h := voting(t, r, 2)
	h.open("v1", poll.Secret)
	one := h.credential(h.members[0], "v1", h.key("v1"), 1)
	h.cast(marked(one, 0), false)
	two := h.credential(h.members[1], "v1", h.key("v1"), 2)
	nobody := h.nobody()
	for name, c := range map[string]struct {
		b      protocol.SecretBallot
		status int
		code   string
	}{
		"another mark":  {marked(one, 1), 409, "exists"},
		"no mark":       {marked(two), 400, "invalid"},
		"no option":     {marked(two, 3), 400, "invalid"},
		"negative":      {marked(two, -1), 400, "invalid"},
		"two marks":     {marked(two, 0, 1), 400, "invalid"},
		"stolen":        {marked(protocol.SecretBallot{Vote: two.Vote, Token: two.Token, Signature: one.Signature}, 0), 403, "not_allowed"},
		"no signature":  {marked(protocol.SecretBallot{Vote: two.Vote, Token: two.Token}, 0), 403, "not_allowed"},
		"odd token":     {marked(protocol.SecretBallot{Vote: two.Vote, Token: "zz", Signature: two.Signature}, 0), 400, "invalid"},
		"no token":      {marked(protocol.SecretBallot{Vote: two.Vote, Signature: two.Signature}, 0), 400, "invalid"},
		"odd vote":      {marked(protocol.SecretBallot{Vote: "m1/open", Token: two.Token, Signature: two.Signature}, 0), 400, "invalid"},
		"path":          {marked(protocol.SecretBallot{Vote: "../../v1", Token: two.Token, Signature: two.Signature}, 0), 400, "invalid"},
		"unknown vote":  {marked(protocol.SecretBallot{Vote: "m1/open/v9", Token: two.Token, Signature: two.Signature}, 0), 404, "not_found"},
		"long":          {marked(protocol.SecretBallot{Vote: two.Vote, Token: two.Token, Signature: make([]byte, 200_000)}, 0), 413, "too_large"},
		"open question": {protocol.SecretBallot{}, 400, "invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			d := *nobody
			d.t = t
			d.refused("POST", "/v1/ballots", c.b, c.status, c.code)
		})
	}
	h.members[1].refused("POST", "/v1/ballots", marked(two, 0), 400, protocol.CodeInvalid) // with his session
	h.secretary.refused("POST", votes+"v1/credential", protocol.CredentialRequest{Blinded: make([]byte, 256)}, 403, protocol.CodeNotAllowed)
	h.chair.refused("POST", votes+"v1/credential", protocol.CredentialRequest{Blinded: []byte("short")}, 400, protocol.CodeInvalid)
	h.chair.refused("POST", votes+"v9/credential", protocol.CredentialRequest{Blinded: make([]byte, 256)}, 404, protocol.CodeNotFound)
	h.nobody().refused("POST", votes+"v1/credential", protocol.CredentialRequest{Blinded: make([]byte, 256)}, 401, protocol.CodeSignIn)
	outsider := h.device(servertest.Guest)
	outsider.refused("GET", votes+"v1", nil, 404, protocol.CodeNotFound) // not invited to this item

	h.chair.command(theMeeting, meeting.CancelVote{Item: "open", Vote: "v1", Reason: "Nhầm câu hỏi"})
	for range 400 { // the box is emptied behind the answer
		if h.nobody().call("POST", "/v1/ballots", marked(one, 0), nil) == 404 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("a ballot of a cancelled vote is still there")
}

// An open vote with hidden choices: everybody sees who has voted, each his own
// ballot, and nobody more until the announcement.
func TestOwnBallot(t *testing.T) { // [Q4] [Q7]
	r := servertest.New(t)
	h := voting(t, r, 2)
	h.open("v1", poll.After)
	h.members[0].command(theMeeting, meeting.CastVote{Item: "open", Vote: "v1", Ballot: poll.Ballot{Marks: []int{1}}})
	for i, want := range []bool{true, false} {
		var seen protocol.VoteView
		h.members[i].call("GET", votes+"v1", nil, &seen)
		if (seen.Mine != nil) != want || want && seen.Mine.Marks[0] != 1 {
			t.Errorf("member %d sees %+v", i, seen.Mine)
		}
	}
	if v := h.state("v1"); len(v.Choices) > 0 || len(v.Taken) != 1 {
		t.Errorf("%+v", v)
	}
	h.chair.refused("GET", votes+"v1/ballots", nil, 404, protocol.CodeNotFound)
	h.members[0].refused("POST", votes+"v1/credential", protocol.CredentialRequest{Blinded: make([]byte, 256)}, 404, protocol.CodeNotFound)
}

// said is what the program writes into its log.
type said struct {
	mu sync.Mutex
	bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Buffer.Write(p)
}

// files reads every byte below a folder.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path) //nolint:gosec // of the test
		out[strings.TrimPrefix(path, dir+"/")] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// forms are the ways in which bytes may stand in a file.
func forms(b []byte) [][]byte {
	return [][]byte{b, []byte(hex.EncodeToString(b)), []byte(strings.ToUpper(hex.EncodeToString(b))),
		[]byte(base64.StdEncoding.EncodeToString(b)), []byte(base64.RawURLEncoding.EncodeToString(b))}
}

// Every byte of the data folder and of the log, while a secret vote is open,
// after it, and after the server's end: nothing ties a person to a choice.
func TestDataFolderTiesNobodyToAChoice(t *testing.T) {
	var log said
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(old)

	r := servertest.Durable(t)
	h := voting(t, r, 12)
	h.open("v1", poll.Secret)
	key := h.key("v1")
	var ballots []protocol.SecretBallot
	for i, d := range h.members {
		ballots = append(ballots, marked(h.credential(d, "v1", key, byte(i+1)), i%3))
	}
	rand.Shuffle(len(ballots), func(i, j int) { ballots[i], ballots[j] = ballots[j], ballots[i] })
	for _, b := range ballots {
		h.cast(b, false)
	}

	// While it is open, tokens are in the box only, and what the devices drew
	// is nowhere: without that, no request can be tied to its token.
	inBox := 0
	for name, data := range files(t, r.Dir()) {
		for i, b := range ballots {
			raw, _ := hex.DecodeString(b.Token)
			for _, secret := range slices.Concat(forms(raw), forms(b.Signature)) {
				if bytes.Contains(data, secret) {
					if name != "ballots.db" {
						t.Errorf("%s has the ballot %d", name, i)
					}
					inBox++
				}
			}
		}
		for i := range h.members {
			if bytes.Contains(data, bytes.Repeat([]byte{byte(i + 1)}, ballot.SeedSize)) {
				t.Errorf("%s has the seed of voter %d", name, i)
			}
		}
	}
	if inBox != 2*len(ballots) { // each token and each signature, once
		t.Fatalf("found %d tokens and signatures in the box: does the search work?", inBox)
	}

	h.close("v1")
	h.tallied("v1")
	h.chair.command(theMeeting, meeting.AnnounceVote{Item: "open", Vote: "v1"})
	checkClosed(t, r.Dir(), ballots)
	r.Stop()
	checkClosed(t, r.Dir(), ballots)
	log.mu.Lock()
	defer log.mu.Unlock()
	for _, b := range ballots {
		if strings.Contains(log.String(), b.Token) {
			t.Errorf("the log has a token: %s", log.String())
		}
	}
	if strings.Contains(log.String(), "voter-") {
		t.Errorf("the log names a voter: %s", log.String())
	}
}

// checkClosed checks what is left of a closed vote: the box knows no person,
// and wherever tokens stand, they stand in their own order.
func checkClosed(t *testing.T, dir string, ballots []protocol.SecretBallot) {
	t.Helper()
	var sorted []string
	for _, b := range ballots {
		sorted = append(sorted, b.Token)
	}
	slices.Sort(sorted)
	all := files(t, dir)
	for name, data := range all {
		if strings.HasPrefix(name, "ballots.db") && bytes.Contains(data, []byte("voter-")) {
			t.Errorf("%s knows who voted", name)
		}
		last := -1
		for _, token := range sorted {
			at := bytes.Index(data, []byte(token))
			if at >= 0 && at < last {
				t.Errorf("%s has the tokens in another order than their own", name)
			}
			last = max(last, at)
		}
	}
	if _, ok := all["ballots.db-journal"]; ok {
		t.Error("a journal is left")
	}
	if len(all["ballots.db"]) == 0 {
		t.Error("there is no box")
	}
}

// A hundred voters at once, each with answers that get lost: all are counted
// once, and the chair is answered meanwhile.
func TestManyVoteAtOnce(t *testing.T) {
	r := servertest.Durable(t)
	const n = 40
	h := voting(t, r, n)
	h.open("v1", poll.Secret)
	key := h.key("v1")
	var wait sync.WaitGroup
	for i, d := range h.members {
		wait.Go(func() {
			b := marked(h.credential(d, "v1", key, byte(i+1)), 0)
			for range 3 {
				if status := h.nobody().call("POST", "/v1/ballots", b, nil); status != http.StatusOK {
					t.Errorf("voter %d: %d", i, status)
				}
			}
		})
	}
	for range 5 {
		h.chair.command(theMeeting, meeting.RemindVoters{Item: "open", Vote: "v1"})
	}
	wait.Wait()
	h.close("v1")
	h.tallied("v1")
	var seen protocol.VoteView
	if h.chair.call("GET", votes+"v1", nil, &seen); seen.Result == nil || seen.Result.For != n || seen.Result.Silent != 1 {
		t.Errorf("%+v", seen.Result)
	}
}

func TestProtocolOfAVote(t *testing.T) { // [Q13]
	r := servertest.New(t)
	h := voting(t, r, 2)
	h.open("v1", poll.After)
	mark := meeting.CastVote{Item: "open", Vote: "v1", Ballot: poll.Ballot{Marks: []int{0}}}
	h.members[0].command(theMeeting, mark)
	h.chair.refused("GET", votes+"v1/report", nil, 409, string(meeting.BadState))
	h.close("v1")
	h.tallied("v1")
	h.members[0].refused("GET", votes+"v1/report", nil, 409, string(meeting.BadState))
	var first, later struct {
		Result  poll.Result                      `json:"result"`
		Choices map[meeting.PersonID]poll.Ballot `json:"choices"`
	}
	if status := h.chair.call("GET", votes+"v1/report?form=json", nil, &first); status != 200 || first.Result.For != 1 || len(first.Choices) > 0 {
		t.Errorf("the chair first: %d, %+v", status, first)
	}
	h.chair.command(theMeeting, meeting.AnnounceVote{Item: "open", Vote: "v1"})
	if status := h.members[1].call("GET", votes+"v1/report?form=json", nil, &later); status != 200 || len(later.Choices) != 1 {
		t.Errorf("a member later: %d, %+v", status, later)
	}
	h.members[1].refused("GET", votes+"v1/report?form=doc", nil, 400, protocol.CodeInvalid)
	h.members[1].refused("GET", votes+"v9/report", nil, 404, protocol.CodeNotFound)
}
