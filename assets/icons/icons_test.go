package icons

import (
	"go/ast"
	"go/parser"
	"go/token"
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
