package discovery

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"phonghop/shared/pin"
)

// DefaultPort is where a room listens unless it was told otherwise.
const DefaultPort = 8443

// MaxAddress is the longest address that is read, in bytes.
const MaxAddress = 512

// joinPath is the path of the page that a join link leads to.
const joinPath = "/join"

// Address is where a room is and, if it came from a link or a QR code, which room it has to be.
type Address struct {
	// Host is a lower-case DNS name, an IPv4 address, or an IPv6 address, with a zone perhaps, without
	// brackets.
	Host string
	Port uint16
	// Fingerprint is what to pin, zero if not given.
	Fingerprint pin.Fingerprint
	// Room is the room's id, empty if not given.
	Room string
}

// URL returns "https://host:port".
func (a Address) URL() string {
	host := net.JoinHostPort(a.Host, strconv.Itoa(int(a.Port)))
	return "https://" + strings.Replace(host, "%", "%25", 1)
}

// JoinURL returns the link for joining, "https://host:port/join?fp=...&id=...", which is also what the
// QR code holds: a device with the client opens it there, any other in its browser. Fields that are
// not known are left out.
func (a Address) JoinURL() string {
	q := url.Values{}
	if !a.Fingerprint.IsZero() {
		q.Set("fp", a.Fingerprint.String())
	}
	if a.Room != "" {
		q.Set("id", a.Room)
	}
	link := a.URL() + joinPath
	if len(q) > 0 {
		link += "?" + q.Encode()
	}
	return link
}

// Flaw says what is wrong with an address.
type Flaw int

// What can be wrong with an address.
const (
	FlawEmpty       Flaw = iota + 1 // nothing was typed
	FlawLong                        // more than MaxAddress bytes, or not UTF-8
	FlawScheme                      // a link to something else than a web server
	FlawHost                        // not a host name or IP address
	FlawPort                        // not a number from 1 to 65535
	FlawPath                        // a link, but not one for joining
	FlawFingerprint                 // the key fingerprint is damaged: the link is not to be used
	FlawRoom                        // the room's id is damaged
)

// AddressError says why a text is not the address of a room.
type AddressError struct {
	Flaw Flaw
	Part string // the part that is wrong, as far as it is known
}

func (e *AddressError) Error() string {
	what := map[Flaw]string{
		FlawEmpty:       "no address was given",
		FlawLong:        "the address is too long, or not text",
		FlawScheme:      "only https addresses lead to a room",
		FlawHost:        "this is not a host name or IP address",
		FlawPort:        "a port is a number from 1 to 65535",
		FlawPath:        "this link does not lead to a room",
		FlawFingerprint: "the key fingerprint in the link is damaged",
		FlawRoom:        "the room's id in the link is damaged",
	}[e.Flaw]
	if e.Part == "" {
		return what
	}
	return fmt.Sprintf("%s: %q", what, e.Part)
}

func flaw(f Flaw, part string) error { return &AddressError{Flaw: f, Part: part} }
