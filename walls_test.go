// Package phonghop_test holds up the walls between the packages of the
// project: what may know what. The linter's depguard tells of a breach while
// one writes; these tests see it on every system the programs are built for,
// and through everything that is imported on the way.
package phonghop_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "phonghop/"

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath   string
	Dir          string
	Standard     bool
	GoFiles      []string
	CgoFiles     []string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
}

// systems are those that packages have files of their own for.
var systems = []string{"linux/amd64", "windows/amd64", "darwin/arm64", "js/wasm", "android/arm64"}

// packages lists the packages of the project, once for every system, without
// anything built and without the network.
var packages = sync.OnceValues(func() (map[string][]pkg, error) {
	all := map[string][]pkg{}
	for _, system := range systems {
		goos, goarch, _ := strings.Cut(system, "/")
		cmd := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Dir,Standard,GoFiles,CgoFiles,Imports,TestImports,XTestImports,Deps", "./...")
		cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=1", "GOPROXY=off")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, errors.Join(err, errors.New(system+": "+stderr.String()))
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p pkg
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if strings.HasPrefix(p.ImportPath, module) {
				all[system] = append(all[system], p)
			}
		}
	}
	return all, nil
})

// each calls check for every package of the project below one of the folders,
// on every system. It fails if there is none: a wall around nothing would
// hold for ever.
func each(t *testing.T, check func(t *testing.T, system string, p pkg), folders ...string) {
	t.Helper()
	all, err := packages()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, system := range systems {
		for _, p := range all[system] {
			if slices.ContainsFunc(folders, func(f string) bool { return within(p.ImportPath, module+f) }) {
				seen++
				check(t, system, p)
			}
		}
	}
	if seen == 0 {
		t.Fatalf("there is no package below %v", folders)
	}
}

// within reports whether path is the package or one below it. "" is all.
func within(path, folder string) bool {
	folder = strings.TrimSuffix(folder, "/")
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// in reports whether the path is one of the folders, or below one.
func in(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return within(path, f) })
}

// pure are the packages of the domain.
var pure = []string{
	"shared/meeting", "shared/ink", "shared/notes", "shared/poll", "shared/protocol", "shared/replica", "shared/roster", "shared/text", "shared/workday",
	"client/internal/reflow",
}

// thinking is all that the domain may import of the standard library: what
// computes, and has no clock, randomness or outside.
var thinking = []string{
	"bytes", "cmp", "container", "encoding", "errors", "fmt", "hash", "iter", "maps", "math", "reflect", "regexp", "slices",
	"sort", "strconv", "strings", "time", "unicode", "crypto/sha256", "crypto/subtle",
}

func TestDomainIsPure(t *testing.T) {
	each(t, func(t *testing.T, system string, p pkg) {
		for _, i := range p.Imports {
			switch {
			case in(i, "math/rand"):
				t.Errorf("%s, %s: the domain has no randomness, yet imports %s", p.ImportPath, system, i)
			case in(i, thinking...), in(i, "golang.org/x/text"):
			case in(i, prefixed(pure)...):
			default:
				t.Errorf("%s, %s: the domain imports %s", p.ImportPath, system, i)
			}
		}
	}, pure...)
}

func prefixed(folders []string) []string {
	var out []string
	for _, f := range folders {
		out = append(out, module+f)
	}
	return out
}

// clock is what package time has beyond values.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"}

func TestDomainHasNoClock(t *testing.T) {
	each(t, func(t *testing.T, _ string, p pkg) {
		for _, name := range p.GoFiles {
			path := filepath.Join(p.Dir, name)
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, use := range uses(file, "time") {
				if slices.Contains(clock, use) {
					t.Errorf("%s uses time.%s: time comes in as data", path, use)
				}
			}
		}
	}, pure...)
}

// uses lists what a file names of the package with this import path.
func uses(file *ast.File, path string) []string {
	name := ""
	for _, i := range file.Imports {
		if p, err := strconv.Unquote(i.Path.Value); err == nil && p == path {
			name = path[strings.LastIndexByte(path, '/')+1:]
			if i.Name != nil {
				name = i.Name.Name
			}
		}
	}
	if name == "" {
		return nil
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == name {
				all = append(all, s.Sel.Name)
			}
		}
		return true
	})
	return all
}

