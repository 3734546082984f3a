package controller

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// pen makes a stroke of a few points.
func pen(t testing.TB, x, y float64) ink.Stroke {
	t.Helper()
	packed, err := ink.Pack([]ink.Point{{X: x, Y: y}, {X: x + 20, Y: y + 8, Millis: 40}, {X: x + 44, Y: y, Millis: 90}}, false)
	if err != nil {
		t.Fatal(err)
	}
	return ink.Stroke{ID: NewStroke(), Tool: ink.Pen, Colour: 1, Width: 1, Ink: packed}
}

// table is a room with a running item, its document read by the desk, who presents, and by a delegate.
type table struct {
	room         *servertest.Room
	desk, reader *tester
	m            prepared
	dir          string // the reader's
}

func lay(t *testing.T) *table {
	t.Helper()
	b := &table{room: servertest.New(t), dir: t.TempDir()}
	b.desk, b.reader = start(t, t.TempDir()), start(t, b.dir)
	b.desk.enter(b.room, servertest.Secretary, false)
	b.m = prepare(b.desk, 5)
	b.reader.enter(b.room, servertest.Delegate, false)
	b.reader.OpenMeeting(b.m.id)
	b.desk.OpenMeeting(b.m.id)
	b.desk.ok(b.desk.TakePresenter(b.m.id))
	b.show(t, 1)
	return b
}

func (b *table) show(t *testing.T, page int) {
	t.Helper()
	b.desk.ok(b.desk.PresentPlace(b.m.id, Spot{b.m.item, meeting.Place{Document: b.m.doc, Page: page}}))
	for _, d := range []*tester{b.desk, b.reader} {
		d.until("the page", func() bool { return d.Reader(b.m.id).Page == page })
	}
}

func (b *table) share(t *testing.T) {
	t.Helper()
	b.desk.until("may share", func() bool { return b.desk.Ink(b.m.id).MayShare })
	b.desk.ok(b.desk.ShareInk(b.m.id, true))
	if !b.desk.Ink(b.m.id).Target.Shared {
		t.Fatal("not on the shared layer")
	}
}

func TestStrokesGrowLiveAndLand(t *testing.T) {
	b := lay(t)
	b.share(t)
	to := b.desk.Ink(b.m.id).Target
	s := pen(t, 100, 100)
	points, _ := ink.Unpack(s.Ink)
	b.reader.until("the stroke grows", func() bool {
		b.desk.LiveInk(b.m.id, to, s, 0, points[:2]) // again: what is live may be lost
		v := b.reader.Ink(b.m.id)
		return len(v.Living) == 1 && len(v.Living[0].Points) == 2 && v.Living[0].Stroke.ID == s.ID && v.Living[0].Stroke.Author == servertest.Secretary
	})
	if n := len(b.desk.Ink(b.m.id).Living); n != 0 {
		t.Errorf("one's own stroke came back to be drawn: %d", n)
	}
	b.desk.ok(b.desk.Write(b.m.id, to, s))
	if b.desk.Ink(b.m.id).Ours() != 1 {
		t.Error("one's own ink waits for the network")
	}
	b.reader.until("it is finished", func() bool {
		v := b.reader.Ink(b.m.id)
		return len(v.Living) == 0 && v.Ours() == 1 && v.Writers[0].Strokes == 1 && v.Writers[0].Name != ""
	})
}

func TestPrivateInkReachesNobodyElse(t *testing.T) {
	b := lay(t)
	other := start(t, t.TempDir()) // the same person's second device
	other.enter(b.room, servertest.Delegate, false)
	other.OpenMeeting(b.m.id)
	s := pen(t, 50, 60)
	b.reader.ok(b.reader.Write(b.m.id, b.reader.Ink(b.m.id).Target, s))
	other.until("on all devices of its owner", func() bool { return other.Ink(b.m.id).Mine() == 1 })
	b.reader.until("taken", func() bool { return b.reader.Ink(b.m.id).Waiting == 0 })
	// What the others were told after it shows that they were told nothing of it.
	b.show(t, 2)
	b.show(t, 1)
	if v := b.desk.Ink(b.m.id); v.Mine()+v.Ours() != 0 || len(v.Written) != 0 || len(b.desk.MyNotes(b.m.id)) != 0 {
		t.Errorf("the others see it: %+v", v)
	}
	if rows := b.reader.MyNotes(b.m.id); len(rows) != 1 || rows[0].Strokes != 1 || rows[0].Spot.Place.Page != 1 || rows[0].Number != "1" {
		t.Errorf("my notes: %+v", rows)
	}
}

