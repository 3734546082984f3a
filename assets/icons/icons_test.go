package icons

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Every constant has its file, every file its constant, and every icon keeps the one colour the theme replaces.
func TestConstantsMatchFiles(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "icons.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	named := map[Name]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			named[Name(s)] = true
		}
		return true
	})
	for _, n := range Names() {
		if !named[n] {
			t.Errorf("%s.svg has no constant", n)
		}
		delete(named, n)
		svg, ok := SVG(n)
		if !ok || !strings.Contains(string(svg), "currentColor") || !strings.Contains(string(svg), `viewBox="0 0 24 24"`) {
			t.Errorf("%s: not a single-colour icon on a 24 grid", n)
		}
	}
	for n := range named {
		t.Errorf("constant %q has no file", n)
	}
}

func TestUnknownIcon(t *testing.T) {
	for _, n := range []Name{"", "no-such", "../icons/x", "LICENSE"} {
		if _, ok := SVG(n); ok {
			t.Errorf("SVG(%q) found something", n)
		}
	}
}

func TestLicenceIsBeside(t *testing.T) {
	text, err := os.ReadFile("LICENSE")
	if err != nil || !strings.Contains(string(text), "ISC License") {
		t.Fatalf("the icons' licence is missing: %v", err)
	}
}

// Every icon is understood to its last stroke and stays on its grid.
func TestEveryIconHasStrokes(t *testing.T) {
	for _, n := range Names() {
		source, _ := SVG(n)
		list, err := parse(source)
		if err != nil {
			t.Errorf("%s: %v", n, err)
			continue
		}
		if len(list) == 0 {
			t.Errorf("%s draws nothing", n)
		}
		for _, s := range list {
			for _, p := range s {
				if p.X < 0.5 || p.X > Grid-0.5 || p.Y < 0.5 || p.Y > Grid-0.5 {
					t.Errorf("%s leaves the grid at %v", n, p)
				}
			}
		}
	}
	if got := Strokes("no-such"); got != nil {
		t.Errorf("strokes of nothing: %v", got)
	}
}

func TestPaths(t *testing.T) {
	last := func(s []Stroke) Point { l := s[len(s)-1]; return l[len(l)-1] }
	for _, c := range []struct {
		data    string
		strokes int
		end     Point
	}{
		{"M1 2h3v-4H1z", 1, Point{1, 2}},
		{"m1,2 3,4m-1-1l.5.5", 2, Point{3.5, 5.5}},
		{"M0 0a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0", 1, Point{19.876, -.696}},
		{"M0 0a1 1 0 012 0", 1, Point{2, 0}},
		{"M0 0c1 0 2 1 2 2s1 2 2 2q1 0 1 1", 1, Point{5, 5}},
		{"M12 20h.01", 1, Point{12.01, 20}},
		{"M1 1z l2 0", 2, Point{3, 1}},
	} {
		got, err := flatten(c.data)
		if err != nil || len(got) != c.strokes {
			t.Errorf("%q: %d strokes, %v", c.data, len(got), err)
			continue
		}
		if e := last(got); math.Abs(e.X-c.end.X) > 1e-9 || math.Abs(e.Y-c.end.Y) > 1e-9 {
			t.Errorf("%q ends at %v", c.data, e)
		}
	}
	for _, bad := range []string{"M", "M1", "X1 2", "M1 2L", "M1 2L3", "M0 0A1 1 0 0 1 5", "1 2"} {
		if got, err := flatten(bad); err == nil {
			t.Errorf("%q is understood as %v", bad, got)
		}
	}
}

// A half circle goes over the side its sweep flag says and keeps its radius.
func TestArcSide(t *testing.T) {
	for data, y := range map[string]float64{"M0 5A5 5 0 0 1 10 5": 0, "M0 5A5 5 0 0 0 10 5": 10} {
		s, err := flatten(data)
		if err != nil {
			t.Fatal(err)
		}
		middle := s[0][len(s[0])/2]
		if math.Abs(middle.X-5) > 0.01 || math.Abs(middle.Y-y) > 0.01 {
			t.Errorf("%q passes %v", data, middle)
		}
	}
}
