package export

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"phonghop/shared/ink"
)

// appearance draws a stroke as a form of its own, and says how far it reaches
// on the page as shown. form is nil where there is nothing to see.
func (w *writer) appearance(s Stroke, points []ink.Point, v view) (form *types.IndirectRef, box ink.Box, err error) {
	var b bytes.Buffer
	resources := types.Dict{}
	fmt.Fprintf(&b, "q %s cm %s RG %s rg\n", v.matrix(), rgb(s.RGB()), rgb(s.RGB()))
	if s.Tool.Multiplied() {
		ref, err := w.multiply()
		if err != nil {
			return nil, box, err
		}
		resources["ExtGState"] = types.Dict{"M": *ref}
		b.WriteString("/M gs\n")
	}
	if s.Tool == ink.Note {
		if len(points) != 1 {
			return nil, box, nil
		}
		ref, err := w.face()
		if err != nil {
			return nil, box, err
		}
		resources["Font"] = types.Dict{"F": *ref}
		box = w.note(&b, s, points[0])
	} else {
		paths := s.Paths(ink.Fine)
		if len(paths) == 0 {
			return nil, box, nil
		}
		lines(&b, s, paths)
		box = s.Bounds().Grow(1) // viewers that soften edges do so within the box
	}
	b.WriteString("Q\n")
	form, err = w.form(b.Bytes(), v.rect(box), resources, s.Tool.Multiplied())
	return form, box, err
}

// lines draws paths: strokes of one width as lines, others as areas.
func lines(b *bytes.Buffer, s Stroke, paths []ink.Path) {
	if ink.HasPressure(s.Ink) && s.Tool.Curved() {
		for _, p := range paths {
			for _, edge := range p.Outline(ink.Fine) {
				polygon(b, edge)
			}
		}
		b.WriteString("f\n")
		return
	}
	if paths[0].Filled {
		for _, p := range paths {
			for _, edge := range p.Outline(ink.Fine) {
				polygon(b, edge)
			}
		}
		b.WriteString("f\n")
		return
	}
	fmt.Fprintf(b, "%s w 1 J 1 j\n", decimal(s.Thickness()))
	for _, p := range paths {
		for i, v := range p.Vertices {
			op := "l"
			if i == 0 {
				op = "m"
			}
			fmt.Fprintf(b, "%s %s %s\n", decimal(v.X), decimal(v.Y), op)
		}
		switch {
		case len(p.Vertices) == 1: // a dot is a line to where it is
			fmt.Fprintf(b, "%s %s l\n", decimal(p.Vertices[0].X), decimal(p.Vertices[0].Y))
		case p.Closed:
			b.WriteString("h\n")
		}
	}
	b.WriteString("S\n")
}

func polygon(b *bytes.Buffer, edge ink.Polygon) {
	for i, p := range edge {
		op := "l"
		if i == 0 {
			op = "m"
		}
		fmt.Fprintf(b, "%s %s %s\n", decimal(p[0]), decimal(p[1]), op)
	}
	b.WriteString("h\n")
}

// note writes text from its upper left corner. The view turns y over, and the
// text back.
func (w *writer) note(b *bytes.Buffer, s Stroke, at ink.Point) ink.Box {
	size := s.Thickness()
	widest, y := 0.0, at.Y
	for _, line := range strings.Split(s.Text, "\n") {
		hex, width := w.font.encode(line)
		fmt.Fprintf(b, "BT /F %s Tf 1 0 0 -1 %s %s Tm <%s> Tj ET\n", decimal(size), decimal(at.X), decimal(y+size*ink.Baseline), hex)
		widest = max(widest, width*size)
		y += size * ink.LineHeight
	}
	return ink.Box{MinX: at.X, MinY: at.Y, MaxX: at.X + widest, MaxY: y}.Grow(2)
}

// form makes a form XObject of drawing operators.
func (w *writer) form(content []byte, box types.Array, resources types.Dict, group bool) (*types.IndirectRef, error) {
	sd, err := w.ctx.NewStreamDictForBuf(content)
	if err != nil {
		return nil, err
	}
	sd.Dict["Type"], sd.Dict["Subtype"], sd.Dict["FormType"] = types.Name("XObject"), types.Name("Form"), types.Integer(1)
	sd.Dict["BBox"], sd.Dict["Resources"] = box, resources
	if group {
		sd.Dict["Group"] = types.Dict{"S": types.Name("Transparency")}
	}
	if err := sd.Encode(); err != nil {
		return nil, err
	}
	return w.ctx.IndRefForNewObject(*sd)
}

// multiply is the graphics state of a highlighter: what is dark stays dark.
func (w *writer) multiply() (*types.IndirectRef, error) {
	if w.multiplyRef == nil {
		var err error
		w.multiplyRef, err = w.ctx.IndRefForNewObject(types.Dict{"Type": types.Name("ExtGState"), "BM": types.Name("Multiply")})
		if err != nil {
			return nil, err
		}
	}
	return w.multiplyRef, nil
}
