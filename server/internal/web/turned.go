package web

import (
	"context"
	"net/http"
	"os"

	"phonghop/server/internal/document"
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
	var d document.Document
	err = s.rewritten(w, r, hash, func(ctx context.Context, file, out string) error {
		return s.Annotator.Turn(ctx, file, out, body.Pages, body.Degrees)
	}, func(ctx context.Context, made *os.File) error {
		d, err = s.Documents.Upload(ctx, name, made)
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	return http.StatusCreated, protocol.Uploaded{Hash: d.Hash, Name: d.Name, Pages: d.Info.Pages(), Bytes: d.Bytes}, nil
}
