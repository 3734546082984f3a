package serve

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// openClear listens for connections without encryption as well, where the
// operator asked for that.
func (s *Server) openClear(ctx context.Context) error {
	if s.opt.Clear == "" {
		return nil
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", s.opt.Clear)
	if err != nil {
		return fmt.Errorf("listen without encryption on %s: %w", s.opt.Clear, err)
	}
	s.clearListener = l
	s.clear = bounded(s.door.InClear(), s.opt.Log)
	s.opt.Log.Warn("served without encryption too: whoever listens on this network reads everything, PINs included", "at", l.Addr().String())
	return nil
}

// ClearPort is where the server listens without encryption, 0: nowhere.
func (s *Server) ClearPort() int {
	if s.clearListener == nil {
		return 0
	}
	if a, ok := s.clearListener.Addr().(*net.TCPAddr); ok {
		return a.Port
	}
	return 0
}

// bounded makes an HTTP server of a door, with the bounds of its connections.
func bounded(door http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: door, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		// Devices that do not trust the certificate yet break off: no news.
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
