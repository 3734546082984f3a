package stage

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Screen is one that nobody sees, with a window manager that lets the only
// window on it fill it.
type Screen struct {
	Seat Seat
	Last *image.RGBA // the newest photograph

	display string
}

// oneWindow makes every window fill the screen, without a frame.
const oneWindow = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications><application class="*"><decor>no</decor><maximized>yes</maximized></application></applications>
</openbox_config>
`

// Tools fails where this machine lacks a program that screens need, and names it.
func Tools() error {
	for _, tool := range []string{"Xvfb", "openbox", "import", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is missing: packaging/debian-packages.sh demo installs it", tool)
		}
	}
	return nil
}

// NewScreen starts a screen of a seat's size.
func (h *House) NewScreen(ctx context.Context, s Seat) (*Screen, error) {
	// Xvfb looks for a free display itself and tells which: two of them never
	// take the same one.
	p, err := h.Start("screen of "+s.Name, "Xvfb", []string{
		"-displayfd", "1", "-screen", "0", fmt.Sprintf("%dx%dx24", s.Width, s.Height), "-nolisten", "tcp", "-noreset",
	}, os.Environ())
	if err != nil {
		return nil, err
	}
	sc := &Screen{Seat: s}
	err = h.Until(ctx, p.Name+" is there", func(context.Context) (bool, error) {
		text, err := os.ReadFile(p.Log)
		for line := range strings.Lines(string(text)) {
			if n, err := strconv.Atoi(strings.TrimSuffix(line, "\n")); err == nil && strings.HasSuffix(line, "\n") {
				sc.display = ":" + strconv.Itoa(n)
			}
		}
		return sc.display != "", err
	})
	if err != nil {
		return nil, err
	}
	config := filepath.Join(h.Dir, "openbox.xml")
	if err := os.WriteFile(config, []byte(oneWindow), 0o600); err != nil {
		return nil, err
	}
	_, err = h.Start("window manager of "+s.Name, "openbox", []string{"--config-file", config}, sc.Env())
	return sc, err
}

// Env is the environment of what is shown on the screen.
func (s *Screen) Env() []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "LIBGL_ALWAYS_SOFTWARE":
		default:
			env = append(env, v)
		}
	}
	return append(env, "DISPLAY="+s.display, "LIBGL_ALWAYS_SOFTWARE=1", "XDG_SESSION_TYPE=x11")
}

// Look photographs the screen.
func (s *Screen) Look(ctx context.Context) (*image.RGBA, error) {
	cmd := command(ctx, "import", "-silent", "-window", "root", "png:-")
	cmd.Env = s.Env()
	var failed bytes.Buffer
	cmd.Stderr = &failed
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("photograph %s: %w %s", s.Seat.Name, err, bytes.TrimSpace(failed.Bytes()))
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		return nil, fmt.Errorf("photograph %s: %w", s.Seat.Name, err)
	}
	rgba := image.NewRGBA(img.Bounds())
	draw.Draw(rgba, rgba.Bounds(), img, img.Bounds().Min, draw.Src)
	return rgba, nil
}

// Keep writes the newest photograph to a file.
func (s *Screen) Keep(folder, step string) (err error) {
	f, err := os.Create(filepath.Join(folder, s.Seat.Name+step+".png"))
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	return encode(f, s.Last)
}

func encode(w io.Writer, img image.Image) error {
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	return e.Encode(w, img)
}

// A picture with less than this is blank, or a window that paints nothing.
const (
	leastColours = 40    // different ones
	mostOfOne    = 0.995 // share of the most frequent one
)

// Painted reports whether there is something on a picture.
func Painted(img *image.RGBA) bool {
	count := map[[3]byte]int{}
	most := 0
	for p := 0; p+3 < len(img.Pix); p += 4 {
		c := [3]byte{img.Pix[p], img.Pix[p+1], img.Pix[p+2]}
		count[c]++
		most = max(most, count[c])
	}
	return len(count) >= leastColours && float64(most) <= mostOfOne*float64(len(img.Pix)/4)
}

// Differing is the share of pixels in which two pictures clearly differ;
// 1 for pictures of different sizes.
func Differing(a, b *image.RGBA) float64 {
	if a == nil || b == nil || a.Bounds() != b.Bounds() {
		return 1
	}
	const clearly = 24 // of 255, in one colour
	n := 0
	for p := 0; p+3 < len(a.Pix); p += 4 {
		for c := range 3 {
			if d := int(a.Pix[p+c]) - int(b.Pix[p+c]); d > clearly || d < -clearly {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(a.Pix)/4)
}

// Press taps a point of the screen.
func (s *Screen) Press(ctx context.Context, at image.Point) error {
	return s.do(ctx, "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "1")
}

// do has xdotool move the pointer or press keys.
func (s *Screen) do(ctx context.Context, args ...string) error {
	cmd := command(ctx, "xdotool", args...)
	cmd.Env = s.Env()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s on %s: %w %s", args[0], s.Seat.Name, err, bytes.TrimSpace(out))
	}
	return nil
}
