package votescreen

import (
	"fmt"
	"reflect"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// item is the agenda item whose votes are prepared.
func item() controller.ItemRow {
	return controller.ItemRow{ID: "i2", Number: "2", Readable: true, Documents: []controller.DocumentRow{
		{Item: "i2", ID: "d1", Title: "Tờ trình về dự toán ngân sách địa phương năm 2027", Version: 2, Pages: 12},
		{Item: "i2", ID: "d2", Title: "Dự thảo Nghị quyết", Version: 1, Pages: 4}}}
}

// people are those who can be let vote, one who cannot, and a guest.
func people() (e controller.Electable) {
	for i, n := range names {
		e.People = append(e.People, controller.ElectableRow{ID: meeting.PersonID(fmt.Sprint("p", i)), Name: n, Position: "Giám đốc Sở", Member: i != 4, Guest: i == 4})
	}
	e.StandIns = []controller.StandIn{{Name: "Hoàng Thị Lan Chi", For: "Vũ Đức Thành"}}
	return e
}

// pick opens the list behind a card and chooses another card of it.
func pick(t *testing.T, c fyne.Canvas, from, to string) {
	t.Helper()
	tapCard(t, c, words.T(from))
	tapCard(t, c, words.T(to))
}

func tapCard(t *testing.T, c fyne.Canvas, title string) {
	t.Helper()
	for _, card := range found[*widget.Card](c) {
		if card.Data().Title == title && card.OnTapped != nil {
			card.OnTapped()
			return
		}
	}
	t.Fatalf("no card %q", title)
}

// saved fills the form in with do, and returns what was sent.
func saved(t *testing.T, f controller.VoteForm, do func(c fyne.Canvas)) (sent []controller.VoteForm, o *office, c fyne.Canvas) {
	t.Helper()
	o = &office{view: votes()}
	d, canvas := showDesk(t, o, light, tablet)
	d.form("v1", f)
	do(canvas)
	tap(t, canvas, "common.save")
	return o.forms, o, canvas
}

func resolution() controller.VoteForm {
	return controller.VoteForm{Question: question, Template: meeting.TemplateResolution, Mode: poll.Live}
}

func TestTheFormHasEveryChoice(t *testing.T) {
	usual := controller.Template(meeting.TemplateResolution).Choices(poll.Live)
	for _, c := range []struct {
		name string
		form controller.VoteForm
		do   func(c fyne.Canvas)
		want func(f *controller.VoteForm)
	}{
		{"as proposed", resolution(), func(fyne.Canvas) {}, func(*controller.VoteForm) {}},
		{"about a page", resolution(), func(c fyne.Canvas) {
			pick(t, c, "vote.desk.no_document", "Dự thảo Nghị quyết")
			fieldOf(t, c, "vote.desk.page").SetText(" 3 ")
		}, func(f *controller.VoteForm) { f.Document, f.Page = "d2", 3 }},
		{"about a document", resolution(), func(c fyne.Canvas) { pick(t, c, "vote.desk.no_document", "Dự thảo Nghị quyết") },
			func(f *controller.VoteForm) { f.Document = "d2" }},
		{"other answers", resolution(), func(c fyne.Canvas) {
			tap(t, c, "vote.desk.more")
			tapWords(t, c, "Đồng ý / Không đồng ý / Phiếu trắng")
		}, func(f *controller.VoteForm) { f.Choices.Answers = poll.AnswersCouncil }},
		{"named people", resolution(), func(c fyne.Canvas) {
			tap(t, c, "vote.desk.more")
			tap(t, c, "vote.electors.named")
			tapCard(t, c, names[0])
			tapCard(t, c, names[3])
			tapCard(t, c, names[0])
			tapCard(t, c, names[4])
		}, func(f *controller.VoteForm) {
			f.Choices.Electors, f.Choices.Named = meeting.Named, []meeting.PersonID{"p3", "p4"}
		}},
		{"switches", resolution(), func(c fyne.Canvas) {
			tap(t, c, "vote.desk.more")
			for _, key := range []string{"vote.desk.changes", "vote.desk.remarks", "vote.desk.late", "vote.desk.auto_close"} {
				tap(t, c, key)
			}
		}, func(f *controller.VoteForm) {
			f.Choices.Changes, f.Choices.Remarks, f.Choices.Late, f.Choices.AutoClose = false, true, false, true
		}},
		{"time, without waiting", resolution(), func(c fyne.Canvas) {
			tap(t, c, "vote.desk.more")
			tapWords(t, c, words.T("vote.desk.minutes", 3))
			tap(t, c, "vote.desk.hold")
		}, func(f *controller.VoteForm) { f.Seconds, f.Choices.Hold = 180, false }},
		{"in secret", resolution(), func(c fyne.Canvas) { tap(t, c, "vote.mode.secret") },
			func(f *controller.VoteForm) { f.Mode, f.Choices.Changes = poll.Secret, false }},
		{"in secret and back", resolution(), func(c fyne.Canvas) { tap(t, c, "vote.mode.secret"); tap(t, c, "vote.mode.after") },
			func(f *controller.VoteForm) { f.Mode = poll.After }},
		{"another kind keeps the people", resolution(), func(c fyne.Canvas) {
			tap(t, c, "vote.desk.more")
			tap(t, c, "vote.electors.named")
			tapCard(t, c, names[1])
			pick(t, c, "vote.template.resolution", "vote.template.straw")
		}, func(f *controller.VoteForm) {
			f.Template, f.Mode = meeting.TemplateStraw, poll.After
			f.Choices.Electors, f.Choices.Named = meeting.Named, []meeting.PersonID{"p1"}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := c.form
			choices := usual
			want.Choices = &choices
			c.want(&want)
			sent, _, _ := saved(t, c.form, c.do)
			if len(sent) != 1 || !reflect.DeepEqual(sent[0], want) {
				t.Errorf("sent %+v, want %+v with %+v", sent, want, want.Choices)
			}
		})
	}
}

func TestTheFormSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, says string
		do         func(c fyne.Canvas)
	}{
		{"a page beyond the document", words.T("vote.desk.page_range", 4), func(c fyne.Canvas) {
			pick(t, c, "vote.desk.no_document", "Dự thảo Nghị quyết")
			fieldOf(t, c, "vote.desk.page").SetText("5")
		}},
		{"no number of a page", words.T("vote.desk.page_range", 4), func(c fyne.Canvas) {
			pick(t, c, "vote.desk.no_document", "Dự thảo Nghị quyết")
			fieldOf(t, c, "vote.desk.page").SetText("ba")
		}},
		{"nobody who votes", words.T("vote.desk.need_elector"), func(c fyne.Canvas) {
			tap(t, c, "vote.desk.more")
			tap(t, c, "vote.electors.named")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			sent, _, canvas := saved(t, resolution(), c.do)
			if len(sent) != 0 || !says(canvas, c.says) {
				t.Errorf("sent %+v, and %q is not said", sent, c.says)
			}
		})
	}
}

