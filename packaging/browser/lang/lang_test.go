package lang

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestTextsAreLookedUp(t *testing.T) {
	if got := L("Cancel"); got != "Cancel" {
		t.Errorf("without texts: %q", got)
	}
	if err := AddTranslationsForLocale([]byte(`{"Cancel": "Hủy", "file.name": "Tên"}`), "vi"); err != nil {
		t.Fatal(err)
	}
	if err := AddTranslationsForLocale([]byte(`{"OK": "Đồng ý"}`), "en-US"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want string }{
		{L("Cancel"), "Hủy"}, {L("OK", 1), "Đồng ý"}, {X("file.name", "Name"), "Tên"}, {X("file.parent", "Parent", nil), "Parent"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if err := AddTranslationsForLocale([]byte(`{"Cancel": {}}`), "vi"); err == nil || L("Cancel") != "Hủy" {
		t.Errorf("what is no text was taken: %v, %q", err, L("Cancel"))
	}
}

func TestTags(t *testing.T) {
	for tag, want := range map[string]fyne.Locale{
		"vi": "vi", "vi-VN": "vi-VN", "VI_vn": "vi-VN", "en-us": "en-US", "zh-Hans-CN": "zh-CN-Hans", "zh-hant": "zh", "es-419": "es-419",
		"de-1996": "de", "en-GB-u-hc-h23": "en-GB", "x-klingon": "x", "": "en", "--": "en",
	} {
		if got := fromTag(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
	if SystemLocale() == "" {
		t.Error("the system has no language")
	}
}
