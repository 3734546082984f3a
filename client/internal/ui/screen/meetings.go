package screen

import (
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// meetings is the list of a person's meetings.
type meetings struct {
	still
	shell  *Shell
	seen   controller.MeetingsView
	read   controller.ToReadView
	scroll *widget.Scroll
}

func newMeetings(s *Shell) *meetings { return &meetings{shell: s, scroll: newScroll()} }

func (v *meetings) model() any {
	v.seen, v.read = v.shell.act.Meetings(), v.shell.act.ToRead()
	v.read.News, v.read.First = coarseErrands(v.read.News), coarseErrands(v.read.First)
	return meetingsModel{v.seen, v.read}
}

type meetingsModel struct {
	List controller.MeetingsView
	Read controller.ToReadView
}

func (v *meetings) name() string { return words.T("meetings.title") }

// back keeps the keys from leading out of the room: that is done on the screen only.
func (v *meetings) back() bool { return true }

func (v *meetings) draw() fyne.CanvasObject {
	top := widget.NewTopBar(words.T("join.rooms"), v.shell.leaveRoom(), "", v.shell.meButton())
	objects := []fyne.CanvasObject{widget.NewText(words.T("meetings.title"), widget.StyleTitle)}
	if room := v.shell.act.Projector().Room; room != "" {
		objects = append(objects, widget.NewText(room, widget.StyleSecondary.Colored(theme.Secondary)))
	}
	objects = append(objects, v.shell.stateBanners(v.seen.Status)...)
	for _, m := range v.seen.Running {
		objects = append(objects, v.runningPanel(m))
	}
	today, later := []controller.MeetingRow{}, []controller.MeetingRow{}
	for _, m := range v.seen.Coming {
		if m.Today {
			today = append(today, m)
		} else {
			later = append(later, m)
		}
	}
	objects = append(objects, v.section("meetings.today", today)...)
	objects = append(objects, v.shell.errandRows("toread.news", func(r controller.ToReadView) []controller.Errand { return r.News }, v.read)...)
	objects = append(objects, v.shell.errandRows("toread.first", func(r controller.ToReadView) []controller.Errand { return r.First }, v.read)...)
	objects = append(objects, v.section("meetings.coming", later)...)
	if v.seen.CanCreate && v.shell.options.Consoles.Desk != nil {
		objects = append(objects, widget.Flow(theme.Gap, widget.NewButton(words.T("desk.title"), widget.Outlined, func() {
			v.shell.openDesk("")
		}).WithIcon(icons.Calendar)))
	}
	objects = append(objects, v.section("meetings.past", v.seen.Past)...)
	if len(v.seen.Running)+len(v.seen.Coming)+len(v.seen.Past) == 0 {
		objects = append(objects, v.empty())
	}
	return widget.Frame(top, body(v.scroll, listWidth, objects...), nil)
}

func (v *meetings) empty() fyne.CanvasObject {
	switch {
	case v.seen.Loaded:
		return widget.EmptyState(icons.Calendar, words.T("meetings.none"), words.T("meetings.none_help"), nil)
	case v.seen.Status.Link == session.Offline:
		return widget.EmptyState(icons.CloudOff, words.T("state.offline_short"), words.T("meetings.offline_help"), nil)
	}
	return widget.EmptyState(icons.Calendar, words.T("common.loading"), "", nil)
}

// runningPanel is a meeting under way: large, with the one button that matters.
func (v *meetings) runningPanel(m controller.MeetingRow) fyne.CanvasObject {
	kind, word := widget.ChipLive, words.T(m.PhaseKey)
	if m.Phase == meeting.Paused {
		kind = widget.ChipNotice
	}
	enter := widget.NewButton(words.T("signin.enter"), widget.Filled, func() { v.open(m.ID) }).WithHeight(widget.Tall).WithIcon(icons.LogIn)
	chips := []fyne.CanvasObject{widget.NewChip(word, kind)}
	for _, chip := range askedChips(m) {
		chips = append(chips, chip)
	}
	for _, f := range m.Functions {
		chips = append(chips, widget.NewChip(words.T(functionKey(f)), widget.ChipAccent))
	}
	objects := []fyne.CanvasObject{widget.Flow(8, chips...), widget.NewText(m.Title, widget.StyleHeading)}
	if sub := dotted(when(m.Starts, m.Ends), m.Place); sub != "" {
		objects = append(objects, widget.NewText(sub, widget.StyleSecondary.Colored(theme.Secondary)))
	}
	return widget.NewPanel(widget.Column(theme.Gap, append(objects, widget.Flow(theme.Gap, enter))...)).Colored(theme.Card, theme.Accent)
}

func (v *meetings) section(key string, rows []controller.MeetingRow) []fyne.CanvasObject {
	if len(rows) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{widget.Inset(0, 6, widget.NewText(words.T(key), widget.StyleHeading))}
	for _, m := range rows {
		data := widget.CardData{Mark: widget.Mark{Icon: icons.Calendar}, Title: m.Title, Subtitle: dotted(when(m.Starts, m.Ends), m.Place), Chevron: true}
		if m.Phase == meeting.Draft || m.Phase == meeting.Adjourned {
			data.Chips = append(data.Chips, widget.NewChip(words.T(m.PhaseKey), widget.ChipNotice))
		}
		if m.New {
			data.Chips = append(data.Chips, widget.NewChip(words.T("toread.new"), widget.ChipNotice))
		}
		data.Chips = append(append(data.Chips, askedChips(m)...), answerChips(m.Invitation)...)
		for _, f := range m.Functions {
			data.Chips = append(data.Chips, widget.NewChip(words.T(functionKey(f)), widget.ChipAccent))
		}
		out = append(out, widget.NewCard(data, func() { v.open(m.ID) }))
		if m.Invitation.Waits() && key != "meetings.past" {
			out = append(out, v.shell.answerButtons(m.ID, widget.Outlined, nil))
		}
	}
	return out
}

func (v *meetings) open(id string) { v.shell.push(newAgenda(v.shell, id)) }

// functionKey is the word for a person's function.
func functionKey(f meeting.Function) string {
	switch f {
	case meeting.Chair:
		return "role.chair"
	case meeting.Secretary:
		return "role.secretary"
	case meeting.Projector:
		return "role.projector"
	case meeting.Guest:
		return "role.guest"
	}
	return "role.delegate"
}

// when writes a planned span in the room's time; "" where nothing is planned.
func when(starts, ends time.Time) string {
	if starts.IsZero() {
		return ""
	}
	starts, ends = starts.Local(), ends.Local()
	if ends.IsZero() || starts.Format(time.DateOnly) != ends.Format(time.DateOnly) {
		return dotted(words.Date(starts), words.Clock(starts))
	}
	return words.T("meetings.when", words.Date(starts), words.Clock(starts), words.Clock(ends))
}