func TestTheSharedLayerFallsBackToOnesOwn(t *testing.T) {
	b := lay(t)
	b.share(t)
	b.desk.ok(b.desk.ShowPage(b.m.id, 2))
	b.desk.until("page 2", func() bool { return b.desk.Reader(b.m.id).Page == 2 })
	if b.desk.Ink(b.m.id).Target.Shared {
		t.Error("still on the shared layer after the page was turned")
	}
	b.share(t)
	b.desk.ok(b.desk.GivePresenter(b.m.id, servertest.Delegate))
	b.desk.until("no presenter any more", func() bool { v := b.desk.Ink(b.m.id); return v.WhyNot == "ink.why_not_presenter" && !v.Target.Shared })
	b.reader.until("the presenter may", func() bool { return b.reader.Ink(b.m.id).MayShare })
	if code := b.desk.ShareInk(b.m.id, true); code != "not_allowed" {
		t.Errorf("shared all the same: %q", code)
	}
}

func TestTheChairOpensLocksHidesAndClears(t *testing.T) {
	b := lay(t)
	if b.reader.Ink(b.m.id).MayShare {
		t.Fatal("a delegate may write for all")
	}
	if code := b.reader.OpenCommon(b.m.id, true); code == "" {
		t.Error("a delegate opened common work")
	}
	b.desk.ok(b.desk.OpenCommon(b.m.id, true))
	b.reader.until("common", func() bool { return b.reader.Ink(b.m.id).MayShare && b.reader.Ink(b.m.id).Common })
	b.reader.ok(b.reader.ShareInk(b.m.id, true))
	to := b.reader.Ink(b.m.id).Target
	b.reader.ok(b.reader.Write(b.m.id, to, pen(t, 10, 10)))
	b.desk.until("a stroke", func() bool { return b.desk.Ink(b.m.id).Ours() == 1 })

	b.desk.ok(b.desk.LockInk(b.m.id, true))
	b.reader.until("locked", func() bool {
		v := b.reader.Ink(b.m.id)
		return v.Locked && v.WhyNot == "ink.why_locked" && !v.Target.Shared
	})
	late := pen(t, 30, 30)
	b.reader.ok(b.reader.Write(b.m.id, to, late))
	if v := b.reader.Ink(b.m.id); v.Ours() != 1 || v.Mine() != 1 {
		t.Errorf("a stroke that came too late: %d shared, %d private", v.Ours(), v.Mine())
	}
	b.reader.until("told", func() bool { return b.reader.told("ink_private") })

	b.desk.ok(b.desk.HideInk(b.m.id, true))
	b.reader.until("hidden", func() bool { v := b.reader.Ink(b.m.id); return v.Hidden && v.Ours() == 0 })
	b.desk.ok(b.desk.HideInk(b.m.id, false))
	b.desk.ok(b.desk.ClearInk(b.m.id))
	b.reader.until("cleared", func() bool { v := b.reader.Ink(b.m.id); return !v.Hidden && v.Ours() == 0 && v.Mine() == 1 })
}

func TestInkOfALostNetworkMergesOnce(t *testing.T) {
	b := lay(t)
	b.share(t)
	to := b.desk.Ink(b.m.id).Target
	mine := b.reader.Ink(b.m.id).Target
	b.room.Stop()
	b.desk.until("offline", func() bool { return b.desk.Meeting(b.m.id).Status.Link == session.Offline })
	b.reader.until("offline", func() bool { return b.reader.Meeting(b.m.id).Status.Link == session.Offline })
	for i := range 20 {
		b.desk.ok(b.desk.Write(b.m.id, to, pen(t, 10, float64(20*i))))
		b.reader.ok(b.reader.Write(b.m.id, mine, pen(t, 90, float64(20*i))))
	}
	if v := b.desk.Ink(b.m.id); v.Ours() != 20 || v.Waiting < 20 {
		t.Errorf("offline: %d strokes, %d wait", v.Ours(), v.Waiting)
	}
	b.room.Start()
	for range 5 {
		b.room.Cut() // and again while it is sent
	}
	b.desk.until("all sent", func() bool { return b.desk.Ink(b.m.id).Waiting == 0 })
	b.reader.until("all there", func() bool { v := b.reader.Ink(b.m.id); return v.Ours() == 20 && v.Mine() == 20 && v.Waiting == 0 })
	if v := b.desk.Ink(b.m.id); v.Ours() != 20 || v.Mine() != 0 {
		t.Errorf("after all: %d shared, %d private", v.Ours(), v.Mine())
	}
}

