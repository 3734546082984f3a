package words

import (
	"encoding/json"
	"fmt"
	"strings"

	"fyne.io/fyne/v2/lang"
)

const toolkitPrefix = "toolkit."

// TeachToolkit gives the toolkit its own strings (menus of a text field, file dialogs) in the language in use. The toolkit
// picks its language by the system's locale and has no switch, so the strings are put in under that locale.
// Call it at the start and after each change, on the main goroutine.
func TeachToolkit() error {
	strs := map[string]string{}
	for key, text := range tables[Current()]() {
		if name, ok := strings.CutPrefix(key, toolkitPrefix); ok {
			strs[name] = text
		}
	}
	data, err := json.Marshal(strs)
	if err != nil {
		return fmt.Errorf("words: toolkit strings: %w", err)
	}
	if err := lang.AddTranslationsForLocale(data, lang.SystemLocale()); err != nil {
		return fmt.Errorf("words: toolkit strings: %w", err)
	}
	return nil
}
