package screen

import (
	"image"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/inkview"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/votescreen"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/discovery"
	"phonghop/shared/meeting"
)

// projectorHeight is the window's smaller side at which the room's screen has its plain sizes; higher ones enlarge all.
const projectorHeight = 640

// projector is the room's big screen. It has no controls: it shows what the room may see.
type projector struct {
	shell *Shell
	seen  controller.ProjectorView
	page  *widget.PageView
	ink   *inkview.View
	doc   Document
	shown Document
	hash  string
	tried time.Time
	link  string
	qr    image.Image
	part  session.Part
	// told is the announced vote that was shown last, and the place that was presented then: another page ends it.
	told controller.VoteAt
	at   controller.Spot
}

func newProjector(s *Shell) *projector {
	p := &projector{shell: s, page: widget.NewPageView()}
	p.ink = inkview.New(p.page, inkview.Wishes{})
	p.page.SetMargin(4)
	return p
}

type projectorModel struct {
	View  controller.ProjectorView
	Doc   string
	Scale float32
}

func (p *projector) model() any {
	p.seen = p.shell.act.Projector()
	p.endOfResult()
	size := p.shell.window.Canvas().Size()
	scale := min(max(min(size.Height, size.Width)/projectorHeight, theme.MinScale), theme.MaxScale)
	p.shell.look(scale)
	p.fetch()
	p.followPart()
	p.showInk()
	m := p.seen
	m.Now = m.Now.Truncate(time.Minute)
	m.Part = nil
	if v := m.Vote; v != nil {
		shown := *v
		shown.Left = shown.Left.Truncate(time.Second)
		m.Vote = &shown
	}
	m.Item.Used, m.Item.Over, m.Item.Documents = 0, false, nil
	m.Document.Loading = session.Loading{}
	m.Status = controller.Status{Link: m.Status.Link}
	return projectorModel{m, p.hash, scale}
}

// fetch has the presented document at hand; one that failed is tried again after some seconds. Until the new one is there the
// old page stays.
func (p *projector) fetch() {
	const again = 3 * time.Second
	want := p.seen.Hash
	if want == "" {
		p.doc, p.hash = nil, ""
		return
	}
	if want == p.hash || p.seen.Now.Sub(p.tried) < again && p.seen.Now.After(p.tried) {
		return
	}
	doc, code := p.shell.act.Document(p.seen.Meeting, p.seen.Spot.Item, want)
	if doc != nil {
		p.doc, p.hash = doc, want
	} else if code != "" {
		p.tried = p.seen.Now
	}
}

// followPart shows the part of the page the presenter looks at; the whole page where he sees it whole.
func (p *projector) followPart() {
	part := session.Part{}
	if p.seen.Part != nil {
		part = *p.seen.Part
	}
	if part == p.part || p.doc == nil {
		return
	}
	p.part = part
	if part.Height == 0 || part.Height > 0.97 {
		p.page.SetFit(widget.FitPage)
		return
	}
	_, h := p.doc.PageSize(p.seen.Page)
	p.page.SetFit(widget.FitWidth)
	p.page.ScrollTo(float32(part.Top) * h)
}

// showInk shows the shared layer of the page on the wall, and the presenter's pointer.
func (p *projector) showInk() {
	v := controller.InkView{}
	if p.doc != nil && p.hash == p.seen.Hash {
		v = p.shell.act.ProjectorInk()
	}
	p.ink.Show(v)
}

func (p *projector) name() string { return words.T("role.projector") }

func (p *projector) close() {
	p.ink.Close()
	p.page.Close()
	p.shell.look(0)
}

func (p *projector) typedRune(rune) {}

// typed fills the screen or leaves it.
func (p *projector) typed(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyF11 || e.Name == fyne.KeyF {
		p.shell.window.SetFullScreen(!p.shell.window.FullScreen())
	}
}

// back leaves the full screen; there is nowhere else to go.
func (p *projector) back() bool {
	p.shell.window.SetFullScreen(false)
	return true
}

func (p *projector) draw() fyne.CanvasObject {
	v := p.seen
	showing := v.Phase == meeting.Open && !v.RestrictedNow && v.Item.ID != "" && p.doc != nil && v.Page > 0
	if !showing {
		p.shown = nil
		p.page.SetSource(nil, 1)
	}
	switch {
	case v.Meeting == "" || v.Phase == meeting.Published || v.Phase == meeting.Draft:
		return p.welcome()
	case v.Phase == meeting.Paused:
		return p.card(words.T("projector.paused"), "")
	case v.Phase == meeting.Closed:
		return p.card(words.T("projector.closed"), "")
	case v.Phase == meeting.Adjourned:
		return p.card(words.T(v.PhaseKey), "")
	case v.RestrictedNow:
		return p.card(words.T("state.restricted_now"), "")
	case v.Item.ID == "":
		return p.card(words.T("projector.no_item"), "")
	case v.Vote != nil:
		top := widget.Inset(28, 10, widget.NewText(ellipsis(v.Title, 160), widget.StyleSecondary.Colored(theme.Secondary)))
		return widget.Frame(top, votescreen.OnProjector(*v.Vote), p.foot())
	case v.Page == 0:
		return p.card(numbered(v.Item), v.Item.Unit)
	case p.doc == nil:
		return p.card(numbered(v.Item), words.T("reader.loading"))
	}
	p.showPage()
	return widget.Frame(p.head(), p.page, nil)
}