// copyDir is the device as a program that was killed leaves it.
func copyDir(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(filepath.Join(to, "device"), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(to, "device")
}

func TestInkOfAKilledDeviceIsNotLost(t *testing.T) {
	b := lay(t)
	b.reader.SetHand(Hand{Tool: ToolHighlighter, Colour: 3, Width: 2, MarkColour: 1, MarkWidth: 0})
	mine := b.reader.Ink(b.m.id).Target
	b.room.Stop()
	b.reader.until("offline", func() bool { return b.reader.Meeting(b.m.id).Status.Link == session.Offline })
	var ids []string
	for i := range 7 {
		s := pen(t, 30, float64(30*i))
		ids = append(ids, s.ID)
		b.reader.ok(b.reader.Write(b.m.id, mine, s))
	}
	kept := func(dir string) bool {
		found, meeting := 0, false
		_ = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil //nolint:nilerr // it is being written, and looked for again
			}
			data, _ := os.ReadFile(path)
			meeting = meeting || strings.Contains(string(data), string(b.m.item)) && !strings.Contains(string(data), ids[0])
			for _, id := range ids {
				if strings.Contains(string(data), id) {
					found++
				}
			}
			return nil
		})
		return found >= len(ids) && meeting
	}
	b.reader.until("kept on the device", func() bool { return kept(b.dir) })
	killed := copyDir(t, b.dir)
	b.reader.Close()
	again := start(t, killed)
	again.OpenMeeting(b.m.id)
	again.until("there without the network", func() bool {
		return len(again.MyNotes(b.m.id)) == 1 && again.MyNotes(b.m.id)[0].Strokes == 7
	})
	if h := again.Hand(); h.Tool != ToolHighlighter || h.Colour != 3 || h.MarkColour != 1 || h.MarkWidth != 0 || h.Width != 2 {
		t.Errorf("the hand was forgotten: %+v", h)
	}
	b.room.Start()
	again.until("sent", func() bool { return again.Meetings().Status.Link == session.Live && again.Ink(b.m.id).Waiting == 0 })
	again.Close()
	// A third start, of the old copy's twin, sends the same again: nothing is there twice.
	twin := start(t, copyDir(t, b.dir))
	twin.OpenMeeting(b.m.id)
	twin.until("all there, once", func() bool {
		rows := twin.MyNotes(b.m.id)
		return twin.Meetings().Status.Link == session.Live && twin.Ink(b.m.id).Waiting == 0 && len(rows) == 1 && rows[0].Strokes == 7
	})
}

func TestAStrokeStaysOnThePageItWasBegunOn(t *testing.T) {
	b := lay(t)
	to := b.reader.Ink(b.m.id).Target
	b.show(t, 3) // while the pen is down
	b.reader.ok(b.reader.Write(b.m.id, to, pen(t, 10, 10)))
	if v := b.reader.Ink(b.m.id); v.Mine() != 0 || fmt.Sprint(v.Written) != "[1]" {
		t.Errorf("page 3 has %d strokes; written on %v", v.Mine(), v.Written)
	}
	h := b.reader.Hand()
	h.Tool, h.Colour = ToolArrow, 4
	b.reader.SetHand(h)
	b.show(t, 4)
	if got := b.reader.Ink(b.m.id).Hand; got.Tool != ToolArrow || got.Colour != 4 {
		t.Errorf("the tool was forgotten with the page: %+v", got)
	}
}

func TestNotesMoveToANewVersion(t *testing.T) {
	b := lay(t)
	b.reader.ok(b.reader.Write(b.m.id, b.reader.Ink(b.m.id).Target, pen(t, 10, 10)))
	b.reader.until("taken", func() bool { return b.reader.Ink(b.m.id).Waiting == 0 })
	b.desk.ReplaceFile(b.m.id, b.m.item, b.m.doc, pdf("Báo cáo (sửa)", 5))
	b.reader.until("the new version", func() bool { return b.reader.Reader(b.m.id).Replaced })
	b.reader.ok(b.reader.OpenDocument(b.m.id, b.m.item, b.m.doc, 0, 1))
	v := b.reader.Ink(b.m.id)
	if v.Target.Version != 2 || v.Mine() != 1 || v.OldVersion != 1 {
		t.Errorf("version %d, %d strokes, of version %d", v.Target.Version, v.Mine(), v.OldVersion)
	}
	if rows := b.reader.MyNotes(b.m.id); len(rows) != 1 || !rows[0].Old || rows[0].Spot.Place.Version != 2 {
		t.Errorf("my notes: %+v", rows)
	}
}

