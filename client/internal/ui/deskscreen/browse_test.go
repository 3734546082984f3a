package deskscreen

import (
	"fmt"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
)

// cupboard is a device with a few folders.
type cupboard struct{}

func (cupboard) Places() []Place {
	return []Place{{words.T("files.downloads"), "/tai"}, {words.T("files.documents"), "/tai/lieu"}, {"USB", "/usb"}}
}

func (cupboard) List(folder string) (Listing, error) {
	l := Listing{Path: folder}
	switch folder {
	case "/tai":
		l.Folders = []Place{{"Kỳ họp tháng 11", "/tai/lieu"}}
		l.Files = []Found{{controller.File{Name: "Giấy mời.pdf", Size: 120_000}, starts}}
	case "/tai/lieu":
		l.Parent = "/tai"
		for n := range 4 {
			l.Files = append(l.Files, Found{controller.File{Name: fmt.Sprintf("%d. Tờ trình về dự toán ngân sách năm 2027.pdf", n+1), Size: 4_200_000}, starts.Add(time.Duration(n) * time.Hour)})
		}
	default:
		return l, os.ErrPermission
	}
	return l, nil
}

// drawer is a shelf whose files are looked for by the desk itself.
type drawer struct{ shelf }

func (drawer) Browser() Browser { return cupboard{} }

func TestBrowse(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.files = drawer{}
		b.open("Đề án chuyển đổi số")
		b.press(words.T("desk.add_documents"))
		synctest.Wait()
		b.open("Kỳ họp tháng 11")
		synctest.Wait()
		b.open("1. Tờ trình về dự toán ngân sách năm 2027.pdf")
		b.open("3. Tờ trình về dự toán ngân sách năm 2027.pdf")
		b.open("3. Tờ trình về dự toán ngân sách năm 2027.pdf") // not, after all
		b.open("4. Tờ trình về dự toán ngân sách năm 2027.pdf")
		b.press(words.N("desk.files_send", 2))
		b.want("attach 1. Tờ trình về dự toán ngân sách năm 2027.pdf to i4", "attach 4. Tờ trình về dự toán ngân sách năm 2027.pdf to i4")
		// It goes on where it was; a folder that cannot be read says so, and the way on stays.
		b.press(words.T("desk.add_documents"))
		synctest.Wait()
		b.press("USB")
		synctest.Wait()
		if !b.says(words.T("files.failed")) {
			t.Error("a folder that cannot be read is not told")
		}
		b.open(words.T("files.up"))
		synctest.Wait()
		if !b.says("Giấy mời.pdf") {
			t.Error("the way up leads nowhere")
		}
	})
}

func TestADocumentIsReplacedByOneFile(t *testing.T) {
	on(t, "m", draft(), func(b bench) {
		b.s.files = drawer{}
		b.s.desk.openDocument("i2", "b")
		b.press(words.T("desk.replace"))
		synctest.Wait()
		b.open("Giấy mời.pdf")
		b.want("replace b of i2 by Giấy mời.pdf")
		if b.s.stack.Depth() != 0 {
			t.Errorf("%d pages are left", b.s.stack.Depth())
		}
	})
}
