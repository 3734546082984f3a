package web

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"golang.org/x/text/language"

	"phonghop/assets/translations"
)

// words says things in the languages of the screens.
type words struct {
	matcher language.Matcher
	tables  []map[string]string // as the matcher's languages
}

func readWords() (*words, error) {
	w := &words{matcher: language.NewMatcher([]language.Tag{language.Vietnamese, language.English})}
	for _, file := range [][]byte{translations.Vietnamese, translations.English} {
		var table map[string]string
		if err := json.Unmarshal(file, &table); err != nil {
			return nil, fmt.Errorf("translations: %w", err)
		}
		w.tables = append(w.tables, table)
	}
	return w, nil
}

// table is that of the language which suits an Accept-Language best;
// Vietnamese where none does.
func (w *words) table(accept string) map[string]string {
	if len(accept) > 200 {
		accept = ""
	}
	_, index := language.MatchStrings(w.matcher, accept)
	return w.tables[index]
}

// refusal says what a code means and what to do about it.
func (w *words) refusal(accept, code string) string {
	t := w.table(accept)
	if text, ok := t["refusal."+code]; ok {
		return text
	}
	return t["refusal.other"]
}

// wholeSeconds rounds up, so that who waits that long does not come too early.
func wholeSeconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }
