package web

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"phonghop/server/internal/export"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// annotated sends a document with what is written on it: by the caller for
// himself (layer=mine), or for all to see (layer=shared).
func (s *Server) annotated(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	hash, name, err := s.mayRead(r, who)
	if err != nil {
		return 0, nil, err
	}
	strokes, err := s.strokes(r, who, hash)
	if err != nil {
		return 0, nil, err
	}
	return 0, nil, s.rewritten(w, r, hash, func(ctx context.Context, file, out string) error {
		return s.Annotator.Annotate(ctx, file, out, strokes)
	}, func(_ context.Context, made *os.File) error {
		// That has taken its time: it is for whoever may have it now.
		if who, err = s.caller(r); err != nil {
			return err
		}
		if _, _, err := s.mayRead(r, who); err != nil {
			return err
		}
		h := w.Header()
		h.Set("Content-Type", "application/pdf")
		h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(annotatedName(name)))
		http.ServeContent(&steady{ResponseWriter: w, c: http.NewResponseController(w)}, r, "", time.Time{}, made)
		return nil
	})
}

func annotatedName(name string) string {
	return strings.TrimSuffix(name, filepath.Ext(name)) + " (ghi chú).pdf"
}

// strokes are those that the request asks for, with their writers' names.
func (s *Server) strokes(r *http.Request, who caller, hash string) ([]export.Stroke, error) {
	id, item := r.PathValue("meeting"), r.PathValue("item")
	drawn, ok, err := s.Hall.Drawn(r.Context(), who.id(), id, item, hash)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errNotFound
	}
	var out []export.Stroke
	version := drawn.Versions[drawn.Documents[0]]
	switch r.URL.Query().Get("layer") {
	case "shared":
		for _, stroke := range drawn.Strokes {
			out = append(out, signed(stroke, drawn.Names[stroke.Author], version))
		}
	case "mine":
		mine, err := s.Notes.Notes(r.Context(), who.id(), id)
		if err != nil {
			return nil, err
		}
		for _, d := range drawn.Documents {
			for _, stroke := range mine.Layer(meeting.Sheet{Item: meeting.ItemID(item), Document: d}).Page(0) {
				out = append(out, signed(stroke, who.person.Name, version))
			}
		}
	default:
		return nil, invalid("layer")
	}
	return out[:min(len(out), export.MaxStrokes)], nil
}

// signed names the writer; a stroke from another version says so.
func signed(s ink.Stroke, name string, version int) export.Stroke {
	out := export.Stroke{Stroke: s, Name: name}
	if s.Version != version {
		out.Subject = "phiên bản " + strconv.Itoa(s.Version)
	}
	return out
}
