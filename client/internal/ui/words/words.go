// Package words gives the screens their words in the language chosen, Vietnamese unless somebody chose English.
//
// The language can change at any moment: whoever shows words registers with OnChange and builds them anew.
// All functions may be called from any goroutine.
package words

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"phonghop/assets/translations"
)

// Language is a language of the screens, by its ISO 639-1 code.
type Language string

// The languages. The zero value counts as Vietnamese.
const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

// tables are read when they are first needed: most people never change the language, and a browser starts sooner.
var tables = map[Language]func() map[string]string{
	Vietnamese: sync.OnceValue(func() map[string]string { return parse(translations.Vietnamese) }),
	English:    sync.OnceValue(func() map[string]string { return parse(translations.English) }),
}

// parse reads a file that is part of the program; a test reads it too, so that a broken one never ships.
func parse(file []byte) map[string]string {
	table := map[string]string{}
	if err := json.Unmarshal(file, &table); err != nil {
		panic("words: embedded translations: " + err.Error())
	}
	return table
}

var state = struct {
	sync.RWMutex
	language  Language
	listeners []*func()
}{language: Vietnamese}

// Parse returns the language with this code or locale ("vi", "en", "en-US", "vi_VN.UTF-8"); anything else is Vietnamese.
func Parse(code string) Language {
	if strings.HasPrefix(strings.ToLower(code), string(English)) {
		return English
	}
	return Vietnamese
}

// Current returns the language in use.
func Current() Language {
	state.RLock()
	defer state.RUnlock()
	return state.language
}

// Use changes the language and then calls every listener, in the order of their registration, on the caller's
// goroutine; call it on the main one. Choosing the language in use calls nobody.
func Use(l Language) {
	if l != English {
		l = Vietnamese
	}
	state.Lock()
	same := state.language == l
	state.language = l
	listeners := slices.Clone(state.listeners)
	state.Unlock()
	if same {
		return
	}
	for _, f := range listeners {
		(*f)()
	}
}

// OnChange calls f after each change of language until cancel is called.
func OnChange(f func()) (cancel func()) {
	entry := &f
	state.Lock()
	defer state.Unlock()
	state.listeners = append(state.listeners, entry)
	return func() {
		state.Lock()
		defer state.Unlock()
		state.listeners = slices.DeleteFunc(state.listeners, func(e *func()) bool { return e == entry })
	}
}

// T returns the text of a key in the present language with {0}, {1}... replaced by the values. A key nobody has
// translated comes back as itself, so that it is seen; a test finds it before.
func T(key string, values ...any) string {
	text, ok := lookup(key)
	if !ok {
		return key
	}
	return fill(text, values)
}

// N is T for a number: it takes key+".one" for one and key+".other" else, and {0} is the number with
// its groups; further values follow from {1}.
func N(key string, n int, values ...any) string {
	form := key + ".other"
	if n == 1 {
		form = key + ".one"
	}
	text, ok := lookup(form)
	if !ok {
		return key
	}
	return fill(text, append([]any{Number(n)}, values...))
}

// Has tells whether a key has a text; for keys that are made of data, such as codes of a newer server.
func Has(key string) bool {
	_, ok := lookup(key)
	return ok
}

// Refusal returns what to tell a person about a refusal's or error's code, and says something general and polite for
// a code it does not know.
func Refusal(code string) string {
	if key := "refusal." + code; Has(key) {
		return T(key)
	}
	return T("refusal.other")
}

func lookup(key string) (string, bool) {
	text, ok := tables[Current()]()[key]
	return text, ok
}

// fill walks the text once, so that a value which itself holds "{0}" stays as it is.
func fill(text string, values []any) string {
	if len(values) == 0 || !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		length := strings.IndexByte(text[open:], '}')
		if length < 0 {
			break
		}
		b.WriteString(text[:open])
		placeholder := text[open : open+length+1]
		if i, err := strconv.Atoi(placeholder[1:length]); err == nil && i >= 0 && i < len(values) {
			fmt.Fprint(&b, values[i])
		} else {
			b.WriteString(placeholder)
		}
		text = text[open+length+1:]
	}
	b.WriteString(text)
	return b.String()
}
