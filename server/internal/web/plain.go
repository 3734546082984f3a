package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"phonghop/server/internal/account"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Reading without the client: for browsers that cannot run it. Pages made
// here show the agenda and the documents' pages, by links and forms alone. What
// somebody may read is decided where it is for everybody: in the room.

// plain is for people who have signed in; others are asked to.
func (s *Server) plain(h func(w http.ResponseWriter, r *http.Request, who caller) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		limitTime(w, bodyWithin, answerWithin)
		who, err := s.caller(r)
		switch {
		case err != nil && s.isSignIn(r, err):
			s.plainDoor(w, r, http.StatusOK, "", "")
			return
		case err == nil:
			err = h(w, r, who)
		}
		if err != nil {
			s.plainFail(w, r, err)
		}
	}
}

type plainDoorData struct {
	said
	People []roster.Person
	Chosen roster.PersonID
	Wrong  string
}

// plainDoor asks for name and PIN; wrong says what was wrong the last time.
func (s *Server) plainDoor(w http.ResponseWriter, r *http.Request, status int, chosen roster.PersonID, wrong string) {
	data := plainDoorData{said: s.saidIn(r), Chosen: chosen, Wrong: wrong}
	for _, p := range s.Hall.Lobby().State().Sorted() {
		if p.Kind != roster.KindProjector {
			data.People = append(data.People, p)
		}
	}
	s.show(w, r, status, plainDoorPage, data)
}

// plainForm bounds what a form may send, in bytes.
const plainForm = 4 << 10

func (s *Server) plainSignIn(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	r.Body = http.MaxBytesReader(w, r.Body, plainForm)
	if err := r.ParseForm(); err != nil {
		s.plainFail(w, r, invalid("form"))
		return
	}
	person := roster.PersonID(r.PostForm.Get("person"))
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	t, session, err := s.Accounts.SignIn(r.Context(), person, strings.TrimSpace(r.PostForm.Get("pin")),
		protocol.Device{ID: "page-" + rand.Text(), Name: "HTML", Shared: true}, from)
	if err == nil {
		if _, unknown := s.known(t, session); unknown != nil {
			err = account.ErrWrong // a secret that outlived its person
		}
	}
	if err != nil {
		p := s.problemOf(r, err)
		if p.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
		}
		s.plainDoor(w, r, p.status, person, s.words.refusal(r.Header.Get("Accept-Language"), p.Code))
		return
	}
	setCookie(w, r, t, time.Time{}) // ends with the browser
	http.Redirect(w, r, "/read", http.StatusSeeOther)
}

func (s *Server) plainSignOut(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	if t := token(r); t != "" {
		if err := s.Accounts.SignOut(r.Context(), t); err != nil && !s.isSignIn(r, err) {
			s.plainFail(w, r, err)
			return
		}
	}
	setCookie(w, r, "", time.Unix(1, 0))
	http.Redirect(w, r, "/read", http.StatusSeeOther)
}

type plainFailData struct {
	said
	What string
}

func (s *Server) plainFail(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problemOf(r, err)
	s.show(w, r, p.status, plainFailPage, plainFailData{s.saidIn(r), s.words.refusal(r.Header.Get("Accept-Language"), p.Code)})
}

type plainMeetingsData struct {
	said
	Person   string
	Meetings []plainMeeting
}

type plainMeeting struct {
	ID, Title, When string
	Running         bool
}

// inVietnam is the zone of all times on pages: UTC+7 all year.
var inVietnam = time.FixedZone("+07", 7*60*60)

func (s *Server) plainMeetings(w http.ResponseWriter, r *http.Request, who caller) error {
	data := plainMeetingsData{said: s.saidIn(r), Person: who.person.Name}
	for _, m := range s.Hall.Meetings(who.id()) {
		line := plainMeeting{ID: m.ID, Title: m.Title, Running: m.Phase == string(meeting.Open) || m.Phase == string(meeting.Paused)}
		if !m.Starts.IsZero() {
			line.When = m.Starts.In(inVietnam).Format("15:04, 02/01/2006")
		}
		data.Meetings = append(data.Meetings, line)
	}
	s.show(w, r, http.StatusOK, plainMeetingsPage, data)
	return nil
}

