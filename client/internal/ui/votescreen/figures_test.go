package votescreen

import (
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

func (o *office) Figures(controller.VoteAt) (controller.FiguresView, bool) {
	return o.figures, o.figures.There > 0
}

func (o *office) EnterFigures(at controller.VoteAt, f poll.Figures) string {
	return o.note("figures %s %v of %d, chairman %d", at.Vote, both(f), f.Cast, f.Chairman)
}

func (o *office) CorrectFigures(at controller.VoteAt, f poll.Figures, reason string) string {
	return o.note("correct %s %v of %d: %s", at.Vote, both(f), f.Cast, reason)
}

// both are the counts, or else the grades.
func both(f poll.Figures) any {
	if len(f.Grades) > 0 {
		return f.Grades
	}
	return f.Counts
}

// hands is the form of a show of hands of 17 people.
func hands() controller.FiguresView {
	return controller.FiguresView{VoteAt: prepared().VoteAt, Question: question, Method: poll.Approve, Mode: poll.Live, Choices: law(), There: 17, Each: 1, AsksChairman: true}
}

// paper is the form of an election on paper.
func paper() controller.FiguresView {
	f := hands()
	f.Method, f.Mode, f.Choices, f.Each, f.AsksChairman = poll.Some, poll.Secret, choices(persons()), 3, false
	return f
}

// confidencePaper is the form of a vote of confidence on paper.
func confidencePaper() controller.FiguresView {
	f := paper()
	f.Method, f.Choices, f.Grades, f.Each = poll.Grade, f.Choices[:3], confidence().Grades, 1
	return f
}

// secretPaper is the form of one question on paper.
func secretPaper() controller.FiguresView {
	f := hands()
	f.Mode, f.AsksChairman = poll.Secret, false
	return f
}

func enterable() controller.VoteRow {
	r := prepared()
	r.CanEnter = true
	return r
}

func counted17() controller.VoteRow {
	r := public()
	r.Cause, r.CanCorrect, r.Corrected = meeting.ByCount, true, 1
	return r
}

// write fills in the fields of the form, from the first.
func write(c fyne.Canvas, texts ...string) {
	for i, text := range texts {
		found[*widget.TextField](c)[i].SetText(text)
	}
}

func TestFiguresAreCheckedBeforeTheyGo(t *testing.T) {
	for _, c := range []struct {
		name  string
		view  controller.FiguresView
		texts []string
		want  string // the message, or what was wished
	}{
		{"fit", hands(), []string{"12", "3", " 2 "}, "figures v1 [12 3 2] of 17, chairman -1"},
		{"fewer than are there", hands(), []string{"9", "0", "0"}, "figures v1 [9 0 0] of 9, chairman -1"},
		{"one is empty", hands(), []string{"12", "", "2"}, words.T("vote.figures.range", 17)},
		{"no number", hands(), []string{"mười hai", "3", "2"}, words.T("vote.figures.range", 17)},
		{"below nothing", hands(), []string{"-1", "3", "2"}, words.T("vote.figures.range", 17)},
		{"a sign", hands(), []string{"+1", "3", "2"}, words.T("vote.figures.range", 17)},
		{"beyond all numbers", hands(), []string{"99999999999999999999", "3", "2"}, words.T("vote.figures.range", 17)},
		{"more than are there", hands(), []string{"12", "3", "3"}, words.T("vote.figures.more_than_there", 18, 17)},
		{"paper", paper(), []string{"15", "10", "9", "4", "0", "16"}, "figures v1 [15 10 9 4 0] of 16, chairman -1"},
		{"more for one than ballots", paper(), []string{"15", "10", "9", "4", "0", "14"}, words.T("vote.figures.more_than_cast", 14)},
		{"more choices than ballots have", paper(), []string{"15", "15", "15", "15", "0", "15"}, words.T("vote.figures.too_many_marks", 60, 45)},
		{"confidence", confidencePaper(), []string{"16", "10", "5", "1", "0", "0", "16", "9", "4", "2"}, "figures v1 [[10 5 1] [0 0 16] [9 4 2]] of 16, chairman -1"},
		{"more grades than ballots", confidencePaper(), []string{"16", "10", "5", "2", "0", "0", "16", "9", "4", "2"}, words.T("vote.figures.too_many_marks", 17, 16)},
		{"a grade beyond the ballots", confidencePaper(), []string{"16", "17", "0", "0", "0", "0", "16", "9", "4", "2"}, words.T("vote.figures.range", 16)},
		{"a grade is empty", confidencePaper(), []string{"16", "10", "", "1", "0", "0", "16", "9", "4", "2"}, words.T("vote.figures.range", 16)},
		{"paper of one question", secretPaper(), []string{"10", "3", "2", "16"}, "figures v1 [10 3 2] of 16, chairman -1"},
		{"more answers than paper", secretPaper(), []string{"10", "3", "2", "14"}, words.T("vote.figures.too_many_marks", 15, 14)},
		{"more ballots than people", paper(), []string{"1", "1", "1", "1", "0", "18"}, words.T("vote.figures.range", 17)},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := &office{view: votes(enterable()), figures: c.view}
			chair, canvas := showChair(t, o, light, tablet, nil)
			chair.open(enterable().VoteAt)
			tap(t, canvas, "vote.figures.enter")
			write(canvas, c.texts...)
			tap(t, canvas, "common.save")
			if len(o.did) == 1 && o.did[0] == c.want {
				return
			}
			if len(o.did) > 0 || !says(canvas, c.want) {
				t.Errorf("wished %q, and %q is not said", o.did, c.want)
			}
		})
	}
}

