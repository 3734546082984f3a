package account_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"phonghop/server/internal/account"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

var stranger = protocol.Device{ID: "stranger-0123456789"}

func TestWrongPINsAreSlowedDown(t *testing.T) {
	for _, person := range []roster.PersonID{"p1", "nobody"} { // they answer the same
		b := newBench(t, "p1")
		for i := range 5 {
			if w := b.guess(person, stranger, here); w != 0 {
				t.Fatalf("%s: wait %v before guess %d", person, w, i+1)
			}
		}
		for _, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60, 60} {
			want *= time.Second
			if w := b.guess(person, stranger, here); w != want {
				t.Fatalf("%s: wait %v, want %v", person, w, want)
			}
			b.wait(want - time.Millisecond)
			if w := b.guess(person, stranger, here); w != time.Millisecond {
				t.Fatalf("%s: wait another %v", person, w)
			}
			b.wait(time.Millisecond)
			if w := b.guess(person, stranger, here); w != 0 {
				t.Fatalf("%s: wait %v after the wait", person, w)
			}
		}
	}
}

func TestRightPINEndsTheRun(t *testing.T) {
	b := newBench(t, "p1", "p2")
	for range 3 {
		for range 4 {
			b.guess("p1", stranger, here)
		}
		b.signIn("p1")
	}
	for range 8 {
		b.guess("p2", stranger, here)
	}
	var slow *account.SlowDownError
	if _, _, err := b.SignIn(t.Context(), "p2", good, tablet, here); !errors.As(err, &slow) {
		t.Fatalf("the right PIN within the wait: %v", err)
	}
	b.wait(slow.RetryAfter)
	b.signIn("p2")
	b.signIn("p1") // somebody else's wait is no matter
	if w := b.guess("p2", stranger, here); w != 0 {
		t.Errorf("wait %v after the right PIN", w)
	}
}

func TestRightPINOnAKnownDeviceEndsAllRuns(t *testing.T) {
	b := newBench(t, "p1")
	b.signIn("p1")
	for range 4 {
		b.guess("p1", stranger, here)
		b.guess("p1", tablet, here)
	}
	b.signIn("p1")
	for range 5 {
		if b.guess("p1", stranger, here) != 0 || b.guess("p1", tablet, here) != 0 {
			t.Fatal("a run goes on after the right PIN")
		}
	}
}

func TestKnownDeviceIsNotKeptOutByOthers(t *testing.T) {
	b := newBench(t, "p1")
	b.signIn("p1")
	for range 50 {
		b.guess("p1", stranger, here)
		b.wait(time.Minute)
	}
	for b.guess("p1", stranger, here) == 0 {
	}
	if b.guess("p1", tablet, here) != 0 {
		t.Error("the person's own tablet waits for a stranger's guesses")
	}
	for range 4 {
		b.guess("p1", tablet, here)
	}
	if b.guess("p1", tablet, here) == 0 {
		t.Error("the person's own tablet may guess without end")
	}
}

func TestNewPINEndsTheWait(t *testing.T) {
	b := newBench(t, "p1")
	for range 9 {
		b.guess("p1", stranger, here)
	}
	if err := b.SetSecret(t.Context(), "p1", "860214"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.SignIn(t.Context(), "p1", "860214", stranger, here); err != nil {
		t.Errorf("with the new PIN: %v", err)
	}
}

func TestBurstHasNoMoreTriesThanASeries(t *testing.T) {
	b := newBench(t, "p1")
	var tried atomic.Int32
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			from := fmt.Sprintf("10.0.0.%d", i)
			_, _, err := b.SignIn(t.Context(), "p1", fmt.Sprintf("7%05d", i*317), stranger, from)
			var slow *account.SlowDownError
			switch {
			case errors.Is(err, account.ErrWrong):
				tried.Add(1)
			case !errors.As(err, &slow):
				t.Errorf("SignIn: %v", err)
			}
		})
	}
	wg.Wait()
	if n := tried.Load(); n != 5 {
		t.Errorf("%d of 100 guesses at once were looked at, want 5", n)
	}
}

func TestWholeRoomBehindOneAddress(t *testing.T) {
	b := newBench(t, "p1")
	for i := range 250 { // a room in which everybody mistypes once
		if w := b.guess(roster.PersonID(fmt.Sprintf("q%d", i)), stranger, here); w != 0 {
			t.Fatalf("person %d waits %v", i, w)
		}
	}
	for range 500 { // signing in costs an address nothing, on whatever device
		if _, _, err := b.SignIn(t.Context(), "p1", good, protocol.Device{ID: "new"}, here); err != nil {
			t.Fatal(err)
		}
	}
	// But it does not go on without end, and other addresses go on.
	n := 0
	for b.guess(roster.PersonID(fmt.Sprintf("r%d", n)), stranger, here) == 0 {
		if n++; n > 1000 {
			t.Fatal("one address guesses without end")
		}
	}
	if w := b.guess("s1", stranger, "192.168.1.21:50001"); w != 0 {
		t.Errorf("another address waits %v", w)
	}
	if w := b.guess("s2", stranger, here); w <= 0 || w > time.Second {
		t.Errorf("wait %v", w)
	}
	b.wait(time.Second)
	if w := b.guess("s3", stranger, here); w != 0 {
		t.Errorf("wait %v a second later", w)
	}
}

