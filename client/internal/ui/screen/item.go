package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// item shows one agenda item with its documents.
type item struct {
	still
	shell   *Shell
	meeting string
	id      meeting.ItemID
	seen    controller.MeetingView
	row     controller.ItemRow
	there   bool
	scroll  *widget.Scroll
}

func newItem(s *Shell, id string, i meeting.ItemID) *item {
	return &item{shell: s, meeting: id, id: i, scroll: newScroll()}
}

type itemModel struct {
	Status controller.Status
	Row    controller.ItemRow
	There  bool
}

func (v *item) model() any {
	v.seen = v.shell.act.Meeting(v.meeting)
	v.row, v.there = controller.ItemRow{}, false
	for _, i := range v.seen.Items {
		if i.ID == v.id {
			v.row, v.there = i, true
		}
	}
	row := v.row
	row.Used, row.Documents = 0, coarse(row.Documents)
	return itemModel{v.seen.Status, row, v.there}
}

func (v *item) name() string { return words.T("agenda.item", v.row.Number) }

func (v *item) draw() fyne.CanvasObject {
	var trailing []fyne.CanvasObject
	if chip := linkChip(v.seen.Status); chip != nil {
		trailing = append(trailing, chip)
	}
	top := widget.NewTopBar(words.T("agenda.title"), v.shell.pop, words.T("agenda.item", v.row.Number), trailing...)
	objects := v.shell.stateBanners(v.seen.Status)
	if !v.there || !v.row.Readable {
		objects = append(objects, widget.EmptyState(icons.Lock, words.T("agenda.gone"), words.Refusal("not_found"), nil))
		return widget.Frame(top, body(v.scroll, listWidth, objects...), nil)
	}
	objects = append(objects, widget.NewText(itemTitle(v.row), widget.StyleTitle))
	if facts := dotted(v.row.Unit, v.row.Reporter, v.row.Reason); facts != "" {
		objects = append(objects, widget.NewText(facts, widget.StyleSecondary.Colored(theme.Secondary)))
	}
	for _, vote := range v.row.Votes {
		objects = append(objects, voteLine(vote, func() { v.shell.openVote(vote.VoteAt) }))
	}
	if len(v.row.Documents) == 0 {
		objects = append(objects, widget.EmptyState(icons.FileText, words.T("agenda.no_documents"), "", nil))
	}
	for _, d := range v.row.Documents {
		objects = append(objects, documentCard(d, func() { v.shell.read(v.meeting, d) }))
	}
	return widget.Frame(top, body(v.scroll, listWidth, objects...), nil)
}
