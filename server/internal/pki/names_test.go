package pki

import (
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestParseNames(t *testing.T) {
	n, err := parseNames([]string{"B.local.", "b.local", "PHONG_HOP", "10.0.0.2", "::ffff:10.0.0.1", "fe80::1%eth0", "10.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"b.local", "localhost", "phong_hop"}; !slices.Equal(n.hosts, want) {
		t.Errorf("hosts %v, want %v", n.hosts, want)
	}
	var addrs []string
	for _, ip := range n.addrs {
		addrs = append(addrs, ip.String())
	}
	if want := []string{"10.0.0.1", "10.0.0.2", "127.0.0.1", "::1", "fe80::1"}; !slices.Equal(addrs, want) {
		t.Errorf("addresses %v, want %v", addrs, want)
	}
	for _, bad := range []string{
		"", ".", "a..b", "phòng-họp", "a b", "-a", "a-", "*.local", "a:1", "https://a", "10.0.0.0/8", "a\x00",
		strings.Repeat("a", 64), strings.Repeat("a.", 127) + "a", strings.Repeat("é", 1_000_000),
	} {
		if _, err := parseNames([]string{bad}); !errors.Is(err, ErrName) {
			t.Errorf("%.40q: %v, want ErrName", bad, err)
		} else if len(err.Error()) > 1000 {
			t.Errorf("%.40q: the error is %d bytes long", bad, len(err.Error()))
		}
	}
	many := make([]string, maxNames+1)
	for i := range many {
		many[i] = "h" + strconv.Itoa(i)
	}
	if _, err := parseNames(many); !errors.Is(err, ErrName) {
		t.Errorf("%d names: %v", len(many), err)
	}
	if _, err := parseNames(many[1:]); err != nil {
		t.Errorf("%d names: %v", maxNames, err)
	}
}

func FuzzParseNames(f *testing.F) {
	f.Add("room.local")
	f.Add("192.168.1.10")
	f.Add("fe80::1%eth0")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, s string) {
		if _, err := parseNames([]string{s}); err != nil {
			return
		}
		// Whatever is a name can stand in a certificate and be read back.
		a := open(t, dir, today, s)
		if !a.names.equal(a.server.cert) {
			t.Errorf("%q became %v %v", s, a.server.cert.DNSNames, a.server.cert.IPAddresses)
		}
	})
}

func TestNamesOfThisMachine(t *testing.T) {
	list, err := Names("hop.ubnd.gov.vn", "10.9.8.7")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 2 || list[0] != "hop.ubnd.gov.vn" || list[1] != "10.9.8.7" {
		t.Errorf("what was asked for is missing: %v", list)
	}
	if _, err := parseNames(list); err != nil {
		t.Errorf("Open refuses %v: %v", list, err)
	}
	addrs, err := Addresses()
	if err != nil {
		t.Fatal(err)
	}
	for _, ip := range addrs {
		if ip.IsLoopback() || ip.Zone() != "" || !slices.Contains(list, ip.String()) {
			t.Errorf("address %v of %v", ip, list)
		}
	}
}

func TestOrderOfAddresses(t *testing.T) {
	list := []string{"192.168.1.2", "8.8.8.8", "169.254.1.1", "fd00::1", "2001:db8::1"}
	for i, a := range list[1:] {
		if rank(netip.MustParseAddr(list[i])) >= rank(netip.MustParseAddr(a)) {
			t.Errorf("%s is not shown before %s", list[i], a)
		}
	}
	for s, want := range map[string]bool{
		"192.168.1.2": true, "169.254.1.1": true, "2001:db8::1": true,
		"127.0.0.1": false, "::1": false, "fe80::1": false, "0.0.0.0": false, "224.0.0.1": false, "ff02::1": false,
	} {
		if isNamed(netip.MustParseAddr(s)) != want {
			t.Errorf("isNamed(%s) is not %v", s, want)
		}
	}
}
