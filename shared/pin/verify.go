package pin

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"sync"
	"time"
)

// AuthorityUnit is the organisational unit in the subject of a room's own authority. Only such an
// authority may be pinned in place of the server's certificate: were the key of a public authority
// pinned, everybody with a certificate from it would pass for the room.
const AuthorityUnit = "phonghop room authority"

// ErrNoCertificate says that the other side showed no certificate.
var ErrNoCertificate = errors.New("the server showed no certificate")

// KeyChangedError says that the server at this address is not the one that was expected: another
// room, a room set up anew, or somebody in between. Nothing was sent to it.
type KeyChangedError struct {
	Want Fingerprint // the room that was expected
	Got  Fingerprint // the room that answered, as Identity tells it
}

func (e *KeyChangedError) Error() string {
	return fmt.Sprintf("the server's key has changed: expected %s, got %s", e.Want.Code(), e.Got.Code())
}

// ChainError says that the server named the expected authority without holding a certificate from it
// that could be checked.
type ChainError struct{ Err error }

func (e *ChainError) Error() string {
	return "the server's certificate is not in order: " + e.Err.Error()
}

// Unwrap returns what the check of the certificate reported.
func (e *ChainError) Unwrap() error { return e.Err }

// IsAuthority reports whether the certificate is that of a room's own authority: marked by
// AuthorityUnit, allowed to sign server certificates but no further authority, and signed by itself.
func IsAuthority(cert *x509.Certificate) bool {
	if !cert.IsCA || !cert.BasicConstraintsValid || !cert.MaxPathLenZero {
		return false
	}
	for _, unit := range cert.Subject.OrganizationalUnit {
		if unit == AuthorityUnit {
			return cert.CheckSignatureFrom(cert) == nil
		}
	}
	return false
}

// Identity returns the fingerprint by which the server with this chain is to be remembered: the key
// of the room's own authority if the first certificate was issued by one in the chain, else the key of
// the first certificate itself. It returns ErrNoCertificate for an empty chain.
func Identity(chain []*x509.Certificate) (Fingerprint, error) {
	if len(chain) == 0 {
		return Fingerprint{}, ErrNoCertificate
	}
	for _, ca := range chain[1:] {
		if IsAuthority(ca) && issued(ca, chain[0]) == nil {
			return Of(ca), nil
		}
	}
	return Of(chain[0]), nil
}

// VerifyConnection returns a check for tls.Config.VerifyConnection which accepts a server only if it
// is the one with fingerprint want: its certificate has that key, or was issued for a server by a
// room authority that has that key and is in the chain. Host names do not matter.
//
// Neither does the device's clock: tablets lose theirs, and a room has no time server. A pinned key
// does not become less known with age, the server keeps its key when it renews its certificate, and so
// nothing would be gained by refusing one that has expired.
//
// The errors are ErrNoCertificate, *KeyChangedError and *ChainError. The zero fingerprint matches no
// server. Use it with InsecureSkipVerify, as ClientConfig does.
func VerifyConnection(want Fingerprint) func(tls.ConnectionState) error {
	return func(cs tls.ConnectionState) error {
		return VerifyChain(want, cs.PeerCertificates)
	}
}

// VerifyChain is the check that VerifyConnection makes, on a chain as the server sent it.
func VerifyChain(want Fingerprint, chain []*x509.Certificate) error {
	if len(chain) == 0 {
		return ErrNoCertificate
	}
	if !want.IsZero() && Of(chain[0]).Equal(want) {
		return nil
	}
	var broken error
	for _, ca := range chain[1:] {
		if want.IsZero() || !Of(ca).Equal(want) || !IsAuthority(ca) {
			continue
		}
		if broken = issued(ca, chain[0]); broken == nil {
			return nil
		}
	}
	got, err := Identity(chain)
	if err != nil {
		return err
	}
	if broken != nil {
		return &ChainError{Err: broken}
	}
	return &KeyChangedError{Want: want, Got: got}
}

// issued checks that ca issued leaf for a server, within the names that ca may sign. It judges at a
// moment when both are valid, whatever the time is here.
func issued(ca, leaf *x509.Certificate) error {
	at := later(ca.NotBefore, leaf.NotBefore)
	if at.After(ca.NotAfter) || at.After(leaf.NotAfter) {
		return errors.New("the certificate and its authority are never valid together")
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca)
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots:         roots,
		Intermediates: x509.NewCertPool(),
		CurrentTime:   at,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	return err
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Pin is what a device knows of one room's key. A pin that knows nothing learns from the first server
// that it verifies, and from then on accepts only that one. It is safe for concurrent use.
type Pin struct {
	mu    sync.Mutex
	known Fingerprint
}

// New returns a pin that expects the given fingerprint, or learns one if it is zero.
func New(known Fingerprint) *Pin { return &Pin{known: known} }

// Fingerprint returns the fingerprint that is expected, zero as long as none was learnt.
func (p *Pin) Fingerprint() Fingerprint {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.known
}

// VerifyConnection is for tls.Config.VerifyConnection. Errors are those of the function of that name.
func (p *Pin) VerifyConnection(cs tls.ConnectionState) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.known.IsZero() {
		return VerifyChain(p.known, cs.PeerCertificates)
	}
	got, err := Identity(cs.PeerCertificates)
	if err != nil {
		return err
	}
	p.known = got
	return nil
}

// ClientConfig returns a client's TLS configuration which trusts what the pin accepts and nothing
// else. Each call returns a new one, which the caller may change.
func ClientConfig(p *Pin) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, //nolint:gosec // the names and dates that this skips are replaced by the pin
		VerifyConnection:   p.VerifyConnection,
	}
}