func TestClockSetBackLocksNobodyOut(t *testing.T) {
	b := newBench(t, "p1")
	for range 40 {
		b.guess("p1", stranger, here)
		b.wait(time.Minute)
	}
	b.guess("p1", stranger, here)
	b.wait(-24 * 365 * time.Hour)
	if w := b.guess("p1", stranger, here); w <= 0 || w > time.Minute {
		t.Errorf("wait %v", w)
	}
	b.wait(time.Minute)
	b.signIn("p1")
}

func TestGuessesThatAreNotLookedAtDoNotCount(t *testing.T) {
	b := newBench(t, "p1")
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("the device has gone")
	cancel(gone)
	for range 50 {
		if _, _, err := b.SignIn(ctx, "p1", wrong, stranger, here); !errors.Is(err, gone) {
			t.Fatalf("SignIn: %v", err)
		}
	}
	for range 4 {
		if w := b.guess("p1", stranger, here); w != 0 {
			t.Fatalf("wait %v", w)
		}
	}
	b.signIn("p1")
}

// blocking holds whoever reads a secret.
type blocking struct {
	account.Store
	inside, goOn chan struct{}
}

func (s *blocking) Secret(ctx context.Context, p roster.PersonID) (string, error) {
	s.inside <- struct{}{}
	<-s.goOn
	return s.Store.Secret(ctx, p)
}

func TestHashesAtOnceAreBounded(t *testing.T) {
	b := newBench(t, "p1", "p2", "p3")
	held := &blocking{b.store, make(chan struct{}, 8), make(chan struct{})}
	two := benchOn(t, held, account.Params{Memory: 64, Passes: 1, Threads: 1, Parallel: 2})
	var wg sync.WaitGroup
	for _, p := range []roster.PersonID{"p1", "p2"} {
		wg.Go(func() {
			if _, _, err := two.SignIn(t.Context(), p, good, tablet, here); err != nil {
				t.Errorf("SignIn: %v", err)
			}
		})
	}
	<-held.inside
	<-held.inside
	ctx, cancel := context.WithCancel(t.Context())
	third := make(chan error, 1)
	go func() {
		_, _, err := two.SignIn(ctx, "p3", good, tablet, here)
		third <- err
	}()
	cancel()
	if err := <-third; !errors.Is(err, context.Canceled) {
		t.Errorf("the third at once: %v", err)
	}
	close(held.goOn)
	wg.Wait()
}

// changing replaces the secret between the comparison and the session.
type changing struct {
	account.Store
	secrets []string
}

func (s *changing) AddSession(ctx context.Context, r account.Record, secret string, most int) ([]account.Record, error) {
	if len(s.secrets) > 0 {
		if _, err := s.SetSecret(ctx, r.Person, s.secrets[0]); err != nil {
			return nil, err
		}
		s.secrets = s.secrets[1:]
	}
	return s.Store.AddSession(ctx, r, secret, most)
}

func TestSecretThatChangesDuringSignIn(t *testing.T) {
	b := newBench(t, "p1", "p2", "p3")
	same, err := b.store.Secret(t.Context(), "p2") // the same PIN, hashed anew
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SetSecret(t.Context(), "p3", "860214"); err != nil {
		t.Fatal(err)
	}
	other, err := b.store.Secret(t.Context(), "p3")
	if err != nil {
		t.Fatal(err)
	}
	store := &changing{b.store, []string{same}}
	c := benchOn(t, store, quick)
	token, s := c.signIn("p1")
	c.wantIn(token, s)
	store.secrets = []string{other}
	if _, _, err := c.SignIn(t.Context(), "p1", good, tablet, here); !errors.Is(err, account.ErrWrong) {
		t.Errorf("with the PIN that was replaced: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	b := newBench(t, "p1", "p2", "p3", "p4")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			person := roster.PersonID(fmt.Sprintf("p%d", i%4+1))
			for range 10 {
				token, s, err := b.SignIn(t.Context(), person, good, tablet, here)
				if slow := (*account.SlowDownError)(nil); errors.As(err, &slow) {
					b.wait(slow.RetryAfter)
					continue
				}
				if err != nil {
					t.Errorf("SignIn: %v", err)
					return
				}
				if got, err := b.Check(t.Context(), token); err != nil || got != s {
					t.Errorf("Check: %v, %v", got, err)
				}
				if err := b.SignOut(t.Context(), token); err != nil {
					t.Errorf("SignOut: %v", err)
				}
				b.wantOut(token)
			}
		})
	}
	wg.Wait()
}
