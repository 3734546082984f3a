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

// left is how far another program's outbox is taken over.
type left int

const (
	_           left = iota
	leftRunning      // its program runs: its end is waited for
	leftClaimed      // its program has ended; the next connection begins with its commands
	leftWaiting      // its commands have no room beside what waits here; a later connection begins with them
	leftAdopted      // its commands wait here, too
	leftDone         // it was dropped, or is for nobody here
)

// heir looks, when it is woken, whether programs have ended whose commands
// still wait, and then connects anew, which takes them over.
func (s *Session) heir() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.wakeLeft:
		}
		if s.claim() {
			s.Redial()
		}
	}
}

// claim claims the outboxes that nobody has, and reports whether there were
// any. For those of programs that run it waits from now on.
func (s *Session) claim() (found bool) {
	s.claiming.Lock()
	defer s.claiming.Unlock()
	s.opt.Area.Refresh()
	for _, name := range s.opt.Area.Records(RecordOutbox) {
		s.mu.Lock()
		known := name == s.opt.Outbox || s.keep.left[name] != 0
		s.mu.Unlock()
		if known {
			continue
		}
		now := leftRunning
		if s.opt.Claim(s.ctx, name, false) {
			now, found = leftClaimed, true
		}
		s.mu.Lock()
		s.keep.left[name] = now
		s.mu.Unlock()
		if now == leftRunning {
			s.all.Go(func() { s.outlive(name) })
		}
	}
	return found
}

// outlive waits until the program of an outbox ends. Mostly it leaves nothing.
func (s *Session) outlive(name string) {
	if !s.opt.Claim(s.ctx, name, true) {
		return
	}
	s.opt.Area.Refresh()
	_, there := s.opt.Area.Kept(name)
	s.mu.Lock()
	s.keep.left[name] = leftDone
	if there {
		s.keep.left[name] = leftClaimed
	}
	s.mu.Unlock()
	if there {
		s.Redial()
	}
}

// errNothingLeft says that there is no such outbox.
var errNothingLeft = errors.New("nothing was left")

// takeOver reads one outbox. What cannot be read stays for a program that can,
// what has no room here until there is some.
func (s *Session) takeOver(name string) error {
	data, ok := s.opt.Area.Kept(name)
	if !ok {
		return errNothingLeft
	}
	s.mu.Lock()
	_, err := s.replica.ImportOutbox(data)
	if err == nil {
		for _, p := range s.replica.Pending() {
			if name, ok := protocol.ParseStream(p.Stream); ok {
				s.known[name.Meeting] = true
			}
		}
	}
	s.mu.Unlock()
	if errors.Is(err, replica.ErrOtherRoom) {
		_ = s.opt.Area.Drop(name)
	}
	return err
}

// takeLeft takes over the outboxes that were claimed. It is called while there
// is no connection.
func (s *Session) takeLeft() {
	news := false
	for _, name := range s.claimed() {
		now := leftDone
		switch err := s.takeOver(name); {
		case err == nil:
			now, news = leftAdopted, true
		case errors.Is(err, replica.ErrFull):
			now = leftWaiting
		}
		s.mu.Lock()
		s.keep.left[name] = now
		s.mu.Unlock()
	}
	if !news {
		return
	}
	s.mu.Lock()
	s.keep.outbox()
	poke(s.wakeKeep)
	s.look()
	s.mu.Unlock()
	s.changed()
}

// claimed lists the outboxes that are to be taken over.
func (s *Session) claimed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(s.keep.lefts(leftClaimed), s.keep.lefts(leftWaiting)...)
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
