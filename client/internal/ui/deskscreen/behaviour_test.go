package deskscreen

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

func TestNewMeetingByKeyboard(t *testing.T) {
	uitest.Desktop(t)
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.new_meeting"))
		if b.c.Focused() != b.field(0).Focusable() {
			t.Fatal("the cursor is not in the first field")
		}
		for i, text := range []string{"Giao ban tuần 49", "Giao ban", "Phòng họp B", "30-11-2026", "8h30", "", "11:00"} {
			if b.c.Focused() != b.field(i).Focusable() {
				t.Fatalf("Tab does not lead to field %d", i)
			}
			test.Type(b.c.Focused(), text)
			b.c.(interface{ FocusNext() }).FocusNext()
		}
		b.c.Focus(b.field(0).Focusable())
		b.c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		b.want("create Giao ban tuần 49 08:30 - 11:00 · Thứ Hai, 30/11/2026", "open new")
		if b.s.desk == nil || b.s.stack.Depth() != 1 {
			t.Errorf("the new meeting's desk is not open: %d pages", b.s.stack.Depth())
		}
	})
}

// Tab leads through the whole form, and what it leads to is in sight, also on a small screen.
func TestTabKeepsTheFieldInSight(t *testing.T) {
	uitest.Desktop(t)
	sized(t, "m", draft(), fyne.NewSize(360, 640), func(b bench) {
		b.press(words.T("desk.edit_details"))
		for i := range 7 {
			f := b.field(i)
			if b.c.Focused() != f.Focusable() {
				t.Fatalf("Tab does not lead to field %d", i)
			}
			top := fyne.CurrentApp().Driver().AbsolutePositionForObject(f).Y
			if top < 64 || top+f.Size().Height > 640-72 {
				t.Errorf("field %d lies from %v to %v", i, top, top+f.Size().Height)
			}
			b.c.(interface{ FocusNext() }).FocusNext()
		}
	})
}

func TestWrongFieldsAreTold(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.new_meeting"))
		wrongMeeting(b.s)
		b.want()
		for _, key := range []string{"desk.needed", "desk.date_bad", "desk.time_bad"} {
			if !b.says(words.T(key)) {
				t.Errorf("%s is not told", key)
			}
		}
		b.field(0).SetText("Giao ban")
		b.field(3).SetText("30/11/2026")
		b.field(4).SetText("14:00")
		b.field(6).SetText("13:00")
		b.press(words.T("desk.create"))
		b.want()
		if !b.says(words.T("desk.ends_before")) {
			t.Error("an end before the start is not told")
		}
	})
}

// A refusal keeps the form and what was typed; Escape asks before it loses something.
func TestNothingTypedIsLost(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.press(words.T("desk.edit_details"))
		b.r.code = "conflict"
		b.field(0).SetText("Phiên họp tháng 12")
		b.press(words.T("common.done"))
		if b.field(0).Text() != "Phiên họp tháng 12" || !b.says(words.Refusal("conflict")) {
			t.Fatal("the refusal is not told, or the text is gone")
		}
		b.s.Refresh()
		b.c.Focus(b.field(0).Focusable())
		b.keyboard().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if b.s.stack.Depth() != 1 || b.c.Overlays().Top() == nil {
			t.Fatal("Escape left the form without asking")
		}
		b.press(words.T("desk.stay"))
		b.r.code, b.r.asked = "", nil
		b.press(words.T("common.done"))
		b.want("describe Phiên họp tháng 12|Phiên họp thường kỳ|Phòng họp A, Trụ sở Ủy ban nhân dân thành phố|sir_madam|08:00 - 11:30 · Thứ Hai, 23/11/2026")
		if b.s.stack.Depth() != 0 {
			t.Error("the form stays after it was kept")
		}
	})
}

func TestEscapeLeavesAnUntouchedForm(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.press(words.T("desk.add_item"))
		b.keyboard().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if b.s.stack.Depth() != 0 || b.s.Back() {
			t.Error("the form is still there")
		}
	})
}

func TestAddItem(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.press(words.T("desk.add_item"))
		b.field(0).SetText("  Quy hoạch   vùng ")
		b.field(1).SetText("Sở Xây dựng")
		b.field(2).SetText("45 phút")
		b.press(words.T("common.add"))
		if !b.says(words.T("desk.minutes_bad", 1440)) {
			t.Error("minutes that are no number are not told")
		}
		b.field(2).SetText("45")
		b.open(words.T("desk.no_reporter"))
		b.field(0).SetText("ha le") // without accents, in any order
		b.open("Lê Thu Hà")
		b.option(words.T("desk.kind_vote"))
		b.option(words.T("desk.restrict"))
		b.open(words.T("desk.audience"))
		b.open("Nguyễn Văn Minh")
		b.open("Trần Anh Tuấn")
		b.open("Trần Anh Tuấn") // and not, after all
		b.press(words.T("common.done"))
		b.press(words.T("common.add"))
		b.want("add Quy hoạch vùng|Sở Xây dựng|ha|vote|45|true|[minh]")
	})
}

