package deskscreen

import (
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/words"
)

func TestAnswersAreCountedAndReminded(t *testing.T) {
	on(t, "m", answered(), func(b bench) {
		if !b.says(answersText(b.r.view.Answers)) {
			t.Error("the desk does not count the answers")
		}
		b.open(words.T("answer.list"))
		for _, text := range []string{"Lý do sức khỏe", "Đỗ Thị Lan", "Phạm Thị Chi, Phó Chánh Văn phòng"} {
			if !b.says(text) {
				t.Errorf("the list lacks %q", text)
			}
		}
		b.press(words.N("answer.remind", 1))
		b.want("remind")
		b.press(words.T("answer.copy_names"))
		if got := fyne.CurrentApp().Clipboard().Content(); got != "Nguyễn Quốc Bảo, Chánh Thanh tra, Thanh tra thành phố\n" {
			t.Errorf("copied %q", got)
		}
	})
}

// What somebody says on the telephone is noted down for him, and can be undone.
func TestAnswersAreNotedDown(t *testing.T) {
	on(t, "m", answered(), func(b bench) {
		b.open(words.T("answer.list"))
		b.open("Lê Thu Hà")
		b.press(words.T("answer.coming"))
		b.press(words.T("answer.absent"))
		b.field(0).SetText("Trùng lịch")
		b.press(words.T("common.save"))
		b.s.desk.undoLast()
		b.want("answer ha: coming|||", "answer ha: absent|Trùng lịch||", "answer ha: absent|Lý do sức khỏe||")
	})
}

// A stand-in's account is made in two fields, takes the principal's place in the meeting, and its PIN is shown once.
func TestAccountOfAStandIn(t *testing.T) {
	on(t, "m", answered(), func(b bench) {
		b.open(words.T("answer.list"))
		b.open("Trần Anh Tuấn")
		b.press(words.T("answer.make_account"))
		if b.field(0).Text() != "Phạm Thị Chi" || b.field(1).Text() != "Phó Chánh Văn phòng" {
			t.Errorf("the answer is typed again: %q, %q", b.field(0).Text(), b.field(1).Text())
		}
		b.press(words.T("common.add"))
		b.r.done[0]("")
		b.want("add person Phạm Thị Chi|Phó Chánh Văn phòng|Ủy ban nhân dân thành phố|0|false|person PIN 6 digits", "new (Phạm Thị Chi) stands in for tuan")
		if !b.says(words.T("signin.pin_of", "Phạm Thị Chi")) {
			t.Error("the PIN is not shown")
		}
	})
}

// Who does not prepare the meeting may look, and change nothing.
func TestAnswersWithoutTheRight(t *testing.T) {
	v := answered()
	v.Answers.CanNote = false
	on(t, "m", v, func(b bench) {
		b.s.desk.openAnswers()
		for _, l := range labels(b.c) {
			if l == words.N("answer.remind", 1) || l == words.T("answer.copy_names") {
				t.Errorf("offered: %q", l)
			}
		}
	})
}
