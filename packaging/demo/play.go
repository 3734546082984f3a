package main

import (
	"context"
	"errors"
	"fmt"
	"image"

	"phonghop/packaging/stage"
	"phonghop/shared/meeting"
)

// Shares of a screen's pixels. A running clock changes a few digits, a turned
// page much of the screen.
const (
	changed = 0.005
	settled = 0.002
)

// show is what the play has under way.
type show struct {
	*stage.House
	chair    stage.Person
	meeting  string
	item     meeting.ItemID
	place    meeting.Place
	pictures string
	screens  []*stage.Screen
	crowd    *stage.Followers
}

// play is the short meeting, step by step. Each step is over when every window
// shows it.
func play(ctx context.Context, h *stage.House, pictures string) (err error) {
	s := &show{House: h, pictures: pictures}
	defer func() {
		if s.crowd != nil {
			s.crowd.Close()
		}
		if err != nil {
			err = errors.Join(err, s.keep(context.WithoutCancel(ctx), "-failed"))
		}
	}()
	for _, step := range []struct {
		says string
		do   func(context.Context) error
	}{
		{"the chair, a delegate and the projector take their seats", s.takeSeats},
		{"the chair opens the meeting and calls the first item", s.openMeeting},
		{"the chair and the delegate tap to the presented page", s.tapIn},
		{"the chair turns to page 2", s.turn(2)},
		{"the chair turns to page 3", s.turn(3)},
		{"a delegate comes late, and is on the same page", s.comeLate},
		{"the chair turns to page 4, for four windows", s.turn(4)},
		{"photographs", func(ctx context.Context) error { return s.keep(ctx, "") }},
		{"the chair closes the meeting", s.closeMeeting},
	} {
		say("%s", step.says)
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.says, err)
		}
	}
	say("every window showed every step; photographs are in %s", pictures)
	return nil
}

func (s *show) takeSeats(ctx context.Context) (err error) {
	if s.chair, err = s.Who(cast[0]); err != nil {
		return err
	}
	for _, seat := range cast {
		if err := s.sit(ctx, seat); err != nil {
			return err
		}
	}
	if err := s.Room.SignIn(ctx, s.chair); err != nil {
		return err
	}
	s.meeting, err = s.Room.Ready(ctx)
	return err
}

// sit opens a window on a screen of its own, and waits until it is painted.
func (s *show) sit(ctx context.Context, seat stage.Seat) error {
	sc, err := s.NewScreen(ctx, seat)
	if err != nil {
		return err
	}
	s.screens = append(s.screens, sc)
	if _, err := s.Open(seat, sc.Env()); err != nil {
		return err
	}
	return s.shows(ctx, sc)
}

func (s *show) openMeeting(ctx context.Context) error {
	m, err := s.Room.State(ctx, s.meeting)
	if err != nil {
		return err
	}
	for _, id := range m.Agenda {
		for _, d := range m.Contents[id].Documents {
			if s.item == "" && d.Latest().Pages >= 4 {
				s.item, s.place = id, meeting.Place{Document: d.ID, Version: d.Latest().Number, Page: 1}
			}
		}
	}
	if s.item == "" {
		return errors.New("no item has a document with four pages")
	}
	if s.crowd, err = s.Room.Hear(ctx, s.meeting, string(s.item)); err != nil {
		return err
	}
	err = s.together(ctx, s.screens, func() error { return s.Room.Present(ctx, s.meeting, s.item, s.chair, s.place) })
	if err != nil {
		return err
	}
	return s.follow(ctx, 1)
}

// tapIn presses the big button on the screens of those who read; the projector
// is on the presented page by itself.
func (s *show) tapIn(ctx context.Context) error {
	for _, sc := range s.screens {
		if sc.Seat.Role == "projector" {
			continue
		}
		if err := s.tap(ctx, sc); err != nil {
			return err
		}
	}
	return s.follow(ctx, 1)
}

// tap presses the big button of a screen, and waits until it shows what is
// behind it.
func (s *show) tap(ctx context.Context, sc *stage.Screen) error {
	at := image.Point{}
	err := s.Until(ctx, sc.Seat.Name+" shows a button", func(ctx context.Context) (found bool, err error) {
		if sc.Last, err = sc.Look(ctx); err == nil {
			at, found = stage.BigButton(sc.Last)
		}
		return found, err
	})
	if err != nil {
		return err
	}
	return s.together(ctx, []*stage.Screen{sc}, func() error { return sc.Press(ctx, at) })
}

// turn shows a page, and waits until it is on every screen.
func (s *show) turn(page int) func(context.Context) error {
	return func(ctx context.Context) error {
		return s.together(ctx, s.screens, func() error {
			s.place.Page = page
			return s.Room.Do(ctx, s.meeting, meeting.Show{Item: s.item, Place: s.place})
		})
	}
}

// comeLate lets one more delegate in: the server counts him among those who
// follow, and a tap leads him to the presented page.
func (s *show) comeLate(ctx context.Context) error {
	if err := s.sit(ctx, late); err != nil {
		return err
	}
	if err := s.follow(ctx, 2); err != nil {
		return err
	}
	return s.tap(ctx, s.screens[len(s.screens)-1])
}

func (s *show) closeMeeting(ctx context.Context) error {
	err := s.together(ctx, s.screens, func() error { return s.Room.Do(ctx, s.meeting, meeting.Close{}) })
	if err != nil {
		return err
	}
	return s.keep(ctx, "-closed")
}

// follow waits until so many people follow the presenter.
func (s *show) follow(ctx context.Context, people int64) error {
	return s.Until(ctx, fmt.Sprintf("%d follow the presenter", people), func(context.Context) (bool, error) {
		return s.crowd.Count.Load() >= people, nil
	})
}

// together does something, and waits until every screen shows something else
// than before and has come to rest.
func (s *show) together(ctx context.Context, screens []*stage.Screen, do func() error) error {
	if err := do(); err != nil {
		return err
	}
	for _, sc := range screens {
		before := sc.Last
		err := s.Until(ctx, sc.Seat.Name+" shows it", func(ctx context.Context) (bool, error) {
			now, err := sc.Look(ctx)
			if err != nil {
				return false, err
			}
			rest := stage.Differing(sc.Last, now) < settled
			sc.Last = now
			return rest && stage.Differing(before, now) >= changed && stage.Painted(now), nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// shows waits until there is something on a screen and it has come to rest.
func (s *show) shows(ctx context.Context, sc *stage.Screen) error {
	return s.Until(ctx, sc.Seat.Name+" shows something", func(ctx context.Context) (bool, error) {
		now, err := sc.Look(ctx)
		if err != nil {
			return false, err
		}
		rest := stage.Differing(sc.Last, now) < settled
		sc.Last = now
		return rest && stage.Painted(now), nil
	})
}

// keep photographs every screen as it is, into files.
func (s *show) keep(ctx context.Context, step string) error {
	for _, sc := range s.screens {
		now, err := sc.Look(ctx)
		if err != nil {
			return err
		}
		sc.Last = now
		if err := sc.Keep(s.pictures, step); err != nil {
			return err
		}
	}
	return nil
}
