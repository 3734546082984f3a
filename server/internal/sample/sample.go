// Package sample fills an empty room with the sample meeting.
package sample

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"phonghop/assets/demo"
	"phonghop/server/internal/document"
	"phonghop/server/internal/room"
	"phonghop/server/internal/serve"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// Person is somebody of the sample, and how he signs in.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Position string `json:"position,omitempty"`
	Role     string `json:"role"` // chair, secretary, delegate, guest or projector
	PIN      string `json:"pin"`
}

// Fill makes the sample's room: its people, and its meetings on and after a
// day, with their documents. It returns the people in order of precedence.
func Fill(ctx context.Context, s *serve.Stack, day time.Time) ([]Person, error) {
	people, err := addPeople(ctx, s)
	if err != nil {
		return nil, err
	}
	files, err := upload(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, m := range demo.Meetings(day) {
		if err := hold(ctx, s, m, files); err != nil {
			return nil, fmt.Errorf("sample meeting %s: %w", m.Key, err)
		}
	}
	return people, nil
}

func addPeople(ctx context.Context, s *serve.Stack) ([]Person, error) {
	if err := s.Hall.Lobby().Do(ctx, roster.Actor{Owner: true}, roster.NameRoom{Name: demo.Room}); err != nil {
		return nil, fmt.Errorf("sample room: %w", err)
	}
	var out []Person
	for _, p := range demo.People() {
		kind := roster.KindPerson
		if p.Role == demo.RoleProjector {
			kind = roster.KindProjector
		}
		err := s.AddPerson(ctx, roster.Person{
			ID: roster.PersonID(p.Key), Kind: kind, Name: p.Name, Position: p.Position, Unit: p.Unit,
			Order: p.Precedence, Desk: p.Role == demo.RoleSecretary,
		}, p.PIN)
		if err != nil {
			return nil, fmt.Errorf("sample person %s: %w", p.Key, err)
		}
		out = append(out, Person{p.Key, p.Name, p.Position, string(p.Role), p.PIN})
	}
	return out, nil
}

// file is an uploaded document of the sample.
type file struct {
	demo.Document
	hash string
}

func upload(ctx context.Context, s *serve.Stack) (map[string]file, error) {
	out := map[string]file{}
	for _, d := range demo.Documents() {
		stored, err := uploadOne(ctx, s, d)
		if err != nil {
			return nil, fmt.Errorf("sample document %s: %w", d.Key, err)
		}
		out[d.Key] = file{d, stored.Hash}
	}
	return out, nil
}

func uploadOne(ctx context.Context, s *serve.Stack, d demo.Document) (document.Document, error) {
	r, w := io.Pipe()
	made := make(chan struct{})
	go func() {
		defer close(made)
		_ = w.CloseWithError(d.Make(w)) // never fails, by its documentation
	}()
	stored, err := s.Documents.Upload(ctx, d.FileName, r)
	_ = r.CloseWithError(io.ErrClosedPipe) // so that Make ends where the upload gave up
	<-made
	return stored, err
}

// writer submits commands to one meeting as its secretary does.
type writer struct {
	stack   *serve.Stack
	meeting string
	by      string
	count   int
}

func (w *writer) do(ctx context.Context, commands ...meeting.Command) error {
	for _, c := range commands {
		w.count++
		answered := make(chan room.Result, 1)
		err := w.stack.Hall.Submit(ctx, w.meeting, room.Command{
			Key:    room.Key{Person: w.by, Client: "sample", Command: fmt.Sprintf("sample-%d", w.count)},
			Actor:  meeting.Actor{Person: meeting.PersonID(w.by)},
			Wish:   c,
			Answer: func(r room.Result) { answered <- r },
		})
		if err != nil {
			return err
		}
		select {
		case r := <-answered:
			if r.Code != "" {
				return fmt.Errorf("%s: %s: %s", c.Kind(), r.Code, r.What)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func hold(ctx context.Context, s *serve.Stack, m demo.Meeting, files map[string]file) error {
	at := slices.IndexFunc(m.Participants, func(p demo.Participant) bool { return p.Role == demo.RoleSecretary })
	if at < 0 {
		return fmt.Errorf("has no secretary")
	}
	w := &writer{stack: s, meeting: m.Key, by: m.Participants[at].Person}
	minutes := 0
	for _, i := range m.Items {
		minutes += i.Minutes
	}
	err := w.do(ctx, meeting.Create{Description: meeting.Description{
		Title: m.Title, Place: m.Place, Starts: m.Start.UTC(),
		Ends: m.Start.Add(time.Duration(minutes) * time.Minute).UTC(), Address: meeting.Comrade,
	}})
	if err != nil {
		return err
	}
	if err := invite(ctx, w, m); err != nil {
		return err
	}
	for i, item := range m.Items {
		if err := addItem(ctx, w, fmt.Sprintf("item-%d", i+1), m, item, files); err != nil {
			return err
		}
	}
	if m.Status == demo.StatusPublished {
		return w.do(ctx, meeting.Publish{})
	}
	return nil
}

func invite(ctx context.Context, w *writer, m demo.Meeting) error {
	members := map[string]bool{}
	for _, p := range demo.People() {
		members[p.Key] = p.Member
	}
	chairman := demo.People()[0].Key
	for _, p := range m.Participants {
		part := meeting.Participant{
			Person: meeting.PersonID(p.Person), Member: members[p.Person], Chairman: p.Person == chairman,
		}
		if p.Role != demo.RoleDelegate {
			part.Functions = []meeting.Function{meeting.Function(p.Role)}
		}
		if err := w.do(ctx, meeting.SetParticipant{Participant: part}); err != nil {
			return err
		}
	}
	return nil
}

func addItem(ctx context.Context, w *writer, id string, m demo.Meeting, i demo.Item, files map[string]file) error {
	add := meeting.AddItem{
		ID: meeting.ItemID(id), Type: meeting.ItemKind(i.Kind), Minutes: i.Minutes, Restricted: i.Restricted,
		Brief: meeting.Brief{Title: i.Title, Unit: i.Unit, Reporter: meeting.PersonID(i.Reporter)},
	}
	for _, guest := range i.Guests {
		add.Audience = append(add.Audience, meeting.PersonID(guest))
	}
	if i.Restricted {
		add.Audience = append(add.Audience, keepers(m)...)
	}
	if err := w.do(ctx, add); err != nil {
		return err
	}
	for n, key := range i.Documents {
		f := files[key]
		err := w.do(ctx, meeting.AttachDocument{
			Item: add.ID, Document: meeting.DocumentID(fmt.Sprintf("%s-%d", id, n+1)),
			Title: f.Title, Type: f.Kind, Hash: f.hash, Name: document.CleanName(f.FileName),
		})
		if err != nil {
			return err
		}
	}
	if i.Ballot == nil {
		return nil
	}
	plan, err := votePlan(*i.Ballot)
	if err != nil {
		return err
	}
	if len(i.Documents) > 0 {
		plan.About = meeting.Place{Document: meeting.DocumentID(id + "-1"), Page: 1}
	}
	return w.do(ctx, meeting.PrepareVote{Item: add.ID, Vote: meeting.VoteID(id + "-vote"), Plan: plan})
}

// votePlan is the plan of a sample's vote: a resolution of the committee, or,
// about personnel, a secret one.
func votePlan(b demo.Ballot) (meeting.VotePlan, error) {
	name := meeting.TemplateResolution
	if b.Secret {
		name = meeting.TemplatePersonnel
	}
	plan, ok := meeting.VoteTemplate(name)
	if !ok {
		return plan, fmt.Errorf("there is no template %s of votes", name)
	}
	plan.Question = b.Question
	return plan, nil
}

// keepers are who may see a restricted item: the members and the secretaries.
func keepers(m demo.Meeting) []meeting.PersonID {
	members := map[string]bool{}
	for _, p := range demo.People() {
		members[p.Key] = p.Member
	}
	var out []meeting.PersonID
	for _, p := range m.Participants {
		if members[p.Person] || p.Role == demo.RoleSecretary {
			out = append(out, meeting.PersonID(p.Person))
		}
	}
	return out
}