// A secret vote offers nothing that would tell who wrote what.
func TestSecretFormHasNoOpenChoices(t *testing.T) {
	_, _, canvas := saved(t, resolution(), func(c fyne.Canvas) {
		tap(t, c, "vote.mode.secret")
		tap(t, c, "vote.desk.more")
		for _, key := range []string{"vote.desk.changes", "vote.desk.remarks", "vote.desk.hold"} {
			for _, b := range found[*widget.Button](c) {
				if b.Label() == words.T(key) {
					t.Errorf("it offers %q", b.Label())
				}
			}
		}
		if !says(c, "Hoàng Thị Lan Chi (dự thay Vũ Đức Thành)") {
			t.Error("who has no vote is not told")
		}
	})
	_ = canvas
}

// A document that was taken away meanwhile is not asked for any more.
func TestFormOfAVoteWhoseDocumentIsGone(t *testing.T) {
	f := resolution()
	f.Document, f.Page = "gone", 3
	sent, _, _ := saved(t, f, func(fyne.Canvas) {})
	if len(sent) != 1 || sent[0].Document != "" || sent[0].Page != 0 {
		t.Errorf("sent %+v", sent)
	}
}

func fieldOf(t *testing.T, c fyne.Canvas, key string) *widget.TextField {
	t.Helper()
	for _, f := range found[*widget.TextField](c) {
		if f.Label() == words.T(key) {
			return f
		}
	}
	t.Fatalf("no field %q", words.T(key))
	return nil
}

func tapWords(t *testing.T, c fyne.Canvas, label string) {
	t.Helper()
	for _, b := range found[*widget.Button](c) {
		if b.Label() == label {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("no button %q", label)
}

func TestVoteFormPictures(t *testing.T) {
	uitest.Pictures(t)
	about := resolution()
	about.Document, about.Page, about.Seconds = "d1", 4, 180
	named := controller.Template(meeting.TemplateResolution).Choices(poll.Live)
	named.Electors, named.Named = meeting.Named, []meeting.PersonID{"p0", "p2"}
	chosen := about
	chosen.Choices = &named
	for _, p := range []struct {
		name     string
		form     controller.VoteForm
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(c fyne.Canvas)
	}{
		{"form-about", about, tablet, words.Vietnamese, light, nil},
		{"form-about-phone-en", about, phone, words.English, dark, nil},
		{"form-more", chosen, upright, words.Vietnamese, light, func(c fyne.Canvas) { tap(t, c, "vote.desk.more") }},
		{"form-more-phone", chosen, fyne.NewSize(360, 2400), words.Vietnamese, light, func(c fyne.Canvas) { tap(t, c, "vote.desk.more") }},
		{"form-more-200-dark", chosen, fyne.NewSize(1280, 2600), words.Vietnamese, theme.Options{Mode: theme.Dark, Scale: 2}, func(c fyne.Canvas) { tap(t, c, "vote.desk.more") }},
		{"form-kinds", about, upright, words.Vietnamese, light, func(c fyne.Canvas) { tapCard(t, c, words.T("vote.template.resolution")) }},
		{"form-documents-phone", about, phone, words.Vietnamese, light, func(c fyne.Canvas) { tapCard(t, c, item().Documents[0].Title) }},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			d, canvas := showDesk(t, &office{view: votes()}, o, size)
			d.form("v1", p.form)
			if p.then != nil {
				p.then(canvas)
			}
			return canvas
		})
	}
}
