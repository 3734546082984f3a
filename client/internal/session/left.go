package session

import (
	"errors"

	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// What several programs of one person on one device want sent, as the tabs of
// one browser do, is kept apart: each has an outbox of its own, so that none
// sends what another sends. An outbox whose program has ended is taken over by
// the next that finds it. Should two send the same after all, the server
// carries it out once: the commands keep their ids and the device's.

// takeLeft takes over the commands that wait in outboxes whose programs have
// ended. It is called while there is no connection.
func (s *Session) takeLeft() {
	for _, name := range s.opt.Area.Records(RecordOutbox) {
		s.mu.Lock()
		_, adopted := s.keep.adopted[name]
		claimed := s.keep.claimed[name]
		s.mu.Unlock()
		if name == s.opt.Outbox || adopted || !claimed && !s.opt.Claim(name) {
			continue
		}
		s.takeOver(name, func() { s.keep.adopted[name] = true })
	}
}

// takeOver reads one outbox. What cannot be read stays for a program that can.
func (s *Session) takeOver(name string, taken func()) {
	data, ok := s.opt.Area.Kept(name)
	if !ok {
		return
	}
	s.mu.Lock()
	_, err := s.replica.ImportOutbox(data)
	if err == nil {
		for _, p := range s.replica.Pending() {
			if name, ok := protocol.ParseStream(p.Stream); ok {
				s.known[name.Meeting] = true
			}
		}
		taken()
	}
	s.mu.Unlock()
	if err != nil && !errors.Is(err, replica.ErrFormat) {
		_ = s.opt.Area.Drop(name) // of another person
	}
}

// relieve is takeLeft, before each connection.
func (s *Session) relieve() {
	if s.opt.Claim == nil {
		return // nobody else is here
	}
	s.opt.Area.Refresh()
	s.mu.Lock()
	before := len(s.keep.adopted)
	s.mu.Unlock()
	s.takeLeft()
	s.mu.Lock()
	news := len(s.keep.adopted) > before
	if news {
		s.keep.outbox()
		poke(s.wakeKeep)
		s.look()
	}
	s.mu.Unlock()
	if news {
		s.changed()
	}
}

// lookForLeft looks whether a program has ended whose commands still wait, and
// then connects anew, which takes them over.
func (s *Session) lookForLeft() {
	s.opt.Area.Refresh()
	found := false
	for _, name := range s.opt.Area.Records(RecordOutbox) {
		s.mu.Lock()
		_, adopted := s.keep.adopted[name]
		known := name == s.opt.Outbox || adopted || s.keep.claimed[name]
		s.mu.Unlock()
		if known || !s.opt.Claim(name) {
			continue
		}
		s.mu.Lock()
		s.keep.claimed[name] = true
		s.mu.Unlock()
		found = true
	}
	if found && s.ctx.Err() == nil {
		s.Redial()
	}
}

// dropLeft drops the outboxes that were taken over, after their commands are
// kept in the own one. Only the keeper calls it.
func (s *Session) dropLeft(names []string) error {
	var errs []error
	for _, name := range names {
		errs = append(errs, s.opt.Area.Drop(name))
	}
	return errors.Join(errs...)
}
