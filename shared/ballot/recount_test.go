package ballot_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"

	"phonghop/shared/ballot"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// listOf makes the list of a vote of four members with three ballots, and
// returns the token of the first.
func listOf(t testing.TB) (protocol.BallotList, ballot.Token) {
	t.Helper()
	rule, _ := poll.Set(poll.SetCommittee)
	members := []poll.PersonID{"a", "b", "c", "d"}
	l := protocol.BallotList{
		Format: protocol.BallotFormat, Vote: "m/i/v", Question: "Thông qua?", Taken: 3, Key: public(t, &key().PublicKey),
		Poll: poll.Poll{Method: poll.Approve, Mode: poll.Secret, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule},
		Roll: poll.Roll{Members: members, Voters: members, Chairman: "a"},
	}
	var list []poll.Listed
	signatures := map[ballot.Token][]byte{}
	for i, mark := range []int{0, 0, 1} {
		token, signature := signed(t, key(), l.Vote, seed(byte(i+1)))
		signatures[token] = signature
		list = append(list, poll.Listed{Token: token, Marks: []int{mark}})
	}
	first := list[0].Token
	poll.SortList(list)
	votes := poll.Votes{Taken: 3}
	for _, b := range list {
		l.Ballots = append(l.Ballots, protocol.SecretBallot{Token: hex.EncodeToString(b.Token[:]), Signature: signatures[b.Token], Marks: b.Marks})
		votes.Secret = append(votes.Secret, poll.Ballot{Marks: b.Marks})
	}
	l.Digest = poll.Digest(l.Vote, list)
	l.Result = poll.Tally(l.Poll, l.Roll, votes)
	return l, first
}

func TestRecount(t *testing.T) {
	l, first := listOf(t)
	data, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	var back protocol.BallotList
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	r, err := ballot.Recount(back)
	if err != nil || r.For != 2 || r.Against != 1 || r.Silent != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if !ballot.In(back, first, []int{0}) || ballot.In(back, first, []int{1}) || ballot.In(back, ballot.Token{}, []int{0}) {
		t.Error("a device does not find its ballot")
	}
}

// Whatever is changed in a list shows.
func TestForgedListsShow(t *testing.T) {
	for name, change := range map[string]func(*protocol.BallotList){
		"mark":         func(l *protocol.BallotList) { l.Ballots[0].Marks = []int{2} },
		"vote":         func(l *protocol.BallotList) { l.Vote = "m/i/w" },
		"dropped":      func(l *protocol.BallotList) { l.Ballots = l.Ballots[1:] },
		"twice":        func(l *protocol.BallotList) { l.Ballots = append(l.Ballots, l.Ballots[2]) },
		"order":        func(l *protocol.BallotList) { slices.Reverse(l.Ballots) },
		"signature":    func(l *protocol.BallotList) { l.Ballots[1].Signature = l.Ballots[0].Signature },
		"token":        func(l *protocol.BallotList) { l.Ballots[2].Token = "ff" + l.Ballots[2].Token[2:] },
		"upper case":   func(l *protocol.BallotList) { l.Ballots[0].Token = string(bytes.ToUpper([]byte(l.Ballots[0].Token))) },
		"digest":       func(l *protocol.BallotList) { l.Digest = "00" + l.Digest[2:] },
		"result":       func(l *protocol.BallotList) { l.Result.For++ },
		"verdict":      func(l *protocol.BallotList) { l.Result.Verdict = poll.Passed },
		"rule":         func(l *protocol.BallotList) { l.Poll.Rule.Need = poll.Share{Num: 1, Den: 3} },
		"roll":         func(l *protocol.BallotList) { l.Roll.Members = l.Roll.Members[:3] },
		"participants": func(l *protocol.BallotList) { l.Taken = 2 },
		"key":          func(l *protocol.BallotList) { l.Key = nil },
		"mode":         func(l *protocol.BallotList) { l.Poll.Mode = poll.Live },
		"form":         func(l *protocol.BallotList) { l.Format = "phonghop ballots 2" },
	} {
		l, _ := listOf(t)
		change(&l)
		if r, err := ballot.Recount(l); err == nil {
			t.Errorf("%s changed, and all is well: %+v", name, r)
		}
	}
}

func FuzzRecount(f *testing.F) {
	l, _ := listOf(f)
	data, err := json.Marshal(l)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(_ *testing.T, data []byte) {
		var l protocol.BallotList
		if json.Unmarshal(data, &l) == nil {
			_, _ = ballot.Recount(l)
		}
	})
}
