package chairscreen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// footer is the console's lower edge: the one big button for the next step, and the few things that can be wanted at any time.
type footer struct {
	fynewidget.BaseWidget
	screen *Screen
	step   controller.Step
	next   *widget.Button
	pause  *widget.Button
	more   *widget.Button
	hint   *widget.Text
	ground *canvas.Rectangle
	line   *canvas.Line
}

func newFooter(s *Screen) *footer {
	f := &footer{screen: s, hint: widget.NewText("", widget.StyleSecondary), ground: canvas.NewRectangle(nil), line: canvas.NewLine(nil)}
	f.next = widget.NewButton("", widget.Filled, f.take).WithHeight(widget.Tallest).Guarded()
	f.pause = widget.NewButton("", widget.Outlined, f.askPause).WithIcon(icons.Pause)
	f.more = widget.NewButton("", widget.Outlined, s.openMore).WithIcon(icons.Ellipsis)
	f.ExtendBaseWidget(f)
	return f
}

// update takes over the view. The big button keeps its object: it is that object which ignores presses for a moment after its
// words have changed.
func (f *footer) update(v controller.ChairView) {
	f.step = v.Next
	f.next.Hidden = v.Next.Kind == ""
	if !f.next.Hidden {
		f.next.SetLabel(stepWords(v.Next))
	}
	f.next.SetEnabled(v.Next.Live)
	f.pause.SetLabel(words.T("chair.pause"))
	f.more.SetLabel(words.T("common.more"))
	f.pause.Hidden = !v.CanPause
	f.more.Hidden = !hasMore(v)
	f.hint.SetText(hintFor(v))
	f.Refresh()
}

// stepWords are the big button's words: those for the step, with the title of the item it leads to left to the agenda.
func stepWords(st controller.Step) string {
	args := make([]any, len(st.Args))
	for i, a := range st.Args {
		args[i] = a
	}
	return words.T(st.Key, args...)
}

// hintFor says beside the button what it leads to, or why it cannot be pressed.
func hintFor(v controller.ChairView) string {
	if v.Next.Kind == "" {
		return ""
	}
	if !v.Next.Live {
		if v.Phase == meeting.Draft {
			return words.T("chair.not_published_help")
		}
		return words.T("chair.step_not_live")
	}
	for _, i := range v.Items {
		if i.ID == v.Next.Item {
			return titleOf(i)
		}
	}
	return ""
}

func (f *footer) take() {
	s, st := f.screen, f.step
	do := func() { s.took(s.actions.Do(s.id, st)) }
	if !st.Confirm {
		do()
		return
	}
	s.ask(questionFor(st), do)
}

func questionFor(st controller.Step) widget.Question {
	q := widget.Question{Title: stepWords(st) + "?", Yes: stepWords(st), No: words.T("common.cancel")}
	switch st.Kind {
	case controller.StepClose:
		return closeQuestion()
	case controller.StepPublish:
		q.Title = words.T("desk.publish_ask")
	}
	return q
}

func closeQuestion() widget.Question {
	return widget.Question{Title: words.T("chair.close_ask"), Help: words.T("chair.close_help"), Yes: words.T("chair.close_meeting"),
		No: words.T("common.cancel"), Destroys: true}
}

func (f *footer) askPause() {
	s := f.screen
	s.ask(widget.Question{Title: words.T("chair.pause_ask"), Yes: words.T("chair.pause"), No: words.T("common.cancel")},
		func() { s.took(s.actions.Pause(s.id)) })
}

// footPlan is where the parts are: beside each other on wide screens, else the big button below the hint and above the rest.
type footPlan struct {
	wide          bool
	nextW, nextH  float32
	hintW, hintH  float32
	smallH        float32
	pad, gap      float32
	width, height float32
}

