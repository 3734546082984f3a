package screen

import (
	"strings"

	"phonghop/client/internal/controller"
	"phonghop/shared/text"
)

// matches reports whether every word of what was typed begins a word of the name, the position or the unit.
func matches(p controller.PersonRow, typed string) bool {
	names := strings.Fields(text.Fold(p.Name + " " + p.Position + " " + p.Unit))
	for _, want := range strings.Fields(text.Fold(typed)) {
		found := false
		for _, n := range names {
			if strings.HasPrefix(n, want) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}
