//go:build !js

package discovery

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"github.com/grandcat/zeroconf"
)

// overlap is how long a question goes on listening after the next one was asked, so that nothing that
// is announced in between is missed.
const overlap = 2 * time.Second

// errNoInterface says that there is no network to look for rooms on.
var errNoInterface = errors.New("no network interface that is up and carries multicast")

// multicast returns the source that listens to the network. It wraps the library's habits:
//   - After its first answer a question is not repeated, an answer that was given is not given again
//     even if addresses changed, and all ends after 15 minutes: so the question is asked anew at short
//     intervals, each time from a new socket.
//   - With IPv4 and IPv6 in one resolver, it fails where one is missing, and leaks the other's socket:
//     so each has its own resolver, and one of them is enough.
//   - It hands over answers without regard to the end of the context: so they are read until it closes
//     the channel, which is when its main goroutine ends; its sockets and readers end right after.
//   - On Windows it sends on one interface only: there the question is also asked on each.
func multicast(every time.Duration) source {
	return func(ctx context.Context, found func(advert), report func(error)) {
		var rounds sync.WaitGroup
		defer rounds.Wait()
		for _, wait := range []time.Duration{time.Second, 3 * time.Second} {
			if !ask(ctx, &rounds, min(wait, every), found, report) {
				return
			}
		}
		for ask(ctx, &rounds, every, found, report) {
		}
	}
}

// ask puts the question, and returns after wait while answers are still taken for a while. It returns
// false when the context has ended.
func ask(ctx context.Context, rounds *sync.WaitGroup, wait time.Duration, found func(advert), report func(error)) bool {
	limited, cancel := context.WithTimeout(ctx, wait+overlap)
	ifaces := multicastInterfaces()
	err4 := listen(limited, rounds, zeroconf.IPv4, ifaces, found)
	err6 := listen(limited, rounds, zeroconf.IPv6, ifaces, found)
	switch {
	case len(ifaces) == 0:
		report(errNoInterface)
	case err4 != nil && err6 != nil:
		report(errors.Join(err4, err6))
	default:
		report(nil)
		if runtime.GOOS == "windows" {
			askEachInterface(ifaces)
		}
	}
	rounds.Go(func() {
		<-limited.Done()
		cancel()
	})
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// listen asks by one version of IP and reports answers until the context ends.
func listen(ctx context.Context, rounds *sync.WaitGroup, ip zeroconf.IPType, ifaces []net.Interface, found func(advert)) error {
	if len(ifaces) == 0 {
		return errNoInterface
	}
	resolver, err := zeroconf.NewResolver(zeroconf.SelectIPTraffic(ip), zeroconf.SelectIfaces(ifaces))
	if err != nil {
		return err
	}
	entries := make(chan *zeroconf.ServiceEntry)
	rounds.Go(func() {
		for e := range entries {
			if a, ok := readEntry(e); ok {
				found(a)
			}
		}
	})
	// Also after an error here the library closes the channel, and its sockets.
	return resolver.Browse(ctx, ServiceType, domain, entries)
}

func readEntry(e *zeroconf.ServiceEntry) (advert, bool) {
	s, ok := readService(e.Instance, e.Text, e.Port)
	if !ok {
		return advert{}, false
	}
	a := advert{Service: s}
	for _, ips := range [][]net.IP{e.AddrIPv4, e.AddrIPv6} {
		for _, ip := range ips[:min(len(ips), maxAddrs)] {
			if addr, ok := netip.AddrFromSlice(ip); ok {
				a.addrs = append(a.addrs, addr.Unmap())
			}
		}
	}
	return a, len(a.addrs) > 0
}

// multicastInterfaces returns the interfaces to speak on: all that are up and carry multicast, or the
// loopback interface if there is no other, so that a server and its clients on one machine without a
// network still meet.
func multicastInterfaces() []net.Interface {
	all, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var out, loopback []net.Interface
	for _, ifi := range all {
		switch {
		case ifi.Flags&net.FlagUp == 0:
		case ifi.Flags&net.FlagLoopback != 0:
			loopback = append(loopback, ifi)
		case ifi.Flags&net.FlagMulticast != 0 && hasAddress(ifi):
			out = append(out, ifi)
		}
	}
	if len(out) == 0 {
		return loopback
	}
	return out
}

func hasAddress(ifi net.Interface) bool {
	addrs, err := ifi.Addrs()
	return err == nil && len(addrs) > 0
}