// The search for the clock must find one, under any name.
func TestUses(t *testing.T) {
	for src, want := range map[string][]string{
		"package p; import \"time\"; var _ = time.Now()":             {"Now"},
		"package p; import c \"time\"; func f() { c.Sleep(c.Hour) }": {"Sleep", "Hour"},
		"package p; import \"fmt\"; var _ = fmt.Sprint()":            nil,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", src, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := uses(file, "time"); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", src, got, want)
		}
	}
}

// Each end is built without the other: all that a package reaches counts, not
// only what it names.
func TestEndsAreApart(t *testing.T) {
	for _, wall := range []struct {
		folders []string
		unknown []string
	}{
		{[]string{"shared"}, []string{module + "server", module + "client", "fyne.io"}},
		{[]string{"client"}, []string{module + "server", "modernc.org", "github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"}},
		{[]string{"server"}, []string{module + "client", "fyne.io"}},
		{[]string{"client/internal/controller", "client/internal/session", "client/internal/cache"}, []string{"fyne.io", module + "client/internal/ui"}},
		{[]string{"assets"}, []string{module + "server", module + "client", module + "shared", "net"}},
	} {
		each(t, func(t *testing.T, system string, p pkg) {
			for _, d := range p.Deps {
				if in(d, wall.unknown...) {
					t.Errorf("%s, %s: reaches %s", p.ImportPath, system, d)
				}
			}
		}, wall.folders...)
	}
}

// A browser fetches the whole client at its first visit: what a page cannot use stays out.
func TestBrowsersFetchNothingInVain(t *testing.T) {
	vain := []string{
		"github.com/alecthomas/kong", "github.com/grandcat/zeroconf", "github.com/miekg/dns", "github.com/gorilla/websocket",
		"golang.org/x/net/ipv4", "golang.org/x/net/ipv6", "github.com/prometheus", "codeberg.org/go-pdf/fpdf", "github.com/pdfcpu/pdfcpu",
		module + "assets/paper", module + "assets/demo", "os/exec", "go/doc", "net/http/pprof", "net/http/httptest", "testing",
	}
	seen, natively := false, map[string]bool{}
	each(t, func(t *testing.T, system string, p pkg) {
		if p.ImportPath != module+"client" {
			return
		}
		for _, d := range p.Deps {
			switch {
			case system != "js/wasm":
				natively[d] = true
			case in(d, vain...):
				t.Errorf("the client for browsers reaches %s", d)
			default:
				seen = true
			}
		}
	}, "client")
	if !seen || !natively["github.com/alecthomas/kong"] || !natively["github.com/grandcat/zeroconf"] {
		t.Error("the client was not looked at, or the wall has lost its sense")
	}
}

// Tests of the client may start a whole server, but not take it apart.
func TestClientTestsUseAWholeServer(t *testing.T) {
	each(t, func(t *testing.T, system string, p pkg) {
		for _, i := range slices.Concat(p.TestImports, p.XTestImports) {
			if in(i, module+"server") && !in(i, module+"server/servertest") {
				t.Errorf("%s, %s: a test imports %s", p.ImportPath, system, i)
			}
		}
	}, "client")
}

// A library that could be exchanged is known to one package.
func TestLibrariesHaveOneImporter(t *testing.T) {
	importers := map[string][]string{
		"modernc.org":                     {"server/internal/sqlite"},
		"database/sql":                    {"server/internal/sqlite"},
		"github.com/klippa-app/go-pdfium": {"server/internal/pdf"},
		"github.com/tetratelabs/wazero":   {"server/internal/pdf"},
		"github.com/pdfcpu/pdfcpu":        {"server/internal/export"},
		"github.com/grandcat/zeroconf":    {"shared/discovery"},
		"rsc.io/qr":                       {"shared/discovery"},
		"codeberg.org/go-pdf/fpdf":        {"assets/paper", "assets/demo"},
		"github.com/cloudflare/circl":     {"shared/ballot", "server/internal/ballotbox"},
		"fyne.io":                         {"client/internal/ui", "client/internal/pointer"},
	}
	found := map[string]bool{}
	each(t, func(t *testing.T, system string, p pkg) {
		for library, folders := range importers {
			for _, i := range p.Imports {
				if !in(i, library) {
					continue
				}
				found[library] = true
				// The client program itself puts the parts together.
				if p.ImportPath != module+"client" && !in(p.ImportPath, prefixed(folders)...) {
					t.Errorf("%s, %s: imports %s, which is for %v", p.ImportPath, system, i, folders)
				}
			}
		}
	}, "shared", "server", "client", "assets")
	for library := range importers {
		if !found[library] {
			t.Errorf("nobody imports %s: take it off the list", library)
		}
	}
}