func TestEditItemAndItsAudience(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open("Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027")
		b.option(words.T("common.edit"))
		b.option(words.T("desk.kind_decide"))
		b.press(words.T("common.done"))
		b.option(words.T("common.edit"))
		b.option(words.T("desk.restrict"))
		b.press(words.T("common.done"))
		b.want("change i2: Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027|Sở Tài chính|ha|decide|30", "audience i2: true []")
	})
}

func TestMoveAndDeleteItems(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open("Đề án chuyển đổi số")
		b.option(words.T("desk.up"))
		b.option(words.T("desk.down"))
		b.option(words.T("common.delete"))
		b.press(words.T("desk.delete_item"))
		b.open("Công tác nhân sự")
		b.option(words.T("desk.down"))
		b.want(`move i4 before "i3"`, `move i4 before "i6"`, "remove i4", `move i5 before ""`)
	})
}

func TestDocuments(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open("Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027")
		b.press(words.T("desk.add_documents"))
		b.press(words.T("desk.dismiss_file"))
		b.open("Tờ trình 12/TTr-STC")
		b.press(words.T("common.down"))
		b.press(words.T("desk.rename"))
		b.field(0).SetText("Tờ trình về dự toán")
		b.press(words.T("common.done"))
		b.press(words.T("desk.replace"))
		b.open("Phụ lục 1 Thu ngân sách")
		b.press(words.T("common.remove"))
		b.press(words.T("common.remove"))
		b.want("attach Báo cáo.pdf to i2", "attach Phụ lục.pdf to i2", "cancel u2", `move b of i2 before ""`, "rename b of i2: Tờ trình về dự toán|Tờ trình",
			"replace b of i2 by Báo cáo.pdf", "remove c of i2")
	})
}

// What the network broke can be tried again; a file with a password cannot.
func TestRetry(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open("Đề án chuyển đổi số")
		for _, row := range found[*widget.ProgressRow](b.c) {
			row.OnRetry()
		}
		b.want("retry u3")
		b.open("Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027")
		for _, row := range found[*widget.ProgressRow](b.c) {
			if row.OnRetry != nil {
				t.Error("trying again is offered for what cannot help")
			}
		}
	})
}

// A row grows in place: its button can be pressed while the file is on its way.
func TestProgressKeepsItsRow(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open("Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027")
		before := found[*widget.ProgressRow](b.c)[0]
		b.r.view.Uploads[0].Sent = 41_000_000
		b.r.view.Uploads[0].Stage = controller.UploadReading
		b.s.Refresh()
		if after := found[*widget.ProgressRow](b.c)[0]; after != before || !b.says(words.T("desk.reading_file")) {
			t.Error("the row was built anew, or stands still")
		}
	})
}

func TestDropFiles(t *testing.T) {
	uris := []fyne.URI{storage.NewFileURI("/tmp/3. Bao cao.pdf"), storage.NewFileURI("/tmp/Bảng.xlsx"), storage.NewFileURI("/tmp/Tờ trình.PDF")}
	on(t, "m", draft(), func(b bench) {
		b.open("Đề án chuyển đổi số")
		b.s.DropFiles(uris[1:])
		b.want("attach Tờ trình.PDF to i4")
		if !b.says("Bảng.xlsx") {
			t.Error("the file that was not taken is not named")
		}
	})
	sized(t, "m", draft(), fyne.NewSize(360, 640), func(b bench) {
		b.s.DropFiles(uris)
		b.want()
		b.press(words.N("desk.files_send", 1)) // nothing tells what the other one is for
		b.want("attach 3. Bao cao.pdf to i3")
	})
	closed := draft()
	closed.CanEdit = false
	on(t, "m", closed, func(b bench) {
		b.s.DropFiles(uris)
		b.want()
	})
}

func TestPublish(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.press(words.T("desk.publish"))
		b.press(words.T("desk.publish"))
		b.want() // a file is still on its way
	})
	on(t, "m", complete(), func(b bench) {
		b.press(words.T("desk.publish"))
		b.want()
		b.press(words.T("desk.publish"))
		b.want("publish")
		if b.s.stack.Depth() != 0 {
			t.Error("the preview stays")
		}
	})
}

func TestChecksLeadToWhereTheyAreMended(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open(words.N("desk.lacking", 3))
		if b.s.desk.selected != "i4" {
			t.Errorf("chose %q", b.s.desk.selected)
		}
	})
	on(t, "m", bare(), func(b bench) {
		b.open(words.T("desk.lacking_time"))
		if len(found[*widget.TextField](b.c)) != 7 {
			t.Error("the details' form is not open")
		}
	})
}

