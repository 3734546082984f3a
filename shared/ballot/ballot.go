// Package ballot makes and checks the credentials of secret ballots: RFC 9474
// blind RSA signatures (RSABSSA-SHA384-PSS-Deterministic).
//
// A device draws a random token and has it signed blindly: the server sees
// who asks and never the token. Later the token comes back with its signature
// and a choice, from nobody in particular. That the token is signed proves
// that somebody entitled cast the ballot; who, not even the server can find
// out, however much it computes: the blinding is perfect, whatever the size of
// the key.
package ballot

import (
	"crypto/rsa"
	"crypto/sha3"
	"crypto/x509"
	"errors"
	"fmt"
	"io"

	"github.com/cloudflare/circl/blindsign/blindrsa"

	"phonghop/shared/poll"
)

// Token is a ballot's random name.
type Token = [poll.TokenSize]byte

// SeedSize is the length of what a device draws for a ballot, in bytes.
const SeedSize = 32

// Bounds of a key that is accepted, in bits of its modulus.
const (
	minKey = 2048
	maxKey = 4096
)

// ErrForged says that a signature is not of this vote's key and this token.
var ErrForged = errors.New("the ballot's signature is not of this vote")

// message is what is signed: no signature serves for another vote, or for
// anything but a ballot.
func message(vote string, token Token) []byte {
	m := make([]byte, 0, 20+len(vote)+len(token))
	m = append(m, "phonghop ballot 1\n"...)
	m = append(m, vote...)
	m = append(m, '\n')
	return append(m, token[:]...)
}

// ParseKey reads the public key of a vote: the DER of a SubjectPublicKeyInfo
// with an RSA key of 2048 to 4096 bits.
func ParseKey(der []byte) (*rsa.PublicKey, error) {
	k, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, fmt.Errorf("the vote's key: %w", err)
	}
	pub, ok := k.(*rsa.PublicKey)
	if !ok || pub.N.BitLen() < minKey || pub.N.BitLen() > maxKey || pub.E != 65537 {
		return nil, errors.New("the vote's key is none of RSA with 2048 to 4096 bits")
	}
	return pub, nil
}

// Request is a token on its way to be signed.
type Request struct {
	token   Token
	blinded []byte
	client  blindrsa.Client
	state   blindrsa.State
}

// NewRequest makes a request of a vote's name and key and of a seed, which
// must be drawn anew for every vote and kept secret. The same seed makes the
// same request: a device that keeps it can go on after a restart, and is
// given the same signature again.
func NewRequest(vote string, key, seed []byte) (*Request, error) {
	if len(seed) != SeedSize {
		return nil, fmt.Errorf("a seed has %d bytes, not %d", SeedSize, len(seed))
	}
	pub, err := ParseKey(key)
	if err != nil {
		return nil, err
	}
	client, err := blindrsa.NewClient(blindrsa.SHA384PSSDeterministic, pub)
	if err != nil {
		return nil, fmt.Errorf("ballot: %w", err)
	}
	random := stream(vote, key, seed)
	r := &Request{client: client}
	if _, err := io.ReadFull(random, r.token[:]); err != nil {
		return nil, err
	}
	r.blinded, r.state, err = client.Blind(random, message(vote, r.token))
	if err != nil {
		return nil, fmt.Errorf("blind the ballot: %w", err)
	}
	return r, nil
}

// stream spreads a seed over all the randomness of one request. The key is
// part of it, so that a server which changes the key between two tries does
// not see one token blinded in two ways.
func stream(vote string, key, seed []byte) io.Reader {
	h := sha3.NewCSHAKE256(nil, []byte("phonghop ballot 1"))
	for _, part := range [][]byte{seed, []byte(vote), key} {
		_, _ = fmt.Fprintf(h, "%d:", len(part)) // a hash takes all
		_, _ = h.Write(part)
	}
	return h
}

// Token is the ballot's name, for the device alone until it is cast.
func (r *Request) Token() Token { return r.token }

// Blinded is what the server is asked to sign.
func (r *Request) Blinded() []byte { return r.blinded }

// Finish makes the token's signature of the server's answer, and checks it.
func (r *Request) Finish(answer []byte) ([]byte, error) {
	signature, err := r.client.Finalize(r.state, answer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForged, err)
	}
	return signature, nil
}

// Checker checks the ballots of one vote. Its methods may be called from any
// goroutine.
type Checker struct {
	vote     string
	size     int
	verifier blindrsa.Verifier
}

// NewChecker makes a Checker of a vote's name and key.
func NewChecker(vote string, key []byte) (*Checker, error) {
	pub, err := ParseKey(key)
	if err != nil {
		return nil, err
	}
	v, err := blindrsa.NewVerifier(blindrsa.SHA384PSSDeterministic, pub)
	if err != nil {
		return nil, fmt.Errorf("ballot: %w", err)
	}
	return &Checker{vote, pub.Size(), v}, nil
}

// Size is the length of a signature, and of what is blinded, in bytes.
func (c *Checker) Size() int { return c.size }

// Check returns ErrForged, wrapped, for a signature that is not the token's.
func (c *Checker) Check(token Token, signature []byte) error {
	if len(signature) != c.size {
		return fmt.Errorf("%w: it has %d bytes", ErrForged, len(signature))
	}
	if err := c.verifier.Verify(message(c.vote, token), signature); err != nil {
		return fmt.Errorf("%w: %w", ErrForged, err)
	}
	return nil
}
