package pki

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"phonghop/shared/pin"
)

var (
	today = time.Date(2026, 9, 14, 8, 0, 0, 0, time.UTC)
	day   = 24 * time.Hour
)

func open(t *testing.T, dir string, now time.Time, names ...string) *Authority {
	t.Helper()
	a, err := Open(dir, now, names)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return a
}

func clock(at time.Time) func() time.Time { return func() time.Time { return at } }

// handshake connects a client to a server on an address of this machine.
func handshake(t *testing.T, server, client *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	ln, err := tls.Listen("tcp", "127.0.0.1:0", server)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		_ = conn.(*tls.Conn).Handshake() // the client's view is what is tested
		_ = conn.Close()
	})
	defer wg.Wait()
	defer ln.Close()
	conn, err := tls.Dial("tcp", ln.Addr().String(), client)
	if err != nil {
		return tls.ConnectionState{}, err
	}
	defer conn.Close()
	return conn.ConnectionState(), nil
}

// served returns the certificates that a connection gets.
func served(t *testing.T, a *Authority, now time.Time) []*x509.Certificate {
	t.Helper()
	cs, err := handshake(t, a.TLS(clock(now)), pin.ClientConfig(pinned(t, a)))
	if err != nil {
		t.Fatalf("handshake: %v", err)
	}
	return cs.PeerCertificates
}

func pinned(t *testing.T, a interface{ Fingerprint() string }) *pin.Pin {
	t.Helper()
	f, err := pin.Parse(a.Fingerprint())
	if err != nil {
		t.Fatal(err)
	}
	return pin.New(f)
}

// browser is a client that trusts what it was given, as browsers do.
func browser(t *testing.T, ca []byte, name string, now time.Time) *tls.Config {
	t.Helper()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(ca) {
		t.Fatal("the authority's certificate is not PEM")
	}
	return &tls.Config{RootCAs: roots, ServerName: name, Time: clock(now)}
}

func TestDevicesRecogniseTheRoom(t *testing.T) {
	room := open(t, t.TempDir(), today)
	other := open(t, t.TempDir(), today)
	cs, err := handshake(t, room.TLS(clock(today)), pin.ClientConfig(pinned(t, room)))
	if err != nil {
		t.Fatalf("the room was refused: %v", err)
	}
	if len(cs.PeerCertificates) != 2 || !pin.IsAuthority(cs.PeerCertificates[1]) {
		t.Error("the authority was not sent with the certificate")
	}
	learnt := pin.New(pin.Fingerprint{})
	if _, err := handshake(t, room.TLS(clock(today)), pin.ClientConfig(learnt)); err != nil {
		t.Fatal(err)
	}
	if f := learnt.Fingerprint(); f.String() != room.Fingerprint() || f.Code() != room.Code() {
		t.Errorf("a device learns %s, the room says %s (%s)", f, room.Fingerprint(), room.Code())
	}
	var changed *pin.KeyChangedError
	if _, err := handshake(t, other.TLS(clock(today)), pin.ClientConfig(learnt)); !errors.As(err, &changed) {
		t.Errorf("another room: %v, want a KeyChangedError", err)
	}
}

func TestTLSVersionAndProtocols(t *testing.T) {
	room := open(t, t.TempDir(), today)
	client := pin.ClientConfig(pinned(t, room))
	client.NextProtos = []string{"h2", "http/1.1"}
	cs, err := handshake(t, room.TLS(clock(today)), client)
	if err != nil || cs.NegotiatedProtocol != "http/1.1" || cs.Version != tls.VersionTLS13 {
		t.Errorf("protocol %q over %x, %v", cs.NegotiatedProtocol, cs.Version, err)
	}
	old := pin.ClientConfig(pinned(t, room))
	old.MinVersion, old.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	if _, err := handshake(t, room.TLS(clock(today)), old); err == nil {
		t.Error("TLS 1.1 was accepted")
	}
}

func TestBrowsersThatTrustTheAuthority(t *testing.T) {
	room := open(t, t.TempDir(), today, "192.168.1.10", "fd00::10", "Phonghop", "phonghop.local", "hop.ubnd.gov.vn.")
	for _, name := range []string{"192.168.1.10", "fd00::10", "phonghop", "phonghop.local", "hop.ubnd.gov.vn", "localhost", "127.0.0.1", "::1"} {
		for _, at := range []time.Time{today.Add(-50 * day), today, today.Add(200 * day)} {
			if _, err := handshake(t, room.TLS(clock(today)), browser(t, room.CertificatePEM(), name, at)); err != nil {
				t.Errorf("%s at %s: %v", name, at, err)
			}
		}
	}
	for _, name := range []string{"192.168.1.11", "bank.example"} {
		if _, err := handshake(t, room.TLS(clock(today)), browser(t, room.CertificatePEM(), name, today)); err == nil {
			t.Errorf("the certificate is good for %s", name)
		}
	}
}