func TestFiguresAskForTheChairmanAtEqualVotes(t *testing.T) {
	o := &office{view: votes(enterable()), figures: hands()}
	chair, canvas := showChair(t, o, light, tablet, nil)
	chair.open(enterable().VoteAt)
	tap(t, canvas, "vote.figures.enter")
	write(canvas, "9", "8", "0")
	if says(canvas, words.T("vote.figures.chairman")) {
		t.Error("it asks for what decides nothing")
	}
	write(canvas, "8", "8", "1")
	tap(t, canvas, "vote.option.disapprove")
	tap(t, canvas, "common.save")
	did(t, o.did, "figures v1 [8 8 1] of 17, chairman 1")
}

func TestFiguresForgetTheChairmanWhenVotesAreEqualNoMore(t *testing.T) {
	o := &office{view: votes(enterable()), figures: hands()}
	chair, canvas := showChair(t, o, light, tablet, nil)
	chair.figures(enterable().VoteAt)
	write(canvas, "8", "8", "1")
	tap(t, canvas, "vote.option.approve")
	write(canvas, "9", "7")
	tap(t, canvas, "common.save")
	did(t, o.did, "figures v1 [9 7 1] of 17, chairman -1")
}

func TestTheChairmansSideIsToldOnce(t *testing.T) {
	view := hands()
	view.Before = &poll.Figures{Counts: []int{8, 8, 1}, Cast: 17, Chairman: 1}
	o := &office{view: votes(enterable()), figures: view}
	chair, canvas := showChair(t, o, light, tablet, nil)
	chair.figures(enterable().VoteAt)
	write(canvas, "9", "7", "1")
	write(canvas, "7", "7", "3")
	tap(t, canvas, "common.save")
	did(t, o.did, "figures v1 [7 7 3] of 17, chairman 1")
}

func TestCorrectionNeedsAReason(t *testing.T) {
	view := hands()
	view.Correcting, view.Before = true, &poll.Figures{Counts: []int{12, 3, 2}, Cast: 17, Chairman: -1}
	o := &office{view: votes(counted17()), figures: view}
	chair, canvas := showChair(t, o, light, tablet, nil)
	chair.open(counted17().VoteAt)
	if chips := found[*widget.Chip](canvas); len(chips) != 3 {
		t.Errorf("%d chips: nothing says that it was corrected", len(chips))
	}
	tap(t, canvas, "vote.figures.correct")
	write(canvas, "11", "4")
	tap(t, canvas, "vote.figures.correct")
	did(t, o.did)
	found[*widget.TextField](canvas)[3].SetText(" Đếm lại ")
	tap(t, canvas, "vote.figures.correct")
	did(t, o.did, "correct v1 [11 4 2] of 17: Đếm lại")
}

func TestRefusedFiguresStay(t *testing.T) {
	o := &office{view: votes(enterable()), figures: hands(), code: "in_use"}
	chair, canvas := showChair(t, o, light, tablet, nil)
	chair.figures(enterable().VoteAt)
	write(canvas, "12", "3", "2")
	tap(t, canvas, "common.save")
	if found[*widget.TextField](canvas)[0].Text() != "12" {
		t.Error("what was filled in is gone")
	}
	o.figures = controller.FiguresView{} // somebody opened the vote meanwhile
	chair.figures(enterable().VoteAt)
	if chair.failed == "" {
		t.Error("nothing says why there is no form")
	}
}

func TestFiguresPictures(t *testing.T) {
	uitest.Pictures(t)
	again := hands()
	again.Correcting, again.Before = true, &poll.Figures{Counts: []int{12, 3, 2}, Cast: 17, Chairman: -1}
	for _, p := range []struct {
		name     string
		view     controller.FiguresView
		size     fyne.Size
		language words.Language
		options  theme.Options
		texts    []string
		then     string
	}{
		{"figures", hands(), tablet, words.Vietnamese, light, []string{"12", "3", "2"}, ""},
		{"figures-wrong", hands(), tablet, words.Vietnamese, light, []string{"12", "3", "5"}, "common.save"},
		{"figures-equal-upright", hands(), upright, words.Vietnamese, light, []string{"8", "8", "1"}, ""},
		{"figures-paper-en-dark", paper(), tablet, words.English, dark, []string{"15", "10", "9", "4", "0", "16"}, ""},
		{"figures-confidence", confidencePaper(), tablet, words.Vietnamese, light, []string{"16", "10", "5", "1", "0", "0", "16", "9", "4", "2"}, ""},
		{"figures-confidence-wrong-phone", confidencePaper(), fyne.NewSize(360, 1500), words.Vietnamese, light, []string{"16", "10", "5", "2", "0", "0", "16", "9", "4", "2"}, "common.save"},
		{"figures-confidence-200-en-dark", confidencePaper(), tablet, words.English, theme.Options{Mode: theme.Dark, Scale: 2}, nil, ""},
		{"figures-correct", again, tablet, words.Vietnamese, light, nil, "vote.figures.correct"},
		{"figures-phone", hands(), phone, words.Vietnamese, light, []string{"12", "3", "2"}, ""},
		{"figures-phone-200-en", hands(), phone, words.English, large, nil, ""},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			chair, canvas := showChair(t, &office{view: votes(enterable()), figures: p.view}, o, size, nil)
			chair.figures(enterable().VoteAt)
			write(canvas, p.texts...)
			if p.then != "" {
				tap(t, canvas, p.then)
			}
			return canvas
		})
	}
}
