package controller

import (
	"context"
	"strings"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// PINs is how far it has come to give many people new PINs. The PINs are in
// memory only, and end with it.
type PINs struct {
	Done, All int
	// Failed are those whose PIN could not be set; Code is why the last one
	// could not, or why the paper could not be had.
	Failed []meeting.PersonID
	Code   string
	// Paper is a PDF with a slip for each person whose PIN was set.
	Paper []byte
	// Ended: nothing more comes by itself. Where there is no Paper and Done is
	// above 0, PrintPINs tries again.
	Ended bool

	set []protocol.Slip
}

// weakTries is how often another PIN is made where the server finds one weak,
// netTries how often the same one is set where the network fails.
const (
	weakTries = 8
	netTries  = 3
)

// SetPINs gives people new PINs, one after the other, and then has a paper of
// them made. told is called on a goroutine of the controller's own, after each
// person and at the end. Somebody whose PIN could not be set keeps the old one,
// or, where the network failed at the wrong moment, may need another.
func (c *Controller) SetPINs(people []meeting.PersonID, newPIN func() string, told func(PINs)) {
	all := append([]meeting.PersonID(nil), people...)
	c.background(func(ctx context.Context, s *session.Server) {
		p := PINs{All: len(all)}
		for _, who := range all {
			pin, err := setPIN(ctx, s, who, newPIN)
			switch code := Code(err); code {
			case "":
				p.Done++
				p.set = append(p.set, protocol.Slip{Person: string(who), PIN: pin})
			default:
				p.Failed, p.Code = append(p.Failed, who), code
			}
			if ctx.Err() != nil {
				return
			}
			told(p)
		}
		c.print(ctx, s, p, told)
	}, func(code string) { told(PINs{All: len(all), Failed: all, Code: code, Ended: true}) })
}

// setPIN sets a PIN, another one where it is too weak, the same again where the
// network fails: a repeat does no harm.
func setPIN(ctx context.Context, s *session.Server, who meeting.PersonID, newPIN func() string) (pin string, err error) {
	pin = newPIN()
	for weak, net := 0, 0; ; {
		err = s.SetPIN(ctx, who, "", pin)
		switch code := session.CodeOf(err); {
		case code == protocol.CodeWeakPIN && weak < weakTries:
			weak++
			pin = newPIN()
		case (code == session.CodeNetwork || code == protocol.CodeUnavailable) && net < netTries:
			net++
		default:
			return pin, err
		}
	}
}

// PrintPINs tries again to have the paper made.
func (c *Controller) PrintPINs(p PINs, told func(PINs)) {
	c.background(func(ctx context.Context, s *session.Server) { c.print(ctx, s, p, told) },
		func(code string) {
			p.Code = code
			told(p)
		})
}

func (c *Controller) print(ctx context.Context, s *session.Server, p PINs, told func(PINs)) {
	p.Ended = true
	if p.Done > 0 {
		paper, err := s.Slips(ctx, protocol.Slips{Address: strings.TrimSuffix(c.Projector().Join, "/"), Slips: p.set})
		if err != nil {
			p.Code = Code(err)
		} else {
			p.Paper = paper
		}
	}
	told(p)
}

// background runs what asks the server, on a goroutine of the controller's own;
// out is told why it cannot begin. One of the two is called.
func (c *Controller) background(do func(context.Context, *session.Server), out func(code string)) {
	c.mu.Lock()
	in := c.inside
	can := in != nil && !c.closed
	if can {
		c.all.Go(func() { do(in.ctx, in.session.Server()) })
	}
	c.mu.Unlock()
	if !can {
		out(Code(&session.Problem{Code: protocol.CodeSignIn}))
	}
}
