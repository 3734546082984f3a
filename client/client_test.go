//go:build !js

package main

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/screen"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

func TestCommandLine(t *testing.T) {
	t.Setenv("PHONGHOP_LANG", "en")
	s, err := parse([]string{"--server", "192.168.1.10", "--as", "Đặng Thị Hòa", "--pin", "204060", "--size", "360x740", "--data", "-"})
	if err != nil {
		t.Fatal(err)
	}
	if s.Lang != "en" || s.size != fyne.NewSize(360, 740) || s.Data != "" || s.Projector {
		t.Errorf("%+v", s)
	}
	for _, bad := range [][]string{
		{"--as", "Hòa"}, {"--as", "Hòa", "--server", "x"}, {"--size", "big"}, {"--size", "10x10"}, {"--size", "99999x800"}, {"--lang", "fr"}, {"--nothing"}, {"file"},
	} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}

func TestNoScreen(t *testing.T) {
	for _, c := range []struct {
		system, x11, wayland string
		none                 bool
	}{
		{"linux", "", "", true}, {"linux", ":0", "", false}, {"linux", "", "wayland-0", false}, {"windows", "", "", false}, {"js", "", "", false},
	} {
		env := map[string]string{"DISPLAY": c.x11, "WAYLAND_DISPLAY": c.wayland}
		if err := noScreen(c.system, func(name string) string { return env[name] }); (err != nil) != c.none {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestPreferencesSurviveAndStayInBounds(t *testing.T) {
	kept := test.NewTempApp(t).Preferences()
	s := settings{}
	if p := s.preferences(kept); p.Language != words.Vietnamese || p.Scale != 1 || p.Mode != theme.Light {
		t.Errorf("first start: %+v", p)
	}
	want := screen.Preferences{Language: words.English, Mode: theme.Dark, Scale: 1.5}
	s.keep(kept, want)
	if p := s.preferences(kept); p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
	other := settings{Data: "/elsewhere"}
	if p := other.preferences(kept); p.Language != words.Vietnamese || p.Scale != 1 {
		t.Errorf("another folder has them too: %+v", p)
	}
	s.keep(kept, screen.Preferences{Language: "xx", Mode: 17, Scale: 40})
	if p := s.preferences(kept); p.Language != words.Vietnamese || p.Mode != theme.Light || p.Scale != theme.MaxScale {
		t.Errorf("damaged: %+v", p)
	}
}

// fakeDoor is a room whose stage a test sets.
type fakeDoor struct {
	stage controller.Stage
	view  controller.SignInView
	did   []string
}

func (d *fakeDoor) Stage() controller.Stage         { return d.stage }
func (d *fakeDoor) SignIn() controller.SignInView   { return d.view }
func (d *fakeDoor) EnterAddress(text string) string { d.did = append(d.did, "enter "+text); return "" }
func (d *fakeDoor) ConfirmCode()                    { d.did = append(d.did, "confirm"); d.view.FirstTime = false }
func (d *fakeDoor) SignInAs(p meeting.PersonID, pin string, _ bool) {
	d.did = append(d.did, "sign in "+string(p)+" "+pin)
}

func TestSignsInByItselfOnce(t *testing.T) {
	d := &fakeDoor{stage: controller.StageRooms}
	own := newOwnSignIn(settings{Server: "room", As: "lê thu hà", PIN: "135790"})
	own.step(d)
	own.step(d)
	d.stage, d.view = controller.StageSignIn, controller.SignInView{FirstTime: true}
	own.step(d) // nobody is listed yet
	d.view.People = []controller.PersonRow{{ID: "p1", Name: "Trần Minh Khôi"}, {ID: "p2", Name: "Lê Thu Hà"}}
	own.step(d)
	d.view.Code = "wrong_pin"
	own.step(d)
	d.stage = controller.StageRooms // left by hand: stays left
	own.step(d)
	if want := []string{"enter room", "confirm", "sign in p2 135790"}; !slices.Equal(d.did, want) {
		t.Errorf("%q, want %q", d.did, want)
	}
}

func TestOnlyOneCanBeMeant(t *testing.T) {
	people := []controller.PersonRow{{ID: "p1", Name: "Lê Thu Hà"}, {ID: "p2", Name: "Lê Thu Hà"}, {ID: "p3", Name: "Hồ Sỹ Quyền"}}
	if who, ok := named(people, "Lê Thu Hà"); ok {
		t.Errorf("two have this name, %s was taken", who)
	}
	if who, ok := named(people, "p2"); !ok || who != "p2" {
		t.Error("an id does not find its person")
	}
	if who, ok := named(people, norm.NFD.String(" Hồ Sỹ Quyền ")); !ok || who != "p3" {
		t.Error("a decomposed name does not find its person")
	}
	if _, ok := named(people, "Nobody"); ok {
		t.Error("somebody was found for a name nobody has")
	}
}

func TestStaysOutWithoutAServer(t *testing.T) {
	d := &fakeDoor{stage: controller.StageRooms}
	newOwnSignIn(settings{}).step(d)
	if d.did != nil {
		t.Errorf("%q", d.did)
	}
}
