package web

import (
	"net"
	"net/http"
	"time"

	"phonghop/server/internal/account"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
	"phonghop/shared/text"
)

func (s *Server) health(http.ResponseWriter, *http.Request) (int, any, error) {
	return http.StatusOK, protocol.Health{
		Status: "ok", Room: s.Room, Name: s.Hall.Lobby().State().Name, Program: s.Program, Protocol: protocol.Version,
	}, nil
}

func (s *Server) roomInfo(http.ResponseWriter, *http.Request) (int, any, error) {
	state := s.Hall.Lobby().State()
	return http.StatusOK, protocol.RoomInfo{
		Room: s.Room, Name: state.Name, Protocol: protocol.Version, Program: s.Program,
		Fingerprint: s.Fingerprint, Now: s.Now(), People: state.Sorted(),
	}, nil
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) (int, any, error) {
	body, err := read[protocol.SignIn](w, r)
	if err != nil {
		return 0, nil, err
	}
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	t, session, err := s.Accounts.SignIn(r.Context(), roster.PersonID(body.Person), body.PIN, body.Device, from)
	if err != nil {
		return 0, nil, err
	}
	who, err := s.known(t, session)
	if err != nil {
		return 0, nil, account.ErrWrong // a secret that outlived its person
	}
	if r.Header.Get(cookieWish) != "" {
		expires := session.Expires
		if body.Device.Shared {
			expires = time.Time{} // with the browser
		}
		setCookie(w, r, t, expires)
		t = "" // no script ever sees it
	}
	return http.StatusCreated, protocol.Session{Token: t, Person: who.person, Expires: session.Expires}, nil
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	if err := s.Accounts.SignOut(r.Context(), who.token); err != nil {
		return 0, nil, err
	}
	setCookie(w, r, "", time.Unix(1, 0))
	return http.StatusNoContent, nil, nil
}

func (s *Server) me(_ http.ResponseWriter, _ *http.Request, who caller) (int, any, error) {
	return http.StatusOK, who.person, nil
}

func (s *Server) nameRoom(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	body, err := read[roster.NameRoom](w, r)
	if err != nil {
		return 0, nil, err
	}
	return http.StatusNoContent, nil, s.Hall.Lobby().Do(r.Context(), roster.Actor{Person: who.person.ID}, body)
}

// setList replaces one of the room's lists of words.
func (s *Server) setList(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	body, err := read[protocol.WordList](w, r)
	if err != nil {
		return 0, nil, err
	}
	c := roster.SetList{List: roster.ListName(r.PathValue("list")), Entries: body.Entries, Defaults: body.Defaults}
	return http.StatusNoContent, nil, s.Hall.Lobby().Do(r.Context(), roster.Actor{Person: who.person.ID}, c)
}

// addPerson keeps the secret first: a server killed in between has a secret
// of nobody, not somebody without a secret.
func (s *Server) addPerson(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	if !who.person.Desk {
		return 0, nil, errNotAllowed
	}
	body, err := read[protocol.NewPerson](w, r)
	if err != nil {
		return 0, nil, err
	}
	state := s.Hall.Lobby().State()
	events, err := roster.Decide(state, roster.Actor{Person: who.person.ID}, roster.SetPerson{Person: body.Person})
	if err != nil {
		return 0, nil, err
	}
	if there, ok := state.People[body.Person.ID]; ok {
		if len(events) == 0 {
			return http.StatusCreated, there, nil // the same wish, sent again
		}
		return 0, nil, trouble(http.StatusConflict, "exists", "person.id")
	}
	if err := s.Accounts.SetSecret(r.Context(), body.Person.ID, body.PIN); err != nil {
		return 0, nil, err
	}
	return s.put(r, who, body.Person, http.StatusCreated)
}

func (s *Server) setPerson(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	body, err := read[roster.Person](w, r)
	if err != nil {
		return 0, nil, err
	}
	body.ID = roster.PersonID(r.PathValue("person"))
	if _, ok := s.Hall.Lobby().State().People[body.ID]; !ok {
		return 0, nil, errNotFound
	}
	return s.put(r, who, body, http.StatusOK)
}

func (s *Server) put(r *http.Request, who caller, p roster.Person, status int) (int, any, error) {
	err := s.Hall.Lobby().Do(r.Context(), roster.Actor{Person: who.person.ID}, roster.SetPerson{Person: p})
	if err != nil {
		return 0, nil, err
	}
	return status, s.Hall.Lobby().State().People[p.ID], nil
}

// removePerson takes the person off the roster first, which already ends
// every right, and his sockets; the secret and the sessions go after that.
func (s *Server) removePerson(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	person := roster.PersonID(r.PathValue("person"))
	if !text.ValidID(string(person)) {
		return 0, nil, errNotFound
	}
	err := s.Hall.Lobby().Do(r.Context(), roster.Actor{Person: who.person.ID}, roster.RemovePerson{Person: person})
	if err != nil {
		return 0, nil, err
	}
	s.hub.expel(string(person))
	return http.StatusNoContent, nil, s.Accounts.RemoveSecret(r.Context(), person)
}

// setPIN sets somebody's PIN, which ends his sessions; one's own needs the
// old one, and this session goes on.
func (s *Server) setPIN(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	person := roster.PersonID(r.PathValue("person"))
	body, err := read[protocol.NewPIN](w, r)
	if err != nil {
		return 0, nil, err
	}
	if person == who.person.ID {
		return http.StatusNoContent, nil, s.Accounts.ChangeSecret(r.Context(), person, body.Old, body.New, who.token)
	}
	if !who.person.Desk {
		return 0, nil, errNotAllowed
	}
	if _, ok := s.Hall.Lobby().State().People[person]; !ok {
		return 0, nil, errNotFound
	}
	return http.StatusNoContent, nil, s.Accounts.SetSecret(r.Context(), person, body.New)
}
