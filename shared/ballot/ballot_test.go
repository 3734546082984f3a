package ballot_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/cloudflare/circl/blindsign/blindrsa"

	"phonghop/shared/ballot"
)

var key = sync.OnceValue(func() *rsa.PrivateKey { return made(2048) })

func made(bits int) *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return k
}

func public(t testing.TB, k any) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func seed(b byte) []byte { return bytes.Repeat([]byte{b}, ballot.SeedSize) }

func signed(t testing.TB, k *rsa.PrivateKey, vote string, s []byte) (ballot.Token, []byte) {
	t.Helper()
	r, err := ballot.NewRequest(vote, public(t, &k.PublicKey), s)
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
	return r.Token(), signature
}

func TestBallotIsSignedUnseen(t *testing.T) {
	token, signature := signed(t, key(), "m/i/v", seed(1))
	c, err := ballot.NewChecker("m/i/v", public(t, &key().PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(token, signature); err != nil {
		t.Error(err)
	}
	other := token
	other[0] ^= 1
	bent := bytes.Clone(signature)
	bent[9] ^= 1
	for name, err := range map[string]error{
		"another token": c.Check(other, signature), "a bent signature": c.Check(token, bent),
		"half a signature": c.Check(token, signature[:100]), "none": c.Check(token, nil),
		"zeros": c.Check(token, make([]byte, c.Size())), "too large": c.Check(token, bytes.Repeat([]byte{0xff}, c.Size())),
	} {
		if !errors.Is(err, ballot.ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	elsewhere, err := ballot.NewChecker("m/i/w", public(t, &key().PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	if err := elsewhere.Check(token, signature); !errors.Is(err, ballot.ErrForged) {
		t.Errorf("the signature of another vote: %v", err)
	}
}

// A device that starts again makes the same request, and one that votes
// elsewhere another.
func TestSeedMakesTheRequest(t *testing.T) {
	pub := public(t, &key().PublicKey)
	make := func(vote string, k []byte, s []byte) string {
		r, err := ballot.NewRequest(vote, k, s)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x %x", r.Token(), r.Blinded())
	}
	first := make("m/i/v", pub, seed(1))
	if again := make("m/i/v", pub, seed(1)); again != first {
		t.Errorf("%s\n%s", first, again)
	}
	for name, other := range map[string]string{
		"vote": make("m/i/w", pub, seed(1)), "seed": make("m/i/v", pub, seed(2)),
		"key": make("m/i/v", public(t, &made(2048).PublicKey), seed(1)),
	} {
		if other == first || other[:64] == first[:64] {
			t.Errorf("another %s makes the same token", name)
		}
	}
}

func TestLyingServer(t *testing.T) {
	r, err := ballot.NewRequest("m/i/v", public(t, &key().PublicKey), seed(1))
	if err != nil {
		t.Fatal(err)
	}
	for name, answer := range map[string][]byte{"nothing": nil, "zeros": make([]byte, 256), "the request": r.Blinded(), "more": make([]byte, 257)} {
		if _, err := r.Finish(answer); !errors.Is(err, ballot.ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeysRefused(t *testing.T) {
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	odd := key().PublicKey
	odd.E = 3
	for name, der := range map[string][]byte{
		"none": nil, "noise": []byte("key"), "a curve": public(t, &curve.PublicKey), "exponent 3": public(t, &odd),
	} {
		if _, err := ballot.NewRequest("v", der, seed(1)); err == nil {
			t.Errorf("%s is taken for a key", name)
		}
		if _, err := ballot.NewChecker("v", der); err == nil {
			t.Errorf("%s is taken for a key", name)
		}
	}
	if _, err := ballot.NewRequest("v", public(t, &key().PublicKey), []byte("short")); err == nil {
		t.Error("a short seed is taken")
	}
}

// What each size of key costs: making it, blinding and finishing on a device,
// signing and checking on the server.
func BenchmarkKeySizes(b *testing.B) {
	for _, bits := range []int{2048, 3072, 4096} {
		k := made(bits)
		pub := public(b, &k.PublicKey)
		token, signature := signed(b, k, "m/i/v", seed(1))
		c, err := ballot.NewChecker("m/i/v", pub)
		if err != nil {
			b.Fatal(err)
		}
		r, err := ballot.NewRequest("m/i/v", pub, seed(1))
		if err != nil {
			b.Fatal(err)
		}
		signer := blindrsa.NewSigner(k)
		for name, f := range map[string]func() error{
			"make":  func() error { made(bits); return nil },
			"blind": func() error { _, err := ballot.NewRequest("m/i/v", pub, seed(1)); return err },
			"sign":  func() error { _, err := signer.BlindSign(r.Blinded()); return err },
			"check": func() error { return c.Check(token, signature) },
		} {
			b.Run(fmt.Sprint(name, "/", bits), func(b *testing.B) {
				for b.Loop() {
					if err := f(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
