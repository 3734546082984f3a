package widget_test

import (
	"context"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// The gallery shows every widget in its states; the pictures in testdata are what a person looked at and found good.
func TestGallery(t *testing.T) {
	for _, g := range []struct {
		name     string
		language words.Language
		options  theme.Options
		size     fyne.Size
		content  func() fyne.CanvasObject
	}{
		{"rows-vi-light", words.Vietnamese, theme.Options{Mode: theme.Light}, fyne.NewSize(1100, 980), rows},
		{"rows-en-dark", words.English, theme.Options{Mode: theme.Dark}, fyne.NewSize(1100, 980), rows},
		{"rows-phone", words.Vietnamese, theme.Options{Mode: theme.Light}, fyne.NewSize(360, 1500), rows},
		{"controls-vi-light", words.Vietnamese, theme.Options{Mode: theme.Light}, fyne.NewSize(1100, 900), controls},
		{"controls-en-dark", words.English, theme.Options{Mode: theme.Dark}, fyne.NewSize(1100, 900), controls},
		{"controls-200", words.Vietnamese, theme.Options{Mode: theme.Light, Scale: 2}, fyne.NewSize(1280, 1900), controls},
		{"reader-vi-light", words.Vietnamese, theme.Options{Mode: theme.Light}, fyne.NewSize(1180, 760), reader},
		{"reader-en-dark", words.English, theme.Options{Mode: theme.Dark}, fyne.NewSize(800, 600), reader},
	} {
		t.Run(g.name, func(t *testing.T) {
			app := test.NewTempApp(t)
			theme.Apply(app, g.options)
			words.Use(g.language)
			defer words.Use(words.Vietnamese)
			w := test.NewTempWindow(t, g.content())
			w.SetPadded(false)
			w.Resize(g.size)
			test.AssertRendersToImage(t, "gallery/"+g.name+".png", w.Canvas())
			for len(opened) > 0 {
				opened[0].Close()
				opened = opened[1:]
			}
		})
	}
}

const long = "Tờ trình về việc ban hành Nghị quyết quy định mức chi hỗ trợ chuyển đổi số cho các đơn vị sự nghiệp công lập trên địa bàn giai đoạn 2027 - 2030"

func rows() fyne.CanvasObject {
	tap := func() {}
	failed := widget.NewProgressRow(icons.FileText, "Phụ lục 2 Danh mục công trình.pdf")
	failed.OnRetry = tap
	failed.Set(widget.Failed, 0, words.Refusal("pdf_encrypted"))
	running := widget.NewProgressRow(icons.FileText, "TTr-12 Nội dung trình Hội đồng nhân dân.pdf")
	running.OnCancel = tap
	running.Set(widget.Running, 0.62, say("Đang xử lý, trang 17/27", "Processing, page 17 of 27"))
	done := widget.NewProgressRow(icons.FileText, "Báo cáo kinh tế - xã hội.pdf")
	done.Set(widget.Done, 1, words.T("desk.pages_size", 64, words.Bytes(4_200_000)))
	return widget.NewScroll(widget.Column(0,
		widget.NewTopBar(words.T("agenda.title"), tap, "Phiên họp thường kỳ tháng 11",
			widget.NewChip(words.T("meetings.open"), widget.ChipLive),
			widget.NewChip(words.N("state.loaded", 16), widget.ChipNeutral).WithIcon(icons.Check)),
		widget.Inset(widget16, widget16, widget.Column(10,
			widget.NewBanner(widget.BannerOffline, say("Mất kết nối: ghi chú và phiếu được lưu trên máy, sẽ tự gửi khi có mạng", "No connection: notes and votes are kept on this device and sent when the network is back"), "", nil),
			widget.NewBanner(widget.BannerWayBack, words.T("state.reading_alone"), words.T("reader.back_to_presenter", 12), tap),
			widget.NewBanner(widget.BannerNotice, words.N("desk.lacking", 2), "", nil),
			widget.NewCard(widget.CardData{Mark: widget.Mark{Text: "1", Done: true}, Title: "Báo cáo tình hình kinh tế - xã hội tháng 11", Subtitle: "Sở Tài chính · " + words.N("agenda.documents", 3), Chevron: true}, tap),
			widget.NewCard(widget.CardData{Mark: widget.Mark{Text: "2", Current: true}, Title: "Nội dung trình Hội đồng nhân dân", Subtitle: "Sở Tài chính · " + words.N("agenda.documents", 4), Selected: true, Chevron: true,
				Chips: []*widget.Chip{widget.NewChip(words.T("agenda.running"), widget.ChipAccent)}}, tap),
			widget.NewCard(widget.CardData{Mark: widget.Mark{Text: "7a"}, Title: long, Subtitle: "Sở Khoa học và Công nghệ", Chevron: true,
				Chips: []*widget.Chip{widget.NewChip(words.T("state.restricted"), widget.ChipNotice).WithIcon(icons.Lock), widget.NewChip(words.T("agenda.postponed"), widget.ChipNeutral)}}, tap),
			widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Monitor}, Title: "Phòng họp B", Subtitle: words.T("join.silent"),
				Chips: []*widget.Chip{widget.NewChip(words.T("state.offline_short"), widget.ChipOffline)}}, nil),
			widget.NewCard(widget.CardData{Mark: widget.Mark{Text: "3"}, Title: "Đề án chuyển đổi số", Subtitle: "18/30 phút", Compact: true, Selected: true}, tap),
			running, failed, done,
		)),
	))
}

