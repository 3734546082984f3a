package serve

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"phonghop/server/internal/browser"
	"phonghop/server/internal/pki"
	"phonghop/server/internal/web"
	"phonghop/shared/discovery"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// Options say how a folder is served.
type Options struct {
	Listen    string   // host:port; without a host on all addresses, IPv4 and IPv6
	Names     []string // further host names and addresses for the certificate
	Cert, Key string   // the institution's own certificate, PEM files; both or none
	Clear     string   // host:port to serve without encryption as well; "": nowhere
	Announce  bool     // by mDNS
	Program   string
	Log       *slog.Logger
}

// Identity is by what devices recognise the server: the room's own authority,
// or the institution's certificate.
type Identity interface {
	TLS(now func() time.Time) *tls.Config
	Fingerprint() string // of the key that clients pin, for package pin
	Code() string        // the same, short
	// CertificatePEM is what a browser may be told to trust; nil where it
	// trusts the certificate already.
	CertificatePEM() []byte
}

// Times of an ending.
const (
	socketsWithin  = 3 * time.Second
	requestsWithin = 15 * time.Second
)

// Server serves an open folder.
type Server struct {
	folder   *Folder
	opt      Options
	identity Identity
	pin      pin.Fingerprint
	listener net.Listener
	door     *web.Server
	http     *http.Server

	clear         *http.Server // without encryption; nil: none
	clearListener net.Listener
}

// New listens, but answers nobody yet. The folder stays the caller's.
func New(ctx context.Context, f *Folder, opt Options) (*Server, error) {
	if !f.HasRoom() {
		return nil, ErrNoRoom
	}
	s := &Server{folder: f, opt: opt}
	if err := s.identify(); err != nil {
		return nil, fmt.Errorf("the room's certificate: %w", err)
	}
	reg := prometheus.NewRegistry()
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	reg.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "phonghop_events_total", Help: "Events made durable.",
	}, func() float64 { return float64(f.Stats.Events.Load()) }))
	client, err := browserClient(opt.Log)
	if err != nil {
		return nil, err
	}
	s.door, err = web.New(web.Config{
		Hall: f.Hall, Accounts: f.Accounts, Documents: f.Documents, Ballots: f.Ballots, Notes: f.Notes, Annotator: f.pool, Room: f.RoomID, Program: opt.Program,
		Fingerprint: s.identity.Fingerprint(), Code: s.identity.Code(), Authority: s.identity.CertificatePEM(),
		Browser: client, AlsoInClear: opt.Clear != "", Now: time.Now, Log: opt.Log, Metrics: reg, Gather: reg,
	})
	if err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	if s.listener, err = lc.Listen(ctx, "tcp", opt.Listen); err != nil {
		return nil, fmt.Errorf("listen on %s: %w", opt.Listen, err)
	}
	s.http = HTTP(s.door, s.identity, opt.Log)
	if err := s.openClear(ctx); err != nil {
		return nil, errors.Join(err, s.listener.Close())
	}
	return s, nil
}

// browserClient is the client for browsers, nil where the server was built
// without.
func browserClient(log *slog.Logger) (web.Browser, error) {
	c, err := browser.Open()
	if errors.Is(err, browser.ErrNotBuilt) {
		log.Warn("browsers cannot join, apps can", "err", err)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (s *Server) identify() (err error) {
	if s.opt.Cert != "" || s.opt.Key != "" {
		s.identity, err = pki.Institution(s.opt.Cert, s.opt.Key)
	} else {
		var names []string
		if names, err = pki.Names(s.opt.Names...); err != nil {
			return err
		}
		s.identity, err = pki.Open(filepath.Join(s.folder.Path, "tls"), time.Now(), names)
	}
	if err != nil {
		return err
	}
	s.pin, err = pin.Parse(s.identity.Fingerprint())
	return err
}

// HTTP makes the HTTP server of a door, with the bounds of its connections.
func HTTP(door http.Handler, identity Identity, log *slog.Logger) *http.Server {
	s := bounded(door, log)
	s.TLSConfig = identity.TLS(time.Now)
	return s
}

// Port is where the server listens.
func (s *Server) Port() int {
	if a, ok := s.listener.Addr().(*net.TCPAddr); ok {
		return a.Port
	}
	return 0
}

// Addresses lists how the server is reached, the best first.
func (s *Server) Addresses() []discovery.Address {
	var hosts []string
	if a, ok := s.listener.Addr().(*net.TCPAddr); ok && !a.IP.IsUnspecified() {
		hosts = []string{a.IP.String()}
	} else if all, err := pki.Addresses(); err == nil {
		for _, a := range all {
			hosts = append(hosts, a.String())
		}
	}
	out := make([]discovery.Address, 0, len(hosts)+1)
	for _, h := range append(hosts, s.opt.Names...) {
		out = append(out, discovery.Address{Host: h, Port: uint16(s.Port()), //nolint:gosec // a port has 16 bits
			Fingerprint: s.Fingerprint(), Room: s.folder.RoomID})
	}
	return out
}

// Fingerprint is of the key that clients pin.
func (s *Server) Fingerprint() pin.Fingerprint { return s.pin }

// Run serves until the context ends, then ends gracefully: sockets are told
// that the server will be back, requests under way are answered.
func (s *Server) Run(ctx context.Context) error {
	var wait sync.WaitGroup
	defer wait.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if s.opt.Announce {
		wait.Go(func() { s.announce(ctx) })
	}
	ended := make(chan error, 2)
	go func() { ended <- servedOn(s.listener, s.http.ServeTLS(s.listener, "", "")) }()
	if s.clear != nil {
		go func() { ended <- servedOn(s.clearListener, s.clear.Serve(s.clearListener)) }()
	}
	s.opt.Log.Info("serving", "address", s.listener.Addr().String(), "version", s.opt.Program)
	select {
	case err := <-ended:
		return errors.Join(err, s.shutdown(context.WithoutCancel(ctx)))
	case <-ctx.Done():
	}
	s.opt.Log.Info("ending")
	return s.shutdown(context.WithoutCancel(ctx))
}

// servedOn says which port an error is of.
func servedOn(l net.Listener, err error) error { return fmt.Errorf("serve on %s: %w", l.Addr(), err) }

func (s *Server) shutdown(ctx context.Context) error {
	short, cancel := context.WithTimeout(ctx, socketsWithin)
	defer cancel()
	err := s.door.Close(short)
	long, cancelLong := context.WithTimeout(ctx, requestsWithin)
	defer cancelLong()
	for _, h := range []*http.Server{s.http, s.clear} {
		if h == nil {
			continue
		}
		if late := h.Shutdown(long); late != nil {
			err = errors.Join(err, late, h.Close())
		}
	}
	return err
}

func (s *Server) announce(ctx context.Context) {
	name := []rune(s.folder.Hall.Lobby().State().Name)
	if len(name) > discovery.MaxName {
		name = name[:discovery.MaxName]
	}
	err := discovery.Advertise(ctx, discovery.Service{
		ID: s.folder.RoomID, Name: string(name), Version: protocol.Version, Fingerprint: s.Fingerprint(),
		Port: uint16(s.Port()), //nolint:gosec // a port has 16 bits
	}, func(err error) {
		s.opt.Log.Warn("the room is not announced on the network; devices can still join by QR code or address", "err", err)
	})
	if err != nil {
		s.opt.Log.Warn("the room is not announced on the network; devices can still join by QR code or address",
			"err", err, "port", strconv.Itoa(s.Port()))
	}
}
