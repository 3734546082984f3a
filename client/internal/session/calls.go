package session

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Health asks whether the server is there and which room it is.
func (s *Server) Health(ctx context.Context) (h protocol.Health, err error) {
	return h, s.call(ctx, http.MethodGet, "/healthz", nil, &h)
}

// RoomInfo tells of the room what may be known before signing in.
func (s *Server) RoomInfo(ctx context.Context) (info protocol.RoomInfo, err error) {
	if err := s.call(ctx, http.MethodGet, "/v1/room", nil, &info); err != nil {
		return info, err
	}
	switch what := strconv.Itoa(info.Protocol); {
	case info.Protocol > protocol.Version:
		return info, &Problem{Code: CodeDeviceOld, What: what}
	case info.Protocol < protocol.Version:
		return info, &Problem{Code: CodeServerOld, What: what}
	}
	return info, nil
}

// SignIn signs a person in. The token of the answer is used from then on.
func (s *Server) SignIn(ctx context.Context, in protocol.SignIn) (protocol.Session, error) {
	var out protocol.Session
	if err := s.call(ctx, http.MethodPost, "/v1/sessions", in, &out); err != nil {
		return out, err
	}
	s.SetToken(out.Token)
	return out, nil
}

// SignOut ends the sign-in on the server.
func (s *Server) SignOut(ctx context.Context) error {
	return s.call(ctx, http.MethodDelete, "/v1/sessions/current", nil, nil)
}

// Me tells who is signed in.
func (s *Server) Me(ctx context.Context) (p roster.Person, err error) {
	return p, s.call(ctx, http.MethodGet, "/v1/me", nil, &p)
}

// Meetings lists the meetings of the person signed in.
func (s *Server) Meetings(ctx context.Context) ([]protocol.MeetingSummary, error) {
	var out protocol.Meetings
	err := s.call(ctx, http.MethodGet, "/v1/meetings", nil, &out)
	return out.Meetings, err
}

// Search looks for what was typed in a meeting's documents; with an item or a
// hash only there. from is 0 or what the answer before gave as Next.
func (s *Server) Search(ctx context.Context, meeting, item, hash, typed string, from int) (found protocol.Found, err error) {
	asked := url.Values{"q": {typed}}
	for name, value := range map[string]string{"item": item, "hash": hash} {
		if value != "" {
			asked.Set(name, value)
		}
	}
	if from > 0 {
		asked.Set("from", strconv.Itoa(from))
	}
	return found, s.call(ctx, http.MethodGet, "/v1/meetings/"+url.PathEscape(meeting)+"/search?"+asked.Encode(), nil, &found)
}

// AddPerson puts a person on the roster. The id is the caller's choice, so
// that a repeat adds nobody twice.
func (s *Server) AddPerson(ctx context.Context, p roster.Person, pin string) error {
	return s.call(ctx, http.MethodPost, "/v1/people", protocol.NewPerson{Person: p, PIN: pin}, nil)
}

// SetPerson changes what is known of a person.
func (s *Server) SetPerson(ctx context.Context, p roster.Person) error {
	return s.call(ctx, http.MethodPut, personPath(p.ID), p, nil)
}

// SetRule enters or changes a rule of the committee.
func (s *Server) SetRule(ctx context.Context, r roster.Rule) error {
	return s.call(ctx, http.MethodPut, "/v1/rules/"+url.PathEscape(string(r.ID)), r, nil)
}

// RemoveRule takes a rule of the committee off the list.
func (s *Server) RemoveRule(ctx context.Context, id roster.RuleID) error {
	return s.call(ctx, http.MethodDelete, "/v1/rules/"+url.PathEscape(string(id)), nil, nil)
}

// RemovePerson takes a person off the roster.
func (s *Server) RemovePerson(ctx context.Context, id roster.PersonID) error {
	return s.call(ctx, http.MethodDelete, personPath(id), nil, nil)
}

// SetPIN gives a person a new PIN; old is needed for one's own.
func (s *Server) SetPIN(ctx context.Context, id roster.PersonID, old, pin string) error {
	return s.call(ctx, http.MethodPut, personPath(id)+"/pin", protocol.NewPIN{Old: old, New: pin}, nil)
}

// NameRoom gives the room its name.
func (s *Server) NameRoom(ctx context.Context, name string) error {
	return s.call(ctx, http.MethodPut, "/v1/room", struct {
		Name string `json:"name"`
	}{name}, nil)
}

// Slips has a paper made of PINs that were just set.
func (s *Server) Slips(ctx context.Context, slips protocol.Slips) ([]byte, error) {
	return s.post(ctx, "/v1/slips", slips, maxPaper)
}

// SetList replaces one of the room's lists of words.
func (s *Server) SetList(ctx context.Context, list roster.ListName, words protocol.WordList) error {
	return s.call(ctx, http.MethodPut, "/v1/lists/"+url.PathEscape(string(list)), words, nil)
}

func personPath(id roster.PersonID) string { return "/v1/people/" + url.PathEscape(string(id)) }
