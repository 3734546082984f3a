package screen

import (
	"image/color"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/ink"
)

// paletteWidth is the width of the palette at the page's side, at 100 %.
const paletteWidth = 250

// penTool is how a tool looks in the palette.
type penTool struct {
	tool controller.Tool
	icon icons.Name
	key  string
}

var penTools = []penTool{
	{controller.ToolPen, icons.Pencil, "reader.pen"},
	{controller.ToolHighlighter, icons.Highlighter, "reader.highlighter"},
	{controller.ToolMark, icons.ScanText, "ink.mark"},
	{controller.ToolEraser, icons.Eraser, "reader.eraser"},
	{controller.ToolRubber, icons.Delete, "ink.rubber"},
	{controller.ToolNote, icons.Type, "ink.note"},
	{controller.ToolLine, icons.Slash, "ink.line"},
	{controller.ToolArrow, icons.MoveUpRight, "ink.arrow"},
	{controller.ToolRect, icons.Square, "ink.rect"},
	{controller.ToolEllipse, icons.Circle, "ink.ellipse"},
	{controller.ToolLasso, icons.Lasso, "ink.lasso"},
	{controller.ToolLaser, icons.Crosshair, "ink.laser"},
}

var penColours = [ink.Colours]string{"ink.blue", "ink.red", "ink.black", "ink.green", "ink.violet"}
var markColours = [ink.Colours]string{"ink.yellow", "ink.pink", "ink.grey", "ink.light_green", "ink.orange"}
var penWidths = [ink.Widths]string{"ink.thin", "ink.medium", "ink.thick"}

// switcher turns between reading and writing.
func (p *pen) switcher() *widget.IconButton {
	if p.view.Writing() {
		b := widget.NewIconButton(icons.BookOpen, words.T("ink.read"), p.toggle)
		b.SetChosen(true)
		return b
	}
	return widget.NewIconButton(icons.Pencil, words.T("ink.write"), p.toggle)
}

// layers is the switch of whose layer one writes on, always in sight.
func (p *pen) layers() fyne.CanvasObject {
	chosen := 0
	if p.seen.Target.Shared {
		chosen = 1
	}
	return widget.NewChoice([]string{words.T("reader.private_layer"), words.T("reader.shared_layer")}, chosen, func(i int) { p.share(i == 1) })
}

// layerWords say what the layer means, or why there is only one's own.
func (p *pen) layerWords() fyne.CanvasObject {
	switch {
	case p.seen.Target.Shared:
		return widget.NewText(words.T("reader.shared_note"), widget.StyleSecondary.Colored(theme.Shared))
	case p.seen.WhyNot != "" && p.seen.WhyNot != "ink.why_not_running" && p.seen.WhyNot != "ink.why_not_presenter":
		return widget.NewText(words.T(p.seen.WhyNot), widget.StyleSecondary)
	}
	return widget.NewText(words.T("ink.private_note"), widget.StyleSecondary)
}

// palette is everything the hand needs, at the page's side.
func (p *pen) palette() fyne.CanvasObject {
	objects := []fyne.CanvasObject{p.layers()}
	if p.seen.Locked || p.seen.Hidden {
		objects = append(objects, p.layerWords())
	}
	refill(p.scroll, widget.Inset(10, 8, widget.Column(6, append(objects, p.hand()...)...)))
	return p.scroll
}

// hand is tools, colours, widths and undo.
func (p *pen) hand() []fyne.CanvasObject {
	out := []fyne.CanvasObject{p.tools()}
	out = append(out, p.looks()...)
	out = append(out, p.undo())
	if p.view.Caught() > 0 {
		out = append(out, widget.NewButton(words.T("ink.delete_caught"), widget.Outlined, p.view.DeleteCaught).WithIcon(icons.Trash2))
	}
	return out
}

func (p *pen) tools() fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, t := range penTools {
		if t.tool == controller.ToolLaser && !p.seen.CanPoint {
			continue
		}
		b := widget.NewIconButton(t.icon, words.T(t.key), func() {
			h := p.seen.Hand
			h.Tool = t.tool
			p.take(h)
		})
		b.SetChosen(p.seen.Hand.Tool == t.tool)
		all = append(all, b)
	}
	return widget.Flow(4, all...)
}

