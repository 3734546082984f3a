package votescreen

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/poll"
)

// sided reports whether the answers of a result are for and against.
func sided(r controller.VoteResult) bool {
	for _, o := range r.Outcomes {
		if o.Side != "" {
			return true
		}
	}
	return false
}

// resultObjects are a result: the figures as a bar or as lines, and the verdict with its rule. big is for the room's screen, as is
// what saves height on a wall that nobody scrolls.
func resultObjects(r controller.VoteResult, big, wall bool) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	switch {
	case sided(r):
		out = append(out, approvalBar(r, big)...)
	case len(r.Grades) > 0:
		out = append(out, gradeLines(r, wall)...)
	default:
		out = append(out, countLines(r, big)...)
	}
	return append(out, verdict(r, big))
}

// approvalBar shows for, against and neither as parts of all who could vote, and each with its word below.
func approvalBar(r controller.VoteResult, big bool) []fyne.CanvasObject {
	var segments []widget.Segment
	var legend []fyne.CanvasObject
	style := widget.StyleStrong
	if big {
		style = widget.StyleHeading
	}
	add := func(s widget.Segment, word string, color fyne.ThemeColorName) {
		segments = append(segments, s)
		entry := []fyne.CanvasObject{widget.NewText(word+" "+strconv.Itoa(s.Count), style.Colored(color))}
		if !s.Empty {
			entry = append([]fyne.CanvasObject{widget.NewIcon(s.Tone.Mark(), color, 24)}, entry...)
		}
		legend = append(legend, widget.Row(6, -1, entry...))
	}
	for _, o := range r.Outcomes {
		tone := toneOf(o.Side)
		strong, _ := tone.Colors()
		add(widget.Segment{Count: o.Count, Tone: tone}, say(o.Word), strong)
	}
	if r.Silent > 0 {
		silent := words.T("vote.silent")
		if r.Ahead {
			silent = words.T("vote.ahead.silent")
		}
		add(widget.Segment{Count: r.Silent, Empty: true}, silent, theme.Secondary)
	}
	if r.Absent > 0 {
		add(widget.Segment{Count: r.Absent, Empty: true}, words.T("vote.absent"), theme.Secondary)
	}
	height := float32(72)
	if big {
		height = 112
	}
	return []fyne.CanvasObject{widget.NewResultBar(height, segments...), widget.Flow(24, legend...)}
}

// countLines shows what each option got, as a bar of the ballots cast.
func countLines(r controller.VoteResult, big bool) []fyne.CanvasObject {
	name, figure := widget.StyleStrong, widget.StyleLead
	if big {
		name, figure = widget.StyleHeading, widget.StyleHeading
	}
	var lines []fyne.CanvasObject
	for _, o := range r.Outcomes {
		bar := widget.NewBar()
		bar.Set(float32(o.Count)/float32(max(r.Cast, 1)), map[bool]fyne.ThemeColorName{true: theme.Yes, false: theme.Abstain}[o.Won])
		head := []fyne.CanvasObject{widget.NewText(say(o.Word), name)}
		stretch := 0
		if o.Won {
			head, stretch = append([]fyne.CanvasObject{widget.NewIcon(icons.CircleCheck, theme.Yes, 26)}, head...), 1
		}
		head = append(head, widget.NewText(strconv.Itoa(o.Count), figure))
		lines = append(lines, widget.Column(4, widget.Row(10, stretch, head...), bar))
	}
	return []fyne.CanvasObject{widget.Column(12, lines...)}
}

