// Package pki gives a room's server its TLS identity: an authority of its own,
// made at the first start, whose key is what devices remember (see package
// pin), with a server certificate that is renewed by itself; or a certificate
// that the institution provides.
package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"phonghop/shared/pin"
)

// The files in the folder. Each holds a key and its certificate, in PEM.
const (
	AuthorityFile = "authority.pem" // must not be lost: every device would have to join anew
	ServerFile    = "server.pem"    // made again where it is missing
)

// How long certificates are valid. Browsers refuse one of more than 398 days.
// All begin well in the past, for devices whose clock is behind.
const (
	authorityPast = 365 * 24 * time.Hour
	authorityLife = 10 * 365 * 24 * time.Hour // from when it is made
	serverPast    = 60 * 24 * time.Hour
	serverLife    = 330 * 24 * time.Hour // from when it is made
	renewBefore   = 60 * 24 * time.Hour  // the end
)

// written is when this program was: a clock that says less is wrong.
var written = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// ErrDamaged says that the authority's file cannot be read as one. It is never
// replaced by itself, since every device would have to join anew.
var ErrDamaged = errors.New("the room's authority is damaged: restore the file from a backup, " +
	"or remove it to make a new authority, which every device has to join anew")

// Authority is a room's own authority with its server certificate. Its methods
// may be called from any goroutine.
type Authority struct {
	dir         string
	fingerprint pin.Fingerprint

	mu     sync.Mutex
	ca     pair
	server pair
	names  names
	seen   []netip.Addr // addresses that connections came to, not in names; the newest last
	chain  *tls.Certificate
}

// pair is a key and its certificate.
type pair struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

// Open opens the authority in a folder, and makes the folder and the authority
// where they are missing. names are the host names and IP addresses under which
// the server is reached, besides localhost: see Names. The error wraps
// ErrDamaged, or ErrName, or tells why files cannot be read or written.
func Open(dir string, now time.Time, names []string) (*Authority, error) {
	wanted, err := parseNames(names)
	if err != nil {
		return nil, err
	}
	if err := makeFolder(dir); err != nil {
		return nil, fmt.Errorf("make the folder for the room's keys: %w", err)
	}
	if err := removeParts(dir); err != nil {
		return nil, fmt.Errorf("clean the folder for the room's keys: %w", err)
	}
	a := &Authority{dir: dir, names: wanted}
	if err := a.openAuthority(now); err != nil {
		return nil, err
	}
	a.fingerprint = pin.Of(a.ca.cert)
	// What cannot be used is made again: nobody remembers this key.
	if a.server, err = readPair(filepath.Join(dir, ServerFile)); err != nil || !a.verifies(a.server.cert) {
		a.server = pair{}
	}
	if err := a.keepServer(now); err != nil {
		return nil, err
	}
	return a, nil
}

// openAuthority reads the authority, or makes one where there is none.
func (a *Authority) openAuthority(now time.Time) error {
	path := filepath.Join(a.dir, AuthorityFile)
	ca, err := readPair(path)
	if err == nil {
		err = closeToOthers(path, 0o600)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if ca.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return fmt.Errorf("make the room's key: %w", err)
		}
	case errors.Is(err, errPair):
		return fmt.Errorf("%s: %w (%w)", path, ErrDamaged, err)
	case err != nil:
		return fmt.Errorf("read the room's authority: %w", err)
	case !pin.IsAuthority(ca.cert):
		return fmt.Errorf("%s: %w (its certificate is not a room authority's)", path, ErrDamaged)
	}
	a.ca = ca
	return a.keepAuthority(now)
}

// keepAuthority makes the authority's certificate where there is none, or none
// that is good for a whole life of a server certificate. The key stays.
func (a *Authority) keepAuthority(now time.Time) error {
	if a.ca.cert != nil && !outdated(a.ca.cert, now, serverLife) {
		return nil
	}
	ca, err := signAuthority(a.ca.key, now)
	if err != nil {
		return fmt.Errorf("make the room's authority: %w", err)
	}
	if err := writePair(filepath.Join(a.dir, AuthorityFile), ca); err != nil {
		return fmt.Errorf("keep the room's authority: %w", err)
	}
	a.ca = ca
	return nil
}

// keepServer makes the server certificate where there is none for these names
// and this time. Its key stays where there is one.
func (a *Authority) keepServer(now time.Time) error {
	all := a.names.with(a.seen)
	if a.server.cert != nil && !outdated(a.server.cert, now, renewBefore) && all.equal(a.server.cert) {
		a.serve(a.server)
		return nil
	}
	if err := a.keepAuthority(now); err != nil {
		return err
	}
	key := a.server.key
	if key == nil {
		var err error
		if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return fmt.Errorf("make the server's key: %w", err)
		}
	}
	server, err := signServer(a.ca, key, all, now)
	if err != nil {
		return fmt.Errorf("make the server's certificate: %w", err)
	}
	a.server = server
	a.serve(server)
	if err := writePair(filepath.Join(a.dir, ServerFile), server); err != nil {
		return fmt.Errorf("keep the server's certificate: %w", err)
	}
	return nil
}

