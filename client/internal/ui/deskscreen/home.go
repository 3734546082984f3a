package deskscreen

import (
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// home lists the meetings a person prepares, and leads to the people of the room.
type home struct {
	screen *Screen
	part   *pane.Part
}

func newHome(s *Screen) *home { return &home{screen: s, part: pane.NewFilling()} }

func (h *home) object() fyne.CanvasObject { return h.part.Object() }

func (h *home) refresh() {
	v := h.screen.actions.Meetings()
	v.Status = controller.Status{Link: v.Status.Link, WhyCode: v.Status.WhyCode}
	h.part.Show(v, func() fyne.CanvasObject { return h.build(v) })
}

func prepared(rows []controller.MeetingRow) []controller.MeetingRow {
	return slices.DeleteFunc(slices.Clone(rows), func(m controller.MeetingRow) bool { return !slices.Contains(m.Functions, meeting.Secretary) })
}

func (h *home) build(v controller.MeetingsView) fyne.CanvasObject {
	s := h.screen
	objects := linkBanners(v.Status)
	if v.CanCreate {
		objects = append(objects, widget.Flow(theme.Gap,
			widget.NewButton(words.T("desk.new_meeting"), widget.Filled, s.newMeeting).WithIcon(icons.Plus),
			widget.NewButton(words.T("desk.from_earlier"), widget.Outlined, s.copyEarlier).WithIcon(icons.Copy),
			widget.NewButton(words.T("desk.roster"), widget.Outlined, s.openRoster).WithIcon(icons.Users),
			widget.NewButton(words.T("lists.title"), widget.Outlined, s.openLists).WithIcon(icons.List),
			widget.NewButton(words.T("rules.title"), widget.Outlined, s.openRules).WithIcon(icons.Vote)))
	}
	none := true
	for _, group := range []struct {
		title string
		rows  []controller.MeetingRow
	}{{words.T("meetings.open"), v.Running}, {words.T("meetings.coming"), v.Coming}, {words.T("meetings.past"), v.Past}} {
		rows := prepared(group.rows)
		if len(rows) == 0 {
			continue
		}
		none = false
		objects = append(objects, widget.NewText(group.title, widget.StyleStrong.Colored(theme.Secondary)))
		for _, m := range rows {
			objects = append(objects, s.meetingCard(m, func() { s.openDesk(m.ID) }))
		}
	}
	switch {
	case none && !v.Loaded:
		objects = append(objects, widget.NewText(words.T("common.loading"), widget.StyleSecondary))
	case none:
		objects = append(objects, widget.EmptyState(icons.Calendar, words.T("meetings.none"), words.T("desk.none_help"), nil))
	}
	return pane.Sheet(words.T("desk.title"), s.leave, nil, objects...)
}

func (s *Screen) meetingCard(m controller.MeetingRow, tapped func()) fyne.CanvasObject {
	kind := widget.ChipNeutral
	switch m.Phase {
	case meeting.Draft:
		kind = widget.ChipNotice
	case meeting.Open, meeting.Paused:
		kind = widget.ChipLive
	}
	when := spanText(m.Starts, m.Ends)
	if when == "" {
		when = words.T("desk.no_time")
	}
	return widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Calendar}, Title: m.Title, Subtitle: joinedBy("\n", when, m.Place), Chevron: true,
		Chips: []*widget.Chip{widget.NewChip(words.T(m.PhaseKey), kind)}}, tapped)
}

// joinedBy puts texts together, without the empty ones.
func joinedBy(between string, texts ...string) string {
	out := ""
	for _, t := range texts {
		if t != "" && out != "" {
			out += between
		}
		out += t
	}
	return out
}

func joined(texts ...string) string { return joinedBy(" · ", texts...) }
