package words

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/lang"
)

func in(t *testing.T, l Language) {
	t.Helper()
	before := Current()
	Use(l)
	t.Cleanup(func() { Use(before) })
}

func TestTextAndValues(t *testing.T) {
	for _, c := range []struct {
		l    Language
		got  func() string
		want string
	}{
		{Vietnamese, func() string { return T("projector.page", 4, 27) }, "trang 4/27"},
		{English, func() string { return T("projector.page", 4, 27) }, "page 4 of 27"},
		{Vietnamese, func() string { return T("projector.page", "{1}", "x") }, "trang {1}/x"},
		{Vietnamese, func() string { return T("projector.page", 4) }, "trang 4/{1}"},
		{Vietnamese, func() string { return T("no.such.key", 1) }, "no.such.key"},
		{Vietnamese, func() string { return N("agenda.documents", 1) }, "1 tài liệu"},
		{English, func() string { return N("agenda.documents", 1) }, "1 document"},
		{English, func() string { return N("agenda.documents", 1200) }, "1,200 documents"},
		{Vietnamese, func() string { return N("agenda.documents", 1200) }, "1.200 tài liệu"},
		{Vietnamese, func() string { return Refusal("wrong_pin") }, "Mã PIN chưa đúng."},
		{Vietnamese, func() string { return Refusal("of_a_newer_server") }, "Chưa thực hiện được. Đề nghị thử lại."},
		{Vietnamese, func() string { return fill("a {0", []any{1}) }, "a {0"},
		{Vietnamese, func() string { return fill("{} {-1} {x} {0}", []any{1}) }, "{} {-1} {x} 1"},
	} {
		in(t, c.l)
		if got := c.got(); got != c.want {
			t.Errorf("%s: %q, want %q", c.l, got, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	for code, want := range map[string]Language{"": Vietnamese, "vi_VN.UTF-8": Vietnamese, "fr": Vietnamese, "en": English, "EN-us": English} {
		if got := Parse(code); got != want {
			t.Errorf("Parse(%q) = %s", code, got)
		}
	}
}

func TestDatesAndNumbers(t *testing.T) {
	day := time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC)
	in(t, Vietnamese)
	equal := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	equal(Date(day), "Thứ Hai, 23/11/2026")
	equal(Date(day.AddDate(0, 0, -1)), "Chủ Nhật, 22/11/2026")
	equal(ShortDate(day), "23/11/2026")
	equal(Clock(day), "08:05")
	equal(Span(160*time.Second), "2:40")
	equal(Span(3760*time.Second), "1:02:40")
	equal(Span(-time.Second), "0:00")
	equal(Number(-1234567), "-1.234.567")
	equal(Number(999), "999")
	equal(Decimal(41), "41")
	equal(Bytes(0), "0 byte")
	equal(Bytes(112_300), "112 KB")
	equal(Bytes(1_240_000), "1,2 MB")
	equal(Bytes(999_960_000), "1 GB")
	in(t, English)
	equal(Date(day), "Monday, 23/11/2026")
	equal(Bytes(1_240_000), "1.2 MB")
}

func TestListeners(t *testing.T) {
	in(t, Vietnamese)
	var calls []string
	first := OnChange(func() { calls = append(calls, "first "+string(Current())) })
	second := OnChange(func() { calls = append(calls, "second") })
	defer second()
	Use(English)
	Use(English)
	first()
	first()
	Use("xx")
	want := []string{"first en", "second", "second"}
	if len(calls) != len(want) || calls[0] != want[0] || calls[1] != want[1] || calls[2] != want[2] {
		t.Errorf("%q, want %q", calls, want)
	}
}

func TestToolkitSpeaksBothLanguages(t *testing.T) {
	for l, want := range map[Language]string{Vietnamese: "Hủy", English: "Cancel"} {
		in(t, l)
		if err := TeachToolkit(); err != nil {
			t.Fatal(err)
		}
		if got := lang.L("Cancel"); got != want {
			t.Errorf("%s: the toolkit says %q, want %q", l, got, want)
		}
	}
}