func TestUndoRedoAndErase(t *testing.T) {
	b := lay(t)
	d, id := b.reader, b.m.id
	to := d.Ink(id).Target
	one, two := pen(t, 10, 10), pen(t, 10, 60)
	d.ok(d.Write(id, to, one))
	d.ok(d.Write(id, to, two))
	piece := pen(t, 11, 11)
	for _, s := range []*ink.Stroke{&one, &two, &piece} {
		s.Page, s.Version = to.Page, to.Version
	}
	d.ok(d.Rub(id, to, []Rubbed{{Stroke: one, Left: []ink.Stroke{piece}}, {Stroke: two}}))
	has := func(want ...ink.Stroke) {
		t.Helper()
		page := d.Ink(id).Private.Page(1)
		got := map[string]bool{}
		for _, s := range page {
			got[s.ID] = true
		}
		for _, s := range want {
			if !got[s.ID] {
				t.Errorf("missing %s", s.ID)
			}
		}
		if len(page) != len(want) {
			t.Errorf("%d strokes, want %d", len(page), len(want))
		}
	}
	has(piece)
	d.ok(d.UndoInk(id))
	has(one, two)
	d.ok(d.UndoInk(id))
	has(one)
	d.ok(d.RedoInk(id))
	has(one, two)
	d.ok(d.RedoInk(id))
	has(piece)
	for range 3 {
		d.ok(d.UndoInk(id))
	}
	has()
	if v := d.Ink(id); v.CanUndo || !v.CanRedo {
		t.Errorf("undo %v, redo %v", v.CanUndo, v.CanRedo)
	}
	d.until("the server agrees", func() bool { return d.Ink(id).Waiting == 0 })
	has()
	b.show(t, 2)
	if v := d.Ink(id); v.CanUndo || v.CanRedo {
		t.Error("undo would change a page that is not seen")
	}
}

func TestEraseOnTheSharedLayer(t *testing.T) {
	b := lay(t)
	b.desk.ok(b.desk.OpenCommon(b.m.id, true))
	b.reader.until("common", func() bool { return b.reader.Ink(b.m.id).MayShare })
	b.reader.ok(b.reader.ShareInk(b.m.id, true))
	b.share(t)
	to := b.desk.Ink(b.m.id).Target
	theirs, mine := pen(t, 10, 10), pen(t, 40, 40)
	b.desk.ok(b.desk.Write(b.m.id, to, theirs))
	b.reader.ok(b.reader.Write(b.m.id, b.reader.Ink(b.m.id).Target, mine))
	b.reader.until("both", func() bool { return b.reader.Ink(b.m.id).Ours() == 2 })
	theirs.Author = servertest.Secretary
	if code := b.reader.Rub(b.m.id, to, []Rubbed{{Stroke: theirs}}); code != "not_allowed" {
		t.Errorf("somebody else's stroke: %q", code)
	}
	b.desk.until("both", func() bool { return b.desk.Ink(b.m.id).Ours() == 2 })
	mine.Author = servertest.Delegate
	b.desk.ok(b.desk.Rub(b.m.id, to, []Rubbed{{Stroke: mine}})) // the chair's right
	b.reader.until("gone", func() bool { return b.reader.Ink(b.m.id).Ours() == 1 })
}

func TestTheLaserIsSeenAndNotKept(t *testing.T) {
	b := lay(t)
	screen := start(t, t.TempDir())
	screen.enter(b.room, servertest.Screen, false)
	screen.until("page", func() bool { return screen.Projector().Page == 1 })
	if b.reader.Ink(b.m.id).CanPoint || !b.desk.Ink(b.m.id).CanPoint {
		t.Fatal("who points is another one")
	}
	screen.until("seen on the wall", func() bool {
		b.desk.PointAt(b.m.id, 120, 130, false)
		l := screen.ProjectorInk().Laser
		return l != nil && l.X == 120 && l.Y == 130
	})
	screen.until("taken away", func() bool {
		b.desk.PointAt(b.m.id, 0, 0, true)
		return screen.ProjectorInk().Laser == nil
	})
	b.share(t)
	b.desk.ok(b.desk.Write(b.m.id, b.desk.Ink(b.m.id).Target, pen(t, 5, 5)))
	screen.until("the shared layer is on the wall", func() bool { return screen.ProjectorInk().Ours() == 1 })
}

