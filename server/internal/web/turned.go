package web

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// turned makes a document of one whose pages lie the wrong way round. It is a
// file of its own: what was written on the old one stays with that.
func (s *Server) turned(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	if !s.Hall.MayUpload(who.id()) {
		return 0, nil, errNotAllowed
	}
	hash, name, err := s.mayRead(r, who)
	if err != nil {
		return 0, nil, err
	}
	body, err := read[protocol.TurnPages](w, r)
	if err != nil {
		return 0, nil, err
	}
	if body.Degrees%90 != 0 || body.Degrees%360 == 0 || body.Degrees < -360 || body.Degrees > 360 || len(body.Pages) > meeting.MaxPages {
		return 0, nil, trouble(http.StatusBadRequest, protocol.CodeInvalid, "degrees, pages")
	}
	limitTime(w, exportWithin, answerWithin)
	ctx, cancel := context.WithTimeout(r.Context(), exportWithin)
	defer cancel()
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-ctx.Done():
		return 0, nil, ctx.Err()
	}
	file, err := s.Documents.Open(ctx, hash)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = file.Close() }() // only read
	folder, err := os.MkdirTemp("", "phonghop-turn-")
	if err != nil {
		return 0, nil, fmt.Errorf("make a turned file: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // the system clears what stays
	out := filepath.Join(folder, "turned.pdf")
	if err := s.Annotator.Turn(ctx, file.Name(), out, body.Pages, body.Degrees); err != nil {
		return 0, nil, err
	}
	made, err := os.Open(out)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = made.Close() }() // only read
	d, err := s.Documents.Upload(ctx, name, made)
	if err != nil {
		return 0, nil, err
	}
	return http.StatusCreated, protocol.Uploaded{Hash: d.Hash, Name: d.Name, Pages: d.Info.Pages(), Bytes: d.Bytes}, nil
}
