package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// voteLine is a vote below its item: the result in one sentence, or the opinion that is asked for. A tap leads to it.
func voteLine(v controller.ItemVote, tap func()) fyne.CanvasObject {
	data := widget.CardData{Mark: widget.Mark{Icon: icons.Vote, Done: v.Announced || v.Answered}, Title: v.Question, Compact: true, Chevron: true}
	if r := []rune(data.Title); len(r) > longestQuestion {
		data.Title = string(r[:longestQuestion-1]) + "…"
	}
	switch {
	case v.Announced:
		data.Subtitle = v.Sentence.Say(words.T)
	case v.Answered:
		data.Chips = []*widget.Chip{widget.NewChip(words.T("vote.ahead.answered"), widget.ChipLive).WithIcon(icons.Check)}
	case v.Asks:
		data.Chips = []*widget.Chip{widget.NewChip(words.T("vote.ahead.waits"), widget.ChipNotice)}
	}
	if !v.Announced && !v.Until.IsZero() {
		end := v.Until.Local()
		data.Subtitle = words.T("vote.ahead.until", words.Clock(end)+", "+words.Date(end))
	}
	return widget.NewCard(data, tap)
}

// longestQuestion is how much of a question stands on the agenda, in runes; the vote itself shows all of it.
const longestQuestion = 160

// askedChips tell of opinions that a person has still to give in a meeting.
func askedChips(m controller.MeetingRow) []*widget.Chip {
	if m.Asked == 0 {
		return nil
	}
	return []*widget.Chip{widget.NewChip(words.T("vote.ahead.waits"), widget.ChipNotice).WithIcon(icons.Vote)}
}
