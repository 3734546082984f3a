#!/bin/sh
# Prepares what the client for browsers is built from, and writes a go.mod for it:
#
#   toolkit.sh GO.MOD
#
# What no screen of ours needs of the toolkit stays out. Most of that has no switch, so it is built from a copy, at a place that
# is the same each time: the program tells it. Each change looks for what it changes, and stops where a new toolkit has it elsewhere.
set -eu
mod=$1
cd "$(dirname "$0")/.."
go=${GO:-go}
copy=.cache/toolkit

# taken copies a module to a folder of its own.
taken() {
    $go mod download "$1"
    from=$(GOOS=js GOARCH=wasm $go list -m -f '{{.Dir}}' "$1")
    rm -rf "$2"
    mkdir -p .cache
    cp -r "$from" "$2"
    chmod -R u+w "$2"
    $go mod edit -replace "$1=./$2" "$mod"
}

# changed applies a change of sed's to a file, and stops where that changes nothing. Changes that would not be missed apart from
# others, as the program is built without them as well, are made one by one.
changed() {
    sed "$2" "$1" >"$1.new"
    if cmp -s "$1" "$1.new"; then
        echo "there is nothing to change in $1 by: $2" >&2
        echo "the toolkit has it elsewhere: look there, and at what is done to it in $0" >&2
        exit 1
    fi
    mv "$1.new" "$1"
}

cp go.mod "$mod"
cp go.sum "${mod%.mod}.sum"

taken fyne.io/fyne/v2 $copy
# 4 MB of picture letters go by a tag. 2 MB of text fonts: the theme has others, and the small font of symbols takes their place.
changed $copy/theme/bundled-fonts.go 's,^//go:embed font/.*,//go:embed font/InterSymbols-Regular.ttf,'
# Its reader of Markdown.
rm $copy/widget/markdown*.go
cat >$copy/widget/markdown.go <<'END'
package widget

// NewRichTextFromMarkdown shows the text as it is.
func NewRichTextFromMarkdown(content string) *RichText { return NewRichTextWithText(content) }

// ParseMarkdown shows the text as it is.
func (t *RichText) ParseMarkdown(content string) {
	t.Segments = []RichTextSegment{&TextSegment{Text: content}}
	t.Refresh()
}

// AppendMarkdown shows the text as it is.
func (t *RichText) AppendMarkdown(content string) {
	t.Segments = append(t.Segments, &TextSegment{Text: content})
	t.Refresh()
}
END
# Its translations, which fill templates: see the package that takes their place.
rm -r $copy/lang
mkdir $copy/lang
cp packaging/browser/lang/lang.go $copy/lang/
# Files of other servers, and with them all that speaks HTTP without a browser.
rm $copy/internal/repository/http*.go
changed $copy/app/app.go '/httpHandler/d; /internal\/repository"$/d; /storage\/repository"$/d'
# What a pattern of four names brings along.
changed $copy/internal/driver/glfw/device_wasm.go '/"regexp"/d
s/^	isMobile = regexp.MustCompile("Android|iPhone|iPad|iPod").$/	agent := navigator.Get("userAgent").String()/
s/^		MatchString(navigator.Get("userAgent").String())$/	for _, name := range []string{"Android", "iPhone", "iPad", "iPod"} {\n		isMobile = isMobile || strings.Contains(agent, name)\n	}/'
# How it shapes and draws text: see the package that takes its place. Where a letter is missing, a mark stands for it.
mkdir $copy/internal/letters
cp packaging/browser/letters/letters.go $copy/internal/letters/
changed $copy/internal/painter/font.go 's/^	shaper := &shaping.HarfbuzzShaper{}$/	setting.Lock()\n	defer setting.Unlock()\n	shaper := setter/'
changed $copy/internal/painter/font.go 's/^func loadMeasureFont(/func parsedFont(/'
changed $copy/internal/painter/font.go '/^\/\/ DrawString draws a string/,/^}/d
/"github.com\/go-text\/render"$/d
/^	"image\/color"$/d
/^	"image\/draw"$/d'
cat >$copy/internal/painter/letters.go <<'END'
package painter

import (
	"image/color"
	"image/draw"
	"math"
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/internal/letters"
)

var (
	setting sync.Mutex
	setter  = letters.NewSetter()

	parsing sync.Mutex
	parsed  = map[fyne.Resource]*font.Face{}
)

// loadMeasureFont parses a font once: another look has the same fonts.
func loadMeasureFont(data fyne.Resource) *font.Face {
	parsing.Lock()
	defer parsing.Unlock()
	face, ok := parsed[data]
	if !ok {
		face = parsedFont(data)
		parsed[data] = face
	}
	return face
}

// DrawString draws a string into an image.
func DrawString(dst draw.Image, s string, ink color.Color, f shaping.Fontmap, fontSize, scale float32, style fyne.TextStyle) {
	advance, y := float32(0), math.MinInt
	walkString(f, s, float32ToFixed266(fontSize), style, &advance, scale, func(run shaping.Output, x float32) {
		if y == math.MinInt {
			y = int(math.Ceil(float64(fixed266ToFloat32(run.LineBounds.Ascent) * scale)))
		}
		if len(run.Glyphs) == 1 && run.Glyphs[0].GlyphID == 0 {
			run = setter.Shape(shaping.Input{
				Text: []rune{0xfffd}, RunEnd: 1, Direction: di.DirectionLTR, Face: f.ResolveFace(0xfffd), Size: float32ToFixed266(fontSize),
			})
		}
		setter.Draw(dst, run, ink, int(x), y, scale)
	})
}
END
# It asks for the time at each thing that it looks up, which is a call of the browser: once for each thing that happens is enough.
changed $copy/internal/cache/base.go 's/^	c.expires = timeNow().Add(ValidDuration)$/	c.expires = lately.Add(ValidDuration)/'
cat >$copy/internal/cache/lately.go <<'END'
package cache

import "time"

var lately = time.Now()

// Tick is called before each thing that happens.
func Tick() { lately = timeNow() }
END
changed $copy/internal/driver/glfw/loop.go 's/^		case f := <-funcQueue.Out():$/&\n			cache.Tick()/'
changed $copy/internal/driver/glfw/loop.go 's/^		case <-eventTick.C:$/&\n			cache.Tick()/'
# It draws letters into pictures of a kind that is filled dot by dot and made into another before it is shown.
changed $copy/internal/painter/gl/texture.go '/^func (p \*painter) newGlTextTexture/,/^}/s/image\.NewNRGBA(/image.NewRGBA(/'

# The reader of SVG knows the alphabets of all the world's older files; ours are in UTF-8.
taken github.com/fyne-io/oksvg .cache/oksvg
changed .cache/oksvg/public.go '/html\/charset"$/d; /charset\.NewReaderLabel$/d'
