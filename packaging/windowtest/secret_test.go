package windowtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"phonghop/packaging/stage"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// secretVote is a secret vote in three windows: whoever chairs, and two who vote with him.
type secretVote struct {
	*course
	id     string // of the meeting
	at     meeting.ItemID
	chief  stage.Person
	before map[*stage.Window]*image.RGBA // the vote
}

const secretID, secretQuestion = meeting.VoteID("secret"), "Thông qua việc giới thiệu nhân sự bổ nhiệm"

// TestSecretVote goes the whole way of a secret vote with whole windows: the question before the room, the ballots, a power cut of
// the server between the right to vote and the vote, the count, the result to the room, and everybody's look for his own ballot.
// Last the list of ballots is counted again by a program that trusts nobody.
func TestSecretVote(t *testing.T) {
	s := &secretVote{before: map[*stage.Window]*image.RGBA{}, course: &course{House: open(t), ctx: t.Context(), t: t, word: words(t), meeting: "Phiên họp thường kỳ tháng 11 năm 2026"}}
	s.run(
		step{"the vote is prepared", s.prepare},
		step{"three take their seats", s.takeSeats},
		step{"the question is put to the room, and the vote opens", s.pose},
		step{"the server is killed between the right to vote and the vote, and others vote without it", s.vote},
		step{"the ballots arrive by themselves", s.arrive},
		step{"the chair closes, sees the result first and announces it", s.announce},
		step{"every device finds its ballot in the list", s.check},
		step{"the list is counted again", s.verify},
	)
}

// photograph keeps a picture of each window, where PHONGHOP_SIGHT_PICTURES names a folder for them.
func (s *secretVote) photograph(step string) {
	if folder := os.Getenv("PHONGHOP_SIGHT_PICTURES"); folder != "" {
		s.course.photograph(folder, step)
	}
}

// prepare has the chair run an item with a vote on it.
func (s *secretVote) prepare() (err error) {
	if s.chief, err = s.Who(stage.Seat{Role: "chair"}); err != nil {
		return err
	}
	if err = s.Room.SignIn(s.ctx, s.chief); err != nil {
		return err
	}
	if s.id, err = s.Room.Ready(s.ctx); err != nil {
		return err
	}
	state, err := s.Room.State(s.ctx, s.id)
	if err != nil {
		return err
	}
	s.at = state.Agenda[0]
	plan, ok := meeting.VoteTemplate(meeting.TemplatePersonnel)
	if !ok {
		return errors.New("no template for personnel")
	}
	plan.Question = secretQuestion
	if plan.Poll.Rule, ok = poll.Set(poll.SetPresent); !ok { // the others of the committee have no device here
		return errors.New("no rule for those present")
	}
	return s.Room.DoAll(s.ctx, s.id,
		meeting.OpenSitting{},
		meeting.SetItemState{Item: s.at, To: meeting.Running},
		meeting.PrepareVote{Item: s.at, Vote: secretID, Plan: plan},
	)
}

func (s *secretVote) takeSeats() (err error) {
	if s.chair, err = s.OpenWindow(s.ctx, stage.Seat{Name: "chair", Role: "chair", Width: 1280, Height: 800}); err != nil {
		return err
	}
	if s.delegate, err = s.OpenWindow(s.ctx, stage.Seat{Name: "delegate", Role: "delegate", Width: 1280, Height: 800}); err != nil {
		return err
	}
	if s.second, err = s.OpenWindow(s.ctx, stage.Seat{Name: "second", Role: "delegate", Number: 1, Width: 800, Height: 1280}); err != nil {
		return err
	}
	return each(s.tap(s.chair, s.meeting), s.tap(s.chair, s.word("chair.title")), s.sees(s.chair, s.word("vote.chair.pose")))
}

// pose puts the question to the room and opens the vote, with the chair's big button.
func (s *secretVote) pose() error {
	return each(
		s.insist(s.chair, s.word("vote.chair.pose")),
		s.sees(s.chair, s.word("vote.chair.open")),
		s.remember,
		func() error { s.photograph("posed"); return nil },
		s.insist(s.chair, s.word("vote.chair.open")),
		s.sees(s.delegate, secretQuestion),
		s.sees(s.second, s.word("vote.secret_promise")),
		s.sees(s.chair, s.word("vote.option.approve")), // he votes, too
		s.painted(s.delegate), s.painted(s.second), s.painted(s.chair),
		func() error { s.photograph("open"); return nil },
	)
}

// remember photographs every window as it is before the vote opens.
func (s *secretVote) remember() error {
	for _, w := range []*stage.Window{s.chair, s.delegate, s.second} {
		img, err := w.Look(s.ctx)
		if err != nil {
			return err
		}
		s.before[w] = img
	}
	return nil
}

// painted waits until a ballot is not only there, but on the glass: much of the window has changed.
func (s *secretVote) painted(w *stage.Window) func() error {
	return func() error {
		return s.Until(s.ctx, w.Seat.Name+" is painted with the ballot", func(ctx context.Context) (bool, error) {
			img, err := w.Look(ctx)
			return err == nil && stage.Differing(s.before[w], img) > 0.3, err
		})
	}
}

