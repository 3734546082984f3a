package screen

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"sync"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// fake is a device whose models a test sets, and which notes what was wished.
type fake struct {
	unsent    controller.Unsent
	turned    int
	taken     func(controller.TakenHome)
	folder    controller.Folder
	pins      []string // asked for: person, old, new
	pinDone   func(string)
	stage     controller.Stage
	rooms     controller.RoomsView
	signIn    controller.SignInView
	meetings  controller.MeetingsView
	meeting   controller.MeetingView
	projector controller.ProjectorView
	reader    controller.ReaderView
	found     controller.SearchView
	marks     []controller.Bookmark
	last      int
	doc       *papers
	docCode   string
	code      string // answer to wishes
	ink       controller.InkView
	notes     []controller.NoteRow
	versions  []controller.VersionRow
	did       []string
	toRead    controller.ToReadView
}

func (f *fake) note(format string, args ...any) { f.did = append(f.did, fmt.Sprintf(format, args...)) }

func (f *fake) wish(format string, args ...any) string {
	f.note(format, args...)
	return f.code
}

func (f *fake) Stage() controller.Stage           { return f.stage }
func (f *fake) Rooms() controller.RoomsView       { return f.rooms }
func (f *fake) Choose(key string)                 { f.note("choose %s", key) }
func (f *fake) EnterAddress(text string) string   { return f.wish("address %s", text) }
func (f *fake) ForgetRoom(key string)             { f.note("forget %s", key) }
func (f *fake) LeaveRoom()                        { f.note("leave room") }
func (f *fake) SignIn() controller.SignInView     { return f.signIn }
func (f *fake) ConfirmCode()                      { f.note("confirm code") }
func (f *fake) Unsent() controller.Unsent         { return f.unsent }
func (f *fake) SignOut()                          { f.note("sign out") }
func (f *fake) Wake()                             { f.note("wake") }
func (f *fake) Meetings() controller.MeetingsView { return f.meetings }
func (f *fake) SetPIN(person meeting.PersonID, old, pin string, done func(string)) {
	f.pins, f.pinDone = append(f.pins, string(person)+" "+old+" "+pin), done
}
func (f *fake) OpenMeeting(id string)                 { f.note("open %s", id) }
func (f *fake) LeaveMeeting(id string)                { f.note("leave %s", id) }
func (f *fake) Meeting(string) controller.MeetingView { return f.meeting }
func (f *fake) ToRead() controller.ToReadView         { return f.toRead }
func (f *fake) Saw(id string)                         { f.note("saw %s", id) }
func (f *fake) GiveAnswer(id string, a meeting.GiveAnswer) string {
	return f.wish("answer %s %s|%s|%s|%s", id, a.Reply, a.Reason, a.Name, a.Position)
}
func (f *fake) Projector() controller.ProjectorView    { return f.projector }
func (f *fake) Reader(string) controller.ReaderView    { return f.reader }
func (f *fake) TurnPage(_ string, delta int) string    { return f.wish("turn %+d", delta) }
func (f *fake) ShowPage(_ string, page int) string     { return f.wish("page %d", page) }
func (f *fake) BackToPresenter(string)                 { f.note("back to presenter") }
func (f *fake) PresentThis(string) string              { return f.wish("present this") }
func (f *fake) AskPresenter(string) string             { return f.wish("ask") }
func (f *fake) DropAsk(string) string                  { return f.wish("drop ask") }
func (f *fake) TakePresenter(string) string            { return f.wish("take") }
func (f *fake) HoldTogether(_ string, on bool) string  { return f.wish("together %t", on) }
func (f *fake) Recall(string) string                   { return f.wish("recall") }
func (f *fake) ShowPart(_ string, top, height float64) { f.note("part %.2f %.2f", top, height) }
func (f *fake) SignInAs(p meeting.PersonID, pin string, shared bool) {
	f.note("sign in %s %s %t", p, pin, shared)
}

func (f *fake) LastPage(string, meeting.ItemID, meeting.DocumentID) int { return max(f.last, 1) }
func (f *fake) GoBack(string) string                                    { return f.wish("go back") }
func (f *fake) GoForward(string) string                                 { return f.wish("go forward") }
func (f *fake) DocumentTurn(string) int                                 { return f.turned }
func (f *fake) TurnDocument(string)                                     { f.turned++ }
func (f *fake) LeaveReader(string)                                      { f.wish("left") }
func (f *fake) ToggleBookmark(string) string                            { return f.wish("bookmark") }
func (f *fake) Bookmarks(string) []controller.Bookmark                  { return f.marks }

func (f *fake) Found(string) controller.SearchView { return f.found }