// gradeLines shows each person's grades as a bar, with what follows from them. On a wall the grades' words stand once above all.
func gradeLines(r controller.VoteResult, wall bool) []fyne.CanvasObject {
	tones := []widget.Tone{widget.ToneFor, widget.ToneNeutral, widget.ToneAgainst}
	toneAt := func(g int) widget.Tone {
		if len(r.Grades) == len(tones) {
			return tones[g]
		}
		return widget.TonePlain
	}
	var lines, legend []fyne.CanvasObject
	for g, grade := range r.Grades {
		strong, _ := toneAt(g).Colors()
		legend = append(legend, widget.Row(6, -1, widget.NewIcon(toneAt(g).Mark(), strong, 24), widget.NewText(say(grade.Word), widget.StyleStrong.Colored(strong))))
	}
	if wall {
		lines = append(lines, widget.Flow(24, legend...))
	}
	for _, o := range r.Outcomes {
		var parts []string
		segments := make([]widget.Segment, 0, len(o.Grades))
		for g, n := range o.Grades {
			segments = append(segments, widget.Segment{Count: n, Tone: toneAt(g)})
			if g < len(r.Grades) {
				parts = append(parts, say(r.Grades[g].Word)+" "+strconv.Itoa(n))
			}
		}
		head := []fyne.CanvasObject{widget.NewText(say(o.Word), widget.StyleStrong)}
		if o.Mark != "" {
			head = append(head, widget.NewChip(words.T("vote.mark."+o.Mark), widget.ChipNotice))
		}
		objects := []fyne.CanvasObject{widget.Flow(12, head...), widget.NewResultBar(44, segments...)}
		if !wall {
			objects = append(objects, widget.NewText(strings.Join(parts, " · "), widget.StyleSecondary))
		}
		lines = append(lines, widget.Column(4, objects...))
	}
	return []fyne.CanvasObject{widget.Column(12, lines...)}
}

// verdict says in one sentence what the numbers mean, and by which rule.
func verdict(r controller.VoteResult, big bool) fyne.CanvasObject {
	color, fill, icon := theme.Secondary, theme.GreySoft, icons.Info
	switch r.Verdict {
	case poll.Passed:
		color, fill, icon = theme.Yes, theme.YesSoft, icons.CircleCheck
	case poll.Failed:
		color, fill, icon = theme.No, theme.NoSoft, icons.X
	case poll.Undecided:
		color, fill, icon = theme.Notice, theme.Amber, icons.TriangleAlert
	case poll.Noted:
	}
	head, sentence, side := widget.StyleHeading, widget.StyleBody, float32(32)
	if big {
		head, sentence, side = widget.StyleFigure, widget.StyleHeading, 48
	}
	objects := []fyne.CanvasObject{
		widget.Row(12, 1, widget.NewIcon(icon, color, side), widget.NewText(strings.ToUpper(say(r.Head)), head.Colored(color))),
		widget.NewText(say(r.Sentence), sentence),
		widget.NewText(upperFirst(say(r.Source)), widget.StyleSecondary),
	}
	return widget.NewPanel(widget.Column(6, objects...)).Colored(fill, color)
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// sideSign is the side of a sign at 100 %.
const sideSign = 104

// newSign draws a large icon on a soft circle, in the middle of its width.
func newSign(icon icons.Name, color, soft fyne.ThemeColorName) fyne.CanvasObject {
	s := &signWidget{icon: widget.NewIcon(icon, color, 56), ground: canvas.NewCircle(theme.Color(soft)), soft: soft}
	s.ExtendBaseWidget(s)
	return s
}

type signWidget struct {
	fynewidget.BaseWidget
	icon   *widget.Icon
	ground *canvas.Circle
	soft   fyne.ThemeColorName
}

// CreateRenderer implements fyne.Widget.
func (s *signWidget) CreateRenderer() fyne.WidgetRenderer { return &signRenderer{s} }

type signRenderer struct{ *signWidget }

func (r *signRenderer) Destroy() {}
func (r *signRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon}
}
func (r *signRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(theme.Scaled(sideSign)) }

func (r *signRenderer) Layout(size fyne.Size) {
	side, icon := theme.Scaled(sideSign), theme.Scaled(56)
	put(r.ground, (size.Width-side)/2, (size.Height-side)/2, side, side)
	put(r.icon, (size.Width-icon)/2, (size.Height-icon)/2, icon, icon)
}

func (r *signRenderer) Refresh() {
	r.ground.FillColor = theme.Color(r.soft)
	r.ground.Refresh()
	r.icon.Refresh()
}
