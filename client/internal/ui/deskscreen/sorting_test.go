package deskscreen

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"phonghop/assets/lists"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

var manyFiles = []controller.File{
	{Name: "1. Báo cáo KTXH tháng 11.pdf", Size: 4_200_000}, {Name: "Mục 3 - Tờ trình quy hoạch.pdf", Size: 18_400_000},
	{Name: "De an chuyen doi so.pdf", Size: 900_000}, {Name: "02_Phụ lục 1 Thu ngân sách.pdf", Size: 640_000}, {Name: "scan0001.pdf", Size: -1},
}

// What file names of real meetings look like, against the agenda of draft.
func TestMatched(t *testing.T) {
	items := draft().Items
	for name, want := range map[string]meeting.ItemID{
		"3. Báo cáo quy hoạch.pdf":                   "i3",
		"03_bao cao.PDF":                             "i3",
		"Mục 3 - Tờ trình.pdf":                       "i3",
		norm.NFD.String("Mục 3 - Tờ trình.pdf"):      "i3",
		"Nội dung 4.pdf":                             "i4",
		"ND2.Tờ trình dự toán.pdf":                   "i2",
		"5.pdf":                                      "i5",
		"De an chuyen doi so.pdf":                    "i4",
		"DE_AN_CHUYEN_DOI_SO.pdf":                    "i4",
		"Tờ trình quy hoạch khu đô thị ven sông.pdf": "i3",
		"Báo cáo tình hình kinh tế xã hội.pdf":       "i1",
		"Dự toán ngân sách năm 2027.pdf":             "i2",
		"scan0001.pdf":                               "",
		"2026-11-23.pdf":                             "",
		"12-TTr-STC.pdf":                             "",
		"3 TTr UBND Quy định khác.pdf":               "", // the document's own number
		"9. Nội dung không có.pdf":                   "",
		".pdf":                                       "",
		"":                                           "",
	} {
		if got := matched(name, items); got != want {
			t.Errorf("%q is for %q, want %q", name, got, want)
		}
	}
	items[2].Readable = false
	if got := matched("3. Báo cáo.pdf", items); got != "" {
		t.Errorf("a file was placed in an item that is not for this person: %q", got)
	}
}

func TestKindAndTitle(t *testing.T) {
	for name, want := range map[string][2]string{
		"3. Báo cáo quy hoạch.pdf":              {"Báo cáo", "Báo cáo quy hoạch"},
		"02_to trinh cua So Tai chinh.pdf":      {"Tờ trình", "to trinh cua So Tai chinh"},
		"Mục 2 - Dự thảo Nghị quyết về phí.pdf": {"Dự thảo Nghị quyết", "Dự thảo Nghị quyết về phí"},
		"Phụ lục 1 kèm Tờ trình.pdf":            {"Phụ lục", "Phụ lục 1 kèm Tờ trình"},
		"Báo cáo thẩm tra của Ban Kinh tế.pdf":  {"Báo cáo thẩm tra", "Báo cáo thẩm tra của Ban Kinh tế"},
		"12-TTr-STC.pdf":                        {"Tờ trình", "12-TTr-STC"},
		"Nội dung 4.pdf":                        {"", "Nội dung 4"},
		"Danh sách.pdf":                         {"", "Danh sách"},
	} {
		if kind, title := kindOf(name, lists.Documents()), titled(name); kind != want[0] || title != want[1] {
			t.Errorf("%q: kind %q, title %q, want %q", name, kind, title, want)
		}
	}
}

// Whatever a file is called, it is placed in an item that is there or in none, and its title can be kept.
func FuzzFileNames(f *testing.F) {
	for _, file := range manyFiles {
		f.Add(file.Name)
	}
	f.Add(norm.NFD.String("Mục 12a) Đề án.pdf"))
	items := draft().Items
	f.Fuzz(func(t *testing.T, name string) {
		if id := matched(name, items); id != "" && !func() bool {
			for _, i := range items {
				if i.ID == id {
					return true
				}
			}
			return false
		}() {
			t.Errorf("%q is for %q", name, id)
		}
		if title := titled(name); utf8.RuneCountInString(title) > meeting.MaxTitle {
			t.Errorf("a title of %d letters", utf8.RuneCountInString(title))
		}
		kindOf(name, lists.Documents())
	})
}

// Several files are shown with what they are for; each can be given to another item or left out; what came from a file of the
// same name becomes its new version.
func TestSortFiles(t *testing.T) {
	view := draft()
	view.Items[2].Documents[0].Name = "Mục 3 - Tờ trình quy hoạch.pdf"
	on(t, "m", view, func(b bench) {
		b.s.desk.sortFiles(manyFiles, "i6")
		b.want()
		b.open("scan0001.pdf")
		b.open("Công tác nhân sự")
		b.open("De an chuyen doi so.pdf")
		b.open(words.T("desk.file_none"))
		b.press(words.N("desk.files_send", 4))
		b.want("attach 1. Báo cáo KTXH tháng 11.pdf to i1", "replace d of i3 by Mục 3 - Tờ trình quy hoạch.pdf",
			"attach 02_Phụ lục 1 Thu ngân sách.pdf to i2", "attach scan0001.pdf to i5")
		if b.s.stack.Depth() != 0 {
			t.Error("the sheet is still there")
		}
	})
	on(t, "m", view, func(b bench) { // given up: nothing is sent
		b.s.desk.sortFiles(manyFiles, "i6")
		b.press(words.T("common.cancel"))
		b.want()
	})
}

// One row counts all files from when there were none until there are none again.
func TestAllFilesTogether(t *testing.T) {
	v := bare()
	on(t, "m", v, func(b bench) {
		show := func(uploads ...controller.Upload) {
			b.r.view.Uploads = uploads
			b.s.Refresh()
		}
		up := func(n int, stage controller.UploadStage, code string) controller.Upload {
			return controller.Upload{ID: fmt.Sprint(n), Item: "i1", Name: "x.pdf", Bytes: 100, Stage: stage, Code: code}
		}
		wait, fail := controller.UploadWaiting, controller.UploadFailed
		show(up(1, wait, ""), up(2, wait, ""))
		if b.says(words.T("desk.all_files", 0, 2)) {
			t.Error("two files need no row of their own")
		}
		show(up(1, wait, ""), up(2, wait, ""), up(3, wait, ""), up(4, wait, ""))
		show(up(2, wait, ""), up(3, fail, "network"), up(4, wait, ""))
		if !b.says(words.T("desk.all_files", 1, 4)) {
			t.Error("one of four is not told")
		}
		b.s.desk.uploads.all.OnCancel()
		b.press(words.T("desk.cancel_all"))
		b.want("cancel 2", "cancel 4")
		show(up(3, fail, "network"))
		if b.says(words.T("desk.all_files_failed", 1, 2, 1)) {
			t.Error("what is left of two needs no row of its own")
		}
		show()
		show(up(5, fail, "network"), up(6, fail, "pdf_encrypted"), up(7, fail, "network"), up(8, fail, "network"))
		if !b.says(words.T("desk.all_files_failed", 0, 4, 4)) {
			t.Error("failed ones are not told")
		}
		b.r.asked = nil
		b.s.desk.uploads.all.OnRetry()
		b.want("retry 5", "retry 7", "retry 8") // what is wrong with a file itself stays wrong
	})
}
