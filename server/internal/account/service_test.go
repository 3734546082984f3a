package account_test

import (
	"context"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"phonghop/server/internal/account"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// quick makes a hash in a millisecond.
var quick = account.Params{Memory: 64, Passes: 1, Threads: 1}

const (
	good  = "493817"
	wrong = "493818"
	here  = "192.168.1.20:50001"
)

var tablet = protocol.Device{ID: "tablet-0123456789abcdef", Name: "Máy tính bảng"}

// bench is a Service with a clock to turn.
type bench struct {
	*account.Service
	t     *testing.T
	store account.Store

	mu    sync.Mutex
	now   time.Time
	ended []string
}

func newBench(t *testing.T, people ...roster.PersonID) *bench {
	t.Helper()
	return benchOn(t, account.NewMemoryStore(), quick, people...)
}

func benchOn(t *testing.T, store account.Store, params account.Params, people ...roster.PersonID) *bench {
	t.Helper()
	b := &bench{t: t, store: store, now: time.Date(2026, 9, 14, 8, 0, 0, 123_456_789, time.UTC)}
	var err error
	b.Service, err = account.New(account.Config{Store: store, Now: b.time, Params: params})
	if err != nil {
		t.Fatal(err)
	}
	b.OnRevoked(func(id string) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.ended = append(b.ended, id)
	})
	for _, p := range people {
		if err := b.SetSecret(t.Context(), p, good); err != nil {
			t.Fatalf("SetSecret: %v", err)
		}
	}
	return b
}

func (b *bench) time() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *bench) wait(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

// told returns the ids of the sessions that were reported since it was asked.
func (b *bench) told() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.ended
	b.ended = nil
	return out
}

func (b *bench) signIn(person roster.PersonID) (string, account.Session) {
	b.t.Helper()
	token, s, err := b.SignIn(b.t.Context(), person, good, tablet, here)
	if err != nil {
		b.t.Fatalf("SignIn: %v", err)
	}
	return token, s
}

// guess tries a wrong PIN and returns how long to wait, or 0.
func (b *bench) guess(person roster.PersonID, device protocol.Device, from string) time.Duration {
	b.t.Helper()
	_, _, err := b.SignIn(b.t.Context(), person, wrong, device, from)
	var slow *account.SlowDownError
	switch {
	case errors.As(err, &slow):
		if slow.RetryAfter <= 0 || slow.RetryAfter > time.Minute {
			b.t.Fatalf("RetryAfter is %v", slow.RetryAfter)
		}
		return slow.RetryAfter
	case !errors.Is(err, account.ErrWrong):
		b.t.Fatalf("SignIn with a wrong PIN: %v", err)
	}
	return 0
}

func (b *bench) wantIn(token string, want account.Session) {
	b.t.Helper()
	for range 2 { // from the store, and from memory
		if got, err := b.Check(b.t.Context(), token); err != nil || got != want {
			b.t.Errorf("Check: %v, %v, want %v", got, err, want)
		}
	}
}

func (b *bench) wantOut(token string) {
	b.t.Helper()
	if s, err := b.Check(b.t.Context(), token); !errors.Is(err, account.ErrNoSession) {
		b.t.Errorf("Check: %v, %v, want ErrNoSession", s, err)
	}
}

