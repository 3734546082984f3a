package discovery

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/pin"
)

func TestParseAddressAsPeopleTypeIt(t *testing.T) {
	for in, want := range map[string]Address{
		"192.168.1.10":            {Host: "192.168.1.10", Port: 8443},
		"192.168.1.10:8444":       {Host: "192.168.1.10", Port: 8444},
		"  192.168. 1.10 : 8444 ": {Host: "192.168.1.10", Port: 8444},
		"192,168,1,10":            {Host: "192.168.1.10", Port: 8443},
		"192,168.1,10;8444":       {Host: "192.168.1.10", Port: 8444},
		"192.168.1.10.":           {Host: "192.168.1.10", Port: 8443},
		"１９２．１６８．１．１０：８４４４": {Host: "192.168.1.10", Port: 8444},
		"192。168。1。10":                       {Host: "192.168.1.10", Port: 8443},
		"192\u00a0.168.\u200b1.10\n":         {Host: "192.168.1.10", Port: 8443},
		"phong-a.local":                      {Host: "phong-a.local", Port: 8443},
		"Phong-A.LOCAL.:9000":                {Host: "phong-a.local", Port: 9000},
		"phong-a,local":                      {Host: "phong-a.local", Port: 8443},
		"localhost":                          {Host: "localhost", Port: 8443},
		"[fe80::1%eth0]:8443":                {Host: "fe80::1%eth0", Port: 8443},
		"fe80::1%Ethernet2":                  {Host: "fe80::1%Ethernet2", Port: 8443},
		"https://[fe80::1%25eth0]:1/":        {Host: "fe80::1%eth0", Port: 1},
		"FD00::00:1":                         {Host: "fd00::1", Port: 8443},
		"[::ffff:192.168.1.10]":              {Host: "192.168.1.10", Port: 8443},
		"https://192.168.1.10":               {Host: "192.168.1.10", Port: 8443},
		"http://192.168.1.10:8443/":          {Host: "192.168.1.10", Port: 8443},
		"https:/192.168.1.10/join":           {Host: "192.168.1.10", Port: 8443},
		"https//192.168.1.10":                {Host: "192.168.1.10", Port: 8443},
		"HTTPS://phong.example.vn:443/join/": {Host: "phong.example.vn", Port: 443},
		"//192.168.1.10":                     {Host: "192.168.1.10", Port: 8443},
		"httpserver.local":                   {Host: "httpserver.local", Port: 8443},
		"https://a:65535/join?id=r-1&x=y&fp=" + pin.Fingerprint{7}.String() + "#top": {
			Host: "a", Port: 65535, Room: "r-1", Fingerprint: pin.Fingerprint{7}},
	} {
		got, err := ParseAddress(in)
		if err != nil || got != want {
			t.Errorf("ParseAddress(%q) = %+v, %v; want %+v", in, got, err, want)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	fp := pin.Fingerprint{7}.String()
	for in, want := range map[string]Flaw{
		"":                                 FlawEmpty,
		" \t ":                             FlawEmpty,
		"https://":                         FlawEmpty,
		strings.Repeat("a", MaxAddress+1):  FlawLong,
		"\xff\xfe":                         FlawLong,
		"ftp://192.168.1.10":               FlawScheme,
		"javascript://x":                   FlawScheme,
		"192.168.1":                        FlawHost,
		"192.168.1.256":                    FlawHost,
		"192.168.1.1 8443":                 FlawHost,
		"0.0.0.0":                          FlawHost,
		"224.0.0.251":                      FlawHost,
		"[::]:8443":                        FlawHost,
		"[fe80::1":                         FlawHost,
		"[fe80::1]8443":                    FlawHost,
		"[192.168.1.1]:8443":               FlawHost,
		"fd00::1%eth0":                     FlawHost, // only link-local addresses have zones
		"fe80::1%":                         FlawHost,
		"phòng-a.local":                    FlawHost,
		"-a.local":                         FlawHost,
		"a..local":                         FlawHost,
		"user@host":                        FlawHost,
		"host:0":                           FlawPort,
		"host:65536":                       FlawPort,
		"host:":                            FlawPort,
		"host:+1":                          FlawPort,
		"host:84x":                         FlawPort,
		"host/elsewhere":                   FlawPath,
		"host/join?%zz":                    FlawPath,
		"host/join?fp=" + fp[1:]:           FlawFingerprint,
		"host/join?fp=":                    FlawFingerprint,
		"host/join?fp=" + fp + "&fp=" + fp: FlawFingerprint,
		"host/join?id=a/b":                 FlawRoom,
		"host/join?id=":                    FlawRoom,
	} {
		got, err := ParseAddress(in)
		var ae *AddressError
		if !errors.As(err, &ae) || got != (Address{}) {
			t.Errorf("ParseAddress(%q) = %+v, %v", in, got, err)
			continue
		}
		if ae.Flaw != want {
			t.Errorf("ParseAddress(%q): flaw %d (%v), want %d", in, ae.Flaw, err, want)
		}
	}
}

func TestJoinURL(t *testing.T) {
	a := Address{Host: "192.168.1.10", Port: 8443, Fingerprint: pin.Fingerprint{7}, Room: "r-1"}
	want := "https://192.168.1.10:8443/join?fp=" + pin.Fingerprint{7}.String() + "&id=r-1"
	if got := a.JoinURL(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := (Address{Host: "fe80::1%eth0", Port: 1}).JoinURL(); got != "https://[fe80::1%25eth0]:1/join" {
		t.Errorf("got %s", got)
	}
}

func TestJoinURLRoundTrip(t *testing.T) {
	hosts := rapid.OneOf(
		rapid.StringMatching(`[a-z]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z]{2,8}){0,3}`),
		rapid.StringMatching(`10\.[1-9]\.[1-9][0-9]\.1[0-9]{2}`),
		rapid.StringMatching(`fe80::[1-9a-f]%[A-Za-z0-9]{1,12}`),
		rapid.StringMatching(`fd0[1-9a-f]::[1-9a-f]{1,4}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		a := Address{Host: hosts.Draw(t, "host"), Port: rapid.Uint16Range(1, 65535).Draw(t, "port")}
		if rapid.Bool().Draw(t, "full") {
			a.Fingerprint = pin.Fingerprint{rapid.ByteRange(1, 255).Draw(t, "fp")}
			a.Room = rapid.StringMatching(`[A-Za-z0-9_-]{1,64}`).Draw(t, "room")
		}
		got, err := ParseAddress(a.JoinURL())
		if err != nil || got != a {
			t.Fatalf("%s -> %+v, %v", a.JoinURL(), got, err)
		}
	})
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"192.168.1.10:8443", "[fe80::1%eth0]:8443", "https//a,local;1", "１９２．１",
		"https://a:1/join?fp=" + pin.Fingerprint{1}.String() + "&id=x", "fe80::1%2525"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAddress(s)
		if err != nil {
			if ae := (*AddressError)(nil); !errors.As(err, &ae) || ae.Error() == "" {
				t.Errorf("error %T %v", err, err)
			}
			return
		}
		again, err := ParseAddress(a.JoinURL())
		if err != nil || again != a {
			t.Errorf("%q -> %+v -> %s -> %+v, %v", s, a, a.JoinURL(), again, err)
		}
	})
}
