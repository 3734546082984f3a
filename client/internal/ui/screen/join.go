package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// join is where a room is chosen.
type join struct {
	still
	shell   *Shell
	seen    controller.RoomsView
	asked   string // the room chosen last
	scroll  *widget.Scroll
	address *widget.TextField
	words   words.Language
	// dismissed: the page about a changed key was left.
	dismissed bool
}

func newJoin(s *Shell) *join {
	j := &join{shell: s, scroll: newScroll()}
	return j
}

type joinModel struct {
	Rooms controller.RoomsView
	Asked string
	Left  bool
}

func (j *join) model() any {
	j.seen = j.shell.act.Rooms()
	if j.seen.Code == "" {
		j.dismissed = false
	}
	return joinModel{j.seen, j.asked, j.dismissed}
}

func (j *join) name() string { return words.T("join.title") }

// back leaves the page about a changed key.
func (j *join) back() bool {
	if j.refusedKey() {
		j.dismissed = true
		j.shell.redraw()
		return true
	}
	return false
}

func (j *join) refusedKey() bool { return j.seen.Code == session.CodeKeyChanged && !j.dismissed }

func (j *join) draw() fyne.CanvasObject {
	top := widget.NewTopBar("", nil, words.T("app.title"), j.shell.languageButton(), j.shell.settingsButton())
	if j.refusedKey() {
		return widget.Frame(top, j.drawRefusal(), nil)
	}
	objects := []fyne.CanvasObject{widget.NewText(words.T("join.title"), widget.StyleTitle)}
	switch {
	case j.seen.Joining != "":
		objects = append(objects, widget.NewBanner(widget.BannerNotice, words.T("join.connecting"), "", nil))
	case j.seen.Code != "":
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(j.seen.Code), "", nil))
	}
	objects = append(objects, j.drawRooms()...)
	objects = append(objects, widget.Inset(0, 8, widget.Divider()), j.addressField(),
		widget.Flow(theme.Gap, widget.NewButton(words.T("join.enter"), widget.Outlined, func() { j.enter(j.address.Text()) }).WithIcon(icons.LogIn)))
	return widget.Frame(top, body(j.scroll, listWidth, objects...), nil)
}

// addressField is kept while a person may be writing in it.
func (j *join) addressField() fyne.CanvasObject {
	if j.address == nil || j.words != words.Current() {
		written := ""
		if j.address != nil {
			written = j.address.Text()
		}
		j.words = words.Current()
		j.address = widget.NewTextField(words.T("join.address"), words.T("join.address_hint"))
		j.address.SetText(written)
		j.address.OnSubmitted = j.enter
		j.address.OnWheel(j.scroll.Scrolled)
		j.address.OnCancelled = j.shell.window.Canvas().Unfocus
	}
	return j.address
}

func (j *join) drawRooms() []fyne.CanvasObject {
	if len(j.seen.Rooms) == 0 {
		if j.seen.Searching {
			return []fyne.CanvasObject{widget.EmptyState(icons.Wifi, words.T("join.searching"), words.T("join.none_help"), nil)}
		}
		return []fyne.CanvasObject{widget.EmptyState(icons.WifiOff, words.T("join.none"), words.T("join.none_help"), nil)}
	}
	out := []fyne.CanvasObject{widget.NewText(words.T("join.found"), widget.StyleSecondary.Colored(theme.Secondary))}
	names := map[string]int{}
	for _, r := range j.seen.Rooms {
		names[r.Name]++
	}
	for _, r := range j.seen.Rooms {
		out = append(out, j.roomCard(r, names[r.Name] > 1))
	}
	return out
}

func (j *join) roomCard(r controller.RoomRow, twin bool) fyne.CanvasObject {
	data := widget.CardData{Mark: widget.Mark{Icon: icons.Monitor}, Title: r.Name, Selected: r.Key == j.seen.Joining, Chevron: true}
	var last, address, place string
	if r.LastPerson != "" {
		last = words.T("join.last_person", r.LastPerson)
	}
	if !r.OnNetwork {
		place = words.T("join.remembered")
	}
	if twin && r.Address != r.Name {
		address = r.Address
	}
	data.Subtitle = dotted(last, place, address)
	switch {
	case r.Key == j.seen.Joining:
		data.Chips = []*widget.Chip{widget.NewChip(words.T("state.connecting"), widget.ChipAccent)}
	case r.OtherKey:
		data.Chips = []*widget.Chip{widget.NewChip(words.T("join.was_other_key"), widget.ChipNotice).WithIcon(icons.TriangleAlert)}
	case r.Answer == controller.Ready:
		data.Chips = []*widget.Chip{widget.NewChip(words.T("join.answers"), widget.ChipLive)}
	case r.Answer == controller.Silent:
		data.Chips = []*widget.Chip{widget.NewChip(words.T("join.silent"), widget.ChipOffline)}
	}
	return widget.NewCard(data, func() {
		j.asked, j.dismissed = r.Key, false
		j.shell.act.Choose(r.Key)
		j.shell.Update()
	})
}

func (j *join) enter(text string) {
	j.dismissed = false
	if code := j.shell.act.EnterAddress(text); code != "" {
		j.address.SetError(words.T("join.address_bad"))
		j.shell.redraw() // the words below the field take room
		return
	}
	j.asked = text
	j.shell.Update()
}

// drawRefusal is the page about a room that does not have the key this device knows. Nothing leads past it but forgetting
// what was known, which says what it means.
func (j *join) drawRefusal() fyne.CanvasObject {
	other := widget.NewButton(words.T("join.other_room"), widget.Filled, func() { j.back() }).WithHeight(widget.Tall)
	state := widget.EmptyState(icons.TriangleAlert, words.T("join.key_changed_title"), words.T("join.key_changed_help"), other)
	objects := []fyne.CanvasObject{state}
	if key := j.known(); key != "" {
		objects = append(objects, widget.Narrow(320, widget.NewButton(words.T("join.forget"), widget.Plain, func() { j.askForget(key) })))
	}
	return body(j.scroll, listWidth, objects...)
}

// known is the key of the refused room in the list, "" if it is not there.
func (j *join) known() string {
	if j.seen.Refused != "" {
		return j.seen.Refused
	}
	for _, r := range j.seen.Rooms {
		if r.Known && (r.Key == j.asked || r.Address == j.asked) {
			return r.Key
		}
	}
	return ""
}

func (j *join) askForget(key string) {
	j.shell.confirm(widget.Question{Title: words.T("join.forget_ask"), Help: words.T("join.forget_help"),
		Yes: words.T("join.forget"), No: words.T("common.cancel"), Destroys: true}, func() {
		j.shell.act.ForgetRoom(key)
		j.dismissed = true
		j.shell.Update()
		j.shell.redraw()
	})
}
