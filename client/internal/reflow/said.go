package reflow

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"phonghop/shared/protocol"
)

// Said is what some of a page's words say, as somebody writes it who copies them: the words from first to last, counted from 0 over
// all lines in their order, in NFC. Lines of one paragraph go on after a blank, cells of a table after a tab, other lines
// begin anew. Numbers out of range are the nearest.
func Said(t protocol.PageText, width, height float64, first, last int) string {
	of := map[int]int{} // which block a line is in
	cut := map[int]bool{}
	for n, b := range Page(t, width, height, nil) {
		for _, l := range b.Lines {
			of[l], cut[l] = n+1, b.Kind == Cut
		}
	}
	var b strings.Builder
	at, before := 0, -1
	for i, l := range t.Lines {
		for _, w := range l.Words {
			if at >= first && at <= last {
				if before >= 0 {
					b.WriteString(between(t, b.String(), before, i, of, cut))
				}
				b.WriteString(w.Text)
				before = i
			}
			at++
		}
	}
	return norm.NFC.String(b.String())
}

// between is what stands between two words, of the lines a and b.
func between(t protocol.PageText, said string, a, b int, of map[int]int, cut map[int]bool) string {
	switch {
	case a == b:
		return " "
	case of[a] == 0 || of[a] != of[b]:
		return "\n"
	case cut[a]:
		if beside(t.Lines[a].Words[0].Box, t.Lines[b].Words[0].Box) {
			return "\t"
		}
		return "\n"
	case broken(said):
		return ""
	}
	return " "
}
