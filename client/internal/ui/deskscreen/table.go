package deskscreen

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"phonghop/client/internal/controller"
	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// mostPasted bounds how many people are taken from one table, and mostTable how many bytes of it are looked at.
const (
	mostPasted = 500
	mostTable  = 1 << 20
)

// newcomer is a line of a pasted table.
type newcomer struct {
	person roster.Person
	// wrong is the key of why it cannot be added, "" where it can.
	wrong string
}

// columns says in which column of a table something stands, -1 for none.
type columns struct{ name, position, unit, order int }

// headings are the words of the first line that name the columns, as plain gives them.
var headings = map[string]func(*columns) *int{
	"ho va ten": nameColumn, "ho ten": nameColumn, "ten": nameColumn, "name": nameColumn, "full name": nameColumn,
	"chuc vu": positionColumn, "chuc danh": positionColumn, "position": positionColumn,
	"don vi": unitColumn, "co quan": unitColumn, "co quan, don vi": unitColumn, "don vi cong tac": unitColumn, "phong ban": unitColumn, "unit": unitColumn,
	"thu tu": orderColumn, "stt": orderColumn, "tt": orderColumn, "order": orderColumn, "no": orderColumn,
}

func nameColumn(c *columns) *int     { return &c.name }
func positionColumn(c *columns) *int { return &c.position }
func unitColumn(c *columns) *int     { return &c.unit }
func orderColumn(c *columns) *int    { return &c.order }

// readTable reads people from what was copied in a spreadsheet: cells with tabs between them. The first line may name the columns;
// without that they are name, position, unit, order, or, when the first is a number, order, name, position, unit. Who has no order
// comes after those who are there, in the order of the table.
func readTable(pasted string, known []controller.PersonRow) []newcomer {
	rows := cells(pasted)
	if len(rows) == 0 {
		return nil
	}
	at, named := heading(rows[0])
	if named {
		rows = rows[1:]
	} else {
		at = columns{0, 1, 2, 3}
		if _, err := strconv.Atoi(cell(rows[0], 0)); err == nil {
			at = columns{1, 2, 3, 0}
		}
	}
	last := 0
	for _, p := range known {
		if !p.Screen {
			last = max(last, p.Order)
		}
	}
	var out []newcomer
	for _, row := range rows {
		if len(out) == mostPasted {
			break
		}
		if x, ok := readRow(row, at); ok {
			if x.person.Order == 0 {
				x.person.Order = min(last+10*(len(out)+1), roster.MaxOrder)
			}
			if x.wrong == "" && isKnown(x.person, known, out) {
				x.wrong = "desk.paste_known"
			}
			out = append(out, x)
		}
	}
	return out
}

// cells splits a table. What is no table at all comes out as single cells.
func cells(pasted string) [][]string {
	if len(pasted) > mostTable {
		pasted = pasted[:mostTable]
	}
	r := csv.NewReader(strings.NewReader(strings.ToValidUTF8(pasted, "")))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil || strings.Count(pasted, `"`)%2 == 1 { // a quote that never ends: every line for itself
		rows = nil
		for line := range strings.Lines(strings.ToValidUTF8(pasted, "")) {
			rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
		}
	}
	return rows
}

func cell(row []string, n int) string {
	if n < 0 || n >= len(row) {
		return ""
	}
	return strings.Join(strings.Fields(row[n]), " ")
}

func heading(row []string) (columns, bool) {
	at := columns{-1, -1, -1, -1}
	for n := range row {
		if of := headings[strings.Trim(plain(cell(row, n)), ".:")]; of != nil && *of(&at) < 0 {
			*of(&at) = n
		}
	}
	return at, at.name >= 0
}

// readRow makes a person of a line; false where it has no name.
func readRow(row []string, at columns) (newcomer, bool) {
	x := newcomer{person: roster.Person{Kind: roster.KindPerson}}
	fits := true
	take := func(n, most int) string {
		line, ok := text.Line(cell(row, n), 0, most)
		fits = fits && ok
		if !ok {
			return string([]rune(cell(row, n))[:min(40, len([]rune(cell(row, n))))])
		}
		return line
	}
	x.person.Name, x.person.Position, x.person.Unit = take(at.name, roster.MaxName), take(at.position, roster.MaxPosition), take(at.unit, roster.MaxUnit)
	if n, err := strconv.Atoi(cell(row, at.order)); err == nil && n > 0 && n <= roster.MaxOrder {
		x.person.Order = n
	}
	if !fits {
		x.wrong = "desk.paste_too_long"
	}
	return x, x.person.Name != ""
}

// isKnown tells whether somebody of the same name, position and unit is on the list, or came before in the table.
func isKnown(p roster.Person, known []controller.PersonRow, before []newcomer) bool {
	key := func(parts ...string) string { return plain(strings.Join(parts, "\t")) }
	me := key(p.Name, p.Position, p.Unit)
	return slices.ContainsFunc(known, func(q controller.PersonRow) bool { return key(q.Name, q.Position, q.Unit) == me }) ||
		slices.ContainsFunc(before, func(q newcomer) bool { return key(q.person.Name, q.person.Position, q.person.Unit) == me })
}
