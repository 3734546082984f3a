package discovery

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"phonghop/shared/pin"
	"phonghop/shared/text"
)

// ServiceType is the DNS-SD type under which rooms announce themselves, in the domain "local".
const ServiceType = "_phonghop._tcp"

// domain is that of multicast DNS. It has no dot at its end: the library would not recognise it.
const domain = "local"

// Bounds of what is announced and of what is believed of others.
const (
	// MaxName is the longest name of a room, in runes.
	MaxName = 100
	// MaxPath is the longest path, in bytes.
	MaxPath = 64

	maxInstance = 63  // bytes of a DNS label (RFC 1035, 2.3.4)
	maxText     = 255 // bytes of a string in a TXT record (RFC 1035, 3.3)
	maxVersion  = 9999
)

// Service is what a room tells of itself.
type Service struct {
	// ID is the room's id, 1 to 64 of [A-Za-z0-9_-]. It tells rooms of one name apart and joins the
	// addresses of one room.
	ID string
	// Name is what people call the room, 1 to MaxName runes. It is announced in NFC.
	Name string
	// Version is the version of the protocol that the room speaks, 1 to 9999.
	Version int
	// Fingerprint is what clients pin.
	Fingerprint pin.Fingerprint
	// Port is where the room listens, by TLS.
	Port uint16
	// Path is where the room's API begins, such as "/". Empty means "/".
	Path string
}

// advert is one sighting of a room: what it tells, and the addresses this answer named.
type advert struct {
	Service
	addrs []netip.Addr
}

// checked returns the service with its name in NFC and its path filled in, or why it cannot be announced.
func (s Service) checked() (Service, error) {
	var ok bool
	if s.Path == "" {
		s.Path = "/"
	}
	switch {
	case !text.ValidID(s.ID):
		return s, fmt.Errorf("room id %q: 1 to %d letters, digits, - and _ are expected", s.ID, text.MaxID)
	case s.Version < 1 || s.Version > maxVersion:
		return s, fmt.Errorf("protocol version %d is not between 1 and %d", s.Version, maxVersion)
	case s.Fingerprint.IsZero():
		return s, errors.New("a room needs a key fingerprint")
	case s.Port == 0:
		return s, errors.New("a room needs a port")
	case !validPath(s.Path):
		return s, fmt.Errorf("path %q: a plain path of at most %d characters is expected", s.Path, MaxPath)
	}
	if s.Name, ok = text.Line(s.Name, 1, MaxName); !ok {
		return s, fmt.Errorf("a room's name has 1 to %d characters", MaxName)
	}
	return s, nil
}

// validPath allows absolute paths which mean the same in a URL, unescaped, and lead nowhere else.
func validPath(p string) bool {
	if len(p) > MaxPath || !strings.HasPrefix(p, "/") || strings.Contains(p, "//") || strings.Contains(p, "..") {
		return false
	}
	for i := range len(p) {
		c := p[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("/-_.~", c) >= 0:
		default:
			return false
		}
	}
	return true
}

// instance returns the label under which the service is announced: its name as far as it fits in a
// DNS label. When distinct is set, the beginning of the id follows, because another room has the name.
func (s Service) instance(distinct bool) string {
	suffix := ""
	if distinct {
		suffix = " (" + s.ID[:min(6, len(s.ID))] + ")"
	}
	// The library takes dots off both ends of a name, escaped or not.
	name := strings.Trim(cut(s.Name, maxInstance-len(suffix)), ". ")
	if name+suffix == "" {
		return s.ID[:min(maxInstance, len(s.ID))]
	}
	return name + suffix
}

// records returns the strings of the TXT record. The name is among them only where the instance is
// not the whole of it.
func (s Service) records(instance string) []string {
	txt := []string{
		"v=" + strconv.Itoa(s.Version),
		"id=" + s.ID,
		"fp=" + s.Fingerprint.String(),
		"path=" + s.Path,
	}
	if instance != s.Name {
		txt = append(txt, "name="+cut(s.Name, maxText-len("name=")))
	}
	for i := range txt {
		txt[i] = escape(txt[i])
	}
	return txt
}

// readService understands one answer as the library hands it over: instance and TXT strings still
// DNS-escaped. ok is false for everything that is not a room as this package announces it.
func readService(instance string, txt []string, port int) (s Service, ok bool) {
	fields := readText(txt)
	var err error
	if s.Version, err = strconv.Atoi(fields["v"]); err != nil || len(fields["v"]) > 4 {
		return s, false
	}
	if s.Fingerprint, err = pin.Parse(fields["fp"]); err != nil || port < 1 || port > 65535 {
		return s, false
	}
	s.ID, s.Path, s.Port = fields["id"], fields["path"], uint16(port)
	s.Name = fields["name"]
	if s.Name == "" {
		s.Name = unescape(instance)
	}
	s, err = s.checked()
	return s, err == nil
}

// readText reads key=value strings (RFC 6763, 6.4): keys regardless of case, the first of each counts.
func readText(txt []string) map[string]string {
	fields := make(map[string]string, 8)
	for _, t := range txt[:min(len(txt), 32)] {
		key, value, ok := strings.Cut(unescape(t), "=")
		key = strings.ToLower(key)
		if _, twice := fields[key]; ok && !twice && len(value) <= maxText {
			fields[key] = value
		}
	}
	return fields
}

// cut returns the beginning of s that fits in most bytes, at the boundary of a rune.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return strings.TrimRight(s[:most], " ")
}

// escape writes s as the DNS library prints it when it reads it from the wire. It has to be the very
// same form, because the library compares names as text.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case strings.IndexByte(`.(); @"\`, c) >= 0:
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, `\%03d`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unescape undoes what the DNS library does to labels and strings: \DDD is a byte, \X is X. A single
// backslash at the end is what remains of an escaped dot there after the library took dots off the name.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			b.WriteByte('.')
			break
		}
		if i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i:i+3], 10, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
