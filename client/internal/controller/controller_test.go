package controller

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/discovery"
	"phonghop/shared/meeting"
)

// patience bounds a wait for something that happens for certain; it is only
// used up where a test fails.
const patience = 90 * time.Second

// tester is a device in a test.
type tester struct {
	*Controller
	t       testing.TB
	changed chan struct{}

	mu    sync.Mutex
	codes []string // of notices
}

func start(t testing.TB, dir string) *tester {
	t.Helper()
	c := New(Options{Dir: dir, Program: "test", DeviceName: "tablet", Find: func(discovery.Prober) Finder { return nil }})
	d := &tester{Controller: c, t: t, changed: make(chan struct{}, 1)}
	t.Cleanup(c.Close)
	c.Subscribe(func() {
		select {
		case d.changed <- struct{}{}:
		default:
		}
	})
	c.OnNotice(func(n Notice) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.codes = append(d.codes, n.Code)
		d.touch()
	})
	return d
}

// until waits until something is so. It looks with every change, and now and
// then: files of the device change without a word.
func (d *tester) until(what string, so func() bool) {
	d.t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !so() {
		select {
		case <-again.C:
		case <-d.changed:
		case <-limit.C:
			d.t.Fatalf("never came: %s (stage %s, entry %q, view %s %v)", what, d.Stage(), d.SignIn().Code, d.seen().Link, d.seen().Why)
		}
	}
}

func (d *tester) told(code string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.codes {
		if c == code {
			return true
		}
	}
	return false
}

// enter signs somebody in on a device that does not know the room yet.
func (d *tester) enter(r *servertest.Room, who meeting.PersonID, shared bool) {
	d.t.Helper()
	if code := d.EnterAddress(r.URL); code != "" {
		d.t.Fatalf("EnterAddress: %s", code)
	}
	d.until("sign-in", func() bool { return d.Stage() == StageSignIn })
	d.ConfirmCode()
	d.SignInAs(who, servertest.PIN, shared)
	d.until("inside", func() bool { return d.Stage() == StageInside })
	d.until("live", func() bool { return d.Meetings().Status.Link == session.Live && d.Meetings().Loaded })
}

func (d *tester) ok(code string) {
	d.t.Helper()
	if code != "" {
		d.t.Fatalf("refused: %s", code)
	}
}