// seen is a meeting as far as somebody may see it.
func (s *Server) seen(ctx context.Context, who caller, id string) (meeting.State, error) {
	var state meeting.State
	streams, err := s.Hall.View(ctx, who.id(), id)
	if err != nil {
		return state, err
	}
	if len(streams) == 0 {
		return state, errNotFound
	}
	for _, v := range streams {
		name, ok := protocol.ParseStream(v.Stream)
		switch {
		case !ok || name.Meeting != id:
			continue
		case name.Item == "":
			state, err = state.RestoreMeeting(v.Snapshot)
		default:
			state, err = state.RestoreItem(meeting.ItemID(name.Item), v.Snapshot)
		}
		if err != nil {
			return state, fmt.Errorf("restore %s: %w", v.Stream, err)
		}
	}
	return state, nil
}

type plainAgendaData struct {
	said
	ID, Meeting string
	Showing     bool
	Items       []plainItem
}

type plainItem struct {
	ID, Number, Title string
	Hidden            bool // its content is for others
	Documents         []plainDocument
}

type plainDocument struct {
	Hash, Title string
	Pages       int
}

func (s *Server) plainAgenda(w http.ResponseWriter, r *http.Request, who caller) error {
	id := r.PathValue("meeting")
	state, err := s.seen(r.Context(), who, id)
	if err != nil {
		return err
	}
	data := plainAgendaData{said: s.saidIn(r), ID: id, Meeting: state.Title, Showing: state.Current != ""}
	for _, i := range state.Agenda {
		content, known := state.Contents[i]
		item := plainItem{ID: string(i), Number: state.Number(i), Title: state.Brief(i).Title, Hidden: !known}
		for _, d := range content.Documents {
			if v := d.Latest(); v.Hash != "" {
				item.Documents = append(item.Documents, plainDocument{v.Hash, d.Title, v.Pages})
			}
		}
		data.Items = append(data.Items, item)
	}
	s.show(w, r, http.StatusOK, plainAgendaPage, data)
	return nil
}

type plainPageData struct {
	said
	ID, Item, Hash, Document string
	Page, Pages              int
	Follows                  bool // shows what is presented
}

// Previous and Next are the numbers of the pages around; 0: there is none.
func (d plainPageData) Previous() int { return d.Page - 1 }

// Next is the page after this one; 0: there is none.
func (d plainPageData) Next() int {
	if d.Page >= d.Pages {
		return 0
	}
	return d.Page + 1
}

// Picture is where the page's picture is.
func (d plainPageData) Picture() string {
	return "/v1/meetings/" + d.ID + "/items/" + d.Item + "/documents/" + d.Hash + "/pages/" + strconv.Itoa(d.Page)
}

func (s *Server) plainPage(w http.ResponseWriter, r *http.Request, who caller) error {
	id, item, hash := r.PathValue("meeting"), meeting.ItemID(r.PathValue("item")), r.PathValue("hash")
	state, err := s.seen(r.Context(), who, id)
	if err != nil {
		return err
	}
	for _, d := range state.Contents[item].Documents {
		for _, v := range d.Versions {
			if v.Hash != hash || hash == "" {
				continue
			}
			page, err := strconv.Atoi(r.URL.Query().Get("page"))
			if err != nil {
				page = 1
			}
			s.show(w, r, http.StatusOK, plainPagePage, plainPageData{
				said: s.saidIn(r), ID: id, Item: string(item), Hash: hash, Document: d.Title, Page: max(1, min(page, v.Pages)), Pages: v.Pages,
			})
			return nil
		}
	}
	return errNotFound
}

// followEvery is how often the page that follows is asked for anew, in
// seconds: its picture is in the browser's cache as long as it is the same.
const followEvery = 4

// plainNow shows the page that is presented, and goes along with it.
func (s *Server) plainNow(w http.ResponseWriter, r *http.Request, who caller) error {
	id := r.PathValue("meeting")
	state, err := s.seen(r.Context(), who, id)
	if err != nil {
		return err
	}
	data := plainPageData{said: s.saidIn(r), ID: id, Item: string(state.Current), Follows: true}
	data.Refresh = followEvery
	content := state.Contents[state.Current]
	if d, ok := content.Document(content.Shown.Document); ok && content.Shown.Page > 0 {
		if v, ok := d.Version(content.Shown.Version); ok {
			data.Hash, data.Document, data.Page, data.Pages = v.Hash, d.Title, content.Shown.Page, v.Pages
		}
	}
	s.show(w, r, http.StatusOK, plainPagePage, data)
	return nil
}
