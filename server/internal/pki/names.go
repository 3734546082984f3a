package pki

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// ErrName says that something is neither a host name nor an IP address, or
// that there are too many.
var ErrName = errors.New("not a host name or an IP address")

const (
	maxNames    = 200
	maxHostName = 253
)

// names is what a certificate is for, sorted, each once.
type names struct {
	hosts []string
	addrs []netip.Addr
}

// parseNames sorts host names and IP addresses, and adds those by which the
// machine calls itself. Zones of addresses are dropped.
func parseNames(list []string) (names, error) {
	if len(list) > maxNames {
		return names{}, fmt.Errorf("%w: %d names, and %d is the most", ErrName, len(list), maxNames)
	}
	n := names{
		hosts: []string{"localhost"},
		addrs: []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()},
	}
	for _, s := range list {
		if ip, err := netip.ParseAddr(s); err == nil {
			n.addrs = append(n.addrs, ip.Unmap().WithZone(""))
			continue
		}
		host := strings.ToLower(strings.TrimSuffix(s, "."))
		if !isHost(host) {
			return names{}, fmt.Errorf("%w: %.100q", ErrName, s)
		}
		n.hosts = append(n.hosts, host)
	}
	return n.tidy(), nil
}

func (n names) tidy() names {
	slices.Sort(n.hosts)
	slices.SortFunc(n.addrs, netip.Addr.Compare)
	return names{slices.Compact(n.hosts), slices.Compact(n.addrs)}
}

func (n names) has(ip netip.Addr) bool { return slices.Contains(n.addrs, ip) }

// with returns the names with some more addresses.
func (n names) with(more []netip.Addr) names {
	return names{slices.Clone(n.hosts), slices.Concat(n.addrs, more)}.tidy()
}

// equal says whether a certificate is for these names and no others.
func (n names) equal(cert *x509.Certificate) bool {
	return slices.Equal(n.hosts, cert.DNSNames) &&
		slices.EqualFunc(n.addrs, cert.IPAddresses, func(a netip.Addr, b net.IP) bool {
			ip, ok := netip.AddrFromSlice(b)
			return ok && ip.Unmap() == a
		})
}

// isHost says whether a host name can stand in a certificate: labels of 1 to
// 63 lower-case letters, digits, hyphens and underscores.
func isHost(s string) bool {
	if len(s) > maxHostName {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if len(label) == 0 || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}

// Names returns under what this machine may be reached, for Open: its host
// name, alone and as mDNS has it (with .local), its addresses, and extra. A
// host name that cannot stand in a certificate is left out.
func Names(extra ...string) ([]string, error) {
	out := slices.Clone(extra)
	if host, err := os.Hostname(); err == nil {
		host = strings.ToLower(strings.TrimSuffix(host, "."))
		first, _, _ := strings.Cut(host, ".")
		for _, h := range []string{host, first, first + ".local"} {
			if isHost(h) && !slices.Contains(out, h) {
				out = append(out, h)
			}
		}
	}
	addrs, err := Addresses()
	if err != nil {
		return nil, err
	}
	for _, ip := range addrs {
		if !slices.Contains(out, ip.String()) && len(out) < maxNames {
			out = append(out, ip.String())
		}
	}
	return out, nil
}

// Addresses returns the addresses of this machine's interfaces that are up, in
// the order in which to show them: IPv4 before IPv6, private networks first,
// those a device gave itself for want of a DHCP server last. Loopback is not
// among them, nor IPv6 addresses that only work with an interface's name.
func Addresses() ([]netip.Addr, error) {
	ifaces, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list the network interfaces: %w", err)
	}
	var out []netip.Addr
	for _, ifi := range ifaces {
		if ifi.Flags&net.FlagUp == 0 || ifi.Flags&net.FlagLoopback != 0 {
			continue
		}
		list, err := ifi.Addrs()
		if err != nil {
			continue // it has gone meanwhile
		}
		for _, a := range list {
			if p, err := netip.ParsePrefix(a.String()); err == nil && isNamed(p.Addr().Unmap()) {
				out = append(out, p.Addr().Unmap())
			}
		}
	}
	slices.SortFunc(out, func(a, b netip.Addr) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Compare(b))
	})
	return slices.Compact(out), nil
}

// isNamed says whether an address is one under which other devices can reach
// a machine.
func isNamed(ip netip.Addr) bool {
	return ip.IsGlobalUnicast() || ip.Is4() && ip.IsLinkLocalUnicast()
}

func rank(ip netip.Addr) int {
	r := 1
	switch {
	case ip.IsPrivate():
		r = 0
	case ip.IsLinkLocalUnicast():
		r = 2
	}
	if ip.Is6() {
		r += 3
	}
	return r
}

// local returns the address to which a connection came, or the zero one.
func local(hello *tls.ClientHelloInfo) netip.Addr {
	if hello == nil || hello.Conn == nil {
		return netip.Addr{}
	}
	a, ok := hello.Conn.LocalAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return a.AddrPort().Addr().Unmap().WithZone("")
}
