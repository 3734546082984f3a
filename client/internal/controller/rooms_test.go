package controller

import (
	"net/netip"
	"testing"

	"phonghop/shared/discovery"
)

func TestWhatIsNoAddressIsRefusedAtOnce(t *testing.T) {
	d := start(t, t.TempDir())
	for _, text := range []string{"abc xyz", "phòng họp A", "", "http://?"} {
		if code := d.EnterAddress(text); code != codeAddress {
			t.Errorf("%q: %q", text, code)
		}
	}
	for _, text := range []string{" 127.0.0.1:1 ", "127. 0. 0. 1:1"} {
		if code := d.EnterAddress(text); code != "" {
			t.Errorf("%q: %q", text, code)
		}
	}
}

// The room's screen shows an address that a person can type.
func TestTheAddressToTypeIsTheShortOne(t *testing.T) {
	port := func(s string) netip.AddrPort { return netip.MustParseAddrPort(s) }
	for _, c := range []struct {
		at   netip.AddrPort
		all  []netip.AddrPort
		want string
	}{
		{port("[2001:db8::7]:8443"), []netip.AddrPort{port("[2001:db8::7]:8443"), port("127.0.0.1:8443"), port("192.168.1.10:8443")}, "192.168.1.10:8443"},
		{port("10.0.0.5:8443"), []netip.AddrPort{port("192.168.1.10:8443")}, "10.0.0.5:8443"},
		{port("[2001:db8::7]:8443"), nil, "[2001:db8::7]:8443"},
	} {
		if got := typable(discovery.Room{Addr: c.at, Addrs: c.all}); got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.at, got, c.want)
		}
	}
}
