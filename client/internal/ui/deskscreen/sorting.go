package deskscreen

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// placed is a file with the item it is for.
type placed struct {
	file controller.File
	item meeting.ItemID // "" for none: it is not sent
	// replaces is the document of the item that it is a new version of, "" for none.
	replaces meeting.DocumentID
	// guessed: neither number nor name told the item.
	guessed bool
	// twice: a file of the same name stands before it.
	twice bool
	// settled: a person has said what it is for.
	settled bool
}

// few files are seen at once: nobody has to look for the doubtful ones among them.
const few = 5

// doubtful tells whether a person should look at it before it is sent.
func (p placed) doubtful() bool { return !p.settled && (p.guessed || p.twice) }

// sorting is many files before they are sent: each with its item, which can be changed. However many there are, only the rows in
// sight are there.
type sorting struct {
	desk    *desk
	files   []placed
	refused []string // names of files that are not taken
	over    int      // files that are more than can be taken at once

	list     *sortable
	onlyOdd  bool // only what a person should look at is listed
	changes  int  // counts what was changed by hand
	head     *pane.Part
	foot     *pane.Part
	shown    []any
	page     fyne.CanvasObject
	button   *widget.Button // sends
	numbered map[meeting.ItemID]controller.ItemRow
}

// sortFiles shows what files are for before they are sent. Those that nothing tells of go to the item other, or, if that is "",
// wait for somebody to choose. refused are the names of those that are no documents.
func (d *desk) sortFiles(files []controller.File, other meeting.ItemID, refused []string) {
	x := &sorting{desk: d, refused: refused, over: max(len(files)-mostFiles, 0), head: pane.NewPart(), foot: pane.NewPart()}
	x.place(files[:min(len(files), mostFiles)], other)
	x.list = newSortable(d.screen.life, func() *widget.Scroll { return nil })
	x.list.onTap = func(id string) {
		if n, err := strconv.Atoi(id); err == nil && n < len(x.files) {
			x.choose(n)
		}
	}
	x.refresh()
	x.page = pane.Sheet(words.T("desk.files_sort"), d.screen.back, x.foot.Object(), x.head.Object(), x.list)
	d.screen.stack.Push(pane.Page{Object: x.page, Refresh: x.refresh, Focus: x.button})
}

// place finds the item of each file. A file that is there twice, by its name and its size, is not sent twice unless a person says
// so.
func (x *sorting) place(files []controller.File, other meeting.ItemID) {
	find := newFinder(x.desk.view.Items, x.desk.screen.listed(roster.ListDocuments))
	sizes := map[string][]int64{}
	for _, f := range files {
		p := placed{file: f, item: find.item(f.Name)}
		if p.item == "" {
			p.item, p.guessed = other, true
		}
		name := strings.ToLower(f.Name)
		p.twice = len(sizes[name]) > 0
		if f.Size >= 0 && slices.Contains(sizes[name], f.Size) {
			p.item, p.guessed = "", false
		}
		sizes[name] = append(sizes[name], f.Size)
		p.file.Title, p.file.Kind = titled(f.Name), find.kind(f.Name)
		x.files = append(x.files, p)
	}
}

// find gives an item of the agenda as it is now.
func (x *sorting) find(id meeting.ItemID) (controller.ItemRow, bool) {
	i, ok := x.numbered[id]
	return i, ok
}

// counts tells how many files would be sent, and how many should be looked at.
func (x *sorting) counts() (sent, doubtful int) {
	for _, f := range x.files {
		if _, ok := x.find(f.item); ok {
			sent++
		}
		if f.doubtful() {
			doubtful++
		}
	}
	return sent, doubtful
}

// refresh shows where the files go, and tells whether there is still a reason to ask.
func (x *sorting) refresh() bool {
	d := x.desk
	model := []any{x.changes, x.onlyOdd, itemLines(d.view), asShown()}
	if reflect.DeepEqual(x.shown, model) {
		return d.view.CanEdit
	}
	x.shown = model
	x.numbered = make(map[meeting.ItemID]controller.ItemRow, len(d.view.Items))
	for _, i := range d.view.Items {
		x.numbered[i.ID] = i
	}
	sent, doubtful := x.counts()
	x.onlyOdd = x.onlyOdd && doubtful > 0
	built := x.head.Show([]any{doubtful, x.onlyOdd}, func() fyne.CanvasObject { return x.buildHead(doubtful) })
	built = x.foot.Show(sent, func() fyne.CanvasObject { return x.buildFoot(sent) }) || built
	var rows []sortRow
	for n, f := range x.files {
		if !x.onlyOdd || f.doubtful() {
			rows = append(rows, sortRow{branch: branch{id: strconv.Itoa(n)}, card: x.card(f)})
		}
	}
	x.list.set(rows, false, false)
	if x.page != nil && built {
		x.page.Refresh()
	}
	return d.view.CanEdit
}

