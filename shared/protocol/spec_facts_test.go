package protocol_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// constants reads the values of a file's constants whose names begin with a
// prefix, so that none is forgotten here.
func constants(t testing.TB, file, prefix string) (out []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range parsed.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok || len(v.Values) == 0 || !strings.HasPrefix(v.Names[0].Name, prefix) {
				continue
			}
			if lit, ok := v.Values[0].(*ast.BasicLit); ok {
				value, err := strconv.Unquote(lit.Value)
				if err != nil {
					value = lit.Value
				}
				out = append(out, value)
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s has no constants %s…", file, prefix)
	}
	return out
}

// testFiles are the comments of all tests of the module, by file.
func testFiles(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var comments strings.Builder
		for line := range strings.Lines(string(data)) {
			if _, comment, ok := strings.Cut(line, "//"); ok {
				comments.WriteString(comment)
			}
		}
		out[path] = comments.String()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rows are the rows of the tables whose first heading is the given one,
// without the quotes of code.
func rows(t testing.TB, heading string) (out [][]string) {
	t.Helper()
	in := false
	for line := range strings.Lines(page(t)) {
		cells, ok := strings.CutPrefix(strings.TrimSpace(line), "| ")
		switch {
		case !ok:
			in = in && strings.HasPrefix(line, "|---")
		case strings.HasPrefix(cells, heading+" |"):
			in = true
		case in:
			row := strings.Split(strings.TrimSuffix(cells, " |"), " | ")
			row[0] = strings.Trim(row[0], "`")
			out = append(out, row)
		}
	}
	if len(out) == 0 {
		t.Fatalf("SPEC.md has no table %s", heading)
	}
	return out
}

func first(all [][]string) (out []string) {
	for _, row := range all {
		out = append(out, row[0])
	}
	return out
}

func sameSet(t *testing.T, what string, page, program []string) {
	t.Helper()
	for _, p := range page {
		if !slices.Contains(program, p) {
			t.Errorf("%s: SPEC.md has %q, the program does not", what, p)
		}
	}
	for _, p := range program {
		if !slices.Contains(page, p) {
			t.Errorf("%s: SPEC.md lacks %q", what, p)
		}
	}
	if s := slices.Sorted(slices.Values(page)); len(slices.Compact(slices.Clone(s))) != len(s) {
		t.Errorf("%s: SPEC.md has one of them twice: %q", what, s)
	}
}

func TestCodesAndTypes(t *testing.T) { // [F1] [K1] [M3]
	codes := append(constants(t, "codes.go", "Code"), constants(t, "../../server/internal/document/refusal.go", "Code")...)
	codes = append(codes, "last_secretary") // of the roster
	for _, c := range constants(t, "../meeting/refusal.go", "") {
		if !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	inTables := first(rows(t, "Code"))
	numbers := slices.DeleteFunc(slices.Clone(inTables), func(s string) bool { return s[0] > '9' })
	names := slices.DeleteFunc(slices.Clone(inTables), func(s string) bool { return s[0] <= '9' })
	sameSet(t, "codes", names, codes)
	sameSet(t, "close codes", numbers, constants(t, "codes.go", "Close"))
	sameSet(t, "messages", first(rows(t, "Type")), constants(t, "protocol.go", "Type"))
	for _, n := range numbers {
		code, err := strconv.Atoi(n)
		if err != nil {
			t.Fatal(err)
		}
		want := map[byte]protocol.Retry{'0': protocol.RetryNow, '1': protocol.RetryLater, '2': protocol.RetryNever}[n[1]]
		if protocol.AfterClose(code) != want {
			t.Errorf("after %s: %v", n, protocol.AfterClose(code))
		}
	}
	for _, other := range []int{0, 1000, 1001, 1006, 3999, 4300, -1} {
		if protocol.AfterClose(other) != protocol.RetryLater {
			t.Errorf("after %d: %v", other, protocol.AfterClose(other))
		}
	}
}

func TestLimits(t *testing.T) { // [L1]
	want := map[string]any{
		"Version": protocol.Version, "MaxClientMessage": protocol.MaxClientMessage, "MaxServerMessage": protocol.MaxServerMessage,
		"MaxStreams": protocol.MaxStreams, "MaxResume": protocol.MaxResume, "HelloWithin": protocol.HelloWithin,
		"PingEvery": protocol.PingEvery, "Queue": protocol.Queue, "MaxID": text.MaxID,
		"MaxTitle": meeting.MaxTitle, "MaxName": roster.MaxName, "MaxPosition": roster.MaxPosition, "MaxUnit": roster.MaxUnit,
		"MaxOrder": roster.MaxOrder, "MaxPeople": roster.MaxPeople, "MaxKind": meeting.MaxKind, "MaxPlace": meeting.MaxPlace,
		"MaxRules": roster.MaxRules, "MaxRuleName": roster.MaxRuleName, "MaxRuleSource": roster.MaxRuleSource,
		"MaxReason": meeting.MaxReason, "MaxAnswerReason": meeting.MaxAnswerReason, "MaxEntries": roster.MaxEntries, "MaxSlips": protocol.MaxSlips, "MaxEntry": roster.MaxEntry, "MaxItems": meeting.MaxItems, "MaxParticipants": meeting.MaxParticipants,
		"MaxDocuments": meeting.MaxDocuments, "MaxVersions": meeting.MaxVersions, "MaxMinutes": meeting.MaxMinutes,
		"MaxPages": meeting.MaxPages, "MaxBytes": meeting.MaxBytes, "MaxFileName": meeting.MaxFileName,
		"WidthThumb": protocol.WidthThumb, "WidthSmall": protocol.WidthSmall, "WidthLarge": protocol.WidthLarge,
		"TileSize": protocol.TileSize, "TileWidth": protocol.TileWidth, "TileWidthXL": protocol.TileWidthXL,
		"TileWidthFine": protocol.TileWidthFine, "TileWidthFinest": protocol.TileWidthFinest, "TileDensity": protocol.TileDensity, "TileSideMost": protocol.TileSideMost,
		"MaxQuery": text.MaxQuery, "MaxHits": protocol.MaxHits, "MaxAround": protocol.MaxAround,
		"MaxLivePoints": protocol.MaxLivePoints, "MaxVotes": meeting.MaxVotes, "MaxQuestion": meeting.MaxQuestion,
		"MaxPlaces": notes.MaxPlaces, "MaxMarks": notes.MaxMarks,
	}
	var names []string
	for name := range want {
		names = append(names, name)
	}
	table := rows(t, "Name")
	sameSet(t, "limits", first(table), names)
	for _, row := range table {
		value := fmt.Sprint(want[row[0]])
		if d, ok := want[row[0]].(time.Duration); ok {
			value = fmt.Sprintf("%g s", d.Seconds())
		}
		if row[1] != value {
			t.Errorf("%s: SPEC.md says %s, the program %s", row[0], row[1], value)
		}
	}
}

// The fields of commands and events are those of their types, in order.
func TestFields(t *testing.T) { // [C1] [E1]
	types := map[string]reflect.Type{}
	for _, kind := range meeting.CommandKinds() {
		c, err := meeting.DecodeCommand(fmt.Appendf(nil, `{"kind":%q}`, kind))
		if err != nil {
			t.Fatal(err)
		}
		types["Command "+kind] = reflect.TypeOf(c)
	}
	for _, kind := range meeting.EventKinds() {
		e, err := meeting.DecodeBody(fmt.Appendf(nil, `{"kind":%q,"v":1}`, kind))
		if err != nil {
			t.Fatal(err)
		}
		types["Event "+kind] = reflect.TypeOf(e)
	}
	for _, b := range ofReading {
		types["Event "+b.Kind()] = reflect.TypeOf(b)
	}
	for _, e := range []roster.Event{roster.RoomNamed{}, roster.PersonSet{}, roster.PersonRemoved{}, roster.ListSet{}, roster.RuleSet{}, roster.RuleRemoved{}} {
		types["Event "+e.Kind()] = reflect.TypeOf(e)
	}
	var seen, all []string
	for _, heading := range []string{"Command", "Event"} {
		for _, row := range rows(t, heading) {
			name := heading + " " + row[0]
			seen = append(seen, name)
			typ, ok := types[name]
			if !ok {
				continue // told below
			}
			var fields []string
			for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
				fields = append(fields, m[1])
			}
			if want := fieldsOf(typ); !slices.Equal(fields, want) {
				t.Errorf("%s: SPEC.md has the fields %q, the program %q", name, fields, want)
			}
		}
	}
	for name := range types {
		all = append(all, name)
	}
	sameSet(t, "kinds", seen, all)
}

func fieldsOf(typ reflect.Type) (out []string) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			out = append(out, fieldsOf(f.Type)...)
			continue
		}
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		if strings.HasPrefix(rest, "omit") {
			name += "?"
		}
		out = append(out, name)
	}
	return out
}

