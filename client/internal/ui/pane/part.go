// Package pane has what the larger screens are put together with: parts that are built anew only when what they show has
// changed, pages that lie over a screen, and the time during which it lives.
package pane

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// Part is a piece of a screen that keeps its objects, and so the keyboard's focus and a press half done, until its model changes. What has
// the keyboard has it still after that, as far as it is there.
type Part struct {
	// Around gives the scroll in which the part lies, so that what has the keyboard is kept in sight; nil where it lies in none, or
	// where what it lies in sees to that.
	Around func() *widget.Scroll

	box   *fyne.Container
	shown shown
}

type shown struct {
	model    any
	language words.Language
	scale    float32
}

// NewPart makes an empty one.
func NewPart() *Part { return &Part{box: widget.Column(0)} }

// NewFilling makes an empty part that fills the place it is given, such as a whole page, instead of taking the height it needs.
func NewFilling() *Part { return &Part{box: container.New(fillLayout{})} }

// Object is what to put on the screen, once.
func (p *Part) Object() fyne.CanvasObject { return p.box }

// Show builds the part if the model, the language or the size of the type differs from what is there. The model must hold all
// that build uses; a nil object leaves the part empty and out of the layout. It reports whether it built.
func (p *Part) Show(model any, build func() fyne.CanvasObject) bool {
	now := shown{model, words.Current(), theme.Scale()}
	if reflect.DeepEqual(p.shown, now) {
		return false
	}
	p.shown = now
	at, keyboard := held(p.box)
	p.box.Objects = nil
	o := build()
	p.box.Hidden = o == nil
	if o != nil {
		p.box.Objects = []fyne.CanvasObject{o}
		if p.Around != nil {
			follow(p.Around, func(interface{ InScroll(*widget.Scroll) }) {}, p.box.Objects)
		}
	}
	p.box.Refresh()
	widget.Repaint(p.box)
	if keyboard {
		at.give(p.box)
	}
	return true
}
