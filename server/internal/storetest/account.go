package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"phonghop/server/internal/account"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Accounts tests an implementation of account.Store, as Log does one of
// room.Log.
func Accounts(t *testing.T, place func(t *testing.T) (open func() account.Store)) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, open func() account.Store)
	}{
		{"Secrets", accountSecrets},
		{"SecretChanged", accountSecretChanged},
		{"Sessions", accountSessions},
		{"SessionOfOldSecret", accountOldSecret},
		{"SessionTwice", accountSessionTwice},
		{"MostSessions", accountMostSessions},
		{"Expired", accountExpired},
		{"End", accountEnd},
		{"SecretEndsSessions", accountSecretEndsSessions},
		{"CancelledBefore", accountCancelled},
		{"Concurrent", accountConcurrent},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, place(t)) })
	}
}

// signedIn makes a session that starts some minutes after noon.
func signedIn(person roster.PersonID, number byte, minutes int) account.Record {
	at := noon.Add(time.Duration(minutes) * time.Minute)
	return account.Record{Hash: account.Hash{0: 1, 31: number}, Session: account.Session{
		ID:      fmt.Sprintf("s%d", number),
		Person:  person,
		Device:  protocol.Device{ID: fmt.Sprintf("d%d", number), Name: "Máy tính bảng “phòng họp”", Shared: number%2 == 0},
		Started: at, Expires: at.Add(12 * time.Hour),
	}}
}

func setSecret(t *testing.T, s account.Store, person roster.PersonID, secret string, ended ...account.Record) {
	t.Helper()
	got, err := s.SetSecret(t.Context(), person, secret)
	sameSessions(t, "SetSecret", got, err, ended...)
}

func addSession(t *testing.T, s account.Store, r account.Record, secret string, most int, ended ...account.Record) {
	t.Helper()
	got, err := s.AddSession(t.Context(), r, secret, most)
	sameSessions(t, "AddSession", got, err, ended...)
}

func sameSessions(t *testing.T, doing string, got []account.Record, err error, want ...account.Record) {
	t.Helper()
	if err != nil || len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("%s ended %v (error %v), want %v", doing, got, err, want)
	}
}

func wantSecret(t *testing.T, s account.Store, person roster.PersonID, want string) {
	t.Helper()
	got, err := s.Secret(t.Context(), person)
	if want == "" {
		if !errors.Is(err, account.ErrNoSecret) {
			t.Errorf("secret of %s: %q, %v, want ErrNoSecret", person, got, err)
		}
	} else if err != nil || got != want {
		t.Errorf("secret of %s: %q, %v, want %q", person, got, err, want)
	}
}

func wantSessions(t *testing.T, s account.Store, want ...account.Record) {
	t.Helper()
	for _, r := range want {
		if got, err := s.Session(t.Context(), r.Hash); err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("session: %v, %v, want %v", got, err, r)
		}
	}
}

func wantGone(t *testing.T, s account.Store, gone ...account.Record) {
	t.Helper()
	for _, r := range gone {
		if got, err := s.Session(t.Context(), r.Hash); !errors.Is(err, account.ErrNoSession) {
			t.Errorf("session %s: %v, %v, want ErrNoSession", r.ID, got, err)
		}
	}
}

func accountSecrets(t *testing.T, open func() account.Store) {
	s := open()
	wantSecret(t, s, "p1", "")
	setSecret(t, s, "p1", "$one")
	setSecret(t, s, "p2", "$two")
	setSecret(t, s, "p1", "$three")
	s = open()
	wantSecret(t, s, "p1", "$three")
	wantSecret(t, s, "p2", "$two")
	for range 2 {
		ended, err := s.RemoveSecret(t.Context(), "p1")
		sameSessions(t, "RemoveSecret", ended, err)
		wantSecret(t, s, "p1", "")
	}
	s = open()
	wantSecret(t, s, "p1", "")
	wantSecret(t, s, "p2", "$two")
}