func TestCopyToTheSharedLayerAndBack(t *testing.T) {
	b := lay(t)
	d := b.desk
	d.ok(d.Write(b.m.id, d.Ink(b.m.id).Target, pen(t, 10, 10)))
	d.ok(d.CopyInk(b.m.id, true))
	if v := d.Ink(b.m.id); v.Mine() != 1 || v.Ours() != 1 {
		t.Errorf("%d private, %d shared", v.Mine(), v.Ours())
	}
	d.ok(d.CopyInk(b.m.id, false))
	if v := d.Ink(b.m.id); v.Mine() != 2 || v.Ours() != 1 {
		t.Errorf("and back: %d private, %d shared", v.Mine(), v.Ours())
	}
	if code := b.reader.CopyInk(b.m.id, true); code != "not_allowed" {
		t.Errorf("a delegate copied: %q", code)
	}
}

func TestBadStrokesAreRefused(t *testing.T) {
	b := lay(t)
	to := b.reader.Ink(b.m.id).Target
	good := pen(t, 10, 10)
	for what, change := range map[string]func(*ink.Stroke, *InkTarget){
		"no such page":    func(_ *ink.Stroke, t *InkTarget) { t.Page = 99 },
		"no such version": func(_ *ink.Stroke, t *InkTarget) { t.Version = 7 },
		"unknown tool":    func(s *ink.Stroke, _ *InkTarget) { s.Tool = "chainsaw" },
		"damaged points":  func(s *ink.Stroke, _ *InkTarget) { s.Ink = "####" },
		"no id":           func(s *ink.Stroke, _ *InkTarget) { s.ID = "" },
		"a colour more":   func(s *ink.Stroke, _ *InkTarget) { s.Colour = 5 },
	} {
		s, at := good, to
		change(&s, &at)
		if code := b.reader.Write(b.m.id, at, s); code != "invalid" {
			t.Errorf("%s: %q", what, code)
		}
	}
	b.reader.SetHand(Hand{Tool: "?", Colour: 99, Width: -1})
	if h := b.reader.Hand(); h.Tool != ToolPen || h.Colour != ink.Colours-1 || h.Width != 0 {
		t.Errorf("hand: %+v", h)
	}
}

func TestUnsentInkOfASharedDeviceWaitsForItsWriter(t *testing.T) {
	b := lay(t)
	dir := t.TempDir()
	d := start(t, dir)
	d.enter(b.room, servertest.Chair, true)
	d.OpenMeeting(b.m.id)
	d.until("the page", func() bool { return d.Reader(b.m.id).Page == 1 })
	b.room.Stop()
	d.until("offline", func() bool { return d.Meeting(b.m.id).Status.Link == session.Offline })
	d.ok(d.Write(b.m.id, d.Ink(b.m.id).Target, pen(t, 10, 10)))
	d.Close()
	b.room.Start()
	d = start(t, dir)
	if d.Stage() != StageRooms {
		t.Fatalf("stage %s: the sign-in outlived the program", d.Stage())
	}
	d.enter(b.room, servertest.Chair, true)
	d.OpenMeeting(b.m.id)
	d.until("sent", func() bool { return len(d.MyNotes(b.m.id)) == 1 && d.Ink(b.m.id).Waiting == 0 })
}

func TestTakeHome(t *testing.T) {
	b := lay(t)
	b.reader.ok(b.reader.Write(b.m.id, b.reader.Ink(b.m.id).Target, pen(t, 10, 10)))
	b.reader.until("taken", func() bool { return b.reader.Ink(b.m.id).Waiting == 0 })
	file, code := &paper{}, make(chan string, 1)
	b.reader.TakeHome(b.m.id, false, file, func(c string) { code <- c })
	if got := <-code; got != "" || !file.closed || !strings.HasPrefix(file.String(), "%PDF") {
		t.Errorf("code %q, %d bytes, closed %v", got, file.Len(), file.closed)
	}
	b.room.Stop()
	b.reader.until("offline", func() bool { return b.reader.Meeting(b.m.id).Status.Link == session.Offline })
	b.reader.TakeHome(b.m.id, true, &paper{}, func(c string) { code <- c })
	if got := <-code; got != "network" {
		t.Errorf("without the network: %q", got)
	}
}

// paper is a file in memory.
type paper struct {
	bytes.Buffer
	closed bool
}

func (p *paper) Close() error {
	p.closed = true
	return nil
}
