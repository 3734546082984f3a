package account

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

func TestAccept(t *testing.T) {
	for secret, want := range map[string]Weakness{
		"493817": "", "49381720": "", "493817204915": "", "4938172049158": "",
		"mật mã riêng": "", "Thanh7hai": "", "mùa xuân": "", "135792": "", "100200": "",

		"": TooShort, "1": TooShort, "49381": TooShort, "abc1234": TooShort, "ếếếếế": TooShort, "49381a": TooShort,
		strings.Repeat("4938", 33): TooLong, strings.Repeat("ếử", 22): TooLong, strings.Repeat("ế9u", 100_000): TooLong,
		"000000": TooCommon, "111111": TooCommon, "999999999999": TooCommon, "123456": TooCommon, "654321": TooCommon,
		"234567890": TooCommon, "890123": TooCommon, "210987": TooCommon, "121212": TooCommon, "123123": TooCommon,
		"112233": TooCommon, "abcdefgh": TooCommon, "hgfedcba": TooCommon, "aaaaaaaa": TooCommon, "Password": TooCommon,
		"MatKhau123": TooCommon, "phonghop": TooCommon,
		"4938\n17": Unreadable, "mat\x00khau rieng": Unreadable, "\xff\xfe493817": Unreadable, "matkhau\u202erieng": Unreadable,
	} {
		got, err := accept(secret)
		var weak *WeakError
		switch {
		case want == "" && (err != nil || got != secret):
			t.Errorf("%q: %q, %v", secret, got, err)
		case want != "" && (!errors.As(err, &weak) || weak.Weakness != want):
			t.Errorf("%.30q: %v, want %s", secret, err, want)
		}
	}
}

func FuzzAccept(f *testing.F) {
	f.Add("493817")
	f.Add("e\u0302\u0301e\u0302\u0301e\u0302\u0301e\u0302\u0301x")
	f.Fuzz(func(t *testing.T, s string) {
		out, err := accept(s)
		if err != nil {
			return
		}
		if len(out) > maxSecret || len(out) < minDigits {
			t.Errorf("%q has %d bytes", out, len(out))
		}
		if again, ok := normalise(s); !ok || again != out {
			t.Errorf("nobody can sign in with %q", s)
		}
		if again, err := accept(out); err != nil || again != out {
			t.Errorf("%q is not stable: %q, %v", s, again, err)
		}
	})
}

func TestHashes(t *testing.T) {
	h, err := newHasher(Params{Memory: 64, Passes: 1}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	one, err := h.make(t.Context(), "493817")
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.make(t.Context(), "493817")
	if err != nil || one == two {
		t.Errorf("two hashes without salt: %v", err)
	}
	read, err := parseHash(one)
	if err != nil || read.String() != one || !read.matches("493817") || read.matches("493818") || read.matches("") {
		t.Errorf("%s: %v", one, err)
	}
	if h.outdated(read) {
		t.Error("a new hash is outdated")
	}
	for _, p := range []Params{{Memory: 65, Passes: 1}, {Memory: 64, Passes: 2}, {Memory: 64, Passes: 1, Threads: 2}} {
		other, err := newHasher(p, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !other.outdated(read) {
			t.Errorf("with %+v it is not outdated", p)
		}
	}
	if h.nobody.String() == (hash{}).String() || h.outdated(h.nobody) {
		t.Error("somebody unknown costs another time than somebody known")
	}
}

// The vector is one of the reference implementation's tests:
// echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32
func TestHashOfTheReference(t *testing.T) {
	h, err := parseHash("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	if err != nil || !h.matches("password") {
		t.Errorf("not matched: %v", err)
	}
}

func TestParseHashRefuses(t *testing.T) {
	const good = "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"
	if _, err := parseHash(good); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{"argon2id", "argon2i"}, {"v=19", "v=16"}, {"m=64", "m=4294967295"}, {"m=64", "m=4294967296"}, {"m=64", "m=0"},
		{"t=1", "t=0"}, {"t=1", "t=9999999"}, {"p=1", "p=0"}, {"p=1", "p=255"}, {"p=1", "p=1,x"}, {"m=64", "m=064"},
		{"m=64,", ""}, {"$AAAAAAAAAAAAAAAAAAAAAA", ""}, {"$AAAAAAAAAAAAAAAAAAAAAA", "$"}, {"AAA$", "AA=$"}, {"$AAAA", "$AA\nAA"},
	} {
		if bad := strings.Replace(good, change[0], change[1], 1); bad == good {
			t.Errorf("%v changes nothing", change)
		} else if _, err := parseHash(bad); !errors.Is(err, errHash) {
			t.Errorf("%q: %v, want errHash", bad, err)
		}
	}
}

func FuzzParseHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parseHash(s)
		if err != nil {
			return
		}
		if h.String() != s {
			t.Errorf("%q became %q", s, h)
		}
		if h.memory < 1024 && h.passes < 4 && h.threads < 4 {
			h.matches("493817") // does not panic
		}
	})
}

