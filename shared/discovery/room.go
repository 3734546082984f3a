// Package discovery finds rooms and is found by them: it announces a room by DNS-SD over multicast
// DNS, keeps a live list of the rooms on the network, and reads and writes the address by which a
// device joins a room, as a link, as a QR code, or as a person types it.
//
// Announcements are hearsay: anybody on the network can send them. They say where a room may be; that
// it is the room is settled by its key (package pin) when a device connects.
package discovery

import (
	"net"
	"net/netip"
	"slices"
	"strings"
)

// Status says whether a room answers.
type Status int

// A room is Checking until the first probe of one of its addresses has ended, then Answering if one
// address did at its last probe, else Silent.
const (
	Checking Status = iota
	Answering
	Silent
)

func (s Status) String() string {
	switch s {
	case Answering:
		return "answering"
	case Silent:
		return "silent"
	default:
		return "checking"
	}
}

// Room is one room as the list shows it.
type Room struct {
	Service
	Status Status
	// Addr is where to connect: an address that answers, kept as long as it does, else the likeliest.
	Addr netip.AddrPort
	// Addrs are all addresses known, the likeliest first, at most 16.
	Addrs []netip.AddrPort
}

// URL returns the beginning of the room's API at Addr, such as "https://192.168.1.10:8443/".
func (r Room) URL() string { return "https://" + hostPort(r.Addr) + r.Path }

// hostPort writes an address for a URL, where the % before a zone is escaped (RFC 6874).
func hostPort(a netip.AddrPort) string { return strings.Replace(a.String(), "%", "%25", 1) }

// network is what this device knows of its own interfaces.
type network struct {
	zones    []string       // interfaces with a link-local IPv6 address
	prefixes []netip.Prefix // networks it is part of
}

// localNetwork asks the system. On an error it knows nothing, and nothing depends on more.
func localNetwork() network {
	var n network
	ifaces, err := net.Interfaces()
	if err != nil {
		return n
	}
	for _, ifi := range ifaces {
		if ifi.Flags&net.FlagUp == 0 {
			continue
		}
		addrs, err := ifi.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addrs {
			p, err := netip.ParsePrefix(a.String())
			if err != nil {
				continue
			}
			if p.Addr().Is6() && p.Addr().IsLinkLocalUnicast() {
				if !slices.Contains(n.zones, ifi.Name) {
					n.zones = append(n.zones, ifi.Name)
				}
				continue
			}
			n.prefixes = append(n.prefixes, p.Masked())
		}
	}
	return n
}

// candidates returns the addresses under which a room may be reached from this device. The library
// does not say on which interface an answer came in, so a link-local address is tried on all of them.
func (n network) candidates(addrs []netip.Addr, port uint16) []netip.AddrPort {
	var out []netip.AddrPort
	add := func(a netip.Addr) {
		ap := netip.AddrPortFrom(a, port)
		if len(out) < maxAddrs && !slices.Contains(out, ap) {
			out = append(out, ap)
		}
	}
	for _, a := range addrs {
		a = a.Unmap()
		switch {
		case !a.IsValid() || a.IsUnspecified() || a.IsMulticast():
		case a.Is6() && a.IsLinkLocalUnicast():
			for _, zone := range n.zones[:min(len(n.zones), 4)] {
				add(a.WithZone(zone))
			}
		default:
			add(a)
		}
	}
	return out
}

// rank orders addresses by how likely they are to be reached: those of a network that this device is
// part of, IPv4 before IPv6; then other IPv4; then other IPv6; link-local ones last.
func (n network) rank(a netip.Addr) int {
	near := slices.ContainsFunc(n.prefixes, func(p netip.Prefix) bool { return p.Contains(a) })
	switch {
	case near && a.Is4():
		return 0
	case near:
		return 1
	case a.Is4():
		return 2
	case !a.IsLinkLocalUnicast():
		return 3
	default:
		return 4
	}
}
