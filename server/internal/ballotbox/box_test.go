package ballotbox_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"phonghop/server/internal/ballotbox"
	"phonghop/server/internal/sqlite/ballots"
	"phonghop/shared/ballot"
	"phonghop/shared/poll"
)

const vote = "m/i/v"

// desk is a service on a store that survives it.
type desk struct {
	*ballotbox.Service
	store *ballots.Store
}

func openAt(t testing.TB, folder string) *desk {
	t.Helper()
	store, err := ballots.Open(context.Background(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{ballotbox.Open(store), store}
}

func (d *desk) close(t testing.TB) {
	t.Helper()
	d.Close()
	if err := d.store.Close(); err != nil {
		t.Error(err)
	}
}

func question() poll.Poll {
	rule, _ := poll.Set(poll.SetCommittee)
	return poll.Poll{Method: poll.Approve, Mode: poll.Secret, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}
}

func key(t testing.TB, d *desk, name string) []byte {
	t.Helper()
	k, err := d.Key(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// credential gets a signed token as a device does.
func credential(t testing.TB, d *desk, name, person string, seed byte) ballotbox.Ballot {
	t.Helper()
	r, err := ballot.NewRequest(name, key(t, d, name), append(make([]byte, ballot.SeedSize-1), seed))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Claim(context.Background(), name, question(), 20, person, r.Blinded()); err != nil {
		t.Fatal(err)
	}
	answer, err := d.Sign(context.Background(), name, person, r.Blinded())
	if err != nil {
		t.Fatal(err)
	}
	signature, err := r.Finish(answer)
	if err != nil {
		t.Fatal(err)
	}
	return ballotbox.Ballot{Vote: name, Token: r.Token(), Signature: signature}
}

func with(b ballotbox.Ballot, marks ...int) ballotbox.Ballot {
	b.Marks = marks
	return b
}

func cast(t testing.TB, d *desk, b ballotbox.Ballot, wantAgain bool, want error) {
	t.Helper()
	again, err := d.Cast(context.Background(), b)
	if again != wantAgain || !errors.Is(err, want) {
		t.Errorf("marks %v: again %v, %v, want %v, %v", b.Marks, again, err, wantAgain, want)
	}
}

func TestSecretBallots(t *testing.T) {
	folder := t.TempDir()
	d := openAt(t, folder)
	ctx := context.Background()
	an := credential(t, d, vote, "an", 1)
	binh := credential(t, d, vote, "binh", 2)
	other := credential(t, d, "m/i/w", "an", 3)
	cast(t, d, with(an, 0), false, nil)
	cast(t, d, with(an, 0), true, nil)
	cast(t, d, with(an, 1), false, ballotbox.ErrUsed)
	cast(t, d, with(binh), false, ballotbox.ErrIllegal)
	cast(t, d, with(binh, 3), false, ballotbox.ErrIllegal)
	cast(t, d, with(binh, 0, 1), false, ballotbox.ErrIllegal)
	forged := binh
	forged.Token[3] ^= 1
	cast(t, d, with(forged, 0), false, ballot.ErrForged)
	moved := other
	moved.Vote = vote
	cast(t, d, with(moved, 0), false, ballot.ErrForged)
	nowhere := binh
	nowhere.Vote = "m/i/none"
	cast(t, d, with(nowhere, 0), false, ballotbox.ErrNoVote)

	// The server starts again between credential and ballot.
	d.close(t)
	d = openAt(t, folder)
	defer d.close(t)
	if again := credential(t, d, vote, "binh", 2); again.Token != binh.Token || string(again.Signature) != string(binh.Signature) {
		t.Error("the same request was signed differently")
	}
	r, err := ballot.NewRequest(vote, key(t, d, vote), make([]byte, ballot.SeedSize))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Claim(ctx, vote, question(), 20, "binh", r.Blinded()); !errors.Is(err, ballotbox.ErrClaimed) {
		t.Errorf("a second ballot of one person: %v", err)
	}
	if _, err := d.Sign(ctx, vote, "binh", r.Blinded()); !errors.Is(err, ballotbox.ErrClaimed) {
		t.Errorf("a second signature of one person: %v", err)
	}
	cast(t, d, with(binh, 2), false, nil)

	list, err := d.Seal(ctx, vote)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	cast(t, d, with(binh, 2), true, nil)
	late := with(credential(t, d, "m/i/w", "chi", 9), 0)
	late.Vote = vote
	cast(t, d, late, false, ballot.ErrForged)
	if err := d.Claim(ctx, vote, question(), 20, "dung", r.Blinded()); !errors.Is(err, ballotbox.ErrSealed) {
		t.Errorf("a claim after the close: %v", err)
	}
	if err := d.Discard(ctx, vote); err != nil {
		t.Error(err)
	}
	cast(t, d, with(binh, 2), false, ballotbox.ErrNoVote)
}

func TestClaimsRefused(t *testing.T) {
	d := openAt(t, t.TempDir())
	defer d.close(t)
	ctx := context.Background()
	key(t, d, vote)
	for name, blinded := range map[string][]byte{"none": nil, "short": make([]byte, 255), "long": make([]byte, 257), "too large": bytes.Repeat([]byte{0xff}, 256)} {
		if err := d.Claim(ctx, vote, question(), 20, "an", blinded); !errors.Is(err, ballotbox.ErrIllegal) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.Claim(ctx, "none", question(), 20, "an", make([]byte, 256)); !errors.Is(err, ballotbox.ErrNoVote) {
		t.Errorf("no vote: %v", err)
	}
}

// signedTokens makes n ballots with the vote's own key: blind signatures are
// the same as these, and take longer.
func signedTokens(t testing.TB, d *desk, n int) []ballotbox.Ballot {
	t.Helper()
	key(t, d, vote)
	b, err := d.store.Find(context.Background(), vote)
	if err != nil {
		t.Fatal(err)
	}
	k, err := x509.ParsePKCS8PrivateKey(b.Private)
	if err != nil {
		t.Fatal(err)
	}
	private := k.(*rsa.PrivateKey)
	if err := d.Claim(context.Background(), vote, question(), n, "first", make([]byte, private.Size())); err != nil {
		t.Fatal(err)
	}
	out := make([]ballotbox.Ballot, n)
	var wait sync.WaitGroup
	for w := range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := w; i < n; i += runtime.GOMAXPROCS(0) {
				x := ballotbox.Ballot{Vote: vote, Marks: []int{i % 3}}
				_, _ = rand.Read(x.Token[:])
				h := crypto.SHA384.New()
				_, _ = fmt.Fprintf(h, "phonghop ballot 1\n%s\n%s", vote, x.Token[:])
				signature, err := rsa.SignPSS(rand.Reader, private, crypto.SHA384, h.Sum(nil), &rsa.PSSOptions{SaltLength: 48})
				if err != nil {
					t.Error(err)
				}
				x.Signature = signature
				out[i] = x
			}
		})
	}
	wait.Wait()
	return out
}

// Thousands of ballots at once, each of them twice: all are counted, none
// twice, and many are kept by one write.
func TestBurst(t *testing.T) {
	n := 5000
	if testing.Short() {
		n = 500
	}
	d := openAt(t, t.TempDir())
	defer d.close(t)
	all := signedTokens(t, d, n)
	var fresh, again atomic.Int64
	var wait sync.WaitGroup
	for i := range 2 * n {
		wait.Go(func() {
			known, err := d.Cast(context.Background(), all[i%n])
			switch {
			case err != nil:
				t.Errorf("ballot %d: %v", i%n, err)
			case known:
				again.Add(1)
			default:
				fresh.Add(1)
			}
		})
	}
	wait.Wait()
	if fresh.Load() != int64(n) || again.Load() != int64(n) {
		t.Errorf("%d new and %d known of %d", fresh.Load(), again.Load(), n)
	}
	list, err := d.Seal(context.Background(), vote)
	if err != nil || len(list) != n {
		t.Fatalf("%d in the list, %v", len(list), err)
	}
	marks := map[[32]byte]int{}
	for _, b := range all {
		marks[b.Token] = b.Marks[0]
	}
	for _, b := range list {
		if want, ok := marks[b.Token]; !ok || len(b.Marks) != 1 || b.Marks[0] != want {
			t.Fatalf("%x has %v, want %d", b.Token, b.Marks, want)
		}
		delete(marks, b.Token)
	}
}

const childFolder = "PHONGHOP_TEST_BALLOTS"

// TestCastingChild is the process that TestKilledWhileCasting kills.
func TestCastingChild(t *testing.T) {
	folder := os.Getenv(childFolder)
	if folder == "" {
		t.Skip("only as a child")
	}
	d := openAt(t, folder)
	for _, b := range signedTokens(t, d, 2000) {
		go func() {
			if _, err := d.Cast(context.Background(), b); err == nil {
				fmt.Printf("counted %x\n", b.Token) // one write: lines stay whole
			}
		}()
	}
	select {}
}

// A kill in the middle loses no ballot that was acknowledged, and the vote
// goes on.
func TestKilledWhileCasting(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process")
	}
	folder := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run", "^TestCastingChild$") //nolint:gosec // this test itself
	child.Env = append(os.Environ(), childFolder+"="+folder)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var counted []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if token, ok := strings.CutPrefix(lines.Text(), "counted "); ok && len(token) == 64 {
			counted = append(counted, token)
		}
		if len(counted) == 300 {
			_ = child.Process.Kill() // what it has said by then comes all the same
		}
	}
	_ = child.Wait()
	if len(counted) < 300 {
		t.Fatalf("only %d were counted before the end", len(counted))
	}
	d := openAt(t, folder)
	defer d.close(t)
	more := credential(t, d, vote, "an", 1)
	cast(t, d, with(more, 1), false, nil)
	list, err := d.Seal(context.Background(), vote)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, b := range list {
		kept[hex.EncodeToString(b.Token[:])] = true
	}
	for _, token := range counted {
		if !kept[token] {
			t.Errorf("%s was acknowledged and is lost", token)
		}
	}
	t.Logf("%d acknowledged, %d kept", len(counted), len(list))
}

// BenchmarkCredential gives credentials to voters one after the other, from
// the blinded token to the signature, durably, but for the meeting's record
// that they take part.
func BenchmarkCredential(b *testing.B) {
	d := openAt(b, b.TempDir())
	defer d.close(b)
	pub := key(b, d, vote)
	var requests []*ballot.Request
	for i := range 64 {
		r, err := ballot.NewRequest(vote, pub, append(make([]byte, ballot.SeedSize-1), byte(i)))
		if err != nil {
			b.Fatal(err)
		}
		requests = append(requests, r)
	}
	ctx := context.Background()
	n := 0
	for b.Loop() {
		who, r := fmt.Sprint("voter-", n), requests[n%len(requests)]
		n++
		if err := d.Claim(ctx, vote, question(), 1000, who, r.Blinded()); err != nil {
			b.Fatal(err)
		}
		if _, err := d.Sign(ctx, vote, who, r.Blinded()); err != nil {
			b.Fatal(err)
		}
	}
}
