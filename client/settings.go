package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/screen"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// settings are what the command line and the environment say.
type settings struct {
	Server    string `help:"Address of the room, e.g. 192.168.1.10 or https://room.local:8443; the room is entered at once." placeholder:"URL" env:"PHONGHOP_SERVER"`
	As        string `help:"Sign in as this person: id or full name. Needs --server and --pin." placeholder:"NAME" env:"PHONGHOP_AS"`
	PIN       string `name:"pin" help:"PIN of that person. Better given by the environment, which other users of the machine do not see." env:"PHONGHOP_PIN"`
	Projector bool   `help:"Be the room's big screen: full screen, follows the running meeting." env:"PHONGHOP_PROJECTOR"`
	Data      string `help:"Folder for documents and settings of this device; \"-\" keeps nothing." placeholder:"DIR" env:"PHONGHOP_DATA"`
	Lang      string `help:"Language of the screens: vi or en." enum:",vi,en" default:"" env:"PHONGHOP_LANG"`
	Version   bool   `help:"Print the version and exit."`

	// For scripted pictures of the screens; not for daily use.
	Size string `hidden:"" help:"Size of the window, e.g. 1280x800." env:"PHONGHOP_SIZE"`

	size fyne.Size
}

// usual is the window's size where nobody asked for another.
var usual = fyne.NewSize(1180, 760)

// complete checks what belongs together and fills in what was not said.
func (s *settings) complete() error {
	if s.As != "" && (s.Server == "" || s.PIN == "") {
		return errors.New("--as needs --server and --pin: all three, or none to choose on the screen")
	}
	s.size = usual
	if s.Size != "" {
		var w, h float32
		if n, err := fmt.Sscanf(s.Size, "%fx%f", &w, &h); n != 2 || err != nil || w < 280 || h < 280 || w > 10000 || h > 10000 {
			return fmt.Errorf("--size %s: two numbers from 280 to 10000 are needed, e.g. 1280x800", s.Size)
		}
		s.size = fyne.NewSize(w, h)
	}
	if s.Data == "" {
		s.Data = defaultData()
	}
	if s.Data == "-" {
		s.Data = ""
	}
	return nil
}

// noScreen is why no window can be shown, nil where one can: the toolkit would end with a trace of its own.
func noScreen(system string, env func(string) string) error {
	if system == "linux" && env("DISPLAY") == "" && env("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set")
	}
	return nil
}

// home is the only room of a client that came from the room's own server, "" elsewhere.
func (s *settings) home() string { return pageHost() }

// defaultData is the folder of this user's phonghop, "" where there is none: then the device keeps nothing.
func defaultData() string {
	dir, err := os.UserConfigDir()
	if err != nil || inBrowser {
		return ""
	}
	return filepath.Join(dir, "phonghop")
}

func deviceName() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(name)
}

// Keys of the preferences a device keeps.
const (
	keyLanguage = "language"
	keyMode     = "mode"
	keyScale    = "scale"
	keyPaper    = "paper"
	keyLayout   = "layout"
	keyCover    = "cover"
	keyHand     = "left hand"
	keyStill    = "still"
	keyContrast = "contrast"
)

// ofFolder are the preferences of one data folder: windows of one user that have folders of their own, for other
// people or rooms, do not share their language and type size.
type ofFolder struct {
	fyne.Preferences
	mark string
}

func (s *settings) ofFolder(all fyne.Preferences) ofFolder {
	if s.Data == "" {
		return ofFolder{Preferences: all}
	}
	sum := sha256.Sum256([]byte(s.Data))
	return ofFolder{all, "@" + hex.EncodeToString(sum[:6])}
}

// preferences are the kept ones; the language given at the start goes before.
func (s *settings) preferences(all fyne.Preferences) screen.Preferences {
	kept := s.ofFolder(all)
	p := screen.Preferences{
		Language: words.Parse(kept.StringWithFallback(keyLanguage+kept.mark, string(words.Vietnamese))),
		Mode:     theme.Mode(kept.IntWithFallback(keyMode+kept.mark, int(theme.Light))),
		Scale:    float32(kept.FloatWithFallback(keyScale+kept.mark, theme.MinScale)),
		Paper:    widget.Paper(kept.IntWithFallback(keyPaper+kept.mark, int(widget.PaperWhite))),
	}
	switch l := widget.Layout(kept.IntWithFallback(keyLayout+kept.mark, int(widget.OnePage))); l {
	case widget.TwoPages, widget.Rolling:
		p.Layout = l
	}
	p.Cover = kept.BoolWithFallback(keyCover+kept.mark, false)
	p.LeftHand = kept.BoolWithFallback(keyHand+kept.mark, false)
	p.Still = kept.BoolWithFallback(keyStill+kept.mark, false)
	p.Contrast = kept.BoolWithFallback(keyContrast+kept.mark, false)
	if p.Paper < widget.PaperWhite || p.Paper > widget.PaperNight {
		p.Paper = widget.PaperWhite
	}
	if s.Lang != "" {
		p.Language = words.Parse(s.Lang)
	}
	if p.Mode < theme.System || p.Mode > theme.Dark {
		p.Mode = theme.Light
	}
	p.Scale = min(max(p.Scale, theme.MinScale), theme.MaxScale)
	return p
}

func (s *settings) keep(all fyne.Preferences, p screen.Preferences) {
	to := s.ofFolder(all)
	to.SetString(keyLanguage+to.mark, string(p.Language))
	to.SetInt(keyMode+to.mark, int(p.Mode))
	to.SetFloat(keyScale+to.mark, float64(p.Scale))
	to.SetInt(keyPaper+to.mark, int(p.Paper))
	to.SetInt(keyLayout+to.mark, int(p.Layout))
	to.SetBool(keyCover+to.mark, p.Cover)
	to.SetBool(keyHand+to.mark, p.LeftHand)
	to.SetBool(keyStill+to.mark, p.Still)
	to.SetBool(keyContrast+to.mark, p.Contrast)
}