func TestLives(t *testing.T) {
	chain := served(t, open(t, t.TempDir(), today), today)
	if life := chain[0].NotAfter.Sub(chain[0].NotBefore); life > 398*day || life < 300*day {
		t.Errorf("the server's certificate is valid for %v", life)
	}
	if left := chain[1].NotAfter.Sub(today); left < 3650*day {
		t.Errorf("the authority is valid for another %v", left)
	}
	if chain[0].IsCA || chain[1].SerialNumber.Cmp(chain[0].SerialNumber) == 0 {
		t.Error("the server's certificate is not one")
	}
}

func TestRestartKeepsEverything(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "tls")
	first := open(t, dir, today, "room", "10.0.0.1")
	again := open(t, dir, today.Add(day), "10.0.0.1", "room")
	if again.Fingerprint() != first.Fingerprint() {
		t.Error("the fingerprint has changed")
	}
	if !served(t, first, today)[0].Equal(served(t, again, today.Add(day))[0]) {
		t.Error("the server's certificate was made again for nothing")
	}
	if !bytes.Equal(first.CertificatePEM(), again.CertificatePEM()) {
		t.Error("the authority's certificate has changed")
	}
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folder's own access list decides there")
	}
	dir := filepath.Join(t.TempDir(), "tls")
	open(t, dir, today)
	check := func() {
		t.Helper()
		for name, want := range map[string]os.FileMode{"": 0o700, AuthorityFile: 0o600, ServerFile: 0o600} {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil || info.Mode().Perm() != want {
				t.Errorf("%q: %v, %v, want %o", name, info.Mode(), err, want)
			}
		}
	}
	check()
	for name, mode := range map[string]os.FileMode{"": 0o755, AuthorityFile: 0o644} {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	left := filepath.Join(dir, AuthorityFile+".123.part")
	if err := os.WriteFile(left, []byte("half a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir, today)
	check()
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what an earlier run left is there: %v", err)
	}
}

func TestRenewal(t *testing.T) {
	dir := t.TempDir()
	room := open(t, dir, today)
	first := served(t, room, today)
	if !served(t, room, today.Add(serverLife-renewBefore-day))[0].Equal(first[0]) {
		t.Error("renewed too early")
	}
	then := today.Add(serverLife - renewBefore + day)
	next := served(t, room, then)
	if next[0].Equal(first[0]) || !next[0].NotAfter.After(then.Add(300*day)) {
		t.Errorf("not renewed: valid until %s", next[0].NotAfter)
	}
	if pin.Of(next[0]) != pin.Of(first[0]) || !next[1].Equal(first[1]) {
		t.Error("a renewal changed a key or the authority")
	}
	if !served(t, open(t, dir, then), then)[0].Equal(next[0]) {
		t.Error("the renewed certificate was not kept")
	}
}

func TestAuthorityOutlivesItsCertificate(t *testing.T) {
	dir := t.TempDir()
	room := open(t, dir, today)
	fingerprint, old := room.Fingerprint(), room.CertificatePEM()
	for at := today; at.Before(today.AddDate(11, 0, 0)); at = at.AddDate(0, 5, 0) {
		served(t, room, at) // devices that remember the key accept each
	}
	if bytes.Equal(room.CertificatePEM(), old) {
		t.Error("the authority's certificate has expired")
	}
	// A browser that trusts the old one goes on while that is valid.
	late := today.Add(authorityLife - 30*day)
	if _, err := handshake(t, open(t, dir, late).TLS(clock(late)), browser(t, old, "localhost", late)); err != nil {
		t.Errorf("a browser with the authority's first certificate: %v", err)
	}
	if open(t, dir, today.AddDate(11, 0, 0)).Fingerprint() != fingerprint {
		t.Error("the key has changed")
	}
}

func TestWrongClocks(t *testing.T) {
	for name, clocks := range map[string][]time.Time{
		"battery is empty": {today, time.Unix(0, 0), today.Add(day)},
		"first start":      {time.Unix(0, 0), today, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), today},
		"far ahead":        {today.AddDate(40, 0, 0), today, today.AddDate(40, 0, 0), today},
		"months back":      {today, today.AddDate(0, -8, 0), today},
	} {
		dir := t.TempDir()
		fingerprint := ""
		for _, now := range clocks {
			room := open(t, dir, now)
			if fingerprint == "" {
				fingerprint = room.Fingerprint()
			}
			if room.Fingerprint() != fingerprint {
				t.Errorf("%s: the fingerprint has changed", name)
			}
			served(t, room, now)
		}
		last := clocks[len(clocks)-1]
		room := open(t, dir, last)
		if _, err := handshake(t, room.TLS(clock(last)), browser(t, room.CertificatePEM(), "localhost", last)); err != nil {
			t.Errorf("%s: a browser, once the clock is right: %v", name, err)
		}
	}
	// Of an impossible time nothing is concluded.
	dir := t.TempDir()
	before := served(t, open(t, dir, today), today)
	if after := served(t, open(t, dir, time.Unix(0, 0)), time.Unix(0, 0)); !after[0].Equal(before[0]) {
		t.Error("a good certificate was replaced because of an empty battery")
	}
}