func (f *footer) plan(width float32) footPlan {
	p := footPlan{pad: theme.Scaled(16), gap: theme.Scaled(theme.Gap), width: width}
	p.wide = width >= theme.Scaled(760)
	inner := width - 2*p.pad
	if !f.pause.Hidden || !f.more.Hidden {
		p.smallH = theme.Scaled(theme.Target)
	}
	if f.next.Hidden {
		p.height = p.smallH
	} else if p.wide {
		p.nextW = min(max(f.next.NaturalWidth(), theme.Scaled(280)), inner*0.45)
		p.hintW = min(inner-p.nextW-f.smallWidth(p)-2*p.gap, theme.Scaled(360))
		p.nextH, p.hintH = f.next.HeightFor(p.nextW), f.hint.HeightFor(p.hintW)
		if f.step.Live && p.hintH > p.nextH {
			p.hintH = 0 // the title is in the agenda; the console's own room is worth more
		}
		p.height = max(p.nextH, p.hintH, p.smallH)
	} else {
		p.nextW, p.hintW = inner, inner
		p.nextH = f.next.HeightFor(p.nextW)
		if !f.step.Live {
			p.hintH = f.hint.HeightFor(p.hintW) + theme.Scaled(6)
		}
		p.height = p.nextH + p.hintH
		if p.smallH > 0 {
			p.height += p.gap + p.smallH
		}
	}
	if p.height > 0 {
		p.height += 2 * theme.Scaled(12)
	}
	return p
}

func (f *footer) smallWidth(p footPlan) float32 {
	w := float32(0)
	for _, b := range []*widget.Button{f.pause, f.more} {
		if b.Visible() {
			w += b.NaturalWidth() + p.gap
		}
	}
	return w
}

// HeightFor implements widget.Wrapping.
func (f *footer) HeightFor(width float32) float32 { return f.plan(width).height }

// CreateRenderer implements fyne.Widget.
func (f *footer) CreateRenderer() fyne.WidgetRenderer { return footRenderer{f} }

type footRenderer struct{ *footer }

func (r footRenderer) Destroy() {}
func (r footRenderer) MinSize() fyne.Size {
	return fyne.NewSize(280, r.HeightFor(max(r.Size().Width, 280)))
}
func (r footRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.line, r.pause, r.more, r.hint, r.next}
}

func (r footRenderer) Refresh() {
	r.Layout(r.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r footRenderer) Layout(size fyne.Size) {
	p := r.plan(size.Width)
	r.ground.FillColor = theme.Color(theme.Card)
	put(r.ground, 0, 0, size.Width, size.Height)
	r.line.StrokeColor, r.line.StrokeWidth = theme.Color(theme.Line), 1
	r.line.Position1, r.line.Position2 = fyne.NewPos(0, 0.5), fyne.NewPos(size.Width, 0.5)
	r.line.Hidden = p.height == 0
	small := size.Height/2 - p.smallH/2
	r.hint.Hidden = p.hintH == 0
	if p.wide {
		put(r.next, size.Width-p.pad-p.nextW, (size.Height-p.nextH)/2, p.nextW, p.nextH)
		put(r.hint, size.Width-p.pad-p.nextW-p.gap-p.hintW, (size.Height-p.hintH)/2, p.hintW, p.hintH)
		r.hint.SetStyle(widget.Style{Size: theme.SubText, Color: theme.Secondary, Align: fyne.TextAlignTrailing})
	} else {
		y := theme.Scaled(12)
		put(r.hint, p.pad, y, p.hintW, p.hintH)
		put(r.next, p.pad, y+p.hintH, p.nextW, p.nextH)
		r.hint.SetStyle(widget.StyleSecondary)
		small = size.Height - theme.Scaled(12) - p.smallH
	}
	x := p.pad
	for _, b := range []*widget.Button{r.pause, r.more} {
		if b.Visible() {
			w := b.NaturalWidth()
			if !p.wide {
				w += (p.width - 2*p.pad + p.gap - r.smallWidth(p)) / r.smallCount()
			}
			put(b, x, small, w, p.smallH)
			x += w + p.gap
		}
	}
}

func (f *footer) smallCount() float32 {
	if f.pause.Visible() && f.more.Visible() {
		return 2
	}
	return 1
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
