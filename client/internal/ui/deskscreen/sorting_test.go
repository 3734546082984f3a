package deskscreen

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"golang.org/x/text/unicode/norm"

	"phonghop/assets/lists"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
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
		if got := newFinder(items, nil).item(name); got != want {
			t.Errorf("%q is for %q, want %q", name, got, want)
		}
	}
	items[2].Readable = false
	if got := newFinder(items, nil).item("3. Báo cáo.pdf"); got != "" {
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
		if kind, title := newFinder(nil, lists.Documents()).kind(name), titled(name); kind != want[0] || title != want[1] {
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
		if id := newFinder(items, nil).item(name); id != "" && !func() bool {
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
		newFinder(nil, lists.Documents()).kind(name)
	})
}

// Several files are shown with what they are for; each can be given to another item or left out; what came from a file of the
// same name becomes its new version.
func TestSortFiles(t *testing.T) {
	view := draft()
	view.Items[2].Documents[0].Name = "Mục 3 - Tờ trình quy hoạch.pdf"
	on(t, "m", view, func(b bench) {
		b.s.desk.sortFiles(manyFiles, "i6", nil)
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
		b.s.desk.sortFiles(manyFiles, "i6", nil)
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

// heap is 500 files as a secretary has them in a folder: for items by their number and by their name, some twice, some of which
// nothing tells, with names without a blank; and some that are no documents.
func heap(items int) (files []controller.File, refused []string) {
	for n := range 500 {
		name := fmt.Sprintf("%d. Tờ trình số %d.pdf", n%items+1, n)
		switch n % 10 {
		case 3:
			name = fmt.Sprintf("scan%04d.pdf", n)
		case 5:
			name = fmt.Sprintf("%d_%s%d.PDF", n%items+1, strings.Repeat("Phu_luc_kem_theo_bao_cao_", 6), n)
		case 7:
			name = files[n-1].Name
		}
		files = append(files, controller.File{Name: name, Size: int64(1000 + n%10)})
	}
	for n := range 40 {
		refused = append(refused, fmt.Sprintf("Bảng tính %d.xlsx", n))
	}
	return files, refused
}

// However many files are dropped, only the rows in sight are there; what is doubtful can be looked at alone, what is there twice
// is not sent twice by itself, and what is no document is named.
func TestManyFilesAtOnce(t *testing.T) {
	for _, size := range []fyne.Size{fyne.NewSize(1280, 800), fyne.NewSize(320, 640)} {
		sized(t, "m", huge(), size, func(b bench) {
			files, refused := heap(200)
			files[17] = files[16] // the same name and size: the same file
			b.s.desk.sortFiles(files, "", refused)
			list := found[*sortable](b.c)[0]
			if len(list.rows) != 500 || len(list.shown) > 60 {
				t.Errorf("%v: %d of %d rows are there", size, len(list.shown), len(list.rows))
			}
			if cut := uitest.Cut(b.c); len(cut) > 0 {
				t.Errorf("%v: cut off: %q", size, cut[:min(len(cut), 3)])
			}
			if !b.says(words.T("desk.unsupported_drop") + ": Bảng tính 0.xlsx, Bảng tính 1.xlsx, Bảng tính 2.xlsx, Bảng tính 3.xlsx, Bảng tính 4.xlsx, " + words.T("desk.files_others", "35")) {
				t.Error("what is not taken is not told")
			}
			// 50 are known by nothing, 50 stand there twice, of which one is the same file.
			found[*widget.Choice](b.c)[0].OnChosen(1)
			if len(list.rows) != 100 {
				t.Errorf("%d files are doubtful", len(list.rows))
			}
			b.press(words.N("desk.files_send", 449))
			if n := len(b.r.asked); n != 449 {
				t.Errorf("%d files were sent", n)
			}
		})
	}
}

// What a person has said of a doubtful file is no doubt any more; without doubts all files are listed again.
func TestDoubtfulFilesAreSettled(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.sortFiles(append(manyFiles[:4:4], controller.File{Name: "scan.pdf", Size: 5}, controller.File{Name: "scan.pdf", Size: 6}), "", nil)
		list := found[*sortable](b.c)[0]
		found[*widget.Choice](b.c)[0].OnChosen(1)
		for _, left := range []int{1, 6} {
			list.onTap(list.rows[0].id)
			b.open("Công tác nhân sự")
			if len(list.rows) != left {
				t.Errorf("%d rows, want %d", len(list.rows), left)
			}
		}
		b.press(words.N("desk.files_send", 6))
		if got := b.r.asked[len(b.r.asked)-2:]; got[0] != "attach scan.pdf to i5" || got[1] != got[0] {
			t.Errorf("sent: %q", got)
		}
	})
}

// More files than can be taken at once are said to be left out.
func TestTooManyFiles(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.desk.sortFiles(make([]controller.File, mostFiles+3), "", nil)
		if !b.says(words.T("desk.files_over", words.Number(mostFiles), "3")) {
			t.Error("it is not told")
		}
	})
}

// Of many files on their way to an item the first are shown, those that failed before all.
func TestManyUploads(t *testing.T) {
	v := draft()
	v.Uploads = nil
	for n := range 500 {
		v.Uploads = append(v.Uploads, controller.Upload{ID: fmt.Sprint(n), Item: "i1", Name: fmt.Sprint(n, ".pdf"), Bytes: 100})
	}
	v.Uploads[400].Stage, v.Uploads[400].Code = controller.UploadFailed, "network"
	on(t, "m", v, func(b bench) {
		if n := len(found[*widget.ProgressRow](b.c)); n != mostUploads+1 {
			t.Errorf("%d rows are there", n)
		}
		if _, ok := b.s.desk.uploads.row["400"]; !ok {
			t.Error("the one that failed is not shown")
		}
		if !b.says(words.T("desk.more_files", "480")) {
			t.Error("it is not told how many more there are")
		}
	})
}
