package discovery

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/miekg/dns"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"phonghop/shared/pin"
)

func testService(id, name string) Service {
	return Service{ID: id, Name: name, Version: 1, Fingerprint: pin.Fingerprint{1, 2, 3}, Port: 8443, Path: "/"}
}

// overTheWire packs what is announced as the library does, and unpacks it as the library does.
func overTheWire(t interface{ Fatalf(string, ...any) }, s Service, distinct bool) (instance string, txt []string) {
	instance = s.instance(distinct)
	name := escape(instance) + "." + ServiceType + "." + domain + "."
	m := new(dns.Msg)
	m.Compress = true
	m.Answer = []dns.RR{
		&dns.PTR{Hdr: dns.RR_Header{Name: ServiceType + ".local.", Rrtype: dns.TypePTR, Class: 1, Ttl: 9}, Ptr: name},
		&dns.TXT{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeTXT, Class: 1, Ttl: 9}, Txt: s.records(instance)},
	}
	b, err := m.Pack()
	if err != nil {
		t.Fatalf("pack %q: %v", name, err)
	}
	var got dns.Msg
	if err := got.Unpack(b); err != nil {
		t.Fatalf("unpack: %v", err)
	}
	ptr := got.Answer[0].(*dns.PTR).Ptr
	if ptr != name {
		t.Fatalf("the library reads %q where %q was sent: it would not recognise its own name", ptr, name)
	}
	return strings.Trim(strings.ReplaceAll(ptr, ServiceType+".local.", ""), "."), got.Answer[1].(*dns.TXT).Txt
}

func TestNamesComeBack(t *testing.T) {
	for _, name := range []string{
		"Phòng họp A",
		"Phòng họp Ủy ban nhân dân thành phố Hải Phòng, tầng 3, nhà B (đường Hoàng Diệu)",
		`a.b\c "d" (e); f@g`,
		"Phòng 3.", "...", `\`, "会议室", "A",
		norm.NFD.String("Phòng họp trực tuyến"),
		"A\x00\u0301", "A\u200b\u0302\x00\u0301",
		strings.Repeat("ệ", MaxName),
	} {
		s, err := testService("room-1", name).checked()
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		for _, distinct := range []bool{false, true} {
			instance, txt := overTheWire(t, s, distinct)
			got, ok := readService(instance, txt, 8443)
			want := s
			if len(want.Name) > maxText-len("name=") {
				want.Name = cut(want.Name, maxText-len("name="))
			}
			if !ok || got != want {
				t.Errorf("%q (distinct %v): got %+v, %v", name, distinct, got, ok)
			}
		}
	}
}

func TestNameRoundTripProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := testService("Ab_9-", rapid.StringN(1, 40, -1).Draw(t, "name")).checked()
		if err != nil {
			return // nothing visible in it
		}
		distinct := rapid.Bool().Draw(t, "distinct")
		if in := s.instance(distinct); len(in) > maxInstance || !utf8.ValidString(in) {
			t.Fatalf("instance %q", in)
		}
		instance, txt := overTheWire(t, s, distinct)
		got, ok := readService(instance, txt, 8443)
		if !ok || got != s {
			t.Fatalf("%+v came back as %+v, %v", s, got, ok)
		}
	})
}

func TestEscapeRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "s"))
		if got := unescape(escape(s)); got != s {
			t.Fatalf("%q -> %q -> %q", s, escape(s), got)
		}
	})
}

func TestReadServiceRefuses(t *testing.T) {
	good := testService("room-1", "Phòng").records("x")
	with := func(kv string) []string {
		out := append([]string{kv}, good...) // the first of a key counts
		return out
	}
	if _, ok := readService("x", good, 8443); !ok {
		t.Fatal("the good one is refused")
	}
	if s, ok := readService("x", with("V=2"), 8443); !ok || s.Version != 2 {
		t.Error("keys are to be read regardless of case, the first counts")
	}
	for name, txt := range map[string][]string{
		"nothing":      nil,
		"no version":   good[1:],
		"version":      with("v=0"),
		"huge version": with("v=10000"),
		"id":           with("id=a/b"),
		"no id":        with("id="),
		"fingerprint":  with("fp=AAAA"),
		"path":         with("path=/../x"),
		"host in path": with("path=//elsewhere/"),
		"not UTF-8":    with(`name=\255\254`),
	} {
		if s, ok := readService("x", txt, 8443); ok {
			t.Errorf("%s: accepted as %+v", name, s)
		}
	}
	for _, port := range []int{-1, 0, 65536} {
		if _, ok := readService("x", good, port); ok {
			t.Errorf("port %d accepted", port)
		}
	}
}

func FuzzReadService(f *testing.F) {
	f.Add(`Ph\195\178ng`, "v=1", "id=a", "fp="+pin.Fingerprint{1}.String(), "path=/", 8443)
	f.Fuzz(func(t *testing.T, instance, a, b, c, d string, port int) {
		s, ok := readService(instance, []string{a, b, c, d}, port)
		if !ok {
			return
		}
		if again, err := s.checked(); err != nil || again != s {
			t.Errorf("%+v is accepted but not in order: %v", s, err)
		}
	})
}
