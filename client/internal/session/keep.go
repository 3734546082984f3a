package session

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// RecordOutbox is the record of what waits to be sent; it is there only while
// something waits. Where several programs share the device, the names of their
// outboxes begin so.
const RecordOutbox = "outbox"

// Names of records.
const (
	recordRoom    = "room"
	recordList    = "list"
	recordMeeting = "meeting/" // and the id
)

// keepEvery is how long what the server can give again may wait to be kept.
const keepEvery = time.Second

// keeping is what is still to be written to the device.
type keeping struct {
	wished uint64 // number of the last change of the outbox
	kept   uint64 // the last that is on the device
	// over: commands are done or refused that the device still has. Those that
	// are done go once the states are kept that have what they did.
	over bool
	// dirty has meetings by id, "" for the room.
	dirty  map[string]bool
	listed bool // the list is to be kept
	// urgent: something is to be removed.
	urgent bool
	failed map[string]bool // what was tried last could not be kept: commands, states, parts of documents
	left   map[string]left // outboxes of other programs, by name
	// hold: part of what was kept could not be read, e.g. by a newer program.
	// Documents stay until the server has told again what there is.
	hold bool
}

func newKeeping() keeping {
	return keeping{dirty: map[string]bool{}, failed: map[string]bool{}, left: map[string]left{}}
}

