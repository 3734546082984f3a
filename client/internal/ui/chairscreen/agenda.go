package chairscreen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// agendaRow is what a line of the agenda shows.
type agendaRow struct {
	ID         meeting.ItemID
	Number     string
	Title      string
	Subtitle   string
	Current    bool
	Done       bool
	Restricted bool
	Sub        bool // a sub-item
}

func rowOf(i controller.ItemRow) agendaRow {
	r := agendaRow{ID: i.ID, Number: i.Number, Title: titleOf(i), Current: i.Current, Done: i.State == meeting.Done, Restricted: i.Restricted, Sub: i.Parent != ""}
	used, planned := minutes(i.Used), minutes(i.Planned)
	switch {
	case used > 0 && planned > 0:
		r.Subtitle = words.T("agenda.minutes_used", used, planned)
	case used > 0:
		r.Subtitle = words.T("agenda.minutes", used)
	case planned > 0:
		r.Subtitle = words.T("agenda.minutes", planned)
	}
	if i.State != meeting.Waiting {
		r.Subtitle = joined(words.T(i.StateKey), r.Subtitle)
	}
	if i.Reason != "" {
		r.Subtitle += "\n" + words.T("chair.reason") + ": " + i.Reason
	}
	return r
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

func (s *Screen) agendaModel() any {
	rows := make([]agendaRow, 0, len(s.view.Items))
	for _, i := range s.view.Items {
		rows = append(rows, rowOf(i))
	}
	return []any{rows, minutes(s.view.UsedTotal), minutes(s.view.PlannedTotal), s.view.Exists}
}

func (s *Screen) buildAgenda() fyne.CanvasObject {
	v := s.view
	if !v.Exists {
		return nil
	}
	head := words.T("agenda.title")
	if total := minutes(v.PlannedTotal); total > 0 {
		head = joined(head, words.T("agenda.minutes_used", minutes(v.UsedTotal), total))
	}
	s.running = nil
	objects := []fyne.CanvasObject{widget.NewText(head, widget.StyleStrong.Colored(theme.Secondary))}
	if len(v.Items) == 0 {
		objects = append(objects, widget.NewText(words.T("agenda.empty"), widget.StyleSecondary))
	}
	for _, i := range v.Items {
		r := rowOf(i)
		data := widget.CardData{Mark: widget.Mark{Text: r.Number, Current: r.Current, Done: r.Done}, Title: r.Title, Subtitle: r.Subtitle,
			Selected: r.Current, Compact: true}
		if r.Restricted && i.Title != "" {
			data.Chips = []*widget.Chip{widget.NewChip(words.T("state.restricted"), widget.ChipNotice).WithIcon(icons.Lock)}
		}
		var card fyne.CanvasObject = widget.NewCard(data, func() { s.openItem(r.ID) })
		if r.Sub {
			card = widget.Shift(20, card)
		}
		if r.Current {
			s.running = card
		}
		objects = append(objects, card)
	}
	return widget.Column(6, objects...)
}

// revealCurrent brings the running item into sight once, when it has begun.
func (s *Screen) revealCurrent() {
	if s.revealed == s.view.Current || s.running == nil || s.content.Size().IsZero() {
		return
	}
	s.revealed = s.view.Current
	s.board.Reveal(0, s.running.Position().Y)
}