// looks are the colours and widths of the tool in the hand; an eraser has sizes only.
func (p *pen) looks() []fyne.CanvasObject {
	h := p.seen.Hand
	tool, draws := h.Tool.Drawn()
	colour, width := h.Look()
	if h.Tool == controller.ToolLasso || h.Tool == controller.ToolLaser {
		return nil
	}
	var out []fyne.CanvasObject
	names := penColours
	if tool.Multiplied() {
		names = markColours
	}
	dark := theme.Color(theme.Ink)
	if draws {
		var dots []fyne.CanvasObject
		for i := range ink.Colours {
			c := ink.Stroke{Tool: tool, Colour: i}.RGB()
			dots = append(dots, widget.NewSwatch(color.NRGBA{c.R, c.G, c.B, 255}, 14, i == colour, func() { p.take(h.WithColour(i)) }))
		}
		out = append(out, widget.Flow(2, dots...))
	}
	said := words.T(penWidths[width])
	if draws {
		said = dotted(words.T(names[colour]), said)
	}
	if tool != ink.Mark {
		var dots []fyne.CanvasObject
		for i, r := range []float32{3, 6, 10} {
			dots = append(dots, widget.NewSwatch(dark, r, i == width, func() { p.take(h.WithWidth(i)) }))
		}
		out = append(out, widget.Row(8, 1, widget.Row(2, -1, dots...), widget.NewText(said, widget.StyleSecondary)))
	} else {
		out = append(out, widget.NewText(words.T(names[colour]), widget.StyleSecondary))
	}
	return out
}

func (p *pen) undo() fyne.CanvasObject {
	act, id := p.reader.shell.act, p.reader.id
	back := widget.NewIconButton(icons.Undo2, words.T("ink.undo"), func() { p.did(act.UndoInk(id)) })
	if p.seen.Target.Shared {
		back.Set(icons.Undo2, words.T("ink.withdraw"))
	}
	back.SetEnabled(p.seen.CanUndo)
	again := widget.NewIconButton(icons.Redo2, words.T("ink.redo"), func() { p.did(act.RedoInk(id)) })
	again.SetEnabled(p.seen.CanRedo)
	if p.reader.panel == inkPanel {
		return widget.Row(8, -1, back, again)
	}
	more := widget.NewIconButton(icons.Ellipsis, words.T("common.more"), func() { p.reader.open(inkPanel) })
	return widget.Row(4, -1, back, again, more)
}

// narrowRow is what stays at hand where there is no room for the palette.
func (p *pen) narrowRow() fyne.CanvasObject {
	tool := penTools[0]
	for _, t := range penTools {
		if t.tool == p.seen.Hand.Tool {
			tool = t
		}
	}
	now := widget.NewIconButton(tool.icon, words.T(tool.key), func() { p.reader.open(inkPanel) })
	now.SetChosen(true)
	back := widget.NewIconButton(icons.Undo2, "", func() { p.did(p.reader.shell.act.UndoInk(p.reader.id)) })
	back.SetEnabled(p.seen.CanUndo)
	row := []fyne.CanvasObject{p.switcher(), now, widget.Column(0), back, p.turn(icons.ChevronLeft, -1, p.reader.seen.CanPrevious), p.turn(icons.ChevronRight, 1, p.reader.seen.CanNext)}
	if p.reader.tiny {
		row = row[:3]
	}
	return widget.Inset(12, 4, widget.Column(6, p.layers(), widget.Row(4, 2, row...)))
}

func (p *pen) turn(icon icons.Name, by int, live bool) fyne.CanvasObject {
	b := widget.NewIconButton(icon, "", func() { p.reader.turn(by) })
	b.SetEnabled(live)
	return b
}

// narrow says that one writes where there is little room: only what the hand needs is left.
func (p *pen) narrow() bool {
	return p.view.Writing() && p.reader.shell.narrowBar() && p.reader.panel == noPanel
}

