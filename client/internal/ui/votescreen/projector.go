package votescreen

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// OnProjector is a vote on the room's big screen: the question before, time and turnout while it runs, and the result once it was
// announced. Nobody scrolls there: it is set as large as it fits.
func OnProjector(v controller.VoteShown) fyne.CanvasObject {
	return newMiddle(sizesOnWall, func(size int) fyne.CanvasObject {
		return widget.Inset(40, 12, widget.Column(20-4*float32(size), onWall(v, size)...))
	})
}

// sizesOnWall counts the sizes: 0 is the largest.
const sizesOnWall = 4

// questionOnWall is the style of a question by the size of what is on the wall.
func questionOnWall(question string, size int) widget.Style {
	styles := []widget.Style{widget.StyleFigure, widget.StyleTitle, widget.StyleHeading, widget.StyleLead, widget.StyleBody}
	if len([]rune(question)) > 70 {
		size++
	}
	return styles[min(size, len(styles)-1)]
}

func onWall(v controller.VoteShown, size int) []fyne.CanvasObject {
	title := words.T("vote.question_posed")
	switch {
	case v.Result != nil:
		title = words.T("vote.result_of")
	case v.State != meeting.Posed:
		title = words.T("vote.title")
	}
	chips := []fyne.CanvasObject{widget.NewText(title, widget.StyleHeading.Colored(theme.Accent)), modeChip(v.Mode)}
	objects := []fyne.CanvasObject{widget.Flow(14, chips...), widget.NewText(v.Question, questionOnWall(v.Question, size))}
	switch {
	case v.Result != nil:
		objects = append(objects, resultOnWall(*v.Result, size)...)
		if v.Result.Digest != "" {
			objects = append(objects, widget.NewText(words.T("vote.digest", shortDigest(v.Result.Digest)), widget.StyleSecondary.Colored(theme.Secondary)))
		}
	case v.State == meeting.Posed:
		objects = append(objects, posed(v)...)
	case v.State == meeting.Polling:
		objects = append(objects, turnout(v)...)
	case v.State == meeting.Polled && v.Mode == poll.Secret:
		objects = append(objects, widget.NewText(words.T("vote.counting"), widget.StyleHeading))
	default:
		objects = append(objects, widget.NewText(words.T("vote.wait_announce"), widget.StyleHeading))
	}
	return objects
}

// mostOnWall is how many options fit on the room's screen, mostGraded how many with their grades.
const (
	mostOnWall = 8
	mostGraded = 4
)

// resultOnWall are a result's objects: of many options those with most votes.
func resultOnWall(r controller.VoteResult, size int) []fyne.CanvasObject {
	most, big := mostOnWall, size < 2
	if len(r.Grades) > 0 {
		most = mostGraded
	}
	all := len(r.Outcomes)
	if all > most {
		r.Outcomes = slices.Clone(r.Outcomes)
		slices.SortStableFunc(r.Outcomes, func(a, b controller.Outcome) int { return b.Count - a.Count })
		r.Outcomes = r.Outcomes[:most]
	}
	out := resultObjects(r, big, true)
	if all > most {
		out = append(out, widget.NewText(words.T("vote.more_options", all-most), widget.StyleSecondary.Colored(theme.Secondary)))
	}
	return out
}

// posed shows what can be chosen and what a decision needs.
func posed(v controller.VoteShown) []fyne.CanvasObject {
	out := []fyne.CanvasObject{widget.NewText(say(v.Needs), widget.StyleHeading.Colored(theme.Secondary))}
	var lines []fyne.CanvasObject
	for i, c := range v.Choices {
		if i == 12 {
			break // the devices have them all
		}
		tone := toneOf(c.Side)
		strong, _ := tone.Colors()
		lines = append(lines, widget.Row(10, -1, widget.NewIcon(tone.Mark(), strong, 30), widget.NewText(say(c.Word), widget.StyleHeading.Colored(strong))))
	}
	return append(out, widget.Flow(28, lines...))
}

// turnout shows the time and how many have voted, never what.
func turnout(v controller.VoteShown) []fyne.CanvasObject {
	var figures []fyne.CanvasObject
	if v.Timed {
		color := theme.Ink
		figures = append(figures, figure(words.Span(v.Left), words.T("vote.time_left"), color, icons.Clock))
	}
	figures = append(figures, figure(strconv.Itoa(v.Taken)+" / "+strconv.Itoa(v.Voters), words.T("vote.have_voted"), theme.Accent, icons.Vote))
	bar := widget.NewResultBar(40, widget.Segment{Count: v.Taken, Tone: widget.TonePlain}, widget.Segment{Count: max(v.Voters-v.Taken, 0), Empty: true})
	return []fyne.CanvasObject{widget.Even(24, 300, figures...), bar, widget.NewText(say(v.Needs), widget.StyleHeading.Colored(theme.Secondary))}
}

func figure(number, word string, color fyne.ThemeColorName, icon icons.Name) fyne.CanvasObject {
	return widget.NewPanel(widget.Column(4, widget.Row(16, 1, widget.NewIcon(icon, color, 44), widget.NewText(number, widget.StyleFigure.Colored(color))),
		widget.NewText(word, widget.StyleHeading.Colored(theme.Secondary))))
}

// shortDigest is enough of a check code to compare it by eye.
func shortDigest(d string) string {
	if len(d) < 8 {
		return d
	}
	return d[:4] + "-" + d[4:8]
}
