//go:build !js

package session

import (
	"fmt"
	"net"
	"time"
)

// watchEvery is how often the device's own addresses are looked at.
const watchEvery = time.Second

// watchNetwork wakes the session when the device's addresses change: a lost
// network is known at once, and a new one is used at once. Systems that do not
// tell their addresses are left to the connection's own signs of life.
func (s *Session) watchNetwork() {
	t := time.NewTicker(watchEvery)
	defer t.Stop()
	before := addresses()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-t.C:
		}
		if now := addresses(); now != before {
			before = now
			s.Wake()
		}
	}
}

func addresses() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	return fmt.Sprint(all)
}
