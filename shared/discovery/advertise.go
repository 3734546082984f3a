//go:build !js

package discovery

import (
	"context"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/grandcat/zeroconf"
)

const (
	// watchEvery is how often the interfaces are looked at while a room is announced.
	watchEvery = 5 * time.Second
	// conflictFor is how long a room listens for others of its name after it announced itself.
	conflictFor = 2 * time.Second
)

// Advertise announces the room until the context ends, then says goodbye and returns nil. It returns
// an error at once if the service cannot be announced at all. Trouble with the network is no end: it is
// told to report (not nil, called from this goroutine), once for each kind, and tried again. When
// interfaces come, go, or change their addresses, the room is announced anew.
//
// The instance name is the room's name. If another room has the same one, the beginning of the id is
// added to it, because the library takes two rooms of one instance name for one.
//
// The library repeats its announcement in a goroutine that ends by itself, up to 4 s after this
// function began.
func Advertise(ctx context.Context, s Service, report func(error)) error {
	s, err := s.checked()
	if err != nil {
		return err
	}
	a := announcer{service: s, report: report}
	defer a.close()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		a.refresh(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// announcer is the state of one call of Advertise.
type announcer struct {
	service  Service
	report   func(error)
	distinct bool // another room has our name
	server   *zeroconf.Server
	on       string // what the interfaces were when server began
	trouble  string // the last one that was reported
}

// refresh makes the announcement fit the interfaces as they are now.
func (a *announcer) refresh(ctx context.Context) {
	ifaces := multicastInterfaces()
	on := describe(ifaces)
	if a.server != nil && on == a.on {
		return
	}
	if !a.open(ifaces, on) || a.distinct {
		return
	}
	if a.conflicts(ctx) {
		a.distinct = true
		a.open(ifaces, on)
	}
}

// open replaces the announcement. It reports whether there is one now.
func (a *announcer) open(ifaces []net.Interface, on string) bool {
	a.close()
	server, err := a.register(ifaces)
	if err != nil {
		if text := err.Error(); text != a.trouble {
			a.trouble = text
			a.report(err)
		}
		return false
	}
	a.server, a.on, a.trouble = server, on, ""
	return true
}

func (a *announcer) close() {
	if a.server != nil {
		a.server.Shutdown()
		a.server = nil
	}
}

// register hands the service to the library. Without addresses, the library answers on each interface
// with the addresses which that interface has at the time, which is what is wanted; only where it does
// not learn the interface of a question (Windows), or would leave out the only address (loopback), all
// addresses are given.
func (a *announcer) register(ifaces []net.Interface) (*zeroconf.Server, error) {
	if len(ifaces) == 0 {
		return nil, errNoInterface
	}
	var ips []string
	if runtime.GOOS == "windows" || ifaces[0].Flags&net.FlagLoopback != 0 {
		ips = addresses(ifaces)
	}
	instance := a.service.instance(a.distinct)
	return zeroconf.RegisterProxy(escape(instance), ServiceType, domain, int(a.service.Port), hostName(),
		ips, a.service.records(instance), ifaces)
}

// conflicts listens for another room that is announced under our instance name.
func (a *announcer) conflicts(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, conflictFor)
	defer cancel()
	mine := a.service.instance(false)
	found := make(chan struct{}, 1)
	multicast(conflictFor)(ctx, func(other advert) {
		if other.ID != a.service.ID && strings.EqualFold(other.instance(false), mine) {
			select {
			case found <- struct{}{}:
			default:
			}
			cancel()
		}
	}, func(error) {})
	return len(found) > 0
}

// hostName returns this machine's name in the domain local, with the dot at its end without which the
// library would not take it for a whole name.
func hostName() string {
	name, err := os.Hostname()
	name, _, _ = strings.Cut(name, ".")
	if err != nil || name == "" {
		name = "phonghop"
	}
	return escape(cut(name, maxInstance)) + "." + domain + "."
}

// describe returns a text that changes when the interfaces or their addresses do.
func describe(ifaces []net.Interface) string {
	var parts []string
	for _, ifi := range ifaces {
		parts = append(parts, ifi.Name)
		parts = append(parts, addresses([]net.Interface{ifi})...)
	}
	return strings.Join(parts, " ")
}

// addresses returns the addresses of the interfaces in sorted order, without prefix length or zone.
func addresses(ifaces []net.Interface) []string {
	var out []string
	for _, ifi := range ifaces {
		addrs, err := ifi.Addrs()
		if err != nil {
			continue
		}
		for _, addr := range addrs {
			if n, ok := addr.(*net.IPNet); ok {
				out = append(out, n.IP.String())
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
