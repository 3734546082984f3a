package deskscreen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/roster"
)

const table = "STT\tHọ và tên\tChức vụ\tĐơn vị\n1\tVũ Thị Mai\tTrưởng phòng\tSở Y tế\n2\tLê Thu Hà\tGiám đốc\tSở Tài chính\n\n3\tĐặng  Văn Ước\t\"Chuyên viên\nchính\"\t\n"

func fillTable(s *Screen) { pasteEntry(s).SetText(table) }

func pasteEntry(s *Screen) *fynewidget.Entry {
	for _, e := range found[*fynewidget.Entry](fyne.CurrentApp().Driver().CanvasForObject(s.Object())) {
		if e.MultiLine {
			return e
		}
	}
	return nil
}

func TestReadTable(t *testing.T) {
	show := func(rows []newcomer) string {
		var out []string
		for _, r := range rows {
			out = append(out, fmt.Sprintf("%s|%s|%s|%d|%s", r.person.Name, r.person.Position, r.person.Unit, r.person.Order, strings.TrimPrefix(r.wrong, "desk.paste_")))
		}
		return strings.Join(out, "; ")
	}
	known := []controller.PersonRow{{Name: "Lê Thu Hà", Position: "Giám đốc", Unit: "Sở Tài chính", Order: 20}, {Name: "Màn hình", Screen: true, Order: 900}}
	for pasted, want := range map[string]string{
		"":    "",
		table: "Vũ Thị Mai|Trưởng phòng|Sở Y tế|1|; Lê Thu Hà|Giám đốc|Sở Tài chính|2|known; Đặng Văn Ước|Chuyên viên chính||3|",
		"Vũ Mai\tTrưởng phòng\tSở Y tế\t7\r\nAn\r\n": "Vũ Mai|Trưởng phòng|Sở Y tế|7|; An|||40|",
		"3\tVũ Mai\tTrưởng phòng":                    "Vũ Mai|Trưởng phòng||3|",
		"Đơn vị\tTên\nSở Y tế\tMai":                  "Mai||Sở Y tế|30|",
		"An\tx\nAn\tx\nan\tX":                        "An|x||30|; An|x||40|known; an|X||50|known",
		"\"Mai\tx\nAn":                               "\"Mai|x||30|; An|||40|",
		"An\t\t\t-5\nBa\t\t\t9999999\nCa\t\t\tmười":  "An|||30|; Ba|||40|; Ca|||50|",
		"\t\t\t\n \t":                                "",
	} {
		if got := show(readTable(pasted, known)); got != want {
			t.Errorf("%q:\n%s, want\n%s", pasted, got, want)
		}
	}
	if rows := readTable(strings.Repeat("An\n", 1000), nil); len(rows) != mostPasted {
		t.Errorf("%d people", len(rows))
	}
	if rows := readTable(strings.Repeat("x", roster.MaxName+1), nil); len(rows) != 1 || rows[0].wrong != "desk.paste_too_long" {
		t.Errorf("a name that is too long: %+v", rows)
	}
}

// Whatever is pasted, who is found can be added.
func FuzzReadTable(f *testing.F) {
	f.Add(table)
	f.Add("\"a\t\"\"\nb\x00\t\xff")
	f.Fuzz(func(t *testing.T, pasted string) {
		for _, r := range readTable(pasted, nil) {
			p := r.person
			if p.Name == "" || p.Order < 1 || p.Order > roster.MaxOrder {
				t.Errorf("%+v", p)
			}
			if r.wrong == "" && (!utf8.ValidString(p.Name+p.Position+p.Unit) || utf8.RuneCountInString(p.Name) > roster.MaxName) {
				t.Errorf("%+v", p)
			}
		}
	})
}

func TestByGivenName(t *testing.T) {
	var people []controller.PersonRow
	for _, n := range []string{"Trần Văn Đức", "Nguyễn Thị Ánh", "Lê An", "Phạm Văn Dũng", "Bùi Ân", "Nguyễn Văn Anh", "Nguyễn Thị Hoà", "Đỗ Thị Hòa", "Đinh Hóa", "", "Y"} {
		people = append(people, controller.PersonRow{Name: n})
	}
	var got []string
	for _, p := range byGivenName(people) {
		got = append(got, p.Name)
	}
	want := []string{"", "Lê An", "Nguyễn Văn Anh", "Nguyễn Thị Ánh", "Bùi Ân", "Phạm Văn Dũng", "Trần Văn Đức"}
	if !slices.Equal(got[:len(want)], want) {
		t.Errorf("%q, want %q first", got, want)
	}
	if people[0].Name != "Trần Văn Đức" {
		t.Error("the list that was given is changed")
	}
}

// A pasted table is added person by person; a refusal stops it and can be gone past; the PINs are shown this once, for all who
// were added, and can be copied.
func TestPastePeople(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.roster"))
		b.press(words.T("desk.paste_people"))
		fillTable(b.s)
		if !b.says(words.T("desk.paste_known")) {
			t.Error("who is on the list already is not told")
		}
		b.press(words.N("desk.paste_add", 2))
		b.want("add person Vũ Thị Mai|Trưởng phòng|Sở Y tế|1|false|person PIN 6 digits")
		b.s.Back() // not while an answer is to come
		b.r.done[0]("")
		b.r.done[1]("network")
		if !b.says(words.Refusal("network")) {
			t.Fatal("the refusal is not told")
		}
		b.press(words.T("desk.paste_go_on"))
		b.r.done[2]("")
		if len(b.r.asked) != 3 || b.r.asked[1] != b.r.asked[2] {
			t.Errorf("asked for %q", b.r.asked)
		}
		b.press(words.T("common.done"))
		b.press(words.T("common.no")) // the PINs were not copied yet
		b.press(words.T("desk.copy_list"))
		list := fyne.CurrentApp().Clipboard().Content()
		lines := strings.Split(strings.TrimSpace(list), "\n")
		if len(lines) != 2 || !strings.HasPrefix(lines[0], "Vũ Thị Mai\tTrưởng phòng\tSở Y tế\t") || len(lines[1]) < len("Đặng Văn Ước\tChuyên viên chính\t\t123 456") {
			t.Errorf("copied: %q", list)
		}
		b.press(words.T("common.done"))
		if b.s.stack.Depth() != 1 {
			t.Errorf("%d pages", b.s.stack.Depth())
		}
	})
}

// A delegate without his PIN stands at the door: one press.
func TestResetPIN(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.roster"))
		b.open("Lê Thu Hà")
		b.press(words.T("desk.new_pin"))
		var pin string
		if _, err := fmt.Sscanf(b.r.asked[0], `pin ha "" %s`, &pin); err != nil || len(pin) != widget.MinPIN {
			t.Fatalf("asked for %q", b.r.asked)
		}
		b.r.done[0]("")
		if !b.says(grouped(pin)) {
			t.Error("the PIN is not shown")
		}
		b.press(words.T("common.done"))
		b.press(words.T("desk.new_pin"))
		b.r.done[1]("forbidden")
		if !b.says(words.Refusal("forbidden")) {
			t.Error("the refusal is not told")
		}
	})
}