// endOfResult lets an announced result go as soon as another page is presented.
func (p *projector) endOfResult() {
	v := p.seen.Vote
	if v == nil || v.Result == nil {
		return
	}
	if v.VoteAt != p.told {
		p.told, p.at = v.VoteAt, p.seen.Spot
	}
	if p.at != p.seen.Spot {
		p.seen.Vote = nil
	}
}

func (p *projector) showPage() {
	if p.shown != p.doc {
		p.shown = p.doc
		p.page.SetSource(p.doc, p.seen.Page)
		return
	}
	p.page.SetPage(p.seen.Page)
}

// numbered is an item's number and title.
func numbered(i controller.ItemRow) string { return i.Number + ". " + itemTitle(i) }

// slimTitle is how long the meeting's and the item's title may be together, in letters, to stand in one line over the page.
const slimTitle = 76

// head is one slim line: what is talked about, who presents, which page, and the time. All else is the page's.
func (p *projector) head() fyne.CanvasObject {
	v := p.seen
	item := ellipsis(numbered(v.Item), 220)
	titles := []fyne.CanvasObject{}
	if utf8.RuneCountInString(v.Title)+utf8.RuneCountInString(item) <= slimTitle {
		titles = append(titles, widget.NewText(v.Title+"  ·", widget.StyleSecondary.Colored(theme.Secondary)))
	}
	style := widget.StyleLead
	if utf8.RuneCountInString(item) > slimTitle {
		style = widget.StyleStrong
	}
	objects := append(titles, widget.NewText(item, style))
	stretch := len(objects) - 1
	if v.Presenter != "" {
		objects = append(objects, widget.Row(8, -1, widget.NewIcon(icons.Mic, theme.Ink, 22), widget.NewText(ellipsis(v.Presenter, 60), widget.StyleStrong)))
	}
	objects = append(objects, widget.NewText(words.T("projector.page", v.Page, v.Pages), widget.StyleStrong.Colored(theme.Secondary)))
	// Without a connection the last page stays, with a small mark.
	if mark := linkChip(v.Status); mark != nil {
		objects = append(objects, mark)
	}
	return widget.Inset(24, 4, widget.Row(16, stretch, append(objects, p.clock())...))
}

// foot says the time, where no page is shown.
func (p *projector) foot() fyne.CanvasObject {
	objects := []fyne.CanvasObject{widget.Column(0)}
	if mark := linkChip(p.seen.Status); mark != nil {
		objects = append(objects, mark)
	}
	return widget.Inset(28, 8, widget.Row(20, 0, append(objects, p.clock())...))
}

func (p *projector) clock() fyne.CanvasObject {
	if p.seen.Now.IsZero() {
		return widget.Column(0)
	}
	return widget.NewText(words.Clock(p.seen.Now.Local()), widget.StyleLead)
}

// card says one thing in the middle.
func (p *projector) card(what, help string) fyne.CanvasObject {
	what = ellipsis(what, 360)
	objects := []fyne.CanvasObject{widget.NewText(what, wallStyle(what).Centered())}
	if help != "" {
		objects = append(objects, widget.NewText(ellipsis(help, 120), widget.StyleHeading.Centered().Colored(theme.Secondary)))
	}
	top := widget.Inset(28, 16, widget.NewText(ellipsis(p.seen.Title, 160), widget.StyleHeading.Colored(theme.Secondary)))
	return widget.Frame(top, centred(widget.Inset(40, 0, widget.Column(16, objects...))), p.foot())
}

// wallStyle is how large the one thing on a wall is written: as large as its length leaves room for.
func wallStyle(text string) widget.Style {
	switch n := utf8.RuneCountInString(text); {
	case n <= 90:
		return widget.StyleFigure
	case n <= 220:
		return widget.StyleHeading
	}
	return widget.StyleLead
}

// welcome is what stands there before the meeting: which room this is and how to come in.
func (p *projector) welcome() fyne.CanvasObject {
	v := p.seen
	room := ellipsis(v.Room, 120)
	objects := []fyne.CanvasObject{widget.NewText(room, wallStyle(room).Centered())}
	if v.Title != "" {
		objects = append(objects, widget.NewText(ellipsis(v.Title, 160), widget.StyleHeading.Centered()),
			widget.NewText(words.T("projector.waiting"), widget.StyleLead.Centered().Colored(theme.Secondary)))
	}
	if code := p.code(); code != nil {
		objects = append(objects, code, widget.NewText(words.T("projector.join_help"), widget.StyleBody.Centered()))
	}
	if v.Join != "" {
		objects = append(objects, widget.NewText(v.Join, widget.StyleHeading.Centered()))
	}
	if v.Code != "" {
		objects = append(objects, widget.NewText(words.T("projector.code")+": "+v.Code, widget.StyleLead.Centered().Colored(theme.Secondary)))
	}
	return widget.Frame(nil, centred(widget.Inset(40, 0, widget.Column(14, objects...))), p.foot())
}

// qrSide is the side of the QR code at 100 %.
const qrSide = 220

func (p *projector) code() fyne.CanvasObject {
	link := p.seen.JoinLink
	if link == "" {
		return nil
	}
	if link != p.link {
		img, err := discovery.QRImage(link, 8)
		if err != nil {
			return nil
		}
		p.link, p.qr = link, img
	}
	picture := canvas.NewImageFromImage(p.qr)
	picture.ScaleMode = canvas.ImageScalePixels
	picture.FillMode = canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(theme.Scaled(qrSide)))
	return picture
}
