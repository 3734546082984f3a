package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudflare/circl/blindsign/blindrsa"

	"phonghop/shared/ballot"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// secretList is the list of a vote of one member, who is for it.
func secretList(t *testing.T) protocol.BallotList {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	l := protocol.BallotList{Format: protocol.BallotFormat, Vote: "m/i/v", Question: "Thông qua?\x1b[2J", Taken: 1,
		Poll: poll.Poll{Method: poll.Approve, Mode: poll.Secret, Options: poll.Answers(poll.AnswersLaw, false)},
		Roll: poll.Roll{Members: []poll.PersonID{"an"}, Voters: []poll.PersonID{"an"}}}
	l.Poll.Rule, _ = poll.Set(poll.SetCommittee)
	if l.Key, err = x509.MarshalPKIXPublicKey(&k.PublicKey); err != nil {
		t.Fatal(err)
	}
	r, err := ballot.NewRequest(l.Vote, l.Key, make([]byte, ballot.SeedSize))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := blindrsa.NewSigner(k).BlindSign(r.Blinded())
	if err != nil {
		t.Fatal(err)
	}
	signature, err := r.Finish(answer)
	if err != nil {
		t.Fatal(err)
	}
	token := r.Token()
	l.Ballots = []protocol.SecretBallot{{Token: hex.EncodeToString(token[:]), Signature: signature, Marks: []int{0}}}
	l.Digest = poll.Digest(l.Vote, []poll.Listed{{Token: token, Marks: []int{0}}})
	l.Result = poll.Tally(l.Poll, l.Roll, poll.Votes{Secret: []poll.Ballot{{Marks: []int{0}}}, Taken: 1})
	return l
}

func verify(t *testing.T, content []byte) (code int, out, errOut string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	var o, e bytes.Buffer
	code = run([]string{"verify-vote", path}, &o, &e)
	return code, o.String(), e.String()
}

func TestVerifyVote(t *testing.T) {
	l := secretList(t)
	data, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	code, out, errOut := verify(t, data)
	if code != 0 || !strings.Contains(out, l.Digest) || !strings.Contains(out, "passed") || strings.Contains(out, "\x1b") {
		t.Errorf("%d %q %q", code, out, errOut)
	}
	l.Ballots[0].Marks = []int{1}
	if data, err = json.Marshal(l); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"forged": data, "text": []byte("no list"), "empty": nil, "other": []byte(`{"format":"x"}`)} {
		if code, out, errOut := verify(t, content); code == 0 || errOut == "" {
			t.Errorf("%s: %d %q", name, code, out)
		}
	}
}
