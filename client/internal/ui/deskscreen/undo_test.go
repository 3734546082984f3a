package deskscreen

import (
	"testing"

	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// The last step is taken back by its opposite, once.
func TestUndo(t *testing.T) {
	undo := words.T("common.undo")
	for name, c := range map[string]struct {
		step func(b bench)
		want []string
	}{
		"move":        {func(b bench) { b.s.desk.move("i2", -1) }, []string{`move i2 before "i1"`, `move i2 before "i3"`}},
		"move to end": {func(b bench) { b.s.desk.move("i5", 1) }, []string{`move i5 before ""`, `move i5 before "i6"`}},
		"details": {func(b bench) {
			b.press(words.T("desk.edit_details"))
			b.field(2).SetText("Phòng họp B")
			b.press(words.T("common.save"))
		}, []string{"describe Phiên họp thường kỳ tháng 11|Phiên họp thường kỳ|Phòng họp B|sir_madam|08:00 - 11:30 · Thứ Hai, 23/11/2026",
			"describe Phiên họp thường kỳ tháng 11|Phiên họp thường kỳ|Phòng họp A, Trụ sở Ủy ban nhân dân thành phố|sir_madam|08:00 - 11:30 · Thứ Hai, 23/11/2026"}},
		"rename": {func(b bench) {
			b.s.desk.openDocument("i2", "b")
			b.press(words.T("desk.rename"))
			b.field(0).SetText("Tờ trình 13")
			b.press(words.T("common.save"))
			b.s.back()
		}, []string{"rename b of i2: Tờ trình 13|Tờ trình", "rename b of i2: Tờ trình 12/TTr-STC|Tờ trình"}},
		"item and its audience": {func(b bench) {
			b.s.desk.editItem(b.r.view.Items[4])
			b.field(0).SetText("Nhân sự")
			b.option(words.T("desk.restrict"))
			b.press(words.T("common.save"))
		}, []string{"change i5: Nhân sự|Sở Nội vụ||discuss|30", "audience i5: false [lan]", "change i5: Công tác nhân sự|Sở Nội vụ||discuss|30", "audience i5: true [lan]"}},
		"new item": {func(b bench) {
			b.s.desk.addItem()
			b.field(0).SetText("Nội dung khác")
			b.press(words.T("common.add"))
		}, []string{"add Nội dung khác|||discuss|0|false|[]", "remove new"}},
		"participant": {func(b bench) {
			b.s.desk.editParticipant(b.r.view.People[4])
			b.press(words.T("desk.remove_participant"))
			b.press(words.T("common.remove"))
		}, []string{"remove participant bao", "participant bao [guest] false "}},
	} {
		t.Run(name, func(t *testing.T) {
			on(t, "m", draft(), func(b bench) {
				c.step(b)
				b.option(undo)
				b.option(undo) // there is no other
				b.want(c.want...)
			})
		})
	}
}

// What was refused, and what cannot be taken back, leaves nothing to undo.
func TestNothingToUndo(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.r.code = "forbidden"
		b.s.desk.move("i2", -1)
		b.option(words.T("common.undo"))
		b.want(`move i2 before "i1"`)
	})
	on(t, "m", draft(), func(b bench) {
		b.s.desk.move("i2", -1)
		b.s.desk.attach(meeting.ItemID("i2"), manyFiles[:1])
		b.option(words.T("common.undo"))
		b.want(`move i2 before "i1"`, "attach 1. Báo cáo KTXH tháng 11.pdf to i2")
	})
}