func TestNamesThatChange(t *testing.T) {
	dir := t.TempDir()
	first := served(t, open(t, dir, today, "10.0.0.1"), today)[0]
	room := open(t, dir, today, "10.0.0.2", "room.local")
	next := served(t, room, today)[0]
	if next.VerifyHostname("10.0.0.2") != nil || next.VerifyHostname("room.local") != nil || next.VerifyHostname("10.0.0.1") == nil {
		t.Errorf("the certificate is for %v %v", next.DNSNames, next.IPAddresses)
	}
	if pin.Of(first) != pin.Of(next) {
		t.Error("the server's key has changed")
	}
	if _, err := Open(dir, today, []string{"not a name"}); !errors.Is(err, ErrName) {
		t.Errorf("a bad name: %v", err)
	}
	if !served(t, open(t, dir, today, "room.local", "10.0.0.2"), today)[0].Equal(next) {
		t.Error("made again for the same names")
	}
}

func TestAddressThatConnectionsComeTo(t *testing.T) {
	room := open(t, t.TempDir(), today, "10.0.0.1")
	get := func(ip string) *x509.Certificate {
		t.Helper()
		chain, err := room.certificate(today, netip.MustParseAddr(ip))
		if err != nil {
			t.Fatal(err)
		}
		return chain.Leaf
	}
	first := get("10.0.0.1")
	if get("127.0.0.5") != first || get("fe80::1") != first {
		t.Error("made again for an address that nobody else reaches")
	}
	if next := get("192.168.7.7"); next.VerifyHostname("192.168.7.7") != nil || next.VerifyHostname("10.0.0.1") != nil {
		t.Errorf("the certificate is for %v", next.IPAddresses)
	}
	for i := range 100 {
		get(netip.AddrFrom4([4]byte{10, 1, 0, byte(i)}).String())
	}
	if last := get("10.1.0.99"); len(last.IPAddresses) != 3+maxSeen || last.VerifyHostname("192.168.7.7") == nil {
		t.Errorf("%d addresses after many", len(last.IPAddresses))
	}
}

func TestConnectionsWhileAddressesChange(t *testing.T) {
	room := open(t, t.TempDir(), today)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 10 {
				ip := netip.AddrFrom4([4]byte{10, 0, byte(i), byte(j)})
				chain, err := room.certificate(today, ip)
				if err != nil || len(chain.Certificate) != 2 || chain.Leaf.VerifyHostname(ip.String()) != nil {
					t.Errorf("%v: %v", ip, err)
				}
				room.CertificatePEM()
			}
		})
	}
	wg.Wait()
}

func TestBrokenAuthority(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, today)
	path := filepath.Join(dir, AuthorityFile)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	key, cert := pem.Decode(good)
	server, err := os.ReadFile(filepath.Join(dir, ServerFile))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"empty":                  {},
		"noise":                  bytes.Repeat([]byte{0, 0xff, '-'}, 100),
		"cut":                    good[:len(good)-40],
		"without certificate":    pem.EncodeToMemory(key),
		"without key":            cert,
		"another certificate":    append(pem.EncodeToMemory(key), server[bytes.Index(server, []byte("-----BEGIN CERT")):]...),
		"the server's own":       server,
		"key that is none":       append(pem.EncodeToMemory(&pem.Block{Type: blockKey, Bytes: []byte("x")}), cert...),
		"certificate of nothing": append(pem.EncodeToMemory(key), pem.EncodeToMemory(&pem.Block{Type: blockCert, Bytes: []byte("x")})...),
		"far too large":          append(slices.Clone(good), make([]byte, maxFile)...),
	} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, today, nil); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, b) {
			t.Errorf("%s: the damaged file was touched", name)
		}
	}
}

func TestBrokenServerCertificateIsMadeAgain(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	room := open(t, dir, today)
	open(t, elsewhere, today)
	foreign, err := os.ReadFile(filepath.Join(elsewhere, ServerFile))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"empty": {}, "noise": []byte("noise"), "another room's": foreign} {
		if err := os.WriteFile(filepath.Join(dir, ServerFile), b, 0o600); err != nil {
			t.Fatal(err)
		}
		again := open(t, dir, today)
		if again.Fingerprint() != room.Fingerprint() {
			t.Errorf("%s: the fingerprint has changed", name)
		}
		served(t, again, today)
	}
}

func TestFolderThatCannotBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, today, nil); err == nil || errors.Is(err, ErrDamaged) {
		t.Errorf("a file in place of the folder: %v", err)
	}
}

func TestRenewalWithoutDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	room := open(t, dir, today)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	then := today.AddDate(1, 0, 0)
	if leaf := served(t, room, then)[0]; !leaf.NotAfter.After(then) {
		t.Errorf("serves a certificate that ended on %s", leaf.NotAfter)
	}
	chain, err := room.certificate(then, netip.MustParseAddr("10.0.0.9"))
	if err != nil || chain.Leaf.VerifyHostname("10.0.0.9") != nil {
		t.Errorf("an address that is new is not served: %v", err)
	}
}

func TestLocalAddress(t *testing.T) {
	if ip := local(nil); ip.IsValid() {
		t.Errorf("of no connection: %v", ip)
	}
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	if ip := local(&tls.ClientHelloInfo{Conn: a}); ip.IsValid() {
		t.Errorf("of a connection without addresses: %v", ip)
	}
}
