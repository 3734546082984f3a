package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"phonghop/server/internal/report"
	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
)

// votePaper sends the protocol of a vote to whoever may see its result: as a
// PDF, or as CSV or JSON. It is in Vietnamese, as official papers are.
func (s *Server) votePaper(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	sheet, ok, err := s.Hall.VoteSheet(r.Context(), who.id(), r.PathValue("meeting"), r.PathValue("item"), r.PathValue("vote"))
	if err != nil {
		return 0, nil, err
	}
	if !ok {
		return 0, nil, errNotFound
	}
	if sheet.Result == nil {
		return 0, nil, trouble(http.StatusConflict, string(meeting.BadState), string(sheet.Voting.State))
	}
	form := r.URL.Query().Get("form")
	var out bytes.Buffer
	vote := s.paperOf(sheet)
	var kind string
	switch form {
	case "", "pdf":
		form, kind, err = "pdf", "application/pdf", vote.PDF(&out)
	case "csv":
		kind, err = "text/csv; charset=utf-8", vote.CSV(&out)
	case "json":
		kind, err = "application/json", vote.JSON(&out)
	default:
		return 0, nil, invalid("form")
	}
	if err != nil {
		return 0, nil, err
	}
	sendPaper(w, kind, "Biểu quyết nội dung "+sheet.Number+"."+form, out.Bytes())
	return 0, nil, nil
}

// sendPaper sends a file that is to be kept nowhere on its way.
func sendPaper(w http.ResponseWriter, kind, name string, data []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(data) // whoever has gone gets nothing
}

// paperOf gathers what a protocol is written from.
func (s *Server) paperOf(sheet room.VoteSheet) report.Vote {
	named := func(id meeting.PersonID) report.Named {
		p := sheet.People[id]
		return report.Named{Name: p.Name, Position: p.Position}
	}
	v := report.Vote{Room: s.Hall.Lobby().State().Name, Meeting: sheet.Title, Place: sheet.Place, Number: sheet.Number, Item: sheet.Item,
		Presiding: named(sheet.Presiding), Voting: sheet.Voting, Result: *sheet.Result, Digest: sheet.Digest, People: sheet.People,
		Zone: time.Local, Say: s.words.say} // the server stands in the room: its zone is the room's
	if len(sheet.Secretaries) > 0 {
		v.Secretary = named(sheet.Secretaries[0])
	}
	return v
}

// say fills a key's Vietnamese words with values.
func (w *words) say(key string, values ...any) string {
	text, ok := w.tables[0][key]
	if !ok {
		return key
	}
	pairs := make([]string, 0, 2*len(values))
	for i, v := range values {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", fmt.Sprint(v))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