// choose fills in a ballot, and leaves it before it is sent.
func (s *secretVote) choose(w *stage.Window, option string) func() error {
	return func() error {
		return each(s.tap(w, s.word(option)), s.sees(w, s.word("vote.send")))
	}
}

// vote sends one ballot, and kills the server when the right to vote was given: the ballot itself waits for a while of its own, so
// that nobody can tell whose it is. The others vote without a server.
func (s *secretVote) vote() error {
	waits := s.word("vote.waiting")
	return each(
		s.choose(s.chair, "vote.option.approve"),
		s.choose(s.delegate, "vote.option.approve"),
		s.choose(s.second, "vote.option.disapprove"),
		func() error { s.photograph("confirm"); return nil },
		s.insist(s.chair, s.word("vote.send")),
		func() error {
			return s.Until(s.ctx, "the chair was given a ballot", func(ctx context.Context) (bool, error) {
				v, err := s.voting(ctx)
				return len(v.Taken) > 0, err
			})
		},
		func() error { s.Server.Kill(); return nil },
		s.insist(s.delegate, s.word("vote.send")),
		s.insist(s.second, s.word("vote.send")),
		s.sees(s.delegate, waits),
		s.sees(s.second, waits),
		func() error { s.photograph("killed"); return nil },
	)
}

func (s *secretVote) voting(ctx context.Context) (meeting.Voting, error) {
	state, err := s.Room.State(ctx, s.id)
	v, _ := state.Contents[s.at].Voting(secretID)
	return v, err
}

// arrive starts the server again and waits until all ballots are counted; nobody does anything.
func (s *secretVote) arrive() error {
	return each(
		func() error { return s.ServeAgain(s.ctx) },
		s.sees(s.delegate, s.word("vote.counted")),
		s.sees(s.second, s.word("vote.counted")),
		s.sees(s.chair, s.word("vote.counted")),
		func() error { s.photograph("counted"); return nil },
		s.tap(s.delegate, s.word("vote.to_document")),
		s.tap(s.second, s.word("vote.to_document")),
		s.tap(s.chair, s.word("vote.to_document")),
	)
}

func (s *secretVote) announce() error {
	closes, says := s.word("vote.chair.close"), s.word("vote.chair.announce")
	return each(
		s.tap(s.chair, closes),
		s.sees(s.chair, closes+"?"),
		s.insist(s.chair, closes),
		s.sees(s.chair, says),
		func() error { s.photograph("closed"); return nil },
		func() error {
			if s.delegate.Shows(s.ctx, s.word("vote.result")) {
				return errors.New("a delegate sees a result before it was announced")
			}
			return nil
		},
		s.insistTo(s.chair, says, says+"?"),
		s.insist(s.chair, says),
	)
}

// insistTo presses a button that takes no press in its first second until something else is there.
func (s *secretVote) insistTo(w *stage.Window, words, then string) func() error {
	return func() error {
		return s.Until(s.ctx, w.Seat.Name+" shows "+then, func(ctx context.Context) (bool, error) {
			if w.Shows(ctx, then) {
				return true, nil
			}
			err := w.Tap(ctx, words, "widget.Button")
			time.Sleep(300 * time.Millisecond)
			return err == nil && w.Shows(ctx, then), err
		})
	}
}

func (s *secretVote) check() error {
	for _, w := range []*stage.Window{s.chair, s.delegate, s.second} {
		if err := s.tap(w, s.word("vote.result"))(); err != nil {
			return err
		}
		if err := s.sees(w, s.word("vote.check.found"))(); err != nil {
			return err
		}
	}
	s.photograph("result")
	return nil
}

// verify counts the list of ballots again, from the file that anybody may have.
func (s *secretVote) verify() error {
	if err := s.Room.SignIn(s.ctx, s.chief); err != nil {
		return err
	}
	var list protocol.BallotList
	if err := s.Room.Call(s.ctx, "GET", fmt.Sprintf("/v1/meetings/%s/items/%s/votes/%s/ballots", s.id, s.at, secretID), nil, &list); err != nil {
		return err
	}
	v, err := s.voting(s.ctx)
	if err != nil {
		return err
	}
	if r := v.Result; r.Cast != 3 || r.For != 2 || r.Against != 1 || len(v.Choices) > 0 || v.Digest != list.Digest || r.Verdict != poll.Passed {
		return fmt.Errorf("the result is %+v, the digests %s and %s", r, v.Digest, list.Digest)
	}
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	file := filepath.Join(s.Dir, "ballots.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return err
	}
	out, err := exec.CommandContext(s.ctx, filepath.Join(s.Programs, "phonghop-server"), "verify-vote", file).CombinedOutput() //nolint:gosec // a fixed program
	s.t.Logf("%s", out)
	return err
}
