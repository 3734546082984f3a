package discovery

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"phonghop/shared/pin"
	"phonghop/shared/text"
)

// ParseAddress reads the address of a room as a link, a QR code or a person gives it: "192.168.1.10",
// "192.168.1.10:8443", "phong-a.local", "[fe80::1%eth0]:8443", "fe80::1", or a whole URL. It forgives
// what slips in on a Vietnamese or full-width keyboard: blanks, wide letters, digits and signs, commas
// for dots, a semicolon before the port, a scheme without its slashes. http is taken as https, since
// rooms speak nothing else. Without a port it is DefaultPort, in a URL too: that is where rooms listen,
// and a room that is set up behind port 443 is named with it.
//
// The error is an *AddressError.
func ParseAddress(s string) (Address, error) {
	if len(s) > MaxAddress || !utf8.ValidString(s) {
		return Address{}, flaw(FlawLong, "")
	}
	s, err := stripScheme(tidy(s))
	if err != nil {
		return Address{}, err
	}
	rest := ""
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s, rest = s[:i], s[i:]
	}
	if s == "" {
		return Address{}, flaw(FlawEmpty, "")
	}
	a, err := parseHostPort(s)
	if err != nil {
		return Address{}, err
	}
	if err := a.readRest(rest); err != nil {
		return Address{}, err
	}
	return a, nil
}

// tidy folds wide forms to plain ones and drops blanks and everything invisible.
func tidy(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '。' || r == '｡':
			return '.'
		case r == '、':
			return ','
		case unicode.IsSpace(r) || !unicode.IsPrint(r):
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// stripScheme takes "https://" off, or "http://", or either with a slip in its signs.
func stripScheme(s string) (string, error) {
	scheme, rest, ok := strings.Cut(s, "://")
	if ok && !strings.ContainsAny(scheme, "/?#") {
		if scheme = strings.ToLower(scheme); scheme != "https" && scheme != "http" {
			return "", flaw(FlawScheme, scheme)
		}
		return strings.TrimLeft(rest, "/"), nil
	}
	for _, scheme := range []string{"https", "http"} {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) && strings.IndexByte(":;/", s[len(scheme)]) >= 0 {
			return strings.TrimLeft(s[len(scheme):], ":;/"), nil
		}
	}
	return strings.TrimLeft(s, "/"), nil
}

// parseHostPort reads what stands before the path.
func parseHostPort(s string) (Address, error) {
	s = strings.NewReplacer(",", ".", ";", ":").Replace(s)
	s = strings.TrimRight(s, ".")
	host, port, hasPort := s, "", false
	switch colons := strings.Count(s, ":"); {
	case strings.HasPrefix(s, "["):
		end := strings.IndexByte(s, ']')
		if end < 0 || (end+1 < len(s) && s[end+1] != ':') {
			return Address{}, flaw(FlawHost, s)
		}
		host, hasPort = s[1:end], end+1 < len(s)
		if hasPort {
			port = s[end+2:]
		}
		if !strings.Contains(host, ":") {
			return Address{}, flaw(FlawHost, host)
		}
	case colons == 1:
		host, port, hasPort = strings.Cut(s, ":")
	}
	a := Address{Port: DefaultPort}
	var err error
	if a.Host, err = parseHost(host); err != nil {
		return Address{}, err
	}
	if hasPort {
		a.Port, err = parsePort(port)
	}
	return a, err
}

func parsePort(s string) (uint16, error) {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil || n == 0 || len(s) > 5 || s[0] == '+' {
		return 0, flaw(FlawPort, s)
	}
	return uint16(n), nil
}

func parseHost(s string) (string, error) {
	if strings.Contains(s, ":") {
		return parseIPv6(s)
	}
	s = strings.TrimRight(s, ".")
	if ip, err := netip.ParseAddr(s); err == nil {
		if ip.IsUnspecified() || ip.IsMulticast() {
			return "", flaw(FlawHost, s)
		}
		return ip.String(), nil
	}
	if s = strings.ToLower(s); !validName(s) {
		return "", flaw(FlawHost, s)
	}
	return s, nil
}

// parseIPv6 reads an address with an optional zone, whose % may be escaped as in a URL (RFC 6874).
func parseIPv6(s string) (string, error) {
	address, zone, zoned := strings.Cut(s, "%")
	if len(zone) > 2 && strings.HasPrefix(zone, "25") {
		zone = zone[2:]
	}
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.IsUnspecified() || ip.IsMulticast() {
		return "", flaw(FlawHost, s)
	}
	ip = ip.Unmap()
	if !zoned {
		return ip.String(), nil
	}
	if !validZone(zone) || !ip.IsLinkLocalUnicast() || !ip.Is6() {
		return "", flaw(FlawHost, s)
	}
	return ip.WithZone(zone).String(), nil
}

func validZone(s string) bool {
	if len(s) == 0 || len(s) > 32 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !alphanumeric(c) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

// validName accepts lower-case host names (RFC 1123, 2.1); one whose last label is a number is a
// mistyped IPv4 address.
func validName(s string) bool {
	if len(s) == 0 || len(s) > 253 {
		return false
	}
	labels := strings.Split(s, ".")
	for _, l := range labels {
		if len(l) == 0 || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
		for i := range len(l) {
			if !alphanumeric(l[i]) && l[i] != '-' {
				return false
			}
		}
	}
	return strings.Trim(labels[len(labels)-1], "0123456789") != ""
}

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// readRest reads what stands after host and port: nothing, or the path of a join link and its query.
// Keys other than fp and id are for later versions, and pass. A damaged fingerprint must not: the
// device would otherwise trust the first server it meets.
func (a *Address) readRest(s string) error {
	s, _, _ = strings.Cut(s, "#")
	path, query, _ := strings.Cut(s, "?")
	if p := strings.TrimRight(path, "/"); p != "" && p != joinPath {
		return flaw(FlawPath, path)
	}
	q, err := url.ParseQuery(query)
	if err != nil {
		return flaw(FlawPath, query)
	}
	if fp := q["fp"]; len(fp) > 0 {
		if a.Fingerprint, err = pin.Parse(fp[0]); err != nil || len(fp) > 1 {
			return flaw(FlawFingerprint, fp[0])
		}
	}
	if id := q["id"]; len(id) > 0 {
		if a.Room = id[0]; len(id) > 1 || !text.ValidID(a.Room) {
			return flaw(FlawRoom, id[0])
		}
	}
	return nil
}
