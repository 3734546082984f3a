package controller

import (
	"context"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// VotePaper fetches the protocol of a vote as "pdf", "csv" or "json". done is
// called once, on any goroutine.
func (c *Controller) VotePaper(at VoteAt, form string, done func(data []byte, code string)) {
	c.paper(done, func(ctx context.Context, s *session.Server) ([]byte, error) { return s.VotePaper(ctx, at, form) })
}

// OpinionSummary fetches the table of all opinions in writing.
func (c *Controller) OpinionSummary(at VoteAt, done func(data []byte, code string)) {
	c.paper(done, func(ctx context.Context, s *session.Server) ([]byte, error) {
		return s.OpinionPaper(ctx, at, protocol.OpinionSummary)
	})
}

// OpinionForms fetches the forms of all who have given an opinion, in one
// file.
func (c *Controller) OpinionForms(at VoteAt, done func(data []byte, code string)) {
	c.paper(done, func(ctx context.Context, s *session.Server) ([]byte, error) {
		return s.OpinionPaper(ctx, at, protocol.OpinionForms)
	})
}

// OpinionForm fetches the form of one person's opinion; "" is this person.
func (c *Controller) OpinionForm(at VoteAt, who meeting.PersonID, done func(data []byte, code string)) {
	if who == "" {
		who = c.seen().Me.ID
	}
	c.paper(done, func(ctx context.Context, s *session.Server) ([]byte, error) {
		return s.OpinionForm(ctx, at, string(who))
	})
}

// paper fetches a file from the server; done is called once.
func (c *Controller) paper(done func(data []byte, code string), fetch func(context.Context, *session.Server) ([]byte, error)) {
	c.background(func(ctx context.Context, s *session.Server) {
		data, err := fetch(ctx, s)
		done(data, Code(err))
	}, func(code string) { done(nil, code) })
}
