package pin

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"
)

type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sign(t *testing.T, tpl, parent *x509.Certificate, pub, by *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	tpl.SerialNumber = big.NewInt(time.Now().UnixNano())
	der, err := x509.CreateCertificate(rand.Reader, tpl, parent, pub.Public(), by)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newAuthority(t *testing.T, unit string) authority {
	t.Helper()
	k := newKey(t)
	tpl := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "room", OrganizationalUnit: []string{unit}},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().AddDate(10, 0, 0),
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
		KeyUsage:              x509.KeyUsageCertSign,
		PermittedDNSDomains:   []string{"local"},
	}
	return authority{sign(t, tpl, tpl, k, k), k}
}

func (a authority) leaf(t *testing.T, k *ecdsa.PrivateKey, change func(*x509.Certificate)) *x509.Certificate {
	t.Helper()
	tpl := &x509.Certificate{
		Subject:     pkix.Name{CommonName: "server"},
		NotBefore:   time.Now().Add(-time.Hour),
		NotAfter:    time.Now().AddDate(1, 0, 0),
		DNSNames:    []string{"elsewhere.local"},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if change != nil {
		change(tpl)
	}
	return sign(t, tpl, a.cert, k, a.key)
}

// handshake connects a client that checks with verify to a server with this chain and returns the
// client's error.
func handshake(t *testing.T, verify func(tls.ConnectionState) error, key *ecdsa.PrivateKey, chain ...*x509.Certificate) error {
	t.Helper()
	cert := tls.Certificate{PrivateKey: key}
	for _, c := range chain {
		cert.Certificate = append(cert.Certificate, c.Raw)
	}
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_ = conn.(*tls.Conn).Handshake() // the client's view is what is tested
	})
	defer wg.Wait()
	defer ln.Close()
	cfg := ClientConfig(New(Fingerprint{}))
	cfg.VerifyConnection = verify
	conn, err := tls.DialWithDialer(&net.Dialer{Timeout: 10 * time.Second}, "tcp", ln.Addr().String(), cfg)
	if err == nil {
		err = conn.Close()
	}
	return err
}

func TestHandshake(t *testing.T) {
	room, other := newAuthority(t, AuthorityUnit), newAuthority(t, AuthorityUnit)
	public := newAuthority(t, "some public authority")
	key, otherKey := newKey(t), newKey(t)
	leaf := room.leaf(t, key, nil)
	years := func(n int) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().AddDate(n, 0, 0), time.Now().AddDate(n+1, 0, 0)
		}
	}
	tests := []struct {
		name  string
		want  Fingerprint
		key   *ecdsa.PrivateKey
		chain []*x509.Certificate
		err   any // nil, or a pointer for errors.As
	}{
		{"the room's authority", Of(room.cert), key, []*x509.Certificate{leaf, room.cert}, nil},
		{"renewed certificate", Of(room.cert), key, []*x509.Certificate{room.leaf(t, key, years(1)), room.cert}, nil},
		{"renewed with another key", Of(room.cert), otherKey, []*x509.Certificate{room.leaf(t, otherKey, nil), room.cert}, nil},
		{"not valid yet by this clock", Of(room.cert), key, []*x509.Certificate{room.leaf(t, key, years(5)), room.cert}, nil},
		{"authority not sent", Of(room.cert), key, []*x509.Certificate{leaf}, new(*KeyChangedError)},
		{"another room", Of(room.cert), otherKey, []*x509.Certificate{other.leaf(t, otherKey, nil), other.cert}, new(*KeyChangedError)},
		{"another room that shows our authority", Of(room.cert), otherKey, []*x509.Certificate{other.leaf(t, otherKey, nil), room.cert}, new(*ChainError)},
		{"our authority behind theirs", Of(room.cert), otherKey, []*x509.Certificate{other.leaf(t, otherKey, nil), other.cert, room.cert}, new(*ChainError)},
		{"certificate for a client", Of(room.cert), key, []*x509.Certificate{room.leaf(t, key, func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}), room.cert}, new(*ChainError)},
		{"name that the authority may not sign", Of(room.cert), key, []*x509.Certificate{room.leaf(t, key, func(c *x509.Certificate) {
			c.DNSNames = []string{"bank.example"}
		}), room.cert}, new(*ChainError)},
		{"never valid with its authority", Of(room.cert), key, []*x509.Certificate{room.leaf(t, key, years(-9)), room.cert}, new(*ChainError)},
		{"institution's certificate", Of(leaf), key, []*x509.Certificate{leaf}, nil},
		{"institution's certificate, other key", Of(leaf), otherKey, []*x509.Certificate{public.leaf(t, otherKey, nil), public.cert}, new(*KeyChangedError)},
		{"a public authority's key is no pin", Of(public.cert), otherKey, []*x509.Certificate{public.leaf(t, otherKey, nil), public.cert}, new(*KeyChangedError)},
		{"nothing expected", Fingerprint{}, key, []*x509.Certificate{leaf, room.cert}, new(*KeyChangedError)},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			err := handshake(t, VerifyConnection(tc.want), tc.key, tc.chain...)
			switch {
			case tc.err == nil && err != nil:
				t.Fatalf("refused: %v", err)
			case tc.err != nil && err == nil:
				t.Fatal("accepted")
			case tc.err != nil && !errors.As(err, tc.err):
				t.Fatalf("error is %T %v, want %T", err, err, tc.err)
			}
		})
	}
}

