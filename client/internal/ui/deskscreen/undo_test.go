package deskscreen

import (
	"testing"

	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// Every step is taken back by its opposite, and done again.
func TestUndo(t *testing.T) {
	undo, redo := words.T("common.undo"), words.T("common.redo")
	details := func(place string) string {
		return "describe Phiên họp thường kỳ tháng 11|Phiên họp thường kỳ|" + place + "|sir_madam|08:00 - 11:30 · Thứ Hai, 23/11/2026"
	}
	for name, c := range map[string]struct {
		step             func(b bench)
		did, back, again []string
	}{
		"move":        {func(b bench) { b.s.desk.nudge("i2", up) }, []string{`move i2 before "i1"`}, []string{`move i2 before "i3"`}, []string{`move i2 before "i1"`}},
		"move to end": {func(b bench) { b.s.desk.nudge("i5", down) }, []string{`move i5 before ""`}, []string{`move i5 before "i6"`}, []string{`move i5 before ""`}},
		"indent":      {func(b bench) { b.s.desk.nudge("i3", inwards) }, []string{`move i3 in i2 before ""`}, []string{`move i3 before "i4"`}, []string{`move i3 in i2 before ""`}},
		"details": {func(b bench) {
			b.press(words.T("desk.edit_details"))
			b.field(2).SetText("Phòng họp B")
			b.press(words.T("common.done"))
		}, []string{details("Phòng họp B")}, []string{details("Phòng họp A, Trụ sở Ủy ban nhân dân thành phố")}, []string{details("Phòng họp B")}},
		"rename": {func(b bench) {
			b.s.desk.openDocument("i2", "b")
			b.press(words.T("desk.rename"))
			b.field(0).SetText("Tờ trình 13")
			b.press(words.T("common.done"))
			b.s.back()
		}, []string{"rename b of i2: Tờ trình 13|Tờ trình"}, []string{"rename b of i2: Tờ trình 12/TTr-STC|Tờ trình"}, []string{"rename b of i2: Tờ trình 13|Tờ trình"}},
		"item and its audience": {func(b bench) {
			b.s.desk.editItem(b.r.view.Items[4])
			b.field(0).SetText("Nhân sự")
			b.option(words.T("desk.restrict"))
			b.press(words.T("common.done"))
		}, []string{"change i5: Nhân sự|Sở Nội vụ||discuss|30", "audience i5: false [lan]"},
			[]string{"change i5: Công tác nhân sự|Sở Nội vụ||discuss|30", "audience i5: true [lan]"}, []string{"change i5: Nhân sự|Sở Nội vụ||discuss|30", "audience i5: false [lan]"}},
		"new item": {func(b bench) {
			b.s.desk.addItem()
			b.field(0).SetText("Nội dung khác")
			b.press(words.T("common.add"))
		}, []string{"add Nội dung khác|||discuss|0|false|[]"}, []string{"remove new"}, []string{`restore new before ""`}},
		"delete item": {func(b bench) { b.s.desk.removeItem(b.r.view.Items[1]) }, []string{"remove i2"}, []string{`restore i2 before "i3"`}, []string{"remove i2"}},
		"documents": {func(b bench) { b.s.desk.attach("i2", manyFiles[:2]) },
			[]string{"attach 1. Báo cáo KTXH tháng 11.pdf to i2", "attach Mục 3 - Tờ trình quy hoạch.pdf to i2"}, []string{"cancel up1", "cancel up2"},
			[]string{"attach 1. Báo cáo KTXH tháng 11.pdf to i2", "attach Mục 3 - Tờ trình quy hoạch.pdf to i2"}},
		"remove document": {func(b bench) {
			i, doc, _ := b.s.desk.document("i2", "b")
			b.s.desk.removeDocument(i.ID, doc)
		}, []string{"remove b of i2"}, []string{`restore b of i2 before "c"`}, []string{"remove b of i2"}},
		"move document": {func(b bench) { b.s.desk.moveDocument("i2", "b", landing{}) }, []string{`move b of i2 before ""`}, []string{`move b of i2 before "c"`}, []string{`move b of i2 before ""`}},
		"replace, not yet there": {func(b bench) {
			i, doc, _ := b.s.desk.document("i2", "b")
			b.s.desk.replaceDocument(i.ID, doc, manyFiles[0])
		}, []string{"replace b of i2 by 1. Báo cáo KTXH tháng 11.pdf"}, []string{"cancel up1"}, []string{"replace b of i2 by 1. Báo cáo KTXH tháng 11.pdf"}},
		"replace": {func(b bench) {
			i, doc, _ := b.s.desk.document("i2", "b")
			b.s.desk.replaceDocument(i.ID, doc, manyFiles[0])
			b.r.view.Items[1].Documents[0].Version = 2
		}, []string{"replace b of i2 by 1. Báo cáo KTXH tháng 11.pdf"}, []string{"version 1 of b of i2"}, []string{"replace b of i2 by 1. Báo cáo KTXH tháng 11.pdf"}},
		"what somebody does": {func(b bench) {
			b.s.desk.editParticipant(b.r.view.People[4])
			b.option(words.T("role.secretary"))
			b.press(words.T("common.done"))
		}, []string{"participant bao [guest secretary] false "}, []string{"participant bao [guest] false "}, []string{"participant bao [guest secretary] false "}},
		"participant": {func(b bench) {
			b.r.view.Items[0].Audience = []meeting.PersonID{"bao"}
			b.s.Refresh()
			b.s.desk.editParticipant(b.r.view.People[4])
			b.press(words.T("desk.remove_participant"))
			b.press(words.T("common.remove"))
			b.r.view.Items[0].Audience = nil
			b.s.Refresh()
		}, []string{"remove participant bao"}, []string{"participant bao [guest] false ", "audience i1: false [bao]"}, []string{"remove participant bao"}},
	} {
		t.Run(name, func(t *testing.T) {
			on(t, "m", draft(), func(b bench) {
				c.step(b)
				b.want(c.did...)
				b.r.asked = nil
				b.option(undo)
				b.want(c.back...)
				if name == "replace" { // what follows depends on what the server made of it
					return
				}
				b.r.asked = nil
				b.option(undo) // there is no other
				b.want()
				b.option(redo)
				b.want(c.again...)
			})
		})
	}
}

func TestManyStepsAreTakenBackInTurn(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		for _, id := range []meeting.ItemID{"i2", "i3", "i4"} {
			b.s.desk.nudge(id, up)
		}
		b.r.asked = nil
		b.s.Undo()
		b.s.Undo()
		b.s.Redo()
		b.s.Undo()
		b.s.Undo()
		b.s.Undo()
		b.want(`move i4 before "i5"`, `move i3 before "i4"`, `move i3 before "i2"`, `move i3 before "i4"`, `move i2 before "i3"`)
		b.s.desk.nudge("i2", up)
		b.r.asked = nil
		b.s.Redo() // what was taken back is no more, after something new
		b.want()
	})
}