func pdf(title string, pages int) File {
	data := servertest.PDF(title, pages)
	return File{Name: title + ".pdf", Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

// prepared is a running meeting with a document of so many pages.
type prepared struct {
	id   string
	item meeting.ItemID
	doc  meeting.DocumentID
	hash string
}

// prepare has the secretary make a meeting and open it.
func prepare(d *tester, pages int) prepared {
	d.t.Helper()
	return prepareFile(d, pdf("Báo cáo", pages))
}

func prepareFile(d *tester, file File) prepared {
	d.t.Helper()
	id, code := d.CreateMeeting(MeetingForm{Title: "Phiên họp tháng 11", Starts: time.Now()})
	d.ok(code)
	item, code := d.AddItem(id, ItemForm{Title: "Báo cáo kinh tế - xã hội", Kind: meeting.Report, Minutes: 20}, "")
	d.ok(code)
	for who, functions := range map[meeting.PersonID][]meeting.Function{
		servertest.Chair: {meeting.Chair}, servertest.Delegate: nil, servertest.Screen: {meeting.Projector},
	} {
		d.ok(d.SetParticipant(id, meeting.Participant{Person: who, Functions: functions}))
	}
	d.AttachFile(id, item, file)
	d.until("document", func() bool {
		v := d.Desk(id)
		if len(v.Uploads) > 0 && v.Uploads[0].Stage == UploadFailed {
			d.t.Fatalf("upload: %s", v.Uploads[0].Code)
		}
		return len(v.Items) == 1 && len(v.Items[0].Documents) == 1 && v.Status.Pending == 0
	})
	d.ok(d.Publish(id))
	d.ok(d.AllowActing(id, servertest.Secretary, true))
	d.ok(d.OpenSitting(id, ""))
	d.ok(d.StartItem(id, item))
	d.until("running", func() bool { v := d.Meeting(id); return v.Current == item && v.Status.Pending == 0 })
	row := d.Meeting(id).Items[0].Documents[0]
	return prepared{id, item, row.ID, row.Hash}
}

func TestMeetingIsPreparedRunAndFollowed(t *testing.T) {
	r := servertest.New(t)
	desk, reader := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 6)
	reader.enter(r, servertest.Delegate, false)
	reader.until("the way in", func() bool { return reader.Meetings().Direct == m.id })
	reader.OpenMeeting(m.id)
	desk.ok(desk.TakePresenter(m.id))
	desk.ok(desk.PresentPlace(m.id, Spot{m.item, meeting.Place{Document: m.doc, Page: 2}}))
	reader.until("page 2", func() bool { return reader.Reader(m.id).Page == 2 })
	if v := desk.Reader(m.id); !v.CanTurnForAll || v.Page != 2 {
		t.Fatalf("the presenter does not see his own page: %+v", v)
	}
	desk.ok(desk.TurnPage(m.id, 1))
	if got := desk.Reader(m.id).Page; got != 3 {
		t.Errorf("the presenter's own turn shows page %d at once, want 3", got)
	}
	reader.until("page 3", func() bool { return reader.Reader(m.id).Page == 3 })
	desk.until("one follower", func() bool { return desk.Reader(m.id).Followers.Follow == 1 })

	reader.ok(reader.ShowPage(m.id, 5))
	if v := reader.Reader(m.id); v.Page != 5 || v.Following || !v.Apart {
		t.Errorf("reading apart: %+v", v)
	}
	desk.until("the secretary's own device has what it sent", func() bool { return desk.Meeting(m.id).Status.Ready == 1 })
	desk.until("one apart", func() bool { return desk.Reader(m.id).Followers.Apart == 1 })
	desk.ok(desk.Recall(m.id))
	reader.until("back by recall", func() bool { v := reader.Reader(m.id); return v.Following && v.Page == 3 })
	if code := reader.Recall(m.id); code != string(meeting.NotAllowed) {
		t.Errorf("a delegate recalls everybody: %q", code)
	}
}

func TestFirstVisitComparesTheKeyAndLaterOnesKnowIt(t *testing.T) {
	r := servertest.New(t)
	dir := t.TempDir()
	d := start(t, dir)
	d.ok(d.EnterAddress(r.URL))
	d.until("sign-in", func() bool { return d.Stage() == StageSignIn })
	v := d.SignIn()
	if !v.FirstTime || v.KeyCode != r.Fingerprint.Code() || v.Room != "Phòng họp số 1" || len(v.People) == 0 {
		t.Fatalf("first visit: %+v", v)
	}
	d.SignInAs(servertest.Delegate, servertest.PIN, false)
	if d.SignIn().Busy {
		t.Error("a PIN is sent before the code was compared")
	}
	d.ConfirmCode()
	d.SignInAs(servertest.Delegate, "000001", false)
	d.until("wrong PIN", func() bool { return d.SignIn().Code == "wrong_pin" })
	d.SignInAs(servertest.Delegate, servertest.PIN, false)
	d.until("inside", func() bool { return d.Stage() == StageInside })
	d.Close()

	again := start(t, dir)
	if again.Stage() != StageInside {
		t.Fatal("a device that was left signed in asks again")
	}
	again.until("live", func() bool { return again.Meetings().Status.Link == session.Live })
	again.SignOut()
	again.until("sign-in", func() bool { return again.Stage() == StageSignIn })
	if v := again.SignIn(); v.FirstTime || v.Last != servertest.Delegate {
		t.Errorf("after signing out: %+v", v)
	}
}

func TestAnotherKeyIsRefusedAndNothingIsSent(t *testing.T) {
	first, second := servertest.New(t), servertest.New(t)
	d := start(t, t.TempDir())
	d.ok(d.EnterAddress(first.URL + "/join?fp=" + second.Fingerprint.String()))
	d.until("key_changed", func() bool { return d.Rooms().Code == session.CodeKeyChanged })
	if d.Stage() != StageRooms {
		t.Errorf("stage %s", d.Stage())
	}
	d.ok(d.EnterAddress(first.URL + "/join?fp=" + first.Fingerprint.String()))
	d.until("sign-in", func() bool { return d.Stage() == StageSignIn })
	if d.SignIn().FirstTime {
		t.Error("a key from the room's own code is compared again")
	}
	if code := d.EnterAddress("http://?"); code != codeAddress {
		t.Errorf("no address: %q", code)
	}
}

func TestReadingGoesOnWithoutTheServerAndAfterARestart(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 4)
	dir := t.TempDir()
	d := start(t, dir)
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("all on the device", func() bool { s := d.Meeting(m.id).Status; return s.Documents == 1 && s.Ready == 1 })
	d.Close()
	r.Stop()

	d = start(t, dir)
	d.OpenMeeting(m.id)
	d.until("offline", func() bool { return d.Meeting(m.id).Status.Link == session.Offline })
	d.ok(d.OpenDocument(m.id, m.item, m.doc, 0, 3))
	v := d.Reader(m.id)
	doc, code := d.Document(m.id, m.item, v.Hash)
	if doc == nil {
		t.Fatalf("no document without the server: %q", code)
	}
	if doc.Pages() != 4 || len(doc.Outline()) != 1 {
		t.Errorf("%d pages, outline %v", doc.Pages(), doc.Outline())
	}
	for _, width := range []int{200, 800, 1600} {
		img, err := doc.Picture(context.Background(), v.Page, width)
		if err != nil || img.Bounds().Dx() < 200 {
			t.Errorf("page %d at %d: %v", v.Page, width, err)
		}
	}
	if img, err := doc.Tile(context.Background(), 1, 3200, 1, 1); Code(err) != session.CodeNetwork || img.Bounds().Dx() != 512 {
		t.Errorf("what stands in for a tile: %v", err)
	}
	if _, err := doc.Text(context.Background(), 5); Code(err) != session.CodeNetwork {
		t.Errorf("text that was never fetched: %v", err)
	}
	desk.until("the secretary offline", func() bool { return desk.Meeting(m.id).Status.Link != session.Live })

	r.Start()
	d.until("live again", func() bool { return d.Meeting(m.id).Status.Link == session.Live })
}

