//go:build go1.22

// Package lang takes the place of the toolkit's package of that name in the client for browsers. The toolkit's own can fill
// templates, which finds methods by their names while it runs: a linker must then keep every exported method of the whole
// program. Here a text is looked up and given as it is, which is all that the toolkit's screens and ours ask for.
package lang

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/jeandeaual/go-locale"

	"fyne.io/fyne/v2"
)

// The names that the toolkit's package has.
var (
	L = Localize
	X = LocalizeKey
)

var (
	use   sync.RWMutex
	texts = map[string]string{} // the words put in last
)

// Localize is the text for an English one; that one, where there is none. There are no templates, so nothing is filled in.
func Localize(in string, _ ...any) string { return LocalizeKey(in, in) }

// LocalizeKey is the text with a key, or fallback, which may be in English.
func LocalizeKey(key, fallback string, _ ...any) string {
	use.RLock()
	defer use.RUnlock()
	if text, ok := texts[key]; ok {
		return text
	}
	return fallback
}

// AddTranslationsForLocale puts texts in, as a JSON object of texts by their keys; of a key that was there the newer one counts.
// The program has one language at a time, so that whose they are makes no difference. The error is json's.
func AddTranslationsForLocale(data []byte, _ fyne.Locale) error {
	more := map[string]string{}
	if err := json.Unmarshal(data, &more); err != nil {
		return err
	}
	use.Lock()
	defer use.Unlock()
	for key, text := range more {
		texts[key] = text
	}
	return nil
}

// SystemLocale is the language that the browser asks pages for: "vi", "en-US", "zh-CN-Hans"; "en" where it does not say.
func SystemLocale() fyne.Locale {
	tag, err := locale.GetLocale()
	if err != nil || len(tag) < 2 {
		return "en"
	}
	return fromTag(tag)
}

// fromTag orders a tag of BCP 47 as the toolkit does: the language, the region, the script.
func fromTag(tag string) fyne.Locale {
	parts := strings.FieldsFunc(tag, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 {
		return "en"
	}
	out, script := strings.ToLower(parts[0]), ""
	for _, p := range parts[1:] {
		switch {
		case len(p) == 1: // what follows is no part of the language
			return fyne.Locale(out + script)
		case len(p) == 4 && script == "" && p[0] > '9':
			script = "-" + strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		case out == strings.ToLower(parts[0]) && (len(p) == 2 || len(p) == 3 && p[0] <= '9'):
			out += "-" + strings.ToUpper(p)
		}
	}
	if out == strings.ToLower(parts[0]) { // the toolkit names no script without a region
		script = ""
	}
	return fyne.Locale(out + script)
}
