package discovery

import (
	"cmp"
	"context"
	"net/netip"
	"sync"
	"time"
)

// Prober asks whether the room answers at an address, for example by GET /healthz with the room's key
// pinned, and returns nil if it does and is that room. It must return when the context ends. It is
// called from several goroutines at once.
type Prober func(ctx context.Context, room Room, addr netip.AddrPort) error

// Options of a Browser. Times that are zero have their defaults.
type Options struct {
	// Probe is required.
	Probe Prober
	// ProbeEvery is the time between two probes of an address, default 10 s.
	ProbeEvery time.Duration
	// ProbeTimeout bounds one probe, default 3 s.
	ProbeTimeout time.Duration
	// BrowseEvery is the time between two questions to the network, default 15 s. The first two
	// questions follow after 1 s and 4 s, because the first may be lost.
	BrowseEvery time.Duration
	// VanishAfter is how long a room stays after the last that was heard of it, default 40 s.
	// A room that is switched off leaves the list about a second after this time at the latest.
	VanishAfter time.Duration
}

func (o Options) withDefaults() Options {
	o.ProbeEvery = cmp.Or(o.ProbeEvery, 10*time.Second)
	o.ProbeTimeout = cmp.Or(o.ProbeTimeout, 3*time.Second)
	o.BrowseEvery = cmp.Or(o.BrowseEvery, 15*time.Second)
	o.VanishAfter = cmp.Or(o.VanishAfter, 40*time.Second)
	return o
}

// maxProbes is how many probes are under way at once.
const maxProbes = 32

// source reports sightings until the context ends, and has no goroutine left when it returns. It
// reports as an error why it sees nothing, and nil when it sees again.
type source func(ctx context.Context, found func(advert), report func(error))

type probe struct {
	key  key
	room Room
	addr netip.AddrPort
}

type outcome struct {
	probe
	ok bool
}

// Browser keeps a live list of the rooms on the network.
type Browser struct {
	opts   Options
	table  *table // owned by the goroutine of run
	source source
	local  func() network

	updates  chan struct{}
	sighted  chan advert
	outcomes chan outcome
	cancel   context.CancelFunc
	all      sync.WaitGroup

	mu    sync.Mutex
	rooms []Room
	err   error
}

// Browse starts to look for rooms. The caller ends it by Stop; when the context ends it ends as well,
// and Stop is still to be called.
func Browse(ctx context.Context, o Options) *Browser {
	o = o.withDefaults()
	return browse(ctx, o, multicast(o.BrowseEvery), localNetwork)
}

func browse(ctx context.Context, o Options, src source, local func() network) *Browser {
	ctx, cancel := context.WithCancel(ctx)
	b := &Browser{
		opts:     o,
		table:    newTable(o.VanishAfter),
		source:   src,
		local:    local,
		updates:  make(chan struct{}, 1),
		sighted:  make(chan advert),
		outcomes: make(chan outcome),
		cancel:   cancel,
	}
	b.all.Go(func() { b.run(ctx) })
	b.all.Go(func() { b.source(ctx, func(a advert) { b.found(ctx, a) }, b.report) })
	return b
}

// Rooms returns the rooms known now, by name. The slice is the caller's.
func (b *Browser) Rooms() []Room {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]Room, len(b.rooms))
	copy(out, b.rooms)
	return out
}

// Err returns why no rooms can be found at present (no network, say), nil if they can.
func (b *Browser) Err() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// Updates gives a signal after Rooms or Err changed; several changes may share one. It is never closed.
func (b *Browser) Updates() <-chan struct{} { return b.updates }

// Stop ends the search, waits for what is under way, and leaves Rooms as it was. It may be called twice.
func (b *Browser) Stop() {
	b.cancel()
	b.all.Wait()
}

func (b *Browser) found(ctx context.Context, a advert) {
	select {
	case b.sighted <- a:
	case <-ctx.Done():
	}
}

func (b *Browser) report(err error) {
	b.mu.Lock()
	same := (b.err == nil) == (err == nil)
	b.err = err
	b.mu.Unlock()
	if !same {
		b.signal()
	}
}

func (b *Browser) signal() {
	select {
	case b.updates <- struct{}{}:
	default:
	}
}

// run owns the table.
func (b *Browser) run(ctx context.Context) {
	tick := time.NewTicker(min(time.Second, b.opts.ProbeEvery))
	defer tick.Stop()
	var interfacesAt time.Time
	for {
		now := time.Now()
		if interfacesAt.IsZero() || now.Sub(interfacesAt) >= b.opts.ProbeEvery {
			b.table.net, interfacesAt = b.local(), now
		}
		var changed bool
		select {
		case <-ctx.Done():
			return
		case a := <-b.sighted:
			changed = b.table.saw(a, time.Now())
		case o := <-b.outcomes:
			now := time.Now()
			changed = b.table.answered(o.key, o.addr, o.ok, now, now.Add(b.opts.ProbeEvery))
		case <-tick.C:
			changed = b.table.expire(time.Now())
		}
		if changed {
			b.publish()
		}
		for _, p := range b.table.due(time.Now(), maxProbes) {
			b.all.Go(func() { b.probe(ctx, p) })
		}
	}
}

func (b *Browser) publish() {
	list := b.table.list()
	b.mu.Lock()
	b.rooms = list
	b.mu.Unlock()
	b.signal()
}

func (b *Browser) probe(ctx context.Context, p probe) {
	limited, cancel := context.WithTimeout(ctx, b.opts.ProbeTimeout)
	defer cancel()
	ok := b.opts.Probe(limited, p.room, p.addr) == nil
	select {
	case b.outcomes <- outcome{p, ok}:
	case <-ctx.Done():
	}
}
