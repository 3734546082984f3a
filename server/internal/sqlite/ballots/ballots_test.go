package ballots_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"phonghop/server/internal/ballotbox"
	"phonghop/server/internal/sqlite/ballots"
)

const vote = "m/i/v"

func openAt(t testing.TB, folder string) *ballots.Store {
	t.Helper()
	s, err := ballots.Open(context.Background(), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// boxFor makes a box, with room for so many voters.
func boxFor(t testing.TB, s *ballots.Store, name string, marks, voters int) {
	t.Helper()
	b := ballotbox.Box{Vote: name, Private: bytes.Repeat([]byte("private-key-"), 100), Public: []byte("public")}
	if _, err := s.Make(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	if err := s.Furnish(context.Background(), name, []byte("{}"), marks, voters); err != nil {
		t.Fatal(err)
	}
}

// cast makes the n-th ballot: it is the same in every run.
func cast(n, mark int) ballotbox.Ballot {
	r := rand.NewChaCha8([32]byte{1: byte(n), 2: byte(n >> 8)})
	b := ballotbox.Ballot{Vote: vote, Signature: make([]byte, ballotbox.KeyBits/8), Marks: []int{mark}}
	_, _ = r.Read(b.Token[:])
	_, _ = r.Read(b.Signature)
	return b
}

func add(t testing.TB, s *ballots.Store, all ...ballotbox.Ballot) []error {
	t.Helper()
	answers, err := s.Add(context.Background(), all)
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

func TestBallotsAreKept(t *testing.T) {
	folder := t.TempDir()
	s := openAt(t, folder)
	ctx := t.Context()
	boxFor(t, s, vote, 1, 20)
	first, second := cast(1, 0), cast(2, 1)
	for i, err := range add(t, s, first, second, first) {
		if want := []error{nil, nil, ballotbox.ErrAlready}[i]; !errors.Is(err, want) {
			t.Errorf("ballot %d: %v", i, err)
		}
	}
	other := first
	other.Marks = []int{2}
	stray := cast(3, 0)
	stray.Vote = "m/i/w"
	if got := add(t, s, other, stray); !errors.Is(got[0], ballotbox.ErrUsed) || !errors.Is(got[1], ballotbox.ErrNoVote) {
		t.Errorf("%v", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, folder)
	if got := add(t, s, first)[0]; !errors.Is(got, ballotbox.ErrAlready) {
		t.Errorf("after a restart: %v", got)
	}
	if _, err := s.Ballots(ctx, vote); !errors.Is(err, ballotbox.ErrNoVote) {
		t.Errorf("read while the vote is open: %v", err)
	}
	list, err := s.Seal(ctx, vote)
	if err != nil || len(list) != 2 || bytes.Compare(list[0].Token[:], list[1].Token[:]) >= 0 {
		t.Fatalf("%v, %v", list, err)
	}
	for _, b := range list {
		want := first
		if b.Token == second.Token {
			want = second
		}
		if !bytes.Equal(b.Signature, want.Signature) || !slices.Equal(b.Marks, want.Marks) || b.Vote != vote {
			t.Errorf("%+v", b)
		}
	}
	if got := add(t, s, cast(4, 0), second); !errors.Is(got[0], ballotbox.ErrSealed) || !errors.Is(got[1], ballotbox.ErrAlready) {
		t.Errorf("after the close: %v", got)
	}
	if again, err := s.Seal(ctx, vote); err != nil || len(again) != 2 {
		t.Errorf("sealed again: %d, %v", len(again), err)
	}
}

func TestClaims(t *testing.T) {
	s := openAt(t, t.TempDir())
	ctx := t.Context()
	boxFor(t, s, vote, 1, 20)
	for _, c := range []struct{ person, blinded, want string }{{"anh", "one", "one"}, {"anh", "two", "one"}, {"binh", "two", "two"}} {
		if got, err := s.Claim(ctx, vote, c.person, []byte(c.blinded)); err != nil || string(got) != c.want {
			t.Errorf("%s: %s, %v", c.person, got, err)
		}
	}
	if _, err := s.Seal(ctx, vote); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Claim(ctx, vote, "chi", []byte("three")); !errors.Is(err, ballotbox.ErrSealed) {
		t.Errorf("after the close: %v", err)
	}
	if b, err := s.Find(ctx, vote); err != nil || len(b.Private) > 0 || !b.Sealed {
		t.Errorf("the key is still there: %v, %v", b, err)
	}
	if _, err := s.Claim(ctx, "m/i/w", "chi", []byte("three")); !errors.Is(err, ballotbox.ErrNoVote) {
		t.Errorf("no vote: %v", err)
	}
}

// The order of casting is not in the file: two boxes with the same ballots
// are the same bytes. Twenty people vote one after the other, in every run in
// another order, some of them twice.
func TestFileDoesNotTellTheOrder(t *testing.T) {
	file := func(order []int) []byte {
		folder := t.TempDir()
		s := openAt(t, folder)
		boxFor(t, s, vote, 1, len(order))
		for _, n := range order {
			add(t, s, cast(n, n%3))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(folder, ballots.FileName)) //nolint:gosec // of the test
		if err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != 1 {
			t.Errorf("files are left: %v", left)
		}
		return data
	}
	order := make([]int, 40)
	for i := range order {
		order[i] = i
	}
	want := file(order)
	for range 5 {
		rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		got := file(order)
		for i := range want {
			if len(got) != len(want) || got[i] != want[i] {
				t.Fatalf("the file of the order %v differs at byte %d of %d", order, i, len(want))
			}
		}
	}
}

// Nothing of a key or a claim is left in the file once the vote is closed, and
// nothing at all of a vote that was cancelled.
func TestWhatIsGoneIsGone(t *testing.T) {
	folder := t.TempDir()
	s := openAt(t, folder)
	ctx := t.Context()
	read := func() []byte {
		data, err := os.ReadFile(filepath.Join(folder, ballots.FileName)) //nolint:gosec // of the test
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	boxFor(t, s, vote, 1, 20)
	blinded := bytes.Repeat([]byte("blinded-"), 32)
	for i := range 30 {
		if _, err := s.Claim(ctx, vote, fmt.Sprint("person-", i), blinded); err != nil {
			t.Fatal(err)
		}
	}
	ballot := cast(7, 1)
	add(t, s, ballot)
	for _, secret := range []string{"private-key-", "blinded-", "person-3"} {
		if !bytes.Contains(read(), []byte(secret)) {
			t.Fatalf("%s is not even there before", secret)
		}
	}
	if _, err := s.Seal(ctx, vote); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"private-key-", "blinded-", "person-3"} {
		if bytes.Contains(read(), []byte(secret)) {
			t.Errorf("%s is still in the file", secret)
		}
	}
	if err := s.Discard(ctx, vote); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(read(), ballot.Token[:]) || bytes.Contains(read(), []byte(vote)) {
		t.Error("a discarded vote is still in the file")
	}
}

// A slot that runs full gets more room: nothing is ever turned away.
func TestMoreBallotsThanRoom(t *testing.T) {
	s := openAt(t, t.TempDir())
	boxFor(t, s, vote, 1, 1)
	var all []ballotbox.Ballot
	for n := range 300 {
		all = append(all, cast(n, n%3))
	}
	for i, err := range append(add(t, s, all[:100]...), add(t, s, all[100:]...)...) {
		if err != nil {
			t.Fatalf("ballot %d: %v", i, err)
		}
	}
	if n, err := s.Count(t.Context(), vote); n != 300 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func TestManyMarks(t *testing.T) {
	s := openAt(t, t.TempDir())
	boxFor(t, s, vote, 100, 50)
	b := cast(1, 0)
	b.Marks = nil
	for i := range 100 {
		b.Marks = append(b.Marks, i*4)
	}
	blank := cast(2, 0)
	blank.Marks = []int{}
	more := cast(3, 0)
	more.Marks = append(slices.Clone(b.Marks), 450)
	beyond := cast(4, 500)
	got := add(t, s, b, blank, more, beyond)
	if got[0] != nil || got[1] != nil || !errors.Is(got[2], ballotbox.ErrIllegal) || !errors.Is(got[3], ballotbox.ErrIllegal) {
		t.Fatalf("%v", got)
	}
	list, err := s.Seal(t.Context(), vote)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	for _, x := range list {
		if want := b.Marks; x.Token == b.Token && !slices.Equal(x.Marks, want) || x.Token == blank.Token && len(x.Marks) > 0 {
			t.Errorf("%v", x.Marks)
		}
	}
}

func TestForeignFiles(t *testing.T) {
	for name, data := range map[string][]byte{"text": []byte("this is no database, and long enough to be looked at"), "zeros": make([]byte, 4096)} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, ballots.FileName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := ballots.Open(t.Context(), folder); err == nil {
			t.Errorf("%s is taken for ballot boxes", name)
			_ = s.Close()
		}
	}
}

func TestNewerFileIsRefused(t *testing.T) {
	folder := t.TempDir()
	if err := openAt(t, folder).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, ballots.FileName)
	data, err := os.ReadFile(path) //nolint:gosec // of the test
	if err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint32(data[60:], 99) // user_version
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := ballots.Open(t.Context(), folder); err == nil {
		t.Error("it was opened")
		_ = s.Close()
	}
}