func (f *fake) Search(_ string, in controller.Scope, typed string) string {
	return f.wish("search %q in %q", typed, in.Hash)
}

func (f *fake) OpenDocument(_ string, item meeting.ItemID, doc meeting.DocumentID, version, page int) string {
	return f.wish("document %s %s %d %d", item, doc, version, page)
}

func (f *fake) Document(_ string, _ meeting.ItemID, hash string) (Document, string) {
	if f.doc == nil {
		return nil, f.docCode
	}
	f.doc.hash = hash
	return f.doc, ""
}

// papers is a document of grey lines: each page has as many in its first paragraph as its number says.
type papers struct {
	hash    string
	pages   int
	outline []protocol.OutlineEntry
	broken  bool
	locked  bool // nothing may be copied
	text    protocol.PageText
	mu      sync.Mutex
}

func (f *fake) Ink(string) controller.InkView                    { return f.ink }
func (f *fake) InkAt(string, controller.Spot) controller.InkView { return controller.InkView{} }
func (f *fake) Versions(string, meeting.ItemID, meeting.DocumentID) (string, []controller.VersionRow) {
	return "Tờ trình về dự toán ngân sách năm 2027", f.versions
}
func (f *fake) ProjectorInk() controller.InkView     { return f.ink }
func (f *fake) SetHand(h controller.Hand)            { f.ink.Hand = h }
func (f *fake) UndoInk(string) string                { return f.wish("undo") }
func (f *fake) RedoInk(string) string                { return f.wish("redo") }
func (f *fake) OpenCommon(_ string, on bool) string  { return f.wish("common %t", on) }
func (f *fake) LockInk(_ string, on bool) string     { return f.wish("lock %t", on) }
func (f *fake) HideInk(_ string, on bool) string     { return f.wish("hide %t", on) }
func (f *fake) ClearInk(string) string               { return f.wish("clear") }
func (f *fake) CopyInk(_ string, shared bool) string { return f.wish("copy %t", shared) }
func (f *fake) MyNotes(string) []controller.NoteRow  { return f.notes }
func (f *fake) PointAt(_ string, x, y float64, off bool) {
	f.note("point %.0f %.0f %t", x, y, off)
}

func (f *fake) TakeHome(_ string, shared bool, to io.WriteCloser, done func(string)) {
	_ = to.Close()
	done(f.wish("take home %t", shared))
}

func (f *fake) TakeHomeAll(_ string, to controller.Folder, told func(controller.TakenHome)) {
	f.did = append(f.did, "take all home")
	f.taken, f.folder = told, to
}

func (f *fake) TakeHomeURL(string, bool) string { return "" }

func (f *fake) ShareInk(_ string, on bool) string {
	f.ink.Target.Shared = on
	return f.wish("share %t", on)
}

func (f *fake) Write(_ string, to controller.InkTarget, s ink.Stroke) string {
	s.Page, s.Version = to.Page, to.Version
	layer := &f.ink.Private
	if to.Shared {
		layer = &f.ink.Shared
	}
	*layer = layer.Apply(ink.StrokeAdded{Stroke: s}, string(f.ink.Me), monday)
	return f.wish("write %s", s.Tool)
}

func (f *fake) LiveInk(_ string, _ controller.InkTarget, s ink.Stroke, from int, points []ink.Point) {
	f.note("live %s %d+%d", s.Tool, from, len(points))
}

func (f *fake) Rub(_ string, to controller.InkTarget, all []controller.Rubbed) string {
	for _, r := range all {
		f.ink.Private = f.ink.Private.Apply(ink.StrokesReplaced{IDs: []string{r.Stroke.ID}, Strokes: r.Left}, "", monday)
	}
	return f.wish("rub %d on page %d", len(all), to.Page)
}

func (p *papers) Text(context.Context, int) (protocol.PageText, error) { return p.text, nil }

func (p *papers) Hash() string                         { return p.hash }
func (p *papers) Pages() int                           { return p.pages }
func (p *papers) PageSize(int) (width, height float32) { return 595, 842 }
func (p *papers) Outline() []protocol.OutlineEntry     { return p.outline }
func (p *papers) MayCopy() bool                        { return !p.locked }

func (p *papers) Picture(ctx context.Context, page, width int) (*image.RGBA, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken {
		return nil, errors.New("no network")
	}
	return p.drawn(page, width, image.Rect(0, 0, width, width*842/595)), ctx.Err()
}

func (p *papers) Tile(ctx context.Context, page, width, x, y int) (*image.RGBA, error) {
	r := image.Rect(x*widget.TileSide, y*widget.TileSide, (x+1)*widget.TileSide, (y+1)*widget.TileSide)
	return p.drawn(page, width, r.Intersect(image.Rect(0, 0, width, width*842/595))), ctx.Err()
}