// rights reads who may give which command at some point of a meeting, from the
// tables that the tests of package meeting keep true. Where nobody's command
// ever changed something there, it is who was told that it is so already.
func rights(t testing.TB) map[string][]string {
	t.Helper()
	did, was := map[string][]string{}, map[string][]string{}
	for _, file := range []string{"permissions.txt", "votes.txt"} {
		data, err := os.ReadFile("../meeting/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		kind := ""
		for line := range strings.Lines(string(data)) {
			f := strings.Fields(line)
			switch {
			case len(f) == 0:
			case line[0] != ' ':
				kind = f[0]
			case slices.ContainsFunc(f[1:], func(s string) bool { return strings.HasPrefix(s, "ok") }):
				did[kind] = append(did[kind], f[0])
			case slices.Contains(f[1:], "="):
				was[kind] = append(was[kind], f[0])
			}
		}
	}
	for kind, who := range was {
		if len(did[kind]) == 0 {
			did[kind] = who
		}
	}
	return did
}

// Who may give which command is what the tables of rights have.
func TestRoles(t *testing.T) { // [C8]
	cast := map[string][]string{
		"desk": {"secretary"}, "secretary": {"secretary", "typist"}, "chair": {"chair", "typist"},
		"may-preside": {"chair", "vice"}, "presenter": {"member"}, "oneself": {"invited"},
		// of those who have neither the role nor asked for it yet
		"audience": {"secretary", "typist", "chair", "vice", "delegate"},
		"elector":  {"chair", "vice", "member"},
	}
	may := rights(t)
	checked := 0
	for _, row := range rows(t, "Command") {
		var want []string
		for _, role := range strings.Split(row[2], ", ") {
			who, ok := cast[role]
			if !ok && role != "writer" {
				t.Errorf("%s: no such role: %q", row[0], role)
			}
			want = append(want, who...)
		}
		got := slices.Sorted(slices.Values(may[row[0]]))
		if len(got) == 0 || row[2] == "writer" {
			continue // depends on whose stroke it is, or on a ballot
		}
		checked++
		slices.Sort(want)
		if got, want = slices.Compact(got), slices.Compact(want); !slices.Equal(got, want) {
			t.Errorf("%s: SPEC.md lets in %q, the program %q", row[0], want, got)
		}
	}
	if checked < 40 {
		t.Errorf("only %d commands were compared", checked)
	}
}

// The routes of the page are those that the server has.
func TestRoutes(t *testing.T) { // [H6]
	data, err := os.ReadFile("../../server/internal/web/web.go")
	if err != nil {
		t.Fatal(err)
	}
	source := string(data)
	if m := regexp.MustCompile(`const doc = "([^"]+)"`).FindStringSubmatch(source); m != nil {
		source = strings.ReplaceAll(source, `doc+"`, `"`+m[1])
	}
	var served []string
	for _, m := range regexp.MustCompile(`"((?:GET|POST|PUT|DELETE) /[^"]*)"`).FindAllStringSubmatch(source, -1) {
		// A browser finds the front page and its files by itself.
		if m[1] != "GET /{$}" && m[1] != "GET /client/{file}" && !slices.Contains(served, m[1]) {
			served = append(served, m[1])
		}
	}
	sameSet(t, "routes", first(rows(t, "Route")), served)
}
