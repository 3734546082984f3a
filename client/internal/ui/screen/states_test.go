package screen

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// state is a screen in a state in which a person may find it.
type state struct {
	name    string
	fake    func() *fake
	options Options
	size    fyne.Size
	then    func(*stand) // what happened on the way there; may be nil
}

// states are those of which there is a picture.
func states(t *testing.T) []state {
	t.Helper()
	rooms := func() *fake { return &fake{stage: controller.StageRooms, rooms: roomsView()} }
	noRooms := func() *fake {
		return &fake{stage: controller.StageRooms, rooms: controller.RoomsView{Code: session.CodeNetwork}}
	}
	changed := func() *fake {
		f := rooms()
		f.rooms.Code = session.CodeKeyChanged
		return f
	}
	names := func() *fake { return &fake{stage: controller.StageSignIn, signIn: signInView()} }
	code := func() *fake {
		f := names()
		f.signIn.FirstTime, f.signIn.KeyCode = true, "KH7Q-2M4T-XW9P"
		return f
	}
	with := func(v controller.ReaderView) func() *fake {
		return func() *fake {
			f := inside()
			f.reader = v
			return f
		}
	}
	toMeeting := func(s *stand) { s.pop(); s.push(newAgenda(s.Shell, "m")) }
	toReader := func(s *stand) { s.push(newReader(s.Shell, "m")) }
	looked := func(v controller.SearchView) func() *fake {
		return func() *fake {
			f := inside()
			f.found = v
			return f
		}
	}
	onTab := func(tab pageTab) func(*stand) {
		return func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			r.pages.tab = tab
			r.open(pagesPanel)
		}
	}
	marked := func() *fake {
		f := inside()
		f.reader.Bookmarked = true
		for i, page := range []int{6, 14} {
			f.marks = append(f.marks, controller.Bookmark{Spot: f.reader.Spot, Number: "2", Title: f.meeting.Items[1].Documents[0].Title})
			f.marks[i].Spot.Place.Page, f.marks[i].Old = page, page > 10
		}
		return f
	}
	paper := func(p widget.Paper) Options {
		o := vi(1)
		o.Preferences.Paper = p
		return o
	}
	layout := func(l widget.Layout) Options {
		o := vi(1)
		o.Preferences.Layout = l
		return o
	}
	wandered := func() controller.ReaderView {
		v := reading()
		v.CanGoBack = true
		return v
	}
	readerPanel := func(p panel) func(*stand) {
		return func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			r.open(p)
		}
	}
	invited := func(i controller.Invitation) func() *fake {
		return func() *fake {
			f := inside()
			f.meetings.Running = nil
			f.meetings.Coming[0].Invitation = i
			f.meeting.Phase, f.meeting.PhaseKey, f.meeting.Presenting, f.meeting.Current = meeting.Published, "meetings.published", controller.PresentingView{}, ""
			f.meeting.IsChair, f.meeting.IsSecretary, f.meeting.Me.Functions, f.meeting.Invitation = false, false, nil, i
			return f
		}
	}
	informed := func() *fake {
		f := invited(controller.Invitation{Asks: true, Answer: meeting.Answer{Reply: meeting.Coming}})()
		f.toRead = errandsNow()
		f.meetings.Coming[0].Today = true
		f.meeting.Items[0].Documents[0].ReadPage, f.meeting.Items[0].Documents[0].ReadVersion = 12, 0
		f.meeting.Items[1].Documents[1].ReadPage, f.meeting.Items[1].Documents[1].ReadVersion = 4, 1
		f.meeting.Items[2].New, f.meeting.Items[2].Late = true, true
		return f
	}
	unsaid, gone := controller.Invitation{Asks: true, Reminded: true}, controller.Invitation{Asks: true, Answer: meeting.Answer{Reply: meeting.StandsIn, Name: "Phạm Thị Chi", Position: "Phó Chánh Văn phòng", Reason: "Đi công tác"}}
	return []state{
		{"join-vi", rooms, vi(1), tablet, nil},
		{"join-en-phone", rooms, en(theme.Light), phone, nil},
		{"join-none-vi-phone", noRooms, vi(1), phone, nil},
		{"join-changed-en", changed, en(theme.Light), tablet, nil},
		{"code-vi", code, vi(1), tablet, nil},
		{"code-en-phone", code, en(theme.Dark), phone, nil},
		{"names-vi", names, vi(1), tablet, nil},
		{"names-en-phone", names, en(theme.Light), phone, nil},
		{"pin-en", names, en(theme.Light), tablet, func(s *stand) { s.top().(*signIn).choose("hoa") }},
		{"pin-wrong-vi-phone", func() *fake {
			f := names()
			f.signIn.Code, f.signIn.Last = "wrong_pin", "hoa"
			return f
		}, vi(1), phone, nil},
		{"meetings-vi", inside, vi(1), tablet, nil},
		{"meetings-en-phone", inside, en(theme.Light), phone, nil},
		{"meetings-news-vi", informed, vi(1), tablet, nil},
		{"meetings-news-en-phone", informed, en(theme.Light), phone, nil},
		{"errands-vi-200", informed, vi(2), tablet, func(s *stand) {
			s.push(&errands{shell: s.Shell, scroll: newScroll(), key: "toread.news", all: func(r controller.ToReadView) []controller.Errand { return r.News }})
		}},
		{"agenda-news-vi", informed, vi(1), tablet, toMeeting},
		{"meetings-invited-vi", invited(unsaid), vi(1), tablet, nil},
		{"meetings-invited-en-phone", invited(unsaid), en(theme.Dark), phone, nil},
		{"agenda-invited-vi", invited(unsaid), vi(1), tablet, toMeeting},
		{"agenda-invited-vi-phone", invited(unsaid), vi(1), phone, toMeeting},
		{"agenda-answered-en", invited(gone), en(theme.Light), tablet, toMeeting},
		{"answer-absent-vi", invited(unsaid), vi(1), tablet, func(s *stand) { s.push(newAnswerForm(s.Shell, "m", meeting.Absent, nil)) }},
		{"answer-stand-in-vi-phone", invited(unsaid), vi(1), phone, func(s *stand) { s.push(newAnswerForm(s.Shell, "m", meeting.StandsIn, nil)) }},
		{"agenda-vi", inside, vi(1), tablet, toMeeting},
		{"agenda-en-dark", inside, en(theme.Dark), tablet, toMeeting},
		{"agenda-vi-200", inside, vi(2), tablet, toMeeting},
		{"agenda-offline-vi-phone", func() *fake {
			f := inside()
			f.meeting.Status = controller.Status{Link: session.Offline, Pending: 2, Documents: 5, Ready: 5}
			f.meeting.RestrictedNow = true
			return f
		}, vi(1), phone, toMeeting},
		{"item-en", inside, en(theme.Light), tablet, func(s *stand) { s.push(newItem(s.Shell, "m", "i2")) }},
		{"reader-left-hand-vi", with(apart()), leftHand(), tablet, readerPanel(pagesPanel)},
		{"agenda-left-hand-vi", inside, leftHand(), tablet, toMeeting},
		{"reader-vi", inside, vi(1), tablet, toReader},
		{"reader-apart-en", with(apart()), en(theme.Light), tablet, toReader},
		{"reader-pages-vi", with(apart()), vi(1), tablet, readerPanel(pagesPanel)},
		{"reader-presenting-en", with(presenting()), en(theme.Dark), tablet, readerPanel(presentPanel)},
		{"search-vi", looked(found()), vi(1), tablet, func(s *stand) { s.push(newSearch(s.Shell, "m")) }},
		{"search-offline-en-phone", looked(foundOffline()), en(theme.Dark), phone, func(s *stand) { s.push(newSearch(s.Shell, "m")) }},
		{"search-none-vi", looked(controller.SearchView{Typed: "đâu tư", Exact: true}), vi(1), tablet, func(s *stand) { s.push(newSearch(s.Shell, "m")) }},
		{"reader-search-vi", looked(found()), vi(1), tablet, func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			r.open(searchPanel)
			r.find.step(1)
		}},
		{"reader-hit-vi-phone", looked(found()), vi(1), phone, func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			r.find.step(1)
		}},
		{"reader-outline-en", inside, en(theme.Light), tablet, onTab(outlineTab)},
		{"reader-marks-vi", marked, vi(1), tablet, onTab(marksTab)},
		{"reader-tools-cream-vi", with(wandered()), paper(widget.PaperCream), tablet, readerPanel(morePanel)},
		{"reader-night-vi", with(apart()), paper(widget.PaperNight), tablet, toReader},
		{"help-vi", inside, vi(1), tablet, func(s *stand) { s.openHelp() }},
		{"help-en-phone", inside, en(theme.Dark), phone, func(s *stand) { s.openHelp() }},
		{"reader-vi-200", with(apart()), vi(2), tablet, toReader},
		{"reader-phone-vi", with(apart()), vi(1), phone, toReader},
		{"reader-phone-tools-en", with(apart()), en(theme.Light), phone, readerPanel(morePanel)},
		{"reader-bare-vi-phone", inside, vi(1), phone, func(s *stand) {
			toReader(s)
			s.top().(*reader).page.OnTapped()
		}},
		{"reader-phone-vi-200", with(apart()), vi(2), phone, toReader},
		{"agenda-phone-vi-200", inside, vi(2), phone, toMeeting},
		{"pages-phone-vi-200", with(apart()), vi(2), phone, readerPanel(pagesPanel)},
		{"projector-vi", inside, Options{Preferences: vi(1).Preferences, Projector: true}, hall, nil},
		{"projector-vi-1080", inside, Options{Preferences: vi(1).Preferences, Projector: true}, fyne.NewSize(1920, 1080), nil},
		{"projector-long-en", func() *fake {
			f := inside()
			f.projector.Item = f.meeting.Items[2]
			f.projector.Status.Link = session.Offline
			return f
		}, Options{Preferences: en(theme.Dark).Preferences, Projector: true}, hall, nil},
		{"projector-welcome-en", func() *fake {
			f := inside()
			f.projector.Phase = meeting.Published
			return f
		}, Options{Preferences: en(theme.Light).Preferences, Projector: true}, hall, nil},
		{"projector-restricted-vi", func() *fake {
			f := inside()
			f.projector.RestrictedNow, f.projector.Item, f.projector.Page, f.projector.Status.Link = true, controller.ItemRow{}, 0, session.Offline
			return f
		}, Options{Preferences: vi(1).Preferences, Projector: true}, hall, nil},
		{"agenda-before-vi", func() *fake {
			f := inside()
			f.meeting.Phase, f.meeting.PhaseKey, f.meeting.Presenting, f.meeting.Current = meeting.Published, "meetings.published", controller.PresentingView{}, ""
			return f
		}, vi(1), tablet, toMeeting},
		{"reader-ended-vi", with(controller.ReaderView{Phase: meeting.Closed}), vi(1), tablet, toReader},
		{"reader-wishes-vi-phone", func() *fake {
			f := inside()
			f.reader.Wishes, f.reader.CanDropAsk = 2, true
			return f
		}, vi(1), phone, toReader},
		{"reader-two-vi", func() *fake {
			f := written(t) // on page 6, which is not the one at hand
			f.reader.Page, f.reader.Spot.Place.Page, f.ink.Target.Page = 5, 5, 5
			return f
		}, layout(widget.TwoPages), fyne.NewSize(1280, 800), func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			r.fit(widget.FitPage)
		}},
		{"reader-turned-vi", func() *fake {
			f := written(t)
			f.turned = 1
			return f
		}, vi(1), fyne.NewSize(1280, 800), readerPanel(presentPanel)},
		{"reader-part-vi", with(reading()), vi(1), tablet, func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			for s.run(100 * time.Millisecond) {
			}
			s.fake.reader.Part = &session.Part{Place: s.fake.reader.Spot.Place, Top: 0.6, Height: 0.3}
			r.own = true
			s.refresh()
		}},
		{"reader-rolling-vi", with(reading()), layout(widget.Rolling), fyne.NewSize(1280, 800), func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			for s.run(100 * time.Millisecond) {
			}
			r.page.ScrollTo(700)
		}},
		{"reader-tools-two-vi", with(reading()), layout(widget.TwoPages), fyne.NewSize(1280, 800), readerPanel(morePanel)},
		{"reader-together-vi", func() *fake {
			f := inside()
			f.reader.Together, f.reader.Last = true, 6
			return f
		}, vi(1), tablet, toReader},
		{"reader-together-en-phone", func() *fake {
			f := inside()
			f.reader = apart()
			f.reader.Together, f.reader.Last = true, 6
			return f
		}, en(theme.Dark), phone, toReader},
		{"reader-hold-vi", func() *fake {
			f := inside()
			f.reader = presenting()
			f.reader.CanTogether = true
			return f
		}, vi(1), tablet, readerPanel(presentPanel)},
		{"join-other-key-vi", func() *fake {
			f := rooms()
			f.rooms.Rooms[0].OtherKey = true
			return f
		}, vi(1), tablet, nil},
		{"settings-vi-phone", inside, vi(1), phone, func(s *stand) { s.push(newSettings(s.Shell)) }},
		{"own-pin-vi", inside, vi(1), tablet, func(s *stand) { s.push(newOwnPIN(s.Shell)) }},
		{"own-pin-en-200-phone", inside, Options{Preferences: Preferences{Language: words.English, Mode: theme.Dark, Scale: 2}}, phone, func(s *stand) { s.push(newOwnPIN(s.Shell)) }},
		{"settings-contrast-vi", inside, Options{Preferences: Preferences{Mode: theme.Light, Scale: 1, Contrast: true}}, tablet, func(s *stand) { s.push(newSettings(s.Shell)) }},
		{"agenda-contrast-vi-dark", inside, Options{Preferences: Preferences{Mode: theme.Dark, Scale: 1, Contrast: true}}, tablet, toMeeting},
		{"settings-vi", inside, vi(1), tablet, func(s *stand) { s.push(newSettings(s.Shell)) }},
		{"settings-en-200-phone", inside, Options{Preferences: Preferences{Language: words.English, Mode: theme.Dark, Scale: 2}}, phone, func(s *stand) { s.push(newSettings(s.Shell)) }},
	}
}
