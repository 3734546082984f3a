package inkview

import (
	"math"

	"phonghop/shared/ink"
	"phonghop/shared/protocol"
)

// mark is what a highlighter takes that goes from one place to another and holds on to the words: whole words, in each line from
// the first to the last one, as when text is chosen. nil where there are no words.
func mark(t protocol.PageText, a, b ink.Point) []ink.Point {
	lines := boxes(t)
	from, to := nearestLine(lines, a), nearestLine(lines, b)
	if from < 0 || to < 0 {
		return nil
	}
	if from > to || from == to && a.X > b.X {
		from, to, a, b = to, from, b, a
	}
	var out []ink.Point
	for i := from; i <= to && len(out) < 2*ink.MaxMarks; i++ {
		words := lines[i]
		first, last := 0, len(words)-1
		if i == from {
			first = nearestWord(words, a.X)
		}
		if i == to {
			last = nearestWord(words, b.X)
		}
		if first > last {
			continue
		}
		box := words[first]
		for _, w := range words[first : last+1] {
			box = ink.Box{MinX: min(box.MinX, w.MinX), MinY: min(box.MinY, w.MinY), MaxX: max(box.MaxX, w.MaxX), MaxY: max(box.MaxY, w.MaxY)}
		}
		out = append(out, ink.Point{X: box.MinX, Y: box.MinY}, ink.Point{X: box.MaxX, Y: box.MaxY})
	}
	return out
}

// boxes are the words of each line that have any, with sensible boxes.
func boxes(t protocol.PageText) [][]ink.Box {
	var out [][]ink.Box
	for _, l := range t.Lines {
		var words []ink.Box
		for _, w := range l.Words {
			b := ink.Box{MinX: w.Box[0], MinY: w.Box[1], MaxX: w.Box[2], MaxY: w.Box[3]}
			if b.MinX <= b.MaxX && b.MinY <= b.MaxY {
				words = append(words, b)
			}
		}
		if len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

// nearestLine finds the line whose words lie nearest.
func nearestLine(lines [][]ink.Box, p ink.Point) int {
	best, least := -1, math.Inf(1)
	for i, words := range lines {
		for _, w := range words {
			dx, dy := gap(p.X, w.MinX, w.MaxX), gap(p.Y, w.MinY, w.MaxY)
			if d := math.Hypot(dx, 3*dy); d < least {
				best, least = i, d
			}
		}
	}
	return best
}

func nearestWord(words []ink.Box, x float64) int {
	best, least := 0, math.Inf(1)
	for i, w := range words {
		if d := gap(x, w.MinX, w.MaxX); d < least {
			best, least = i, d
		}
	}
	return best
}

func gap(x, low, high float64) float64 { return max(low-x, x-high, 0) }
