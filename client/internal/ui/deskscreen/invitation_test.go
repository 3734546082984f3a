package deskscreen

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

func TestInvitation(t *testing.T) {
	v := draft()
	v.Items[5].State = meeting.Withdrawn
	text := invitation(v, controller.PeopleView{Room: "Phòng họp A"})
	for _, want := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n", "GIẤY MỜI\nPhiên họp thường kỳ tháng 11\n",
		"Ủy ban nhân dân thành phố trân trọng kính mời:\n- Nguyễn Văn Minh, Chủ tịch, Ủy ban nhân dân thành phố;\n",
		"Chủ trì: Nguyễn Văn Minh, Chủ tịch\n", "Thời gian: 08:00 - 11:30 · Thứ Hai, 23/11/2026\n", "Địa điểm: Phòng họp A",
		"2. Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027 (Lê Thu Hà, Sở Tài chính; 30 phút)\n",
		"5. Nội dung dành cho thành phần hạn chế (30 phút)\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	for _, never := range []string{"Công tác nhân sự", "Sở Nội vụ", "Màn hình", "Kết luận phiên họp"} {
		if strings.Contains(text, never) || strings.Contains(calendar(v, starts), never) {
			t.Errorf("says %q", never)
		}
	}
	empty := bare()
	if text := invitation(empty, controller.PeopleView{Room: "x"}); strings.Contains(text, "Thời gian") || strings.Contains(text, "Chương trình:") {
		t.Errorf("of a meeting just created:\n%s", text)
	}
}

func TestCalendar(t *testing.T) {
	v := draft()
	v.Form.Title = "Phiên họp; mở rộng, \\ lần 2\nEND:VEVENT"
	v.Form.Starts, v.Form.Ends = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 4, 30, 0, 0, time.UTC)
	file := calendar(v, time.Date(2026, 11, 20, 2, 3, 4, 0, time.UTC))
	if !utf8.ValidString(file) || !strings.HasSuffix(file, "END:VCALENDAR\r\n") {
		t.Fatalf("%q", file)
	}
	for line := range strings.Lines(file) {
		if len(line) > 77 || !strings.HasSuffix(line, "\r\n") {
			t.Errorf("%d bytes: %q", len(line), line)
		}
	}
	lines := strings.Split(strings.ReplaceAll(file, "\r\n ", ""), "\r\n")
	has := func(want string) {
		t.Helper()
		for _, l := range lines {
			if l == want {
				return
			}
		}
		t.Errorf("lacks %q in %q", want, lines)
	}
	has("UID:m@phonghop")
	has("DTSTAMP:20261120T020304Z")
	has("DTSTART:20261123T010000Z")
	has("DTEND:20261123T043000Z")
	has(`SUMMARY:Phiên họp\; mở rộng\, \\ lần 2\nEND:VEVENT`)
	if n := strings.Count(file, "\r\nEND:VEVENT"); n != 1 {
		t.Errorf("%d events end", n)
	}
	v.Form.Ends = time.Time{}
	if !strings.Contains(calendar(v, starts), "DTEND:20261123T040000Z\r\n") {
		t.Error("without an end it is not three hours")
	}
}

func TestInvitationIsCopiedAndSaved(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		var saved string
		b.s.leads.Save = func(name string, data []byte, done func(string)) {
			saved = name + " " + string(data)
			done("")
		}
		b.open(words.T("desk.invitation"))
		b.press(words.T("desk.invitation_copy"))
		if got := fyne.CurrentApp().Clipboard().Content(); got != invitation(b.r.view, b.r.people) || !b.says(words.T("desk.copied")) {
			t.Errorf("copied: %q", got)
		}
		b.press(words.T("desk.invitation_ics"))
		if !strings.HasPrefix(saved, "giay-moi.ics BEGIN:VCALENDAR\r\n") || !b.says(words.T("desk.invitation_saved")) {
			t.Errorf("saved: %q", saved)
		}
	})
}
