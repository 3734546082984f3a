package web

import (
	"net/http"

	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// setRule enters or changes one of the committee's rules.
func (s *Server) setRule(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	body, err := read[roster.Rule](w, r)
	if err != nil {
		return 0, nil, err
	}
	body.ID = roster.RuleID(r.PathValue("rule"))
	if err := s.Hall.Lobby().Do(r.Context(), roster.Actor{Person: who.person.ID}, roster.SetRule{Rule: body}); err != nil {
		return 0, nil, err
	}
	return http.StatusOK, s.Hall.Lobby().State().Rules[body.ID], nil
}

// removeRule takes a rule off the list.
func (s *Server) removeRule(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	rule := r.PathValue("rule")
	if !text.ValidID(rule) {
		return 0, nil, errNotFound
	}
	return http.StatusNoContent, nil, s.Hall.Lobby().Do(r.Context(), roster.Actor{Person: who.person.ID}, roster.RemoveRule{Rule: roster.RuleID(rule)})
}
