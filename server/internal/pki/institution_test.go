package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"phonghop/shared/pin"
)

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// provided writes an institution's chain and key, as if at the given time.
func provided(t *testing.T, certFile, keyFile string, ca pair, key *ecdsa.PrivateKey, at time.Time) {
	t.Helper()
	leaf, err := sign(&x509.Certificate{
		NotBefore: at, NotAfter: at.AddDate(1, 0, 0), DNSNames: []string{"hop.ubnd.gov.vn"},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, ca.cert, key, ca.key)
	if err != nil {
		t.Fatal(err)
	}
	var chain []byte
	for _, c := range []*x509.Certificate{leaf.cert, ca.cert} {
		chain = append(chain, pem.EncodeToMemory(&pem.Block{Type: blockCert, Bytes: c.Raw})...)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for path, b := range map[string][]byte{certFile: chain, keyFile: pem.EncodeToMemory(&pem.Block{Type: blockKey, Bytes: der})} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

func publicAuthority(t *testing.T) pair {
	t.Helper()
	key := newKey(t)
	tpl := &x509.Certificate{
		Subject: pkix.Name{CommonName: "a public authority"}, NotBefore: today.AddDate(-1, 0, 0), NotAfter: today.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	ca, err := sign(tpl, tpl, key, key)
	if err != nil {
		t.Fatal(err)
	}
	return ca
}

func TestInstitution(t *testing.T) {
	certFile, keyFile := filepath.Join(t.TempDir(), "c.pem"), filepath.Join(t.TempDir(), "k.pem")
	ca, key := publicAuthority(t), newKey(t)
	provided(t, certFile, keyFile, ca, key, today)
	c, err := Institution(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	now := today
	config := c.TLS(func() time.Time { return now })
	seen := func() *x509.Certificate {
		t.Helper()
		cs, err := handshake(t, config, pin.ClientConfig(pinned(t, c)))
		if err != nil {
			t.Fatal(err)
		}
		return cs.PeerCertificates[0]
	}
	first := seen()
	if f := pin.Of(first); f.String() != c.Fingerprint() || f.Code() != c.Code() || c.CertificatePEM() != nil {
		t.Errorf("fingerprint %s, code %s; the key's is %s", c.Fingerprint(), c.Code(), f)
	}

	// The renewed certificate of the same key is used by itself.
	provided(t, certFile, keyFile, ca, key, today.Add(day))
	now = now.Add(lookAgain / 2)
	if !seen().Equal(first) {
		t.Error("the files are looked at with every connection")
	}
	now = now.Add(lookAgain)
	renewed := seen()
	if renewed.Equal(first) {
		t.Error("the renewed certificate is not used")
	}

	// One with another key, or a broken one, leaves the old one in use.
	provided(t, certFile, keyFile, ca, newKey(t), today.Add(2*day))
	now = now.Add(2 * lookAgain)
	if !seen().Equal(renewed) {
		t.Error("another key is used without a restart")
	}
	if err := c.reload(); !errors.Is(err, errOtherKey) {
		t.Errorf("reload: %v, want errOtherKey", err)
	}
	if err := os.WriteFile(certFile, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	now = now.Add(2 * lookAgain)
	if !seen().Equal(renewed) {
		t.Error("a broken file took the certificate away")
	}
	if err := os.Remove(keyFile); err != nil {
		t.Fatal(err)
	}
	now = now.Add(2 * lookAgain)
	if !seen().Equal(renewed) {
		t.Error("a missing file took the certificate away")
	}
}

func TestInstitutionRefuses(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	ca := publicAuthority(t)
	provided(t, certFile, keyFile, ca, newKey(t), today)
	provided(t, filepath.Join(dir, "c2.pem"), filepath.Join(dir, "k2.pem"), ca, newKey(t), today)
	if err := os.WriteFile(filepath.Join(dir, "noise.pem"), []byte("noise"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, f := range [][2]string{
		{"missing.pem", "k.pem"}, {"c.pem", "missing.pem"}, {"c.pem", "k2.pem"}, {"noise.pem", "k.pem"},
		{"c.pem", "noise.pem"}, {"k.pem", "c.pem"}, {".", "k.pem"},
	} {
		if _, err := Institution(filepath.Join(dir, f[0]), filepath.Join(dir, f[1])); err == nil {
			t.Errorf("%v was accepted", f)
		}
	}
}

func TestInstitutionWithTheRoomsOwnAuthority(t *testing.T) {
	dir := t.TempDir()
	room := open(t, dir, today, "10.0.0.1")
	certFile, keyFile := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	provided(t, certFile, keyFile, room.ca, newKey(t), today)
	c, err := Institution(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	if c.Fingerprint() != room.Fingerprint() {
		t.Error("not recognised by the authority that issued it")
	}
	if _, err := handshake(t, c.TLS(clock(today)), pin.ClientConfig(pinned(t, room))); err != nil {
		t.Error(err)
	}
}

var _ = []interface {
	TLS(func() time.Time) *tls.Config
	Fingerprint() string
	Code() string
	CertificatePEM() []byte
}{(*Authority)(nil), (*Certificate)(nil)}
