package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/widget"
)

// TestSqueezedCard: the painter panics on a negative size, and a card may be
// given hardly any width while a screen is laid out.
func TestSqueezedCard(t *testing.T) {
	test.NewTempApp(t)
	c := widget.NewCard(widget.CardData{
		Mark: widget.Mark{Text: "1"}, Title: "Báo cáo", Chevron: true,
		Chips: []*widget.Chip{widget.NewChip("Đã tải xong", widget.ChipNeutral), widget.NewChip("Đang họp", widget.ChipLive)},
	}, func() {})
	w := test.NewTempWindow(t, c)
	for _, width := range []float32{1, 40, 90, 600} {
		w.Resize(fyne.NewSize(width, 300))
		c.Resize(fyne.NewSize(width, c.HeightFor(width)))
		w.Canvas().Capture()
	}
}