func (x *sorting) buildHead(doubtful int) fyne.CanvasObject {
	objects := []fyne.CanvasObject{widget.NewText(words.T("desk.files_help"), widget.StyleSecondary)}
	if len(x.refused) > 0 {
		objects = append(objects, widget.NewBanner(widget.BannerNotice, unsupported(x.refused), "", nil))
	}
	if x.over > 0 {
		objects = append(objects, widget.NewBanner(widget.BannerNotice, words.T("desk.files_over", words.Number(mostFiles), words.Number(x.over)), "", nil))
	}
	if doubtful > 0 && doubtful < len(x.files) && len(x.files) > few {
		at := map[bool]int{true: 1}[x.onlyOdd]
		objects = append(objects, widget.NewChoice([]string{words.T("desk.files_all", words.Number(len(x.files))), words.T("desk.files_odd", words.Number(doubtful))}, at, func(n int) {
			x.onlyOdd = n == 1
			x.desk.screen.Refresh()
		}))
	}
	return widget.Column(theme.Gap, objects...)
}

func (x *sorting) buildFoot(sent int) fyne.CanvasObject {
	x.button = widget.NewButton("", widget.Filled, x.send).WithIcon(icons.Upload).Guarded() // the key that opened the page sends nothing
	x.button.SetLabel(words.N("desk.files_send", sent))
	x.button.SetEnabled(sent > 0)
	return widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, x.desk.screen.back), x.button)
}

func (x *sorting) card(f placed) widget.CardData {
	data := widget.CardData{Mark: widget.Mark{Icon: icons.X}, Title: f.file.Name, Subtitle: words.T("desk.file_none"), Chevron: true}
	if f.guessed {
		data.Mark.Icon, data.Subtitle = icons.Info, words.T("desk.file_unknown")
	}
	size := ""
	if f.file.Size >= 0 {
		size = words.Bytes(f.file.Size)
	}
	chip := func(word string, kind widget.ChipKind) {
		data.Chips = append(data.Chips, widget.NewChip(words.T(word), kind))
	}
	if i, ok := x.find(f.item); ok {
		data.Mark = widget.Mark{Text: i.Number}
		data.Subtitle = joinedBy("\n", words.T("desk.item_line", i.Number, begun(titleOf(i))), joined(f.file.Kind, size))
		if f.guessed {
			chip("desk.file_unknown", widget.ChipNotice)
		}
		if replaced(i, f.file.Name) != "" {
			chip("desk.file_new_version", widget.ChipAccent)
		}
	}
	if f.twice {
		chip("desk.file_twice", widget.ChipNotice)
	}
	return data
}

// begun is the beginning of a long title: it tells which item is meant, and hundreds of files are looked through. The whole title
// is shown where an item is chosen.
func begun(title string) string {
	const most = 120
	letters := []rune(title)
	if len(letters) <= most {
		return title
	}
	cut := most
	for cut > most/2 && letters[cut] != ' ' {
		cut--
	}
	return string(letters[:cut]) + "…"
}

// replaced is the document of an item that came from a file of the same name: what is sent now is a new version of it.
func replaced(i controller.ItemRow, name string) meeting.DocumentID {
	at := slices.IndexFunc(i.Documents, func(d controller.DocumentRow) bool { return strings.EqualFold(d.Name, name) })
	if at < 0 {
		return ""
	}
	return i.Documents[at].ID
}

// choose lists the items a file can be for.
func (x *sorting) choose(n int) {
	d, s := x.desk, x.desk.screen
	take := func(item meeting.ItemID) {
		x.files[n].item, x.files[n].guessed, x.files[n].settled = item, false, true
		x.changes++
		s.back()
		s.Refresh()
	}
	list := newSortable(s.life, func() *widget.Scroll { return nil })
	list.onTap = func(id string) { take(meeting.ItemID(strings.TrimPrefix(id, "-"))) }
	show := func() {
		rows := []sortRow{{branch: branch{id: "-"}, card: widget.CardData{Mark: widget.Mark{Icon: icons.X}, Title: words.T("desk.file_none"), Selected: x.files[n].item == "", Compact: true}}}
		for _, i := range d.view.Items {
			if i.Readable {
				rows = append(rows, sortRow{branch: branch{id: string(i.ID)}, card: widget.CardData{Mark: widget.Mark{Text: i.Number}, Title: titleOf(i), Selected: i.ID == x.files[n].item, Compact: true}})
			}
		}
		list.set(rows, false, false)
	}
	shown := itemLines(d.view)
	show()
	page := pane.Sheet(words.T("desk.files_to"), s.back, nil, widget.NewText(x.files[n].file.Name, widget.StyleHeading), list)
	s.stack.Push(pane.Page{Object: page, Refresh: func() bool {
		if now := itemLines(d.view); !slices.Equal(now, shown) {
			shown = now
			show()
		}
		return d.view.CanEdit
	}})
}

// itemLine is what of an item matters where a file is given to one.
type itemLine struct {
	id            meeting.ItemID
	number, title string
	readable      bool
	documents     int
}

func itemLines(v controller.DeskView) []itemLine {
	out := make([]itemLine, len(v.Items))
	for n, i := range v.Items {
		out[n] = itemLine{i.ID, i.Number, titleOf(i), i.Readable, len(i.Documents)}
	}
	return out
}

// send takes the files as they are shown.
func (x *sorting) send() {
	d := x.desk
	files := slices.Clone(x.files)
	for n, f := range files {
		if i, ok := x.find(f.item); ok {
			files[n].replaces = replaced(i, f.file.Name)
		}
	}
	d.screen.back()
	d.sendFiles(files)
}