func TestKeyChangedNamesBoth(t *testing.T) {
	room, other := newAuthority(t, AuthorityUnit), newAuthority(t, AuthorityUnit)
	key := newKey(t)
	err := handshake(t, VerifyConnection(Of(room.cert)), key, other.leaf(t, key, nil), other.cert)
	var changed *KeyChangedError
	if !errors.As(err, &changed) || changed.Want != Of(room.cert) || changed.Got != Of(other.cert) {
		t.Fatalf("error %v", err)
	}
}

func TestPinLearnsOnceAndThenInsists(t *testing.T) {
	room, other := newAuthority(t, AuthorityUnit), newAuthority(t, AuthorityUnit)
	key := newKey(t)
	p := New(Fingerprint{})
	if err := handshake(t, p.VerifyConnection, key, room.leaf(t, key, nil), room.cert); err != nil {
		t.Fatal(err)
	}
	if p.Fingerprint() != Of(room.cert) {
		t.Fatal("learnt something else than the room's authority")
	}
	err := handshake(t, p.VerifyConnection, key, other.leaf(t, key, nil), other.cert)
	if changed := (*KeyChangedError)(nil); !errors.As(err, &changed) {
		t.Fatalf("another room: %v", err)
	}
	if p.Fingerprint() != Of(room.cert) {
		t.Fatal("a refused server changed the pin")
	}
}

func TestPinLearnsTheLeafOfAForeignAuthority(t *testing.T) {
	public := newAuthority(t, "some public authority")
	key := newKey(t)
	leaf := public.leaf(t, key, nil)
	p := New(Fingerprint{})
	if err := handshake(t, p.VerifyConnection, key, leaf, public.cert); err != nil {
		t.Fatal(err)
	}
	if p.Fingerprint() != Of(leaf) {
		t.Fatal("a foreign authority was learnt instead of the server's own key")
	}
}

func TestConcurrentLearningAgreesOnOne(t *testing.T) {
	p := New(Fingerprint{})
	key := newKey(t)
	var wg sync.WaitGroup
	ok := make(chan Fingerprint, 8)
	for range 8 {
		room := newAuthority(t, AuthorityUnit)
		chain := []*x509.Certificate{room.leaf(t, key, nil), room.cert}
		wg.Go(func() {
			if p.VerifyConnection(tls.ConnectionState{PeerCertificates: chain}) == nil {
				ok <- Of(room.cert)
			}
		})
	}
	wg.Wait()
	close(ok)
	if len(ok) != 1 || <-ok != p.Fingerprint() {
		t.Fatal("more than one of eight different rooms was accepted")
	}
}

func TestNoCertificate(t *testing.T) {
	if err := VerifyConnection(Fingerprint{1})(tls.ConnectionState{}); !errors.Is(err, ErrNoCertificate) {
		t.Fatal(err)
	}
	if err := New(Fingerprint{}).VerifyConnection(tls.ConnectionState{}); !errors.Is(err, ErrNoCertificate) {
		t.Fatal(err)
	}
}
