// Package export writes ink into PDF files as standard annotations, and reads
// its own back.
//
// Every annotation has an appearance of its own, so that all viewers show what
// was written: the same lines as on the tablets, in the file's own coordinates
// however the page is rotated or cropped. A file from outside may be hostile:
// nothing here is called outside a worker process with bounds on time and
// memory.
package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"phonghop/shared/ink"
)

// ErrFile says that the file cannot be written anew. The file itself may be
// readable all the same.
var ErrFile = errors.New("export: the file cannot be written with annotations")

// MaxStrokes bounds the strokes of one export.
const MaxStrokes = 20_000

// Stroke is a stroke and whose it is.
type Stroke struct {
	ink.Stroke
	// Name is the writer's, as shown to whoever opens the file.
	Name string `json:"name,omitempty"`
	// Subject is a word on the stroke, e.g. on which version it was written.
	Subject string `json:"subject,omitempty"`
}

// key is our own entry of an annotation: the stroke as it was.
const key = "PhonghopStroke"

// read reads a file without judging it: what viewers show shall be exported.
func read(in io.ReadSeeker) (ctx *model.Context, err error) {
	defer func() {
		if v := recover(); v != nil {
			ctx, err = nil, fmt.Errorf("%w: %v", ErrFile, v)
		}
	}()
	api.DisableConfigDir() // or the library writes into the home folder
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	ctx, err = api.ReadContext(in, conf)
	if err == nil {
		err = ctx.EnsurePageCount()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	return ctx, nil
}

// Annotate writes the file with the strokes as annotations. Strokes on pages
// that are not there, or that cannot be read, are left out. The error wraps
// ErrFile when the file is at fault.
func Annotate(in io.ReadSeeker, out io.Writer, strokes []Stroke) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", ErrFile, v)
		}
	}()
	if len(strokes) > MaxStrokes {
		return fmt.Errorf("export: %d strokes are too many", len(strokes))
	}
	ctx, err := read(in)
	if err != nil {
		return err
	}
	w := &writer{ctx: ctx}
	if w.font, err = newFace(strokes); err != nil {
		return err
	}
	byPage := map[int][]Stroke{}
	for _, s := range strokes {
		if s.Page >= 1 && s.Page <= ctx.PageCount {
			byPage[s.Page] = append(byPage[s.Page], s)
		}
	}
	for page, all := range byPage {
		if err := w.page(page, all); err != nil {
			return fmt.Errorf("%w: page %d: %w", ErrFile, page, err)
		}
	}
	if err := api.WriteContext(ctx, out); err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	return nil
}

// writer adds objects to a file.
type writer struct {
	ctx  *model.Context
	font *face
	// Made when they are first needed, and shared.
	fontRef, multiplyRef *types.IndirectRef
}

// page appends the annotations of one page to those it has.
func (w *writer) page(number int, strokes []Stroke) error {
	dict, ref, inherited, err := w.ctx.PageDict(number, false)
	if err != nil {
		return err
	}
	view := viewOf(inherited)
	var annots types.Array
	if old, ok := dict.Find("Annots"); ok {
		if annots, err = w.ctx.DereferenceArray(old); err != nil {
			return err
		}
	}
	annots = slices.Clone(annots)
	for _, s := range strokes {
		a, err := w.annotation(s, view, *ref)
		if err != nil {
			return err
		}
		if a == nil {
			continue
		}
		at, err := w.ctx.IndRefForNewObject(a)
		if err != nil {
			return err
		}
		annots = append(annots, *at)
	}
	dict.Update("Annots", annots)
	return nil
}

