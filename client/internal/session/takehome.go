package session

import (
	"context"
	"io"
	"net/http"
)

// TakeHome writes a document as a PDF with what is written on it: one's own
// notes, or with shared those of all.
func (s *Server) TakeHome(ctx context.Context, r Ref, shared bool, to io.Writer) error {
	req, err := s.request(ctx, http.MethodGet, s.takeHomePath(r, shared), nil)
	if err != nil {
		return err
	}
	resp, err := s.patient.Do(req)
	if err != nil {
		return fromTransport(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }() // only read
	if resp.StatusCode != http.StatusOK {
		return problemOf(resp)
	}
	n, err := io.Copy(to, resp.Body)
	if err == nil && resp.ContentLength >= 0 && n != resp.ContentLength {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fromTransport(ctx, err)
	}
	return nil
}

// TakeHomeURL is where a browser finds the same.
func (s *Server) TakeHomeURL(r Ref, shared bool) string { return s.Base() + s.takeHomePath(r, shared) }

func (s *Server) takeHomePath(r Ref, shared bool) string {
	layer := "mine"
	if shared {
		layer = "shared"
	}
	return r.path() + "/annotated?layer=" + layer
}
