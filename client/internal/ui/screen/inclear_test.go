package screen

import (
	"testing"

	"phonghop/client/internal/ui/words"
)

// A connection that anybody can read is marked on every screen, in the language of now; the browser's full screen is
// asked for in the settings.
func TestInClearIsSaidOnEveryScreen(t *testing.T) {
	o, asked := vi(1), 0
	o.InClear, o.FullScreen = true, func() { asked++ }
	s := newStand(t, inside(), o, phone)
	if !s.shows("Kết nối không mã hóa") {
		t.Error("the first screen does not say it")
	}
	s.push(newSettings(s.Shell))
	if !s.shows("Kết nối không mã hóa") {
		t.Error("the settings do not say it")
	}
	s.looksLike("settings-in-clear-phone")
	s.press("Bật hoặc tắt toàn màn hình")
	if asked != 1 {
		t.Errorf("the full screen was asked for %d times", asked)
	}
	words.Use(words.English)
	if !s.shows("Connection not encrypted") {
		t.Error("it is not said in English")
	}
	if plain := newStand(t, inside(), vi(1), phone); plain.shows("Kết nối không mã hóa") {
		t.Error("an encrypted connection is marked too")
	}
}
