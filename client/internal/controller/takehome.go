package controller

import (
	"io"

	"phonghop/client/internal/session"
	"phonghop/shared/protocol"
)

// TakeHome writes the document being read to a file of the person's, with his
// own notes or with shared those of all. done is called once with the code, on
// another goroutine; the file is closed then.
func (c *Controller) TakeHome(id string, shared bool, to io.WriteCloser, done func(code string)) {
	v := c.Reader(id)
	c.mu.Lock()
	in := c.inside
	c.mu.Unlock()
	if in == nil || v.Hash == "" {
		_ = to.Close()
		c.all.Go(func() { done(protocol.CodeNotFound) })
		return
	}
	ref := session.Ref{Meeting: id, Item: v.Spot.Item, Hash: v.Hash}
	c.all.Go(func() {
		err := in.session.Server().TakeHome(in.ctx, ref, shared, to)
		if closed := to.Close(); err == nil && closed != nil {
			err = &session.Problem{Code: session.CodeFile, Err: closed}
		}
		done(Code(err))
	})
}

// TakeHomeURL is where a browser finds the same; "" where there is none.
func (c *Controller) TakeHomeURL(id string, shared bool) string {
	v := c.Reader(id)
	s := c.session()
	if s == nil || v.Hash == "" {
		return ""
	}
	return s.Server().TakeHomeURL(session.Ref{Meeting: id, Item: v.Spot.Item, Hash: v.Hash}, shared)
}