const widget16 = 16

func controls() fyne.CanvasObject {
	tap := func() {}
	disabled := widget.NewButton(words.T("vote.chair.open"), widget.Filled, tap)
	disabled.SetEnabled(false)
	chosen := widget.NewIconButton(icons.LayoutGrid, words.T("reader.pages"), tap)
	chosen.SetChosen(true)
	off := widget.NewIconButton(icons.Pencil, words.T("reader.pen"), tap)
	off.SetEnabled(false)
	wrong := widget.NewTextField(words.T("join.address"), words.T("join.address_hint"))
	wrong.SetText("192.168.1")
	wrong.SetError(words.T("join.address_bad"))
	help := widget.NewTextField(words.T("desk.date"), words.T("desk.date_hint"))
	pad := widget.NewPINPad(func(string) {})
	for _, r := range "1234567" {
		pad.TypedRune(r)
	}
	pad.SetMessage(words.Refusal("wrong_pin"), true)
	bar := widget.NewBar()
	bar.Set(0.89, theme.Yes)
	return widget.NewScroll(widget.Inset(20, 20, widget.Column(18,
		widget.NewText(words.T("join.title"), widget.StyleTitle),
		widget.Flow(12,
			widget.NewButton(words.T("agenda.enter_presented"), widget.Filled, tap).WithHeight(widget.Tall),
			widget.NewButton(say("Đăng ký phát biểu", "Ask for the floor"), widget.Outlined, tap).WithHeight(widget.Tall).WithIcon(icons.Hand),
			disabled,
			widget.NewButton(words.T("common.delete"), widget.Danger, tap).WithIcon(icons.Trash2),
			widget.NewButton(words.T("signin.not_me"), widget.Plain, tap)),
		widget.Flow(4, chosen,
			widget.NewIconButton(icons.List, words.T("agenda.title"), tap), off,
			widget.NewIconButton(icons.Search, words.T("common.search"), tap),
			widget.NewIconButton(icons.Bookmark, say("Đánh dấu", "Bookmark"), tap),
			widget.NewIconButton(icons.ChevronLeft, words.T("reader.previous"), tap).Beside(),
			widget.NewIconButton(icons.ChevronRight, "", tap),
			widget.NewChoice([]string{words.T("reader.private_layer"), words.T("reader.shared_layer")}, 0, nil),
			widget.NewChip(words.T("reader.shared_note"), widget.ChipShared)),
		widget.Row(24, 1, widget.Narrow(340, pad), widget.Column(14, wrong, help,
			widget.NewPanel(widget.Column(8, widget.NewText(words.T("vote.chair.present"), widget.StyleSecondary),
				widget.Row(10, 1, widget.NewText("17", widget.StyleFigure), widget.NewText(say("/ 19 thành viên", "of 19 members"), widget.StyleLead.Colored(theme.Secondary))),
				bar, widget.NewText(say("Đủ điều kiện tiến hành phiên họp (tối thiểu 13/19 thành viên)", "The meeting may be held (at least 13 of 19 members)"), widget.StyleSecondary.Colored(theme.Yes)))))),
		widget.EmptyState(icons.Wifi, words.T("join.none"), words.T("join.none_help"), widget.NewButton(say("Nhập địa chỉ", "Enter address"), widget.Outlined, tap)),
	)))
}