// verifies says whether devices that remember the authority accept a server
// certificate.
func (a *Authority) verifies(cert *x509.Certificate) bool {
	return pin.VerifyChain(pin.Of(a.ca.cert), []*x509.Certificate{cert, a.ca.cert}) == nil
}

func (a *Authority) serve(server pair) {
	if a.chain != nil && a.chain.Leaf == server.cert {
		return
	}
	a.chain = &tls.Certificate{
		Certificate: [][]byte{server.cert.Raw, a.ca.cert.Raw},
		PrivateKey:  server.key,
		Leaf:        server.cert,
	}
}

// outdated says whether a certificate is to be made again: it ends within
// left, or begins later, because the clock was ahead when it was made. Of a
// clock that is certainly wrong nothing is concluded.
func outdated(cert *x509.Certificate, now time.Time, left time.Duration) bool {
	if now.Before(written) {
		return false
	}
	return now.Before(cert.NotBefore) || now.Add(left).After(cert.NotAfter)
}

func signAuthority(key *ecdsa.PrivateKey, now time.Time) (pair, error) {
	now = plausible(now)
	spki, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return pair{}, err
	}
	t := &x509.Certificate{
		// The same for each certificate of this key, so that one that a
		// browser trusts already goes on to vouch for the server.
		Subject: pkix.Name{
			CommonName:         "phonghop " + pin.Fingerprint(sha256.Sum256(spki)).Code(),
			OrganizationalUnit: []string{pin.AuthorityUnit},
		},
		NotBefore:             now.Add(-authorityPast),
		NotAfter:              now.Add(authorityLife),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLenZero:        true,
	}
	return sign(t, t, key, key)
}

func signServer(ca pair, key *ecdsa.PrivateKey, n names, now time.Time) (pair, error) {
	now = plausible(now)
	t := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "phonghop server"},
		NotBefore:             later(now.Add(-serverPast), ca.cert.NotBefore),
		NotAfter:              earlier(now.Add(serverLife), ca.cert.NotAfter),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		DNSNames:              n.hosts,
	}
	for _, ip := range n.addrs {
		t.IPAddresses = append(t.IPAddresses, ip.AsSlice())
	}
	return sign(t, ca.cert, key, ca.key)
}

func sign(t, parent *x509.Certificate, key, by *ecdsa.PrivateKey) (pair, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return pair{}, err
	}
	t.SerialNumber = serial.Add(serial, big.NewInt(1))
	der, err := x509.CreateCertificate(rand.Reader, t, parent, key.Public(), by)
	if err != nil {
		return pair{}, err
	}
	cert, err := x509.ParseCertificate(der)
	return pair{key, cert}, err
}

func plausible(now time.Time) time.Time { return later(now, written).UTC() }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Fingerprint returns what devices remember the room by, in the form of
// pin.Fingerprint.String. It stays the same as long as the authority's file.
func (a *Authority) Fingerprint() string { return a.fingerprint.String() }

// Code returns the short code that people compare.
func (a *Authority) Code() string { return a.fingerprint.Code() }

// CertificatePEM returns the authority's certificate for the trust store of a
// browser or system.
func (a *Authority) CertificatePEM() []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	return pem.EncodeToMemory(&pem.Block{Type: blockCert, Bytes: a.ca.cert.Raw})
}

// TLS returns a server's configuration: TLS 1.2 or newer, the certificate with
// the authority behind it, and only HTTP/1.1 in NextProtos, which is what web
// sockets need; the caller may change it. A certificate that is about to end,
// or that lacks the address to which a connection came, is made again before
// the connection is answered.
func (a *Authority) TLS(now func() time.Time) *tls.Config {
	return config(func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		return a.certificate(now(), local(hello))
	})
}

func config(get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: get}
}

// maxSeen bounds the addresses that are in the certificate only because
// connections came to them.
const maxSeen = 16

// certificate returns the chain for a connection that came to an address of
// this machine, which may be the zero one.
func (a *Authority) certificate(now time.Time, came netip.Addr) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if isNamed(came) && !a.names.has(came) && !slices.Contains(a.seen, came) {
		if len(a.seen) == maxSeen {
			a.seen = a.seen[1:]
		}
		a.seen = append(slices.Clone(a.seen), came)
	}
	// A certificate that could not be kept is served all the same. A device
	// refuses none for being old, and so the old one is better than nothing.
	if err := a.keepServer(now); err != nil && a.chain == nil {
		return nil, err
	}
	return a.chain, nil
}