// What was refused is no step; what cannot be taken back says so, and why nothing before it can.
func TestNothingToUndo(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.r.code = "forbidden"
		b.s.desk.nudge("i2", up)
		b.option(words.T("common.undo"))
		b.want(`move i2 before "i1"`)
	})
	on(t, "m", complete(), func(b bench) {
		b.s.desk.nudge("i2", up)
		b.s.desk.openPublish()
		b.press(words.T("desk.publish"))
		b.s.Undo()
		b.want(`move i2 before "i1"`, "publish")
		if !b.says(words.T("desk.undo_not", words.T("desk.did_publish"))) {
			t.Error("it is not said")
		}
	})
	on(t, "m", draft(), func(b bench) {
		b.s.desk.nudge("i2", up)
		b.r.code = "in_use"
		b.s.Undo()
		if !b.says(words.T("desk.undo_not", words.T("desk.did_move", "2"))) || !b.says(words.Refusal("in_use")) {
			t.Error("a refusal is not told")
		}
	})
}

// The foot tells the last step with the way back, for a while.
func TestTheFootOffersUndo(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.nudge("i2", up)
		if !b.says(words.T("desk.did_move", "2")) {
			t.Fatal("the step is not told")
		}
		b.press(words.T("common.undo"))
		b.press(words.T("common.redo"))
		b.want(`move i2 before "i1"`, `move i2 before "i3"`, `move i2 before "i1"`)
		rest(2 * toldFor)
		if b.says(words.T("desk.did_move", "2")) {
			t.Error("it is told for ever")
		}
	})
}

// What another secretary did meanwhile to other fields is not taken back with one's own.
func TestUndoLeavesWhatOthersChanged(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editItem(b.r.view.Items[0])
		b.field(0).SetText("Báo cáo mới")
		b.field(2).SetText("50")
		b.press(words.T("common.done"))
		b.r.view.Items[0].Title, b.r.view.Items[0].Unit = "Báo cáo của người khác", "Sở Y tế"
		b.s.Refresh()
		b.r.asked = nil
		b.s.Undo()
		b.want("change i1: Báo cáo của người khác|Sở Y tế||discuss|40")
	})
}

// Nor is what he did between two changes of one's own, which are taken back as one step.
func TestUndoLeavesWhatOthersChangedMeanwhile(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.editItem(b.r.view.Items[0])
		b.field(0).SetText("Báo cáo mới")
		rest(2 * savePause)
		b.r.view.Items[0].Unit = "Sở Y tế"
		b.s.Refresh()
		b.field(2).SetText("50")
		b.press(words.T("common.done"))
		b.r.asked = nil
		b.s.Undo()
		b.want("change i1: " + draft().Items[0].Title + "|Sở Y tế||discuss|40")
		b.s.Redo()
		b.want("change i1: "+draft().Items[0].Title+"|Sở Y tế||discuss|40", "change i1: Báo cáo mới|Sở Y tế||discuss|50")
	})
	on(t, "m", draft(), func(b bench) {
		was := b.r.view.Form
		b.press(words.T("desk.edit_details"))
		b.field(2).SetText("Phòng họp C")
		rest(2 * savePause)
		b.r.view.Form.Title, b.r.view.Form.Place = "Phiên họp của người khác", "Phòng họp D"
		b.s.Refresh()
		b.field(1).SetText("Phiên họp bất thường")
		b.press(words.T("common.done"))
		b.s.Undo()
		if f := b.r.view.Form; f.Title != "Phiên họp của người khác" || f.Place != "Phòng họp D" || f.Kind != was.Kind {
			t.Errorf("taken back to %q, %q, %q", f.Title, f.Place, f.Kind)
		}
	})
}
