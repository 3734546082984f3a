package main

import (
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
	"phonghop/shared/meeting"
)

// door is the part of the controller that leads into a room.
type door interface {
	Stage() controller.Stage
	EnterAddress(text string) (code string)
	SignIn() controller.SignInView
	ConfirmCode()
	SignInAs(person meeting.PersonID, pin string, shared bool)
}

// ownSignIn goes into the room and signs in where the program was started for a certain person: once. What fails then is
// said by the screens, and the person goes on by hand.
//
// Whoever gave the address and the PIN on the command line vouches for the room: its key is taken on the first visit,
// and a changed one is refused later as always.
type ownSignIn struct {
	server, as, pin string

	mu      sync.Mutex
	entered bool
	tried   bool
}

func newOwnSignIn(s settings) *ownSignIn { return &ownSignIn{server: s.Server, as: s.As, pin: s.PIN} }

// step does the next thing there is to do. Safe from any goroutine.
func (o *ownSignIn) step(d door) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.server == "" {
		return
	}
	switch d.Stage() {
	case controller.StageRooms:
		if !o.entered {
			o.entered = true
			d.EnterAddress(o.server)
		}
	case controller.StageSignIn:
		o.entered = true
		o.signIn(d)
	case controller.StageInside:
		o.entered, o.tried = true, true
	}
}

func (o *ownSignIn) signIn(d door) {
	v := d.SignIn()
	if o.as == "" || o.tried || v.Busy {
		return
	}
	if v.FirstTime {
		d.ConfirmCode()
		v = d.SignIn()
	}
	if v.FirstTime || len(v.People) == 0 {
		return
	}
	o.tried = true
	if who, ok := named(v.People, o.as); ok {
		d.SignInAs(who, o.pin, true)
	}
}

// named finds a person by id, or by the full name if only one has it.
func named(people []controller.PersonRow, as string) (meeting.PersonID, bool) {
	var found meeting.PersonID
	count := 0
	want := norm.NFC.String(strings.TrimSpace(as))
	for _, p := range people {
		if string(p.ID) == want {
			return p.ID, true
		}
		if strings.EqualFold(norm.NFC.String(p.Name), want) {
			found = p.ID
			count++
		}
	}
	return found, count == 1
}