func TestSignIn(t *testing.T) {
	b := newBench(t, "p1")
	token, s := b.signIn("p1")
	if !regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`).MatchString(token) {
		t.Errorf("token %q", token)
	}
	if s.Person != "p1" || s.Device != tablet || s.ID == "" || strings.Contains(token, s.ID) {
		t.Errorf("session %+v", s)
	}
	if s.Expires.Sub(s.Started) != account.OwnDeviceLife || s.Started != b.time().Truncate(time.Millisecond) {
		t.Errorf("from %s to %s", s.Started, s.Expires)
	}
	b.wantIn(token, s)
	other, s2 := b.signIn("p1")
	if other == token || s2.ID == s.ID {
		t.Error("two sessions are one")
	}
	for _, none := range []string{"", "x", token[1:], token + "A", strings.Repeat("A", 43), strings.Repeat("x", 1<<20)} {
		b.wantOut(none)
	}
}

func TestSessionsOutliveTheServer(t *testing.T) {
	b := newBench(t, "p1")
	token, s := b.signIn("p1")
	benchOn(t, b.store, quick).wantIn(token, s)
}

func TestSessionsExpire(t *testing.T) {
	for _, shared := range []bool{false, true} {
		b := newBench(t, "p1")
		life := map[bool]time.Duration{false: account.OwnDeviceLife, true: account.SharedDeviceLife}[shared]
		device := tablet
		device.Shared = shared
		token, s, err := b.SignIn(t.Context(), "p1", good, device, here)
		if err != nil || s.Expires.Sub(s.Started) != life {
			t.Fatalf("shared %v: %v, %v", shared, s, err)
		}
		b.wait(life - time.Millisecond)
		b.wantIn(token, s)
		b.wait(time.Millisecond)
		b.wantOut(token)
		b.wantOut(token)
	}
}

func TestSignOut(t *testing.T) {
	b := newBench(t, "p1")
	token, s := b.signIn("p1")
	other, s2 := b.signIn("p1")
	b.wantIn(token, s)
	if err := b.SignOut(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	b.wantOut(token)
	b.wantIn(other, s2)
	if got := b.told(); !slices.Equal(got, []string{s.ID}) {
		t.Errorf("told of %v", got)
	}
	if err := b.SignOut(t.Context(), token); !errors.Is(err, account.ErrNoSession) {
		t.Errorf("again: %v", err)
	}
}

func TestRevoke(t *testing.T) {
	b := newBench(t, "p1", "p2")
	t1, s1 := b.signIn("p1")
	t2, s2 := b.signIn("p1")
	t3, s3 := b.signIn("p2")
	if err := b.Revoke(t.Context(), "p1", t2); err != nil {
		t.Fatal(err)
	}
	b.wantOut(t1)
	b.wantIn(t2, s2)
	if err := b.Revoke(t.Context(), "p1", ""); err != nil {
		t.Fatal(err)
	}
	b.wantOut(t2)
	b.wantIn(t3, s3)
	if got := b.told(); !slices.Equal(got, []string{s1.ID, s2.ID}) {
		t.Errorf("told of %v", got)
	}
}

func TestMostSessions(t *testing.T) {
	b := newBench(t, "p1", "p2")
	other, s2 := b.signIn("p2")
	first, s := b.signIn("p1")
	var last string
	for range account.MaxSessions {
		b.wait(time.Second)
		last, _ = b.signIn("p1")
	}
	b.wantOut(first)
	b.wantIn(other, s2)
	if _, err := b.Check(t.Context(), last); err != nil {
		t.Error(err)
	}
	if got := b.told(); !slices.Equal(got, []string{s.ID}) {
		t.Errorf("told of %v, want %v", got, s.ID)
	}
}

func TestSetSecretEndsSessions(t *testing.T) {
	b := newBench(t, "p1")
	token, s := b.signIn("p1")
	if err := b.SetSecret(t.Context(), "p1", good); err != nil {
		t.Fatal(err)
	}
	b.wantIn(token, s) // a repeat changes nothing
	if err := b.SetSecret(t.Context(), "p1", "860214"); err != nil {
		t.Fatal(err)
	}
	b.wantOut(token)
	if got := b.told(); !slices.Equal(got, []string{s.ID}) {
		t.Errorf("told of %v", got)
	}
	if b.guess("p1", tablet, here) != 0 {
		t.Error("slowed down after one wrong PIN")
	}
	if _, _, err := b.SignIn(t.Context(), "p1", good, tablet, here); !errors.Is(err, account.ErrWrong) {
		t.Errorf("the old PIN: %v", err)
	}
	if _, _, err := b.SignIn(t.Context(), "p1", "860214", tablet, here); err != nil {
		t.Errorf("the new PIN: %v", err)
	}
}

func TestRemoveSecret(t *testing.T) {
	b := newBench(t, "p1")
	token, s := b.signIn("p1")
	for range 2 {
		if err := b.RemoveSecret(t.Context(), "p1"); err != nil {
			t.Fatal(err)
		}
	}
	b.wantOut(token)
	if got := b.told(); !slices.Equal(got, []string{s.ID}) {
		t.Errorf("told of %v", got)
	}
	if _, _, err := b.SignIn(t.Context(), "p1", good, tablet, here); !errors.Is(err, account.ErrWrong) {
		t.Errorf("without a secret: %v", err)
	}
}

func TestChangeSecret(t *testing.T) {
	b := newBench(t, "p1")
	t1, s1 := b.signIn("p1")
	t2, s2 := b.signIn("p1")
	if err := b.ChangeSecret(t.Context(), "p1", wrong, "860214", t2); !errors.Is(err, account.ErrWrong) {
		t.Errorf("from a wrong PIN: %v", err)
	}
	var weak *account.WeakError
	if err := b.ChangeSecret(t.Context(), "p1", good, "111111", t2); !errors.As(err, &weak) {
		t.Errorf("to a weak PIN: %v", err)
	}
	b.wantIn(t1, s1)
	if err := b.ChangeSecret(t.Context(), "p1", good, "860214", t2); err != nil {
		t.Fatal(err)
	}
	b.wantOut(t1)
	b.wantIn(t2, s2)
	if _, _, err := b.SignIn(t.Context(), "p1", "860214", tablet, here); err != nil {
		t.Errorf("the new PIN: %v", err)
	}
	if err := b.ChangeSecret(t.Context(), "nobody", good, "860214", ""); !errors.Is(err, account.ErrWrong) {
		t.Errorf("of nobody: %v", err)
	}
	for range 5 {
		_ = b.ChangeSecret(t.Context(), "p1", wrong, "970325", t2)
	}
	var slow *account.SlowDownError
	if err := b.ChangeSecret(t.Context(), "p1", "860214", "970325", t2); !errors.As(err, &slow) {
		t.Errorf("after wrong ones: %v, want a SlowDownError", err)
	}
}

func TestPasswordsAreComparedComposed(t *testing.T) {
	b := newBench(t)
	const composed, decomposed = "phi\u1ebfu g\u1eedi", "phie\u0302\u0301u gu\u031b\u0309i"
	if err := b.SetSecret(t.Context(), "p1", decomposed); err != nil {
		t.Fatal(err)
	}
	for _, pin := range []string{composed, decomposed} {
		if _, _, err := b.SignIn(t.Context(), "p1", pin, tablet, here); err != nil {
			t.Errorf("%+q: %v", pin, err)
		}
	}
}

func TestDevicesAndPeopleAreBounded(t *testing.T) {
	b := newBench(t, "p1")
	for _, d := range []protocol.Device{
		{}, {ID: "a b"}, {ID: strings.Repeat("a", 65)}, {ID: "a", Name: strings.Repeat("ế", 81)}, {ID: "a", Name: "\xff"},
	} {
		if _, _, err := b.SignIn(t.Context(), "p1", good, d, here); !errors.Is(err, account.ErrDevice) {
			t.Errorf("%+.50v: %v, want ErrDevice", d, err)
		}
	}
	token, s, err := b.SignIn(t.Context(), "p1", good, protocol.Device{ID: strings.Repeat("a", 64), Name: " e\u0302\u0301\u202e \n" + strings.Repeat("ế", 78)}, here)
	if err != nil || s.Device.Name != "ế "+strings.Repeat("ế", 78) {
		t.Errorf("%+v, %v", s, err)
	}
	b.wantIn(token, s)
	for _, p := range []roster.PersonID{"", "a b", roster.PersonID(strings.Repeat("a", 1<<20))} {
		if err := b.SetSecret(t.Context(), p, good); !errors.Is(err, account.ErrPerson) {
			t.Errorf("SetSecret: %v, want ErrPerson", err)
		}
		if _, _, err := b.SignIn(t.Context(), p, good, tablet, here); !errors.Is(err, account.ErrWrong) {
			t.Errorf("SignIn: %v, want ErrWrong", err)
		}
	}
	for _, pin := range []string{"", "\xff", strings.Repeat("1", 1<<20)} {
		if _, _, err := b.SignIn(t.Context(), "p1", pin, protocol.Device{ID: "other"}, here); !errors.Is(err, account.ErrWrong) {
			t.Errorf("SignIn with %.10q: %v", pin, err)
		}
	}
}

func TestParamsCanBeRaised(t *testing.T) {
	b := newBench(t, "p1")
	old, err := b.store.Secret(t.Context(), "p1")
	if err != nil || !strings.HasPrefix(old, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("%q, %v", old, err)
	}
	token, s := b.signIn("p1")
	raised := benchOn(t, b.store, account.Params{Memory: 128, Passes: 2, Threads: 1})
	raised.guess("p1", tablet, here)
	if kept, _ := b.store.Secret(t.Context(), "p1"); kept != old {
		t.Error("a wrong PIN was hashed")
	}
	raised.signIn("p1")
	now, err := b.store.Secret(t.Context(), "p1")
	if err != nil || !strings.HasPrefix(now, "$argon2id$v=19$m=128,t=2,p=1$") {
		t.Errorf("%q, %v", now, err)
	}
	raised.wantIn(token, s)
	raised.signIn("p1")
	if again, _ := b.store.Secret(t.Context(), "p1"); again != now {
		t.Error("hashed again for nothing")
	}
}

func TestParamsOutOfBounds(t *testing.T) {
	for _, p := range []account.Params{{Memory: 1 << 30}, {Passes: 1000}, {Threads: 200}, {Memory: 4, Threads: 1}} {
		if _, err := account.New(account.Config{Store: account.NewMemoryStore(), Params: p}); err == nil {
			t.Errorf("%+v was accepted", p)
		}
	}
	if _, err := account.New(account.Config{Store: account.NewMemoryStore(), Rand: io.LimitReader(strings.NewReader("x"), 1)}); err == nil {
		t.Error("started without randomness")
	}
}

func TestDamagedSecret(t *testing.T) {
	b := newBench(t)
	for _, s := range []string{"", "$", "$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"} {
		if _, err := b.store.SetSecret(t.Context(), "p1", s); err != nil {
			t.Fatal(err)
		}
		for range 20 { // these are not guesses
			if _, _, err := b.SignIn(t.Context(), "p1", good, tablet, here); err == nil || errors.Is(err, account.ErrWrong) || errors.As(err, new(*account.SlowDownError)) {
				t.Fatalf("%q: %v", s, err)
			}
		}
		if err := b.SetSecret(t.Context(), "p1", good); err != nil {
			t.Errorf("SetSecret over a damaged one: %v", err)
		}
		b.signIn("p1")
	}
}

// failing is a store whose disk is gone.
type failing struct{ account.Store }

var errDisk = errors.New("the disk is gone")

func (failing) AddSession(context.Context, account.Record, string, int) ([]account.Record, error) {
	return nil, errDisk
}

func (failing) Session(context.Context, account.Hash) (account.Record, error) {
	return account.Record{}, errDisk
}

func (failing) EndSession(context.Context, account.Hash) (account.Record, error) {
	return account.Record{}, errDisk
}

func TestStoreThatFails(t *testing.T) {
	b := newBench(t, "p1")
	token, s := b.signIn("p1")
	b.wantIn(token, s)
	bad := benchOn(t, failing{b.store}, quick)
	for range 20 {
		if _, _, err := bad.SignIn(t.Context(), "p1", good, tablet, here); !errors.Is(err, errDisk) {
			t.Fatalf("SignIn: %v", err)
		}
	}
	if _, err := bad.Check(t.Context(), token); !errors.Is(err, errDisk) {
		t.Errorf("Check: %v", err)
	}
	if err := bad.SignOut(t.Context(), token); !errors.Is(err, errDisk) {
		t.Errorf("SignOut: %v", err)
	}
	if len(bad.told()) > 0 {
		t.Error("told of a session that is still there")
	}
}