func accountSecretChanged(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$one")
	a, b := signedIn("p1", 1, 0), signedIn("p1", 2, 0)
	addSession(t, s, a, "$one", 9)
	addSession(t, s, b, "$one", 9)
	for _, person := range []roster.PersonID{"p1", "p2"} {
		if _, err := s.ChangeSecret(t.Context(), person, "$other", "$two", account.Hash{}); !errors.Is(err, account.ErrChanged) {
			t.Errorf("ChangeSecret from another one: %v, want ErrChanged", err)
		}
		if err := s.RenewSecret(t.Context(), person, "$other", "$two"); !errors.Is(err, account.ErrChanged) {
			t.Errorf("RenewSecret from another one: %v, want ErrChanged", err)
		}
	}
	wantSecret(t, s, "p1", "$one")
	wantSecret(t, s, "p2", "")
	if err := s.RenewSecret(t.Context(), "p1", "$one", "$two"); err != nil {
		t.Errorf("RenewSecret: %v", err)
	}
	wantSessions(t, s, a, b)
	ended, err := s.ChangeSecret(t.Context(), "p1", "$two", "$three", b.Hash)
	sameSessions(t, "ChangeSecret", ended, err, a)
	s = open()
	wantSecret(t, s, "p1", "$three")
	wantSessions(t, s, b)
	wantGone(t, s, a)
}

func accountSessions(t *testing.T, open func() account.Store) {
	s := open()
	wantGone(t, s, signedIn("p1", 1, 0))
	setSecret(t, s, "p1", "$one")
	setSecret(t, s, "p2", "$one")
	all := []account.Record{signedIn("p1", 1, 0), signedIn("p1", 2, 1), signedIn("p2", 3, 2)}
	all[1].Device.Name = ""
	for _, r := range all {
		addSession(t, s, r, "$one", 9)
	}
	wantSessions(t, s, all...)
	s = open()
	wantSessions(t, s, all...)
}

func accountOldSecret(t *testing.T, open func() account.Store) {
	s := open()
	r, kept := signedIn("p1", 1, 0), signedIn("p1", 2, 0)
	refused := func(secret string) {
		t.Helper()
		if _, err := s.AddSession(t.Context(), r, secret, 1); !errors.Is(err, account.ErrChanged) {
			t.Errorf("AddSession: %v, want ErrChanged", err)
		}
		wantGone(t, s, r)
	}
	refused("$one")
	refused("")
	setSecret(t, s, "p1", "$one")
	setSecret(t, s, "p2", "$other")
	addSession(t, s, kept, "$one", 1)
	refused("$other")
	refused("")
	wantSessions(t, s, kept) // the refused one pushed nothing out
}

func accountSessionTwice(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$one")
	addSession(t, s, signedIn("p1", 1, 0), "$one", 9)
	setSecret(t, s, "p2", "$two")
	addSession(t, s, signedIn("p2", 2, 0), "$two", 9)
	again := signedIn("p2", 1, 1)
	if _, err := s.AddSession(t.Context(), again, "$two", 1); err == nil {
		t.Error("a second session with the same token was added")
	}
	wantSessions(t, s, signedIn("p1", 1, 0), signedIn("p2", 2, 0))
}

func accountMostSessions(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$one")
	setSecret(t, s, "p2", "$two")
	other := signedIn("p2", 100, 0)
	addSession(t, s, other, "$two", 3)
	var all []account.Record
	for i := range 5 {
		// The clock runs backwards: what counts is who came first.
		r := signedIn("p1", byte(i+1), -i)
		all = append(all, r)
		if i < 3 {
			addSession(t, s, r, "$one", 3)
		} else {
			addSession(t, s, r, "$one", 3, all[i-3])
		}
	}
	s = open()
	wantGone(t, s, all[:2]...)
	wantSessions(t, s, all[2:]...)
	wantSessions(t, s, other)
	last := signedIn("p1", 9, 0)
	addSession(t, s, last, "$one", 1, all[2:]...)
	wantSessions(t, s, last)
}

