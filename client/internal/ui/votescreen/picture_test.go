package votescreen

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

var (
	tablet  = fyne.NewSize(1280, 800)
	upright = fyne.NewSize(800, 1280)
	phone   = fyne.NewSize(360, 780)
	light   = theme.Options{Mode: theme.Light}
	dark    = theme.Options{Mode: theme.Dark}
	large   = theme.Options{Mode: theme.Light, Scale: 2}
)

// showBallot lays a ballot over a page of text.
func showBallot(t *testing.T, d *device, o theme.Options, size fyne.Size) (*Ballot, fyne.Canvas) {
	t.Helper()
	theme.Apply(test.NewTempApp(t), o)
	b := NewBallot(d)
	page := widget.Inset(24, 24, widget.NewText(strings.Repeat("Trang tài liệu đang đọc. ", 60), widget.StyleBody))
	w := test.NewTempWindow(t, container.NewStack(container.NewClip(page), b.Object()))
	w.SetPadded(false)
	w.Resize(size)
	b.Refresh()
	return b, w.Canvas()
}

// The pictures in testdata are what a person looked at and found good.
func TestBallotPictures(t *testing.T) {
	uitest.Pictures(t)
	one := func(v controller.BallotView) *device { return &device{views: []controller.BallotView{v}} }
	change := func(f func(*controller.BallotView)) *device { return one(with(open(), f)) }
	for _, p := range []struct {
		name     string
		device   *device
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(*Ballot)
	}{
		{"open", one(open()), tablet, words.Vietnamese, light, nil},
		{"open-en-dark", one(open()), tablet, words.English, dark, nil},
		{"open-upright", one(open()), upright, words.Vietnamese, light, nil},
		{"open-phone", one(open()), phone, words.Vietnamese, light, nil},
		{"open-200", one(open()), tablet, words.Vietnamese, large, nil},
		{"open-phone-200-en", one(open()), phone, words.English, large, nil},
		{"secret-reminded", change(func(v *controller.BallotView) { v.Mode, v.Reminded = poll.Secret, 1 }), tablet, words.Vietnamese, light, nil},
		{"confirm", one(open()), tablet, words.Vietnamese, light, func(b *Ballot) { b.choose([]int{0}) }},
		{"confirm-secret-phone", change(func(v *controller.BallotView) { v.Mode = poll.Secret }), phone, words.Vietnamese, light, func(b *Ballot) { b.choose([]int{1}) }},
		{"confirm-remark-en", change(func(v *controller.BallotView) { v.Remarks = true }), tablet, words.English, light, func(b *Ballot) { b.choose([]int{2}) }},
		{"counted", one(voted(controller.BallotSending, poll.Live)), tablet, words.Vietnamese, light, become(voted(controller.BallotCounted, poll.Live))},
		{"counted-secret-phone-en", one(voted(controller.BallotSending, poll.Secret)), phone, words.English, light, become(voted(controller.BallotCounted, poll.Secret))},
		{"counted-200", one(voted(controller.BallotSending, poll.Live)), tablet, words.Vietnamese, large, become(voted(controller.BallotCounted, poll.Live))},
		{"waiting", one(with(voted(controller.BallotWaiting, poll.Live), func(v *controller.BallotView) { v.Status.Link = session.Offline })), tablet, words.Vietnamese, light, nil},
		{"waiting-phone-200", one(with(voted(controller.BallotWaiting, poll.Secret), func(v *controller.BallotView) { v.Status.Link = session.Offline })), phone, words.Vietnamese, large, nil},
		{"late", one(voted(controller.BallotSending, poll.Live)), tablet, words.Vietnamese, light, become(with(voted(controller.BallotLate, poll.Live), func(v *controller.BallotView) { v.State, v.MayChange = meeting.Polled, false }))},
		{"away-en", one(open()), tablet, words.English, light, become(with(voted(controller.BallotAway, poll.Secret), func(v *controller.BallotView) { v.Mine = nil }))},
		{"ended", one(open()), tablet, words.Vietnamese, light, become(with(open(), func(v *controller.BallotView) { v.State, v.MayVote = meeting.Polled, false }))},
		{"election", one(election()), tablet, words.Vietnamese, light, func(b *Ballot) { b.toggle(0); b.toggle(2) }},
		{"election-phone-200", one(election()), phone, words.Vietnamese, large, nil},
		{"confidence", one(confidence()), upright, words.Vietnamese, light, nil},
		{"confidence-phone-en", one(confidence()), phone, words.English, light, nil},
		{"line", one(open()), tablet, words.Vietnamese, light, (*Ballot).minimize},
		{"line-phone-200", one(open()), phone, words.Vietnamese, large, (*Ballot).minimize},
		{"result-secret", one(open()), tablet, words.Vietnamese, light, become(announced(approval(12, 3, 2), controller.ListFound))},
		{"result-phone-en", one(open()), phone, words.English, light, become(announced(approval(9, 6, 2), controller.ListMissing))},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			d := *p.device
			b, c := showBallot(t, &d, o, size)
			if p.then != nil {
				p.then(b)
			}
			return c
		})
	}
}

