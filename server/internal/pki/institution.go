package pki

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"phonghop/shared/pin"
)

// errOtherKey says that the institution's new certificate has another key than
// the one that devices remember.
var errOtherKey = errors.New("the new certificate has another key")

// lookAgain is how often the institution's files are looked at.
const lookAgain = 10 * time.Second

// Certificate is a certificate that the institution provides, with its key.
// Its methods may be called from any goroutine.
type Certificate struct {
	certFile, keyFile string
	fingerprint       pin.Fingerprint

	mu     sync.Mutex
	chain  *tls.Certificate
	stamp  stamp
	looked time.Time
}

// stamp tells whether files have changed.
type stamp [2]struct {
	size int64
	at   time.Time
}

// Institution reads the institution's own certificate, with the chain behind
// it, and its key, both in PEM. The error tells which file is wrong.
func Institution(certFile, keyFile string) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile}
	var err error
	if c.stamp, err = c.look(); err != nil {
		return nil, fmt.Errorf("read the institution's certificate: %w", err)
	}
	if c.chain, c.fingerprint, err = c.load(); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Certificate) look() (s stamp, err error) {
	for i, path := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(path)
		if err != nil {
			return stamp{}, err
		}
		s[i].size, s[i].at = info.Size(), info.ModTime()
	}
	return s, nil
}

func (c *Certificate) load() (*tls.Certificate, pin.Fingerprint, error) {
	fail := func(err error) (*tls.Certificate, pin.Fingerprint, error) {
		return nil, pin.Fingerprint{}, fmt.Errorf("the institution's certificate (%s, %s): %w", c.certFile, c.keyFile, err)
	}
	cert, err := readFile(c.certFile)
	if err != nil {
		return fail(err)
	}
	key, err := readFile(c.keyFile)
	if err != nil {
		return fail(err)
	}
	chain, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return fail(err)
	}
	var certs []*x509.Certificate
	for _, der := range chain.Certificate {
		parsed, err := x509.ParseCertificate(der)
		if err != nil {
			return fail(err)
		}
		certs = append(certs, parsed)
	}
	f, err := pin.Identity(certs)
	if err != nil {
		return fail(err)
	}
	return &chain, f, nil
}

// reload reads the files again. With the same key the certificate is used for
// connections to come; the error is errOtherKey if it has another one, or tells
// what is wrong with the files. After any error the old one stays.
func (c *Certificate) reload() error {
	chain, f, err := c.load()
	if err != nil {
		return err
	}
	if !f.Equal(c.fingerprint) {
		return errOtherKey
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.chain = chain
	return nil
}

// TLS returns a server's configuration as Authority.TLS does. The files are
// looked at every ten seconds, and a renewed certificate of the same key is used
// from then on. One with another key, which no device knows, waits for the next
// start; meanwhile, and while the files are damaged, the old one stays.
func (c *Certificate) TLS(now func() time.Time) *tls.Config {
	return config(func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		if c.changed(now()) {
			_ = c.reload() // the old one stays
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.chain, nil
	})
}

// changed says whether the files have changed since they were last looked at.
func (c *Certificate) changed(now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if since := now.Sub(c.looked); since >= 0 && since < lookAgain {
		return false
	}
	c.looked = now
	s, err := c.look()
	if err != nil || s == c.stamp {
		return false
	}
	c.stamp = s
	return true
}

// Fingerprint returns what devices remember the room by, in the form of
// pin.Fingerprint.String: the certificate's key, or that of a room's authority
// if the chain has one that issued it.
func (c *Certificate) Fingerprint() string { return c.fingerprint.String() }

// Code returns the short code that people compare.
func (c *Certificate) Code() string { return c.fingerprint.Code() }

// CertificatePEM returns nil: browsers trust the institution's certificate
// without help from the room.
func (c *Certificate) CertificatePEM() []byte { return nil }