func accountExpired(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$one")
	setSecret(t, s, "p2", "$two")
	old, others, fresh := signedIn("p1", 1, 0), signedIn("p2", 2, 0), signedIn("p1", 3, 1)
	addSession(t, s, old, "$one", 9)
	addSession(t, s, others, "$two", 9)
	addSession(t, s, fresh, "$one", 9)
	wantSessions(t, s, old)
	now := signedIn("p1", 4, 12*60) // the moment at which the first two expire
	addSession(t, s, now, "$one", 2)
	wantGone(t, s, old, others)
	wantSessions(t, s, fresh, now)
}

func accountEnd(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$one")
	setSecret(t, s, "p2", "$two")
	a, b, c, d := signedIn("p1", 1, 0), signedIn("p1", 2, 1), signedIn("p1", 3, 2), signedIn("p2", 4, 3)
	for _, r := range []account.Record{a, b, c} {
		addSession(t, s, r, "$one", 9)
	}
	addSession(t, s, d, "$two", 9)
	got, err := s.EndSession(t.Context(), b.Hash)
	sameSessions(t, "EndSession", []account.Record{got}, err, b)
	if _, err := s.EndSession(t.Context(), b.Hash); !errors.Is(err, account.ErrNoSession) {
		t.Errorf("EndSession again: %v, want ErrNoSession", err)
	}
	ended, err := s.EndSessions(t.Context(), "p1", d.Hash) // somebody else's keeps nothing
	sameSessions(t, "EndSessions", ended, err, a, c)
	addSession(t, s, a, "$one", 9)
	addSession(t, s, b, "$one", 9)
	ended, err = s.EndSessions(t.Context(), "p1", a.Hash)
	sameSessions(t, "EndSessions", ended, err, b)
	ended, err = s.EndSessions(t.Context(), "nobody", account.Hash{})
	sameSessions(t, "EndSessions of nobody", ended, err)
	s = open()
	wantGone(t, s, b, c)
	wantSessions(t, s, a, d)
	wantSecret(t, s, "p1", "$one")
}

func accountSecretEndsSessions(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$one")
	setSecret(t, s, "p2", "$two")
	a, b, other := signedIn("p1", 1, 0), signedIn("p1", 2, 0), signedIn("p2", 3, 0)
	addSession(t, s, other, "$two", 9)
	addSession(t, s, a, "$one", 9)
	addSession(t, s, b, "$one", 9)
	setSecret(t, s, "p1", "$three", a, b)
	addSession(t, s, a, "$three", 9)
	ended, err := s.RemoveSecret(t.Context(), "p1")
	sameSessions(t, "RemoveSecret", ended, err, a)
	s = open()
	wantGone(t, s, a, b)
	wantSessions(t, s, other)
}

// accountCancelled checks that a call whose context has ended either does
// nothing and says so, or everything.
func accountCancelled(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$one")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := signedIn("p1", 1, 0)
	if _, err := s.AddSession(ctx, r, "$one", 9); err != nil {
		wantGone(t, s, r)
	} else {
		wantSessions(t, s, r)
	}
	if _, err := s.SetSecret(ctx, "p1", "$two"); err != nil {
		wantSecret(t, s, "p1", "$one")
	} else {
		wantSecret(t, s, "p1", "$two")
	}
}

// accountConcurrent checks that a session is never left which was started with
// a secret that is no more.
func accountConcurrent(t *testing.T, open func() account.Store) {
	s := open()
	setSecret(t, s, "p1", "$0")
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			secret := fmt.Sprintf("$%d", i%4)
			r := signedIn("p1", byte(i+1), 0)
			r.Device.Name = secret
			if _, err := s.AddSession(t.Context(), r, secret, 100); err != nil && !errors.Is(err, account.ErrChanged) {
				t.Errorf("AddSession: %v", err)
			}
		})
		if i%5 == 4 {
			wg.Go(func() {
				if _, err := s.SetSecret(t.Context(), "p1", fmt.Sprintf("$%d", i/5)); err != nil {
					t.Errorf("SetSecret: %v", err)
				}
			})
		}
	}
	wg.Wait()
	now, err := s.Secret(t.Context(), "p1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		r, err := s.Session(t.Context(), signedIn("p1", byte(i+1), 0).Hash)
		if err == nil && r.Device.Name != now {
			t.Errorf("a session started with %s is there, and the secret is %s", r.Device.Name, now)
		}
	}
}