func (p *papers) drawn(page, width int, part image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	scale := float32(width) / 595
	line := func(x, y, w, h float32, c color.Color) {
		r := image.Rect(int(x*scale), int(y*scale), int((x+w)*scale), int((y+h)*scale)).Sub(part.Min)
		draw.Draw(out, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	line(190, 90, 215, 14, color.Gray{60})
	for i := range 26 {
		c := color.Gray{150}
		if i < page {
			c = color.Gray{80}
		}
		w := float32(435)
		if i%6 == 5 {
			w = 260
		}
		line(85, 140+float32(i)*24, w, 9, c)
	}
	return out
}

var monday = time.Date(2026, 11, 23, 8, 30, 0, 0, time.Local)

var hoa = controller.PersonRow{ID: "hoa", Name: "Đặng Thị Hòa", Position: "Phó Chủ tịch UBND tỉnh", Unit: "Ủy ban nhân dân tỉnh"}

func people() []controller.PersonRow {
	return []controller.PersonRow{
		{ID: "khoi", Name: "Trần Minh Khôi", Position: "Chủ tịch UBND tỉnh"}, hoa,
		{ID: "ha", Name: "Lê Thu Hà", Position: "Giám đốc Sở Tài chính", Unit: "Sở Tài chính"},
		{ID: "nam", Name: "Nguyễn Hoài Nam", Position: "Chánh Văn phòng", Unit: "Văn phòng UBND tỉnh", Desk: true},
		{ID: "big", Name: "Màn hình chung", Screen: true},
	}
}

func roomsView() controller.RoomsView {
	return controller.RoomsView{Searching: true, Rooms: []controller.RoomRow{
		{Key: "a", Name: "Phòng họp A - Trụ sở Ủy ban nhân dân", Address: "192.168.1.10:8443", Answer: controller.Ready, Known: true, LastPerson: "Đặng Thị Hòa", OnNetwork: true},
		{Key: "b", Name: "Hội trường Thống Nhất", Address: "192.168.1.11:8443", Answer: controller.Asking, OnNetwork: true},
		{Key: "c", Name: "Phòng họp Sở Tài chính", Address: "10.0.0.5:8443", Answer: controller.Silent, Known: true},
	}}
}

func signInView() controller.SignInView {
	return controller.SignInView{Room: "Phòng họp A - Trụ sở Ủy ban nhân dân", People: people()}
}

func meetingsList() controller.MeetingsView {
	return controller.MeetingsView{Status: controller.Status{Link: session.Live}, Me: hoa, Loaded: true, CanCreate: true,
		Running: []controller.MeetingRow{{ID: "m", Title: "Phiên họp thường kỳ tháng 11 năm 2026", Place: "Phòng họp A", Phase: meeting.Open, PhaseKey: "meetings.open",
			Starts: monday.Add(-30 * time.Minute), Ends: monday.Add(3 * time.Hour), Functions: []meeting.Function{meeting.Chair}}},
		Coming: []controller.MeetingRow{
			{ID: "n", Title: "Phiên họp chuyên đề về chuyển đổi số và cải cách thủ tục hành chính", Phase: meeting.Published, PhaseKey: "meetings.published", Starts: monday.Add(48 * time.Hour), Ends: monday.Add(51 * time.Hour)},
			{ID: "d", Title: "Phiên họp thường kỳ tháng 12", Phase: meeting.Draft, PhaseKey: "meetings.draft", Functions: []meeting.Function{meeting.Secretary}}},
		Past: []controller.MeetingRow{{ID: "o", Title: "Phiên họp thường kỳ tháng 10 năm 2026", Phase: meeting.Closed, PhaseKey: "meetings.closed", Starts: monday.Add(-28 * 24 * time.Hour)}},
	}
}

func docs(item meeting.ItemID) []controller.DocumentRow {
	return []controller.DocumentRow{
		{Item: item, ID: "d1", Title: "Tờ trình về dự toán ngân sách năm 2027", Kind: "Tờ trình", Hash: "h1", Version: 1, Pages: 27, Loading: session.Loading{Ready: 27, Pages: 27}, PresentedPage: 6},
		{Item: item, ID: "d2", Title: "Phụ lục 1: Biểu thu, chi ngân sách", Kind: "Phụ lục", Hash: "h2", Version: 1, Pages: 12, Loading: session.Loading{Ready: 5, Pages: 12}},
	}
}

func presentingNow() controller.PresentingView {
	return controller.PresentingView{Spot: controller.Spot{Item: "i2", Place: meeting.Place{Document: "d1", Version: 1, Page: 6}},
		Document: "Tờ trình về dự toán ngân sách năm 2027", Pages: 27, Presenter: "Lê Thu Hà"}
}

func meetingNow() controller.MeetingView {
	readable := func(r controller.ItemRow) controller.ItemRow { r.Readable = true; return r }
	return controller.MeetingView{Status: controller.Status{Link: session.Live, Documents: 5, Ready: 3}, ID: "m", Exists: true,
		Title: "Phiên họp thường kỳ tháng 11 năm 2026", Place: "Phòng họp A", Phase: meeting.Open, PhaseKey: "meetings.open",
		Starts: monday.Add(-30 * time.Minute), Ends: monday.Add(3 * time.Hour), Presiding: "Trần Minh Khôi", Current: "i2", Now: monday, IsChair: true, IsSecretary: true,
		Me: meeting.Participant{Person: "hoa", Name: hoa.Name, Functions: []meeting.Function{meeting.Chair}},
		Items: []controller.ItemRow{
			readable(controller.ItemRow{ID: "i1", Number: "1", Title: "Báo cáo tình hình kinh tế - xã hội tháng 11", Unit: "Sở Tài chính", State: meeting.Done, StateKey: "agenda.done", Planned: 40 * time.Minute, Used: 42 * time.Minute, Documents: docs("i1")[:1]}),
			readable(controller.ItemRow{ID: "i2", Number: "2", Title: "Dự toán ngân sách nhà nước năm 2027", Unit: "Sở Tài chính", Reporter: "Lê Thu Hà", State: meeting.Running, StateKey: "agenda.running", Current: true, Planned: 30 * time.Minute, Used: 34 * time.Minute, Over: true, Documents: docs("i2")}),
			readable(controller.ItemRow{ID: "i3", Number: "2a", Title: "Tờ trình về việc ban hành Nghị quyết quy định mức chi hỗ trợ chuyển đổi số cho các đơn vị sự nghiệp công lập trên địa bàn giai đoạn 2027 - 2030", Unit: "Sở Khoa học và Công nghệ", State: meeting.Waiting, StateKey: "agenda.planned", Planned: 20 * time.Minute, Documents: docs("i3")}),
			{ID: "i4", Number: "3", TitleKey: "state.restricted", State: meeting.Waiting, StateKey: "agenda.planned", Restricted: true},
			readable(controller.ItemRow{ID: "i5", Number: "4", Title: "Quy hoạch khu đô thị ven sông", Unit: "Sở Xây dựng", State: meeting.Postponed, StateKey: "agenda.postponed", Reason: "chờ ý kiến thẩm định"}),
		},
		Presenting: presentingNow()}
}

func reading() controller.ReaderView {
	item := meetingNow().Items[1]
	return controller.ReaderView{Status: controller.Status{Link: session.Live}, Spot: presentingNow().Spot, ItemRow: item, Document: item.Documents[0],
		Hash: "h1", Page: 6, Pages: 27, Following: true, Presenting: presentingNow(), SameDocument: true, CanPrevious: true, CanNext: true, CanAsk: true}
}

func apart() controller.ReaderView {
	v := reading()
	v.Following, v.Apart, v.Page, v.Spot.Place.Page = false, true, 4, 4
	return v
}

func presenting() controller.ReaderView {
	v := reading()
	v.Presenting.IsMe, v.CanTurnForAll, v.CanAsk, v.CanRecall = true, true, false, true
	v.KnowsFollowers, v.Followers = true, session.Followers{Follow: 15, Apart: 2}
	return v
}

func wall() controller.ProjectorView {
	item := meetingNow().Items[1]
	return controller.ProjectorView{Status: controller.Status{Link: session.Live}, Room: "Phòng họp A - Trụ sở Ủy ban nhân dân", Code: "KH7Q-2M4T-XW9P", Join: "192.168.1.10",
		JoinLink: "https://192.168.1.10:8443/join?k=KH7Q2M4TXW9P", Meeting: "m", Title: "Phiên họp thường kỳ tháng 11 năm 2026", Phase: meeting.Open, PhaseKey: "meetings.open",
		Item: item, Spot: presentingNow().Spot, Document: item.Documents[0], Hash: "h1", Page: 6, Pages: 27, Presenter: "Lê Thu Hà", Now: monday}
}

func inside() *fake {
	return &fake{stage: controller.StageInside, meetings: meetingsList(), meeting: meetingNow(), reader: reading(), projector: wall(), doc: &papers{pages: 27,
		outline: []protocol.OutlineEntry{{Title: "Tình hình thực hiện năm 2026", Page: 2}, {Title: "Dự toán thu", Page: 9, Level: 1}, {Title: "Kiến nghị", Page: 26}}}}
}