// reader is a document beside its agenda: the page is not there yet, and a question lies over the side.
func reader() fyne.CanvasObject {
	tap := func() {}
	view := widget.NewPageView()
	side := widget.NewScroll(widget.Inset(8, 0, widget.Column(4,
		widget.NewCard(widget.CardData{Mark: widget.Mark{Text: "1", Done: true}, Title: "Kinh tế - xã hội tháng 11", Subtitle: words.T("agenda.minutes_used", 42, 40), Compact: true}, tap),
		widget.NewCard(widget.CardData{Mark: widget.Mark{Text: "2", Current: true}, Title: long, Subtitle: words.T("agenda.minutes_used", 18, 30), Compact: true, Selected: true}, tap),
		widget.NewCard(widget.CardData{Mark: widget.Mark{Text: "3"}, Title: "Quy hoạch khu đô thị ven sông", Subtitle: words.T("agenda.minutes", 40), Compact: true}, tap))))
	column := widget.NewSideColumn(words.T("agenda.title"), side, view, 320)
	bar := widget.Inset(12, 4, widget.Flow(4,
		widget.NewIconButton(icons.LayoutGrid, words.T("reader.pages"), tap),
		widget.NewIconButton(icons.Hand, say("Phát biểu", "Speak"), tap),
		widget.NewIconButton(icons.ChevronLeft, words.T("reader.previous"), tap),
		widget.NewText(words.T("reader.page_short", 4, 27), widget.StyleStrong),
		widget.NewIconButton(icons.ChevronRight, words.T("reader.next"), tap)))
	frame := widget.Frame(widget.NewTopBar(words.T("agenda.title"), tap, long, widget.NewChip(words.T("state.reading_alone"), widget.ChipNeutral)), column, bar)
	view.SetSource(silent{}, 4)
	opened = append(opened, view)
	return frame
}

// opened are the views that a gallery has to close.
var opened []*widget.PageView

// silent is a document whose pages are long in coming.
type silent struct{}

func (silent) Pages() int                           { return 27 }
func (silent) PageSize(int) (width, height float32) { return 595, 842 }

func (silent) Picture(ctx context.Context, _, _ int) (*image.RGBA, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (s silent) Tile(ctx context.Context, page, width, _, _ int) (*image.RGBA, error) {
	return s.Picture(ctx, page, width)
}

// A question over a screen: the veil, the sheet, and a red button for what destroys.
func TestConfirmSheetPicture(t *testing.T) {
	app := test.NewTempApp(t)
	theme.Apply(app, theme.Options{Mode: theme.Light})
	w := test.NewTempWindow(t, rows())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800, 520))
	sheet := widget.NewConfirmSheet(widget.Question{Title: words.T("chair.close_ask"), Help: words.T("chair.close_help"),
		Yes: words.T("chair.close_meeting"), No: words.T("common.cancel"), Destroys: true}, nil)
	sheet.ShowOn(w.Canvas())
	test.AssertRendersToImage(t, "gallery/sheet.png", w.Canvas())
}

// say is an example of a text that no screen has, in the language of the picture.
func say(vietnamese, english string) string {
	if words.Current() == words.English {
		return english
	}
	return vietnamese
}
