#!/bin/sh
# Builds the client for browsers and puts it where the server embeds it:
#
#   browser.sh VERSION
#
# BROTLI=5 takes seconds instead of minutes, for tests; what is handed out is
# built with the usual 11. INTO is another folder to put it in. Nothing is compressed anew where the program is the
# same as before.
set -eu
version=${1:-unknown}
cd "$(dirname "$0")/.."
go=${GO:-go}
into=${INTO:-server/internal/browser/files}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "client for browsers (the first time takes some minutes)"
# What no screen of ours needs of the toolkit stays out: 4 MB of picture letters, 2 MB of its own text fonts (the theme
# has others; the small font of symbols takes their place), its reader of Markdown, its words in languages that are not
# ours, and what reads its project files. Most of that has no switch, so the toolkit is built from a copy, at a place that
# is the same each time: the program tells it.
toolkit=$(GOOS=js GOARCH=wasm $go list -m -f '{{.Dir}}' fyne.io/fyne/v2)
copy=.cache/toolkit
rm -rf "$copy"
mkdir -p .cache
cp -r "$toolkit" "$copy"
chmod -R u+w "$copy"
sed -i 's,^//go:embed font/.*,//go:embed font/InterSymbols-Regular.ttf,' "$copy/theme/bundled-fonts.go"
find "$copy/lang/translations" -name 'base.*.json' ! -name base.en.json -delete
rm "$copy"/widget/markdown*.go
cat >"$copy/widget/markdown.go" <<'END'
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
# It makes a new shaper for each text that it measures or draws, and a shaper takes apart a font's tables, which takes
# longer than shaping a line and leaves most of what there is to be cleared up. Here one shaper keeps what it found.
drawn="$copy/internal/painter/font.go"
if [ "$(grep -c '^	shaper := &shaping.HarfbuzzShaper{}$' "$drawn")" != 1 ]; then
    echo "the toolkit makes its shapers elsewhere than in $drawn: look at it, and at what is put in its place here" >&2
    exit 1
fi
sed -i 's/^	shaper := &shaping.HarfbuzzShaper{}$/	shaperUse.Lock()\n	defer shaperUse.Unlock()/' "$drawn"
cat >"$copy/internal/painter/shaper.go" <<'END'
package painter

import (
	"sync"

	"github.com/go-text/typesetting/shaping"
)

var (
	shaperUse sync.Mutex
	shaper    = newShaper()
)

func newShaper() *shaping.HarfbuzzShaper {
	s := &shaping.HarfbuzzShaper{}
	s.SetFontCacheSize(16)
	return s
}
END
# It draws letters into pictures of a kind that is filled dot by dot and made into another before it is shown.
drawn="$copy/internal/painter/gl/texture.go"
sed -i '/^func (p \*painter) newGlTextTexture/,/^}/s/image\.NewNRGBA(/image.NewRGBA(/' "$drawn"
if ! sed -n '/^func (p \*painter) newGlTextTexture/,/^}/p' "$drawn" | grep -q 'image\.NewRGBA('; then
    echo "the toolkit draws letters elsewhere than in newGlTextTexture of $drawn: look at it, and at what is changed here" >&2
    exit 1
fi
cp go.mod go.sum "$work"
$go mod edit -replace "fyne.io/fyne/v2=./$copy" "$work/go.mod"
GOOS=js GOARCH=wasm $go build -trimpath -modfile "$work/go.mod" -tags no_emoji,no_metadata \
    -ldflags "-s -w -X main.version=$version" -o "$work/phonghop.wasm" ./client

hash=$(sha256sum "$work/phonghop.wasm" | cut -d' ' -f1)
if grep -s "$hash" "$into/built.json" | grep -q "\"quality\":${BROTLI:-11}}"; then
    echo "unchanged"
    exit 0
fi

runtime=$($go env GOROOT)/lib/wasm/wasm_exec.js
[ -f "$runtime" ] || runtime=$($go env GOROOT)/misc/wasm/wasm_exec.js
$go run ./packaging/browser -quality "${BROTLI:-11}" "$work/phonghop.wasm" "$runtime" "$into"