func announced(r *controller.VoteResult, check controller.ListCheck) controller.BallotView {
	return with(voted(controller.BallotCounted, poll.Secret), func(v *controller.BallotView) { v.State, v.Result, v.Check = meeting.Announced, r, check })
}

// become lets the vote go on to another view.
func become(v controller.BallotView) func(*Ballot) {
	return func(b *Ballot) {
		b.actions.(*device).views = []controller.BallotView{v}
		b.Refresh()
	}
}

func TestProjectorPictures(t *testing.T) {
	uitest.Pictures(t)
	hall := fyne.NewSize(1920, 1080)
	shown := func(f func(*controller.VoteShown)) controller.VoteShown {
		v := controller.VoteShown{Question: question, Mode: poll.Live, State: meeting.Polling, Choices: law(), Needs: committee(poll.Live).Needs(roll(19, 2)),
			Timed: true, Left: 85 * time.Second, Taken: 14, Voters: 19}
		f(&v)
		return v
	}
	done := func(r *controller.VoteResult, mode poll.Mode) func(*controller.VoteShown) {
		return func(v *controller.VoteShown) { v.State, v.Result, v.Mode = meeting.Announced, r, mode }
	}
	for _, p := range []struct {
		name     string
		view     controller.VoteShown
		size     fyne.Size
		language words.Language
		scale    float32
	}{
		{"hall-posed", shown(func(v *controller.VoteShown) { v.State = meeting.Posed }), hall, words.Vietnamese, 1.6},
		{"hall-polling", shown(func(*controller.VoteShown) {}), hall, words.Vietnamese, 1.6},
		{"hall-polling-en", shown(func(v *controller.VoteShown) { v.Timed, v.Mode = false, poll.Secret }), hall, words.English, 1.6},
		{"hall-passed", shown(done(approval(12, 3, 2), poll.Secret)), hall, words.Vietnamese, 1.6},
		{"hall-failed-en", shown(done(approval(9, 6, 2), poll.Secret)), hall, words.English, 1.6},
		{"hall-equal", shown(done(approval(8, 8, 1), poll.Secret)), hall, words.Vietnamese, 1.6},
		{"hall-elected", shown(done(elected(), poll.Secret)), hall, words.Vietnamese, 1.6},
		{"hall-graded", shown(done(graded(), poll.Secret)), hall, words.Vietnamese, 1.6},
		{"hall-low", shown(done(approval(9, 6, 2), poll.Secret)), fyne.NewSize(1200, 560), words.Vietnamese, 1.25},
		{"hall-small", shown(done(approval(12, 3, 2), poll.Secret)), fyne.NewSize(1024, 640), words.Vietnamese, 1},
	} {
		t.Run(p.name, func(t *testing.T) {
			words.Use(p.language)
			defer words.Use(words.Vietnamese)
			theme.Apply(test.NewTempApp(t), theme.Options{Mode: theme.Light, Scale: p.scale})
			w := test.NewTempWindow(t, OnProjector(p.view))
			w.SetPadded(false)
			w.Resize(p.size)
			test.AssertRendersToImage(t, p.name+".png", w.Canvas())
		})
	}
}