// annotation makes the dictionary of one stroke; nil where there is nothing
// to see.
func (w *writer) annotation(s Stroke, v view, page types.IndirectRef) (types.Dict, error) {
	points, err := ink.Unpack(s.Ink)
	if err != nil {
		return nil, nil //nolint:nilerr // left out
	}
	form, box, err := w.appearance(s, points, v)
	if err != nil || form == nil {
		return nil, err
	}
	own, err := json.Marshal(s.Stroke)
	if err != nil {
		return nil, err
	}
	c := s.RGB()
	at := types.StringLiteral(types.DateString(s.Time()))
	d := types.Dict{
		"Type": types.Name("Annot"), "P": page, "Rect": v.rect(box), "NM": text(s.ID), "T": text(s.Name),
		"M": at, "CreationDate": at, "F": types.Integer(4), // printed, too
		"C":  types.Array{number(float64(c.R) / 255), number(float64(c.G) / 255), number(float64(c.B) / 255)},
		"AP": types.Dict{"N": *form}, key: text(string(own)),
	}
	if s.Text != "" {
		d["Contents"] = text(s.Text)
	}
	if s.Subject != "" {
		d["Subj"] = text(s.Subject)
	}
	w.kind(d, s, points, v)
	return d, nil
}

// kind says in the words of PDF what the stroke is.
func (w *writer) kind(d types.Dict, s Stroke, points []ink.Point, v view) {
	border := types.Dict{"W": number(s.Thickness()), "S": types.Name("S")}
	switch s.Tool {
	case ink.Mark:
		d["Subtype"], d["QuadPoints"] = types.Name("Highlight"), quads(points, v)
	case ink.Line, ink.Arrow:
		d["Subtype"], d["L"], d["BS"] = types.Name("Line"), v.places(points...), border
		if s.Tool == ink.Arrow {
			d["LE"] = types.Array{types.Name("None"), types.Name("OpenArrow")}
		}
	case ink.Rect:
		d["Subtype"], d["BS"] = types.Name("Square"), border
	case ink.Ellipse:
		d["Subtype"], d["BS"] = types.Name("Circle"), border
	case ink.Note:
		c := s.RGB()
		d["Subtype"] = types.Name("FreeText")
		d["DA"] = text(fmt.Sprintf("/Helv %s Tf %s rg", decimal(s.Thickness()), rgb(c)))
		d["IT"] = types.Name("FreeTextTypewriter")
	default:
		d["Subtype"], d["BS"] = types.Name("Ink"), border
		d["InkList"] = types.Array{v.places(ink.Curve(points, 0.1)...)}
	}
}

// Read gives back the strokes that Annotate wrote into a file, by page and in
// their order. Annotations of other programs are passed over.
func Read(in io.ReadSeeker) (out []Stroke, err error) {
	defer func() {
		if v := recover(); v != nil {
			out, err = nil, fmt.Errorf("%w: %v", ErrFile, v)
		}
	}()
	ctx, err := read(in)
	if err != nil {
		return nil, err
	}
	for page := 1; page <= ctx.PageCount && len(out) < MaxStrokes; page++ {
		dict, _, _, err := ctx.PageDict(page, false)
		if err != nil {
			return nil, fmt.Errorf("%w: page %d: %w", ErrFile, page, err)
		}
		annots, ok := dict.Find("Annots")
		if !ok {
			continue
		}
		all, err := ctx.DereferenceArray(annots)
		if err != nil {
			continue // of no list there is nothing to read
		}
		for _, o := range all {
			if s, ok := readOne(ctx, o); ok && s.Page == page {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

func readOne(ctx *model.Context, o types.Object) (Stroke, bool) {
	var s Stroke
	d, err := ctx.DereferenceDict(o)
	if err != nil || d == nil {
		return s, false
	}
	own, ok := d.Find(key)
	if !ok {
		return s, false
	}
	data, err := ctx.DereferenceText(own)
	if err != nil || json.Unmarshal([]byte(data), &s.Stroke) != nil {
		return s, false
	}
	clean, err := s.Clean()
	if err != nil {
		return s, false
	}
	clean.Author, clean.At = s.Author, s.At
	s.Stroke = clean
	for to, name := range map[*string]string{&s.Name: "T", &s.Subject: "Subj"} {
		if v, ok := d.Find(name); ok {
			*to, _ = ctx.DereferenceText(v) // what cannot be read stays empty
		}
	}
	return s, true
}
