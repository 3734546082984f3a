package web

import (
	"errors"
	"net/http"
	"strconv"

	"phonghop/server/internal/document"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// takeIn takes in a file: at once, or, with an upload's id, from where it was
// cut off.
func (s *Server) takeIn(r *http.Request, who caller, body *patient) (document.Document, error) {
	q := r.URL.Query()
	id := q.Get("upload")
	if id == "" {
		return s.Documents.Upload(r.Context(), q.Get("name"), body)
	}
	from, err := strconv.ParseInt(q.Get("from"), 10, 64)
	size, bad := int64(-1), error(nil)
	if q.Has("size") {
		size, bad = strconv.ParseInt(q.Get("size"), 10, 64)
	}
	if !text.ValidID(id) || errors.Join(err, bad) != nil || from < 0 || size < -1 || size >= 0 && from > size {
		return document.Document{}, trouble(http.StatusBadRequest, protocol.CodeInvalid, "upload, from, size")
	}
	return s.Documents.Continue(r.Context(), uploadKey(who, id), q.Get("name"), from, size, body, body.wake)
}

// uploadKey names an upload: each person has his own.
func uploadKey(who caller, id string) string { return who.id() + "/" + id }

// uploadPart tells how much has come of an upload.
func (s *Server) uploadPart(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	id := r.PathValue("upload")
	if !s.Hall.MayUpload(who.id()) {
		return 0, nil, errNotAllowed
	}
	if !text.ValidID(id) {
		return 0, nil, errNotFound
	}
	part, err := s.Documents.Come(r.Context(), uploadKey(who, id))
	return http.StatusOK, protocol.UploadPart{Bytes: part.Bytes, Hash: part.Hash}, err
}

// dropUpload forgets what has come of an upload.
func (s *Server) dropUpload(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	id := r.PathValue("upload")
	if !s.Hall.MayUpload(who.id()) {
		return 0, nil, errNotAllowed
	}
	if !text.ValidID(id) {
		return 0, nil, errNotFound
	}
	return http.StatusNoContent, nil, s.Documents.Forget(r.Context(), uploadKey(who, id))
}
