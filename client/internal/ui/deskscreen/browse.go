package deskscreen

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// Browser looks into the folders of a device that has no file dialog of its own that could take several files.
type Browser interface {
	// Places are where a search for files begins: the person's own folders, sticks and drives. The first one is opened.
	Places() []Place
	// List gives what is in a folder. It may take its time, and is called on any goroutine.
	List(folder string) (Listing, error)
}

// Place is a folder.
type Place struct{ Name, Path string }

// Listing is what is in a folder: its folders and PDF files, each by name. Parent is "" where there is none above. Cut says that
// there is more than was listed.
type Listing struct {
	Path, Parent string
	Folders      []Place
	Files        []Found
	Cut          bool
}

// Found is a PDF file in a folder.
type Found struct {
	File controller.File
	At   time.Time // of its last change
}

// browsing is the page on which files are chosen.
type browsing struct {
	screen *Screen
	from   Browser
	many   bool
	whole  bool // all files of a folder are chosen when it is opened
	chosen func([]controller.File)

	at     Listing
	busy   bool
	failed bool
	picked map[int]bool // by their place in at.Files
	opened int          // counts the folders that were opened
	list   *sortable
	add    *widget.Button
}

// pick lets a person choose PDF files; chosen is called with those, or with none, unless the page is left.
func (s *Screen) pick(many bool, chosen func([]controller.File)) {
	if b := s.files.Browser(); b != nil {
		s.browse(&browsing{from: b, many: many, chosen: chosen})
		return
	}
	s.files.Pick(chosen)
}

// pickFolder does the same with all of a folder.
func (s *Screen) pickFolder(chosen func([]controller.File)) {
	if b := s.files.Browser(); b != nil {
		s.browse(&browsing{from: b, many: true, whole: true, chosen: chosen})
		return
	}
	s.files.PickFolder(chosen)
}

func (s *Screen) browse(x *browsing) {
	x.screen = s
	x.list = newSortable(s.life, func() *widget.Scroll { return nil })
	x.list.onTap = x.tap
	x.add = widget.NewButton(words.T("desk.add_documents"), widget.Filled, x.take).WithIcon(icons.Check)
	folder := s.folder
	if places := x.from.Places(); folder == "" && len(places) > 0 {
		folder = places[0].Path
	}
	x.busy = true
	s.push(func() (any, bool) { return []any{x.opened, x.busy, x.failed, asShown()}, true }, x.build)
	x.open(folder)
}

// open lists a folder; until that is done the old one is not to be pressed.
func (x *browsing) open(folder string) {
	x.busy, x.failed = true, false
	x.opened++
	now := x.opened
	go func() {
		l, err := x.from.List(folder)
		x.screen.life.Report(func() {
			if x.opened != now {
				return // another one was opened meanwhile
			}
			x.busy, x.failed = false, err != nil
			if err == nil {
				x.at, x.picked = l, map[int]bool{}
				x.screen.folder = l.Path
				for n := range l.Files {
					x.picked[n] = x.whole
				}
			}
			x.show()
			x.screen.stack.Refresh()
			if x.whole && x.add.Enabled() { // all is chosen: what is left is to say so
				pane.Focus(x.screen.stack.Object(), x.add)
			}
		})
	}()
}

func (x *browsing) build() fyne.CanvasObject {
	var places []fyne.CanvasObject
	for _, p := range x.from.Places() {
		places = append(places, widget.NewButton(p.Name, widget.Outlined, func() { x.open(p.Path) }).WithIcon(icons.FolderOpen))
	}
	objects := []fyne.CanvasObject{widget.Flow(8, places...)}
	switch {
	case x.busy:
		objects = append(objects, widget.NewText(words.T("common.loading"), widget.StyleSecondary))
	case x.failed:
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.T("files.failed"), "", nil))
		fallthrough
	default:
		objects = append(objects, widget.NewText(x.at.Path, widget.StyleStrong), x.list)
		if len(x.at.Files) == 0 {
			objects = append(objects, widget.NewText(words.T("files.none"), widget.StyleSecondary))
		}
		if x.at.Cut {
			objects = append(objects, widget.NewText(words.T("files.more"), widget.StyleSecondary))
		}
	}
	s := x.screen
	buttons := []fyne.CanvasObject{widget.NewButton(words.T("common.cancel"), widget.Outlined, s.back)}
	if x.many {
		buttons = append(buttons, widget.NewButton(words.T("files.all"), widget.Outlined, x.all), x.add)
	}
	return pane.Sheet(words.T("files.choose"), s.back, widget.Flow(theme.Gap, buttons...), objects...)
}

// show brings the rows and the button up to date.
func (x *browsing) show() {
	var rows []sortRow
	row := func(id string, card widget.CardData) {
		card.Compact = true
		rows = append(rows, sortRow{branch: branch{id: id}, card: card})
	}
	if x.at.Parent != "" {
		row("up", widget.CardData{Mark: widget.Mark{Icon: icons.ArrowUp}, Title: words.T("files.up"), Chevron: true})
	}
	for n, p := range x.at.Folders {
		row("d"+strconv.Itoa(n), widget.CardData{Mark: widget.Mark{Icon: icons.FolderOpen}, Title: p.Name, Chevron: true})
	}
	for n, f := range x.at.Files {
		card := widget.CardData{Mark: widget.Mark{Icon: icons.FileText}, Title: f.File.Name, Subtitle: joined(words.Bytes(f.File.Size), words.ShortDate(f.At)), Selected: x.picked[n]}
		if x.picked[n] {
			card.Mark = widget.Mark{Done: true}
		}
		row("f"+strconv.Itoa(n), card)
	}
	x.list.set(rows, false, false)
	count := len(x.taken())
	x.add.SetLabel(words.N("desk.files_send", count))
	x.add.SetEnabled(count > 0)
}

func (x *browsing) tap(id string) {
	n, err := strconv.Atoi(id[1:])
	switch {
	case x.busy:
	case id == "up":
		x.open(x.at.Parent)
	case err != nil:
	case id[0] == 'd' && n < len(x.at.Folders):
		x.open(x.at.Folders[n].Path)
	case id[0] == 'f' && n < len(x.at.Files):
		x.picked[n] = !x.picked[n]
		if !x.many {
			x.take()
			return
		}
		x.show()
	}
}

// all chooses all files of the folder, or, where they are, none.
func (x *browsing) all() {
	on := len(x.taken()) < len(x.at.Files)
	for n := range x.at.Files {
		x.picked[n] = on
	}
	x.show()
}

func (x *browsing) taken() []controller.File {
	var out []controller.File
	for n, f := range x.at.Files {
		if x.picked[n] {
			out = append(out, f.File)
		}
	}
	return slices.Clip(out[:min(len(out), mostFiles)])
}

func (x *browsing) take() {
	files := x.taken()
	x.screen.back()
	x.chosen(files)
}
