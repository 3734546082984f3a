package serve

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// FirstStart is what makes a room of an empty data folder.
type FirstStart struct {
	Room      string // its name
	Secretary string // the full name of the first secretary
	PIN       string // his
}

// ErrNoRoom says that the data folder has no room yet.
var ErrNoRoom = errors.New("the data folder has no room yet")

// HasRoom reports whether there is a room with somebody who keeps it.
func (s *Stack) HasRoom() bool {
	state := s.Hall.Lobby().State()
	if state.Name == "" {
		return false
	}
	for _, p := range state.People {
		if p.Desk {
			return true
		}
	}
	return false
}

// MakeRoom names the room and adds its first secretary. It may be repeated
// when it was cut short.
func (s *Stack) MakeRoom(ctx context.Context, f FirstStart) (roster.Person, error) {
	owner := roster.Actor{Owner: true}
	if err := s.Hall.Lobby().Do(ctx, owner, roster.NameRoom{Name: f.Room}); err != nil {
		return roster.Person{}, fmt.Errorf("the room's name: %w", err)
	}
	p := roster.Person{ID: personID(f.Secretary), Kind: roster.KindPerson, Name: f.Secretary, Desk: true}
	if err := s.AddPerson(ctx, p, f.PIN); err != nil {
		return roster.Person{}, fmt.Errorf("the first secretary: %w", err)
	}
	return s.Hall.Lobby().State().People[p.ID], nil
}

// AddPerson adds somebody as the server's own administration does: the secret
// first, so that nobody is ever there without one.
func (s *Stack) AddPerson(ctx context.Context, p roster.Person, pin string) error {
	owner := roster.Actor{Owner: true}
	if _, err := roster.Decide(s.Hall.Lobby().State(), owner, roster.SetPerson{Person: p}); err != nil {
		return err
	}
	if err := s.Accounts.SetSecret(ctx, p.ID, pin); err != nil {
		return err
	}
	return s.Hall.Lobby().Do(ctx, owner, roster.SetPerson{Person: p})
}

// personID makes an id that can be read from a name: "Nguyễn Thị Vân" becomes
// "nguyen-thi-van".
func personID(name string) roster.PersonID {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), name)
	if err != nil {
		plain = ""
	}
	plain = strings.NewReplacer("đ", "d", "Đ", "d").Replace(plain)
	words := strings.FieldsFunc(strings.ToLower(plain), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	id := strings.Join(words, "-")
	if len(id) > text.MaxID {
		id = id[:text.MaxID]
	}
	if id == "" {
		id = "secretary"
	}
	return roster.PersonID(id)
}
