package icons

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// Grid is the side of the square every icon is drawn on; Width is the width of its strokes there. Ends and corners are round.
const (
	Grid  = 24.0
	Width = 2.0
)

// Point is a place on the grid, y downwards.
type Point struct{ X, Y float64 }

// Stroke is a line through points, drawn with Width. A stroke of one point is a dot.
type Stroke []Point

var strokes sync.Map // Name -> []Stroke

// Strokes returns the icon as lines whose points lie so close that curves look round at 200 pixels. The slices are shared: nobody
// may write into them. An unknown icon has no strokes.
func Strokes(n Name) []Stroke {
	if s, ok := strokes.Load(n); ok {
		list, _ := s.([]Stroke)
		return list
	}
	var list []Stroke
	if source, ok := SVG(n); ok {
		// A file that cannot be read draws nothing; a test reads them all.
		list, _ = parse(source)
	}
	strokes.Store(n, list)
	return list
}

func parse(source []byte) ([]Stroke, error) {
	var all []Stroke
	decoder := xml.NewDecoder(bytes.NewReader(source))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("icons: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		part, err := element(start)
		if err != nil {
			return nil, fmt.Errorf("icons: %s: %w", start.Name.Local, err)
		}
		all = append(all, part...)
	}
}

type attributes map[string]string

func (a attributes) number(name string) float64 {
	v, err := strconv.ParseFloat(a[name], 64)
	if err != nil {
		return 0
	}
	return v
}

func element(e xml.StartElement) ([]Stroke, error) {
	a := attributes{}
	for _, attr := range e.Attr {
		a[attr.Name.Local] = attr.Value
	}
	switch e.Name.Local {
	case "svg":
		return nil, nil
	case "path":
		return flatten(a["d"])
	case "line":
		return []Stroke{{{a.number("x1"), a.number("y1")}, {a.number("x2"), a.number("y2")}}}, nil
	case "circle":
		x, y, r := a.number("cx"), a.number("cy"), a.number("r")
		return flatten(fmt.Sprintf("M%g %gA%g %g 0 1 1 %g %gA%g %g 0 1 1 %g %gZ", x-r, y, r, r, x+r, y, r, r, x-r, y))
	case "rect":
		return flatten(roundRect(a))
	case "polyline", "polygon":
		d := "M" + strings.TrimSpace(a["points"])
		if e.Name.Local == "polygon" {
			d += "Z"
		}
		return flatten(d)
	default:
		return nil, errors.New("unknown element")
	}
}

func roundRect(a attributes) string {
	x, y, w, h := a.number("x"), a.number("y"), a.number("width"), a.number("height")
	r := max(a.number("rx"), a.number("ry"))
	return fmt.Sprintf("M%g %gh%ga%g %g 0 0 1 %g %gv%ga%g %g 0 0 1 %g %gh%ga%g %g 0 0 1 %g %gv%ga%g %g 0 0 1 %g %gZ",
		x+r, y, w-2*r, r, r, r, r, h-2*r, r, r, -r, r, 2*r-w, r, r, -r, -r, 2*r-h, r, r, r, -r)
}
