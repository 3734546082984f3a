package web

import (
	"bufio"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// counts is what GET /metrics tells of the door. Labels are routes and
// statuses: nothing of persons or meetings.
type counts struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	panics   prometheus.Counter
}

func newCounts(reg prometheus.Registerer, sockets func() int) counts {
	c := counts{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "phonghop_http_requests_total", Help: "HTTP requests answered.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "phonghop_http_seconds", Help: "Time until an HTTP request was answered, sockets not counted.",
			Buckets: []float64{.001, .005, .02, .1, .5, 2, 10, 60},
		}, []string{"route"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "phonghop_http_panics_total", Help: "Requests that failed by a mistake in the program.",
		}),
	}
	if reg != nil {
		reg.MustRegister(c.requests, c.seconds, c.panics, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "phonghop_sockets", Help: "Sockets open now.",
		}, func() float64 { return float64(sockets()) }))
	}
	return c
}

// around counts the requests that a handler answers.
func (c counts) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &watched{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		route := r.Pattern // set by the mux, from a fixed list
		c.requests.WithLabelValues(route, strconv.Itoa(seen.status)).Inc()
		if seen.status != http.StatusSwitchingProtocols {
			c.seconds.WithLabelValues(route).Observe(time.Since(began).Seconds())
		}
	})
}

// watched remembers an answer's status.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets deadlines through.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Hijack implements http.Hijacker, for the upgrade.
func (w *watched) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.status = http.StatusSwitchingProtocols
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

func (s *Server) metrics() http.Handler {
	return promhttp.HandlerFor(s.Gather, promhttp.HandlerOpts{})
}
