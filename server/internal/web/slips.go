package web

import (
	"bytes"
	"net/http"
	"net/url"

	"phonghop/server/internal/report"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// slips makes a paper of PINs that a secretary of the room has just set, one
// slip for each person. Nothing of it is kept.
func (s *Server) slips(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	if !who.person.Desk {
		return 0, nil, errNotAllowed
	}
	if inClear(r) {
		return 0, nil, errNotAllowed // whoever listens would have them all
	}
	body, err := read[protocol.Slips](w, r)
	if err != nil {
		return 0, nil, err
	}
	if body.Address == "" {
		body.Address = r.Host
	}
	if !typedHost.MatchString(body.Address) {
		return 0, nil, invalid("address")
	}
	if len(body.Slips) == 0 || len(body.Slips) > protocol.MaxSlips {
		return 0, nil, trouble(http.StatusUnprocessableEntity, protocol.CodeTooMany, "slips")
	}
	room := s.Hall.Lobby().State()
	paper := report.Slips{
		Room: room.Name, Address: body.Address, Code: s.Code, Date: s.Now(),
		Link: "https://" + body.Address + "/join?" + url.Values{"fp": {s.Fingerprint}, "id": {s.Room}}.Encode(),
	}
	for _, slip := range body.Slips {
		p, ok := room.People[roster.PersonID(slip.Person)]
		if !ok {
			return 0, nil, errNotFound
		}
		if len(slip.PIN) > protocol.MaxPIN {
			return 0, nil, invalid("pin")
		}
		paper.People = append(paper.People, report.Slip{Name: p.Name, Position: p.Position, Unit: p.Unit, PIN: slip.PIN})
	}
	// Many slips are much to write: one at a time.
	select {
	case s.papers <- struct{}{}:
		defer func() { <-s.papers }()
	case <-r.Context().Done():
		return 0, nil, r.Context().Err()
	}
	var out bytes.Buffer
	if err := paper.PDF(&out); err != nil {
		return 0, nil, err
	}
	sendPaper(w, "application/pdf", "Phiếu mã PIN.pdf", out.Bytes())
	return 0, nil, nil
}