// lefts lists the outboxes that are so far taken over.
func (k *keeping) lefts(far left) (names []string) {
	for name, now := range k.left {
		if now == far {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// outbox notes that a command more waits.
func (k *keeping) outbox() { k.wished++ }

func (k *keeping) touch(stream string) {
	// Shared layers are not kept: the server gives them again.
	if name, ok := protocol.ParseStream(stream); ok && name.Document == "" {
		k.dirty[name.Meeting] = true
	}
}

// restore takes over what the last session kept. Nothing of it is needed:
// what cannot be read is dropped.
func (s *Session) restore() {
	for _, name := range append([]string{recordRoom}, s.opt.Area.Records(recordMeeting)...) {
		data, ok := s.opt.Area.Kept(name)
		if !ok {
			continue
		}
		if _, err := s.replica.Import(data); err != nil {
			_ = s.opt.Area.Drop(name)
			s.keep.hold = true
			continue
		}
		if id, ok := strings.CutPrefix(name, recordMeeting); ok {
			s.known[id] = true
		}
	}
	s.keep.over = s.takeOver(s.opt.Outbox) == nil // those of others before the first connection
	if data, ok := s.opt.Area.Kept(recordList); ok {
		s.listed = json.Unmarshal(data, &s.list) == nil
	}
	if !s.keep.hold {
		s.retain()
	}
}

// keeper writes to the device what changed: wishes at once, the rest soon.
func (s *Session) keeper() {
	var soon <-chan time.Time
	for {
		select {
		case <-s.ctx.Done():
			s.keepOutbox(false)
			s.keepStates()
			s.keepOutbox(true)
			return
		case <-s.wakeKeep:
		case <-soon:
			soon = nil
			s.keepStates()
			s.keepOutbox(true)
			continue
		}
		s.keepOutbox(false)
		s.mu.Lock()
		urgent, dirty := s.keep.urgent, len(s.keep.dirty) > 0 || s.keep.listed || s.keep.over
		s.keep.urgent = false
		s.keep.hold = s.keep.hold && s.link != Live
		hold := s.keep.hold
		s.mu.Unlock()
		if !hold {
			s.retain()
		}
		if urgent {
			s.keepStates()
			s.keepOutbox(true)
		} else if dirty && soon == nil {
			soon = time.After(keepEvery)
		}
	}
}

// keepOutbox writes the commands that wait, and lets them go; with done also
// where there are only fewer of them. A device that cannot keep them sends them
// all the same.
func (s *Session) keepOutbox(done bool) {
	s.mu.Lock()
	n, count := s.keep.wished, s.replica.PendingCount()+s.replica.Settled()
	if n == s.keep.kept && !(done && s.keep.over) {
		s.mu.Unlock()
		return
	}
	s.keep.over = s.replica.Settled() > 0 // they go once the states are kept
	data, err := s.replica.ExportOutbox()
	adopted := s.keep.lefts(leftAdopted)
	s.mu.Unlock()
	if count == 0 {
		err = s.opt.Area.Drop(s.opt.Outbox)
	} else if err == nil {
		err = s.opt.Area.Keep(s.opt.Outbox, data)
	}
	if err == nil {
		err = s.dropLeft(adopted)
	}
	s.mu.Lock()
	if err == nil {
		for _, name := range adopted {
			s.keep.left[name] = leftDone
		}
	} else {
		s.keep.over = true // what is there may be more than is left: again with the next change
	}
	s.keep.kept = n
	s.setKept(keptOutbox, err)
	if s.conn != nil {
		poke(s.conn.wake)
	}
	again := s.keep.wished != n
	s.mu.Unlock()
	if again {
		poke(s.wakeKeep)
	}
}

// What is kept apart from each other.
const (
	keptOutbox = "outbox"
	keptStates = "states"
	keptParts  = "parts"
)

// setKept notes whether the device keeps what it is given. The caller holds
// the lock.
func (s *Session) setKept(what string, err error) {
	failed := err != nil && !errors.Is(err, cache.ErrUnwanted)
	if failed == s.keep.failed[what] {
		return
	}
	if failed {
		s.keep.failed[what] = true
	} else {
		delete(s.keep.failed, what)
	}
	s.look()
	s.all.Go(s.changed) // the caller may hold locks of its own
}

// keepStates writes the room and the meetings that changed.
func (s *Session) keepStates() {
	s.mu.Lock()
	records := map[string][]byte{}
	var errs []error
	dirty, listed, of := s.keep.dirty, s.keep.listed, s.replica
	for id := range dirty {
		name, data, err := s.export(id)
		records[name] = data
		errs = append(errs, err)
	}
	if s.keep.listed {
		data, err := json.Marshal(s.list)
		records[recordList] = data
		errs = append(errs, err)
	}
	s.keep.dirty, s.keep.listed = map[string]bool{}, false
	settled := s.replica.Settled()
	s.mu.Unlock()
	for name, data := range records {
		if data == nil {
			errs = append(errs, s.opt.Area.Drop(name))
		} else {
			errs = append(errs, s.opt.Area.Keep(name, data))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := errors.Join(errs...); err == nil || errors.Is(err, cache.ErrUnwanted) {
		if s.replica == of {
			of.ForgetSettled(settled)
		}
	} else { // again with the next change
		maps.Copy(s.keep.dirty, dirty)
		s.keep.listed = s.keep.listed || listed
	}
	if len(records) > 0 {
		s.setKept(keptStates, errors.Join(errs...))
	}
}

// export gives the record of a meeting ("" for the room); nil data where
// nothing is held.
func (s *Session) export(id string) (name string, data []byte, err error) {
	if id == "" {
		data, err = s.replica.ExportRoom()
		return recordRoom, data, err
	}
	if _, ok := s.replica.Confirmed(id); ok {
		data, err = s.replica.ExportMeeting(id)
	}
	return recordMeeting + id, data, err
}

// forgetStates begins anew with an empty replica but for the commands that
// wait.
func (s *Session) forgetStates() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replica.ForgetSettled(s.replica.Settled())
	outbox, err := s.replica.ExportOutbox()
	fresh := replica.New(replica.Options{Person: s.opt.Me.ID, Client: s.opt.Client, Program: s.opt.Program})
	if err == nil {
		_, err = fresh.ImportOutbox(outbox)
	}
	if err != nil {
		return
	}
	s.replica = fresh
	for id := range s.open {
		fresh.Open(id)
		fresh.OpenNotes(id)
	}
	for id, sheet := range s.inking.layers {
		fresh.OpenLayer(id, sheet)
	}
	s.look()
}

// wantedDocuments lists what this person may have on the device: every
// version of every document of every meeting known here.
func (s *Session) wantedDocuments() (docs documents) {
	for id := range s.known {
		confirmed, _ := s.replica.Confirmed(id)
		predicted, _ := s.replica.Meeting(id)
		for _, m := range []meeting.State{confirmed, predicted} {
			for _, content := range m.Contents {
				for _, d := range content.Documents {
					for _, v := range d.Versions {
						docs.all = append(docs.all, v.Hash)
						if s.open[id] {
							docs.open = append(docs.open, v.Hash)
						}
					}
				}
			}
		}
	}
	return docs
}

type documents struct{ all, open []string }

// retain removes from the device what this person may not, or no longer,
// have. The area is told what is true now, never what was true before that.
func (s *Session) retain() {
	s.retaining.Lock()
	defer s.retaining.Unlock()
	s.mu.Lock()
	docs := s.wantedDocuments()
	s.mu.Unlock()
	slices.Sort(docs.all)
	err := s.opt.Area.Retain(slices.Compact(docs.all))
	s.opt.Area.Protect(docs.open)
	if err != nil {
		s.mu.Lock()
		s.keep.urgent = true // again with the next change
		s.mu.Unlock()
	}
}

// put keeps a part of a document. One that was heard of just now may not be
// known as wanted yet.
func (s *Session) put(p part, data []byte) error {
	err := s.opt.Area.Put(p.ref.Hash, p.name, data)
	if errors.Is(err, cache.ErrUnwanted) {
		s.retain()
		err = s.opt.Area.Put(p.ref.Hash, p.name, data)
	}
	return err
}