var morning = time.Date(2026, 9, 14, 8, 0, 0, 0, time.UTC)

func TestCountsAreBounded(t *testing.T) {
	th := newThrottle()
	at := morning
	for range 8 {
		at = at.Add(time.Minute)
		if _, err := th.begin("victim", "", "", at); err != nil {
			t.Fatal(err)
		}
	}
	for i := range maxRuns + 500 {
		at = at.Add(time.Millisecond)
		if _, err := th.begin(roster.PersonID(fmt.Sprint("p", i)), "", fmt.Sprint("a", i), at); err != nil {
			t.Fatal(err)
		}
	}
	if len(th.runs) > maxRuns || len(th.addresses) > maxAddresses {
		t.Errorf("%d runs and %d addresses", len(th.runs), len(th.addresses))
	}
	if r := th.runs[source{person: "victim"}]; r == nil || r.wrong != 8 {
		t.Error("guesses at many names washed out the count of one")
	}
	for i := range maxKnown + 100 {
		person := roster.PersonID(fmt.Sprint("k", i))
		for d := range devicesKnown + 2 {
			th.right(guess{source: source{person: person}}, fmt.Sprintf("device-0123456789-%d", d))
		}
		if n := len(th.known[person]); n != devicesKnown {
			t.Fatalf("%d devices of one person", n)
		}
	}
	if len(th.known) > maxKnown {
		t.Errorf("devices of %d people", len(th.known))
	}
	if _, err := th.begin("another", "", "b", at.Add(2*forgetRuns)); err != nil || len(th.runs) != 1 {
		t.Errorf("%d runs after a long time, %v", len(th.runs), err)
	}
}

func TestShortDeviceIDsAreNotRemembered(t *testing.T) {
	th := newThrottle()
	th.right(guess{source: source{person: "p1"}}, "1")
	if len(th.known) > 0 {
		t.Error("a device id that can be guessed counts for itself")
	}
}

func TestNetwork(t *testing.T) {
	for from, want := range map[string]string{
		"192.168.1.20:50001": "192.168.1.20", "192.168.1.20": "192.168.1.20", "[::ffff:192.168.1.20]:1": "192.168.1.20",
		"[2001:db8:1:2:3:4:5:6]:1": "2001:db8:1:2::/64", "2001:db8:1:2::9": "2001:db8:1:2::/64", "[fe80::1%eth0]:9": "fe80::/64",
		"": "unknown", "pipe": "unknown", strings.Repeat("x", 1<<16): "unknown",
	} {
		if got := network(from); got != want {
			t.Errorf("%.40q: %q, want %q", from, got, want)
		}
	}
}

func TestCacheForgetsWhatWasDroppedMeanwhile(t *testing.T) {
	c := newCache()
	r := Record{Hash: Hash{1}}
	_, _, asOf := c.get(r.Hash) // then it is read from the store
	c.drop(r.Hash)              // and ended
	c.put(r, asOf)
	if _, ok, _ := c.get(r.Hash); ok {
		t.Error("a session that has ended is remembered")
	}
	for i := range maxCached + 100 {
		_, _, asOf := c.get(r.Hash)
		c.put(Record{Hash: Hash{byte(i), byte(i >> 8), byte(i >> 16)}}, asOf)
	}
	if len(c.sessions) != maxCached {
		t.Errorf("%d sessions are remembered", len(c.sessions))
	}
}

func BenchmarkHash(b *testing.B) {
	h, err := newHasher(Params{}, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		h.nobody.matches("493817")
	}
}

func BenchmarkCheck(b *testing.B) {
	s, err := New(Config{Store: NewMemoryStore(), Params: Params{Memory: 64, Passes: 1}})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.SetSecret(b.Context(), "p1", "493817"); err != nil {
		b.Fatal(err)
	}
	token, _, err := s.SignIn(b.Context(), "p1", "493817", protocol.Device{ID: "d1"}, "10.0.0.1")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Check(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