// panel is what is not needed at every stroke; where there is no palette it has that too.
func (p *pen) panel() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if p.reader.shell.narrowBar() {
		out = append(out, p.layerWords())
		out = append(out, p.hand()...)
		out = append(out, widget.Divider())
	}
	act, id, v := p.reader.shell.act, p.reader.id, p.seen
	add := func(live bool, key string, icon icons.Name, do func() string) {
		if live {
			out = append(out, widget.NewButton(words.T(key), widget.Outlined, func() {
				p.reader.panel = noPanel
				p.did(do())
				p.reader.shell.redraw()
			}).WithIcon(icon))
		}
	}
	out = append(out, widget.NewButton(words.T("ink.my_notes"), widget.Outlined, func() { p.reader.open(notesPanel) }).WithIcon(icons.List))
	add(v.MayShare && v.Mine() > 0, "ink.copy_to_shared", icons.Copy, func() string { return act.CopyInk(id, true) })
	add(v.Ours() > 0, "ink.copy_to_private", icons.Copy, func() string { return act.CopyInk(id, false) })
	add(v.CanCommon && !v.Common, "ink.open_common", icons.Users, func() string { return act.OpenCommon(id, true) })
	add(v.CanCommon && v.Common, "ink.close_common", icons.Users, func() string { return act.OpenCommon(id, false) })
	add(v.CanLock && !v.Locked, "ink.lock", icons.Lock, func() string { return act.LockInk(id, true) })
	add(v.CanLock && v.Locked, "ink.unlock", icons.Lock, func() string { return act.LockInk(id, false) })
	add(v.CanHide && !v.Hidden, "ink.hide", icons.EyeOff, func() string { return act.HideInk(id, true) })
	add(v.CanHide && v.Hidden, "ink.show", icons.Eye, func() string { return act.HideInk(id, false) })
	if v.CanClear {
		out = append(out, widget.NewButton(words.T("ink.clear"), widget.Outlined, p.askClear).WithIcon(icons.Trash2))
	}
	return append(out, p.facts()...)
}

func (p *pen) askClear() {
	r := p.reader
	r.shell.confirm(widget.Question{Title: words.T("ink.clear_ask"), Help: words.T("ink.clear_help"), Yes: words.T("ink.clear"), No: words.T("common.cancel"), Destroys: true},
		func() {
			r.panel = noPanel
			p.did(r.shell.act.ClearInk(r.id))
			r.shell.redraw()
		})
}

// facts are who wrote, on which version, and how a stylus is taken.
func (p *pen) facts() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if len(p.seen.Writers) > 0 {
		out = append(out, widget.NewText(words.T("ink.writers"), widget.StyleStrong))
		for _, w := range p.seen.Writers {
			out = append(out, widget.NewText(words.T("ink.writer", w.Name, w.Strokes), widget.StyleBody))
		}
	}
	if p.seen.OldVersion > 0 {
		out = append(out, widget.NewText(words.T("ink.old_version", p.seen.OldVersion), widget.StyleSecondary))
	}
	if p.view.Stylus() {
		out = append(out, widget.NewText(words.T("ink.stylus"), widget.StyleSecondary))
		press := widget.NewButton(words.T("ink.pressure_on"), widget.Outlined, func() {
			h := p.seen.Hand
			h.Pressure = !h.Pressure
			p.take(h)
		})
		if p.seen.Hand.Pressure {
			press.SetLabel(words.T("ink.pressure_off"))
		}
		out = append(out, press)
	}
	return out
}

// notes lists the pages of the meeting with notes of one's own.
func (p *pen) notes() []fyne.CanvasObject {
	r := p.reader
	rows := r.shell.act.MyNotes(r.id)
	out := []fyne.CanvasObject{}
	if r.doc != nil {
		out = append(out, widget.NewButton(words.T("ink.take_mine"), widget.Outlined, func() { p.takeHome(false) }).WithIcon(icons.Download),
			widget.NewButton(words.T("ink.take_shared"), widget.Outlined, func() { p.takeHome(true) }).WithIcon(icons.Download))
	}
	if len(rows) == 0 {
		return append(out, widget.NewText(words.T("ink.no_notes"), widget.StyleSecondary))
	}
	if b := p.takeAllButton(); b != nil {
		out = append(out, b)
	}
	for _, n := range rows {
		at := n.Spot.Place
		sub := dotted(words.T("agenda.item", n.Number), words.N("ink.strokes", n.Strokes))
		if n.Text != "" {
			sub = dotted(sub, n.Text)
		}
		if n.Old {
			sub = dotted(sub, words.T("ink.of_old"))
		}
		data := widget.CardData{Mark: widget.Mark{Text: words.Number(at.Page)}, Title: n.Document, Subtitle: sub, Compact: true, Selected: n.Spot == r.seen.Spot}
		out = append(out, widget.NewCard(data, func() {
			if r.shell.narrowBar() {
				r.panel = noPanel
			}
			r.shell.refused(r.shell.act.OpenDocument(r.id, n.Spot.Item, at.Document, 0, at.Page))
			r.shell.redraw()
		}))
	}
	return out
}