func TestWishesOutliveTheProgram(t *testing.T) {
	r := servertest.New(t)
	dir := t.TempDir()
	desk := start(t, dir)
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 1)
	r.Stop()
	desk.until("offline", func() bool { return desk.Meeting(m.id).Status.Link == session.Offline })
	extra, code := desk.AddItem(m.id, ItemForm{Title: "Nội dung khác", Kind: meeting.Other}, "")
	desk.ok(code)
	if v := desk.Meeting(m.id); len(v.Items) != 2 || v.Status.Pending != 1 {
		t.Fatalf("the wish does not show: %d items, %d pending", len(v.Items), v.Status.Pending)
	}
	desk.Close()
	r.Start()

	desk = start(t, dir)
	desk.OpenMeeting(m.id)
	desk.until("carried out", func() bool { v := desk.Meeting(m.id); return v.Status.Pending == 0 && len(v.Items) == 2 })
	if desk.Meeting(m.id).Items[1].ID != extra {
		t.Error("another item")
	}
}

func TestUploadShowsProgressAndFailure(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	id, code := desk.CreateMeeting(MeetingForm{Title: "Họp"})
	desk.ok(code)
	item, code := desk.AddItem(id, ItemForm{Title: "Mục", Kind: meeting.Report}, "")
	desk.ok(code)

	gate, body := make(chan struct{}), servertest.PDF("Tờ trình", 2)
	held := File{Name: "Tờ trình.PDF", Size: int64(len(body)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(body[:5]), &gated{gate, bytes.NewReader(body[5:])})), nil
	}}
	desk.AttachFile(id, item, held)
	desk.until("half way", func() bool {
		u := desk.Desk(id).Uploads
		return len(u) == 1 && u[0].Stage == UploadSending && u[0].Sent == 5
	})
	bad := desk.AttachFile(id, item, File{Name: "x.pdf", Size: 3, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("abc")), nil
	}})
	if u := desk.Desk(id).Uploads; len(u) != 2 || u[1].Stage != UploadWaiting {
		t.Errorf("the second one does not wait: %+v", u)
	}
	close(gate)
	desk.until("attached, and the other refused", func() bool {
		v := desk.Desk(id)
		return len(v.Items[0].Documents) == 1 && len(v.Uploads) == 1 && v.Uploads[0].Stage == UploadFailed
	})
	v := desk.Desk(id)
	if got := v.Items[0].Documents[0]; got.Title != "Tờ trình" || got.Pages != 2 {
		t.Errorf("document: %+v", got)
	}
	if v.Uploads[0].Code != "pdf_not_pdf" {
		t.Errorf("code %q", v.Uploads[0].Code)
	}
	desk.CancelUpload(bad)
	if u := desk.Desk(id).Uploads; len(u) != 0 {
		t.Errorf("still listed: %+v", u)
	}
	desk.AttachFile(id, item, File{Name: "gone.pdf", Size: 9, Open: func() (io.ReadCloser, error) { return nil, errors.New("gone") }})
	desk.until("a file that cannot be read", func() bool {
		u := desk.Desk(id).Uploads
		return len(u) == 1 && u[0].Stage == UploadFailed && u[0].Code == session.CodeOther
	})
}

// gated reads once the gate is open.
type gated struct {
	gate <-chan struct{}
	from io.Reader
}

func (g *gated) Read(p []byte) (int, error) {
	<-g.gate
	return g.from.Read(p)
}

func TestPeopleAreKept(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	codes := make(chan string, 1)
	done := func(code string) { codes <- code }
	id := desk.AddPerson(person("Hồ Minh"), "731905", done)
	if code := <-codes; code != "" {
		t.Fatalf("add: %s", code)
	}
	desk.until("on the roster", func() bool { return len(desk.People().People) == len(servertest.People())+1 })
	desk.SetPIN(id, "", "123456", done)
	if code := <-codes; code != "weak_pin" {
		t.Errorf("weak PIN: %q", code)
	}
	desk.RemovePerson(id, done)
	if code := <-codes; code != "" {
		t.Errorf("remove: %s", code)
	}
	desk.until("off the roster", func() bool { return len(desk.People().People) == len(servertest.People()) })
	desk.RemovePerson(servertest.Secretary, nil)
	desk.until("the last secretary stays", func() bool { return desk.told("last_secretary") })
}
