package session

import (
	"context"
	"time"

	"phonghop/shared/protocol"
)

// listAgain is when to ask again for the list after it could not be had.
const listAgain = 5 * time.Second

// lister fetches the list of meetings whenever it may have changed.
func (s *Session) lister() {
	var again <-chan time.Time
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.wakeList:
		case <-again:
		}
		again = nil
		if err := s.fetchList(s.ctx); err != nil && s.connected() {
			again = time.After(listAgain)
		}
	}
}

func (s *Session) connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conn != nil
}

// RefreshList asks for the list of meetings anew.
func (s *Session) RefreshList() { poke(s.wakeList) }

func (s *Session) fetchList(ctx context.Context) error {
	list, err := s.opt.Server.Meetings(ctx)
	if err != nil {
		if CodeOf(err) == protocol.CodeSignIn {
			s.signedOut()
		}
		return err
	}
	there := map[string]bool{}
	for _, m := range list {
		there[m.ID] = true
	}
	s.change(func(e *effects) {
		s.list, s.listed, s.keep.listed = list, true, true
		poke(s.wakeKeep)
		for id := range s.known {
			// Followed meetings are told of by their own streams.
			if !there[id] && !s.open[id] {
				e.add(s.replica.Forget(id))
				s.keep.touch(protocol.MeetingStream(id))
				s.keep.urgent = true
			}
		}
	})
	return nil
}