func TestParticipants(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open(words.T("desk.people"))
		b.press(words.T("desk.add_person"))
		b.option(words.T("role.guest"))
		b.open("Phạm Thị Ngọc Ánh")
		b.open("Đỗ Văn Hưng")
		b.press(words.N("desk.add_count", 2))
		b.open("Trần Anh Tuấn")
		b.option(words.T("role.chair"))
		b.press(words.T("common.done"))
		b.open("Nguyễn Quốc Bảo")
		b.option(words.T("role.guest"))
		b.open(words.T("desk.no_stand_in"))
		b.open("Trần Anh Tuấn")
		b.press(words.T("common.done"))
		b.open("Nguyễn Quốc Bảo")
		b.press(words.T("desk.remove_participant"))
		b.press(words.T("common.remove"))
		b.want("participant anh [guest] false ", "participant hung [guest] false ", "participant tuan [chair] true ", "participant bao [] false tuan", "remove participant bao")
	})
}

// The last secretary cannot be taken off: the refusal is told on the form.
func TestRefusedParticipantStays(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.open(words.T("desk.people"))
		b.open("Đỗ Thị Lan")
		b.r.code = "in_use"
		b.press(words.T("desk.remove_participant"))
		b.press(words.T("common.remove"))
		if b.s.stack.Depth() != 2 || !b.says(words.Refusal("in_use")) {
			t.Error("the refusal is not told")
		}
	})
}

func TestRoster(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.roster"))
		b.press(words.T("desk.add_person"))
		b.field(0).SetText("Vũ Thị Mai")
		b.field(1).SetText("Giám đốc")
		b.field(3).SetText("70")
		b.field(4).SetText("12345")
		b.press(words.T("common.add"))
		b.want() // too short a PIN
		b.field(4).SetText("482913")
		b.press(words.T("common.add"))
		b.want("add person Vũ Thị Mai|Giám đốc||70|false|person PIN 6 digits")
		b.press(words.T("common.add")) // the answer is still to come: nothing is sent twice
		if len(b.r.asked) != 1 {
			t.Fatal("sent twice")
		}
		b.r.done[0]("weak_pin")
		if b.field(0).Text() != "Vũ Thị Mai" || !b.says(words.Refusal("weak_pin")) {
			t.Fatal("the refusal is not told, or the text is gone")
		}
		b.press(words.T("common.add"))
		b.r.done[1]("")
		if !b.says("482 913") {
			t.Error("the PIN is not shown to be handed over")
		}
	})
}

func TestPersonOfTheRoom(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.roster"))
		b.field(0).SetText("do van hung")
		if n := len(found[*widget.Card](b.c)); n != 1 {
			t.Fatalf("%d people found", n)
		}
		b.open("Đỗ Văn Hưng")
		b.press(words.T("common.edit"))
		b.field(1).SetText("Phó Giám đốc")
		b.press(words.T("common.done"))
		b.r.done[0]("")
		b.press(words.T("desk.choose_pin"))
		b.field(0).SetText("730 281")
		b.press(words.T("common.save"))
		b.field(0).SetText("730281")
		b.press(words.T("common.save"))
		b.r.done[1]("")
		b.press(words.T("common.done"))
		b.press(words.T("desk.remove_person"))
		b.press(words.T("common.remove"))
		b.r.done[2]("last_secretary")
		if !b.says(words.Refusal("last_secretary")) {
			t.Error("the refusal is not told")
		}
		b.want("set person hung Đỗ Văn Hưng|Phó Giám đốc|60|false", `pin hung "" 730281`, "remove person hung")
	})
}

// An answer that comes after the desk was closed touches nothing.
func TestLateAnswer(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		b.press(words.T("desk.roster"))
		b.press(words.T("desk.name_room"))
		b.field(0).SetText("Phòng họp B")
		b.press(words.T("common.done"))
		b.want("name room Phòng họp B")
		b.s.Close()
		b.r.done[0]("")
		if b.s.stack.Depth() != 2 {
			t.Error("a closed desk went on")
		}
	})
}

func TestOnlyOwnMeetingsAreListed(t *testing.T) {
	on(t, "", draft(), func(b bench) {
		if b.says("Không phải thư ký ở đây") {
			t.Error("a meeting is listed that this person does not prepare")
		}
		b.open("Phiên họp chuyên đề về đầu tư công")
		if !b.s.Back() {
			t.Error("no way back to the list")
		}
		b.s.DropFiles([]fyne.URI{storage.NewFileURI("/tmp/1.pdf")}) // no meeting is on the screen any more
		b.want("open n", "leave n")
	})
}
