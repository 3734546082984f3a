package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

var placeholder = regexp.MustCompile(`\{[0-9]+\}`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Both files have the same keys with the same placeholders, no text is empty, and all of it is NFC.
func TestFilesMirrorEachOther(t *testing.T) {
	vi, en := tables[Vietnamese](), tables[English]()
	for key, text := range vi {
		other, ok := en[key]
		if !ok {
			t.Errorf("en.json lacks %s", key)
			continue
		}
		if !slices.Equal(placeholders(text), placeholders(other)) {
			t.Errorf("%s: placeholders differ: %q, %q", key, text, other)
		}
		for _, s := range []string{text, other} {
			if strings.TrimSpace(s) == "" || s != strings.TrimSpace(s) || !norm.NFC.IsNormalString(s) {
				t.Errorf("%s: empty, with spaces around, or not NFC: %q", key, s)
			}
		}
	}
	for key := range en {
		if _, ok := vi[key]; !ok {
			t.Errorf("vi.json lacks %s", key)
		}
		if base, ok := strings.CutSuffix(key, ".one"); ok && en[base+".other"] == "" {
			t.Errorf("%s has no form for other numbers", base)
		}
	}
}

// Words the room does not use, or uses otherwise now: what stands in their place is in the file.
func TestNoForbiddenWords(t *testing.T) {
	forbidden := []string{
		"Đưa mọi người về", "Mở biểu quyết", "Phiếu đã được đếm", "Đã được đếm", "Bộ quy tắc", "Mã danh sách phiếu", "Đủ điều kiện họp",
		"Mục ", "Thêm mục", "Hoàn tác", "Đang bàn", "Hạn chế người xem", "Cả phòng đang thấy", "Tôi trình bày", "Nét chung", "Bàn thư ký",
		"Tập dượt", "Phát hành", "khách", "đang thấy trên mạng", "màn chiếu", "đang ngoại tuyến", "đồng chí", "thông qua dự toán",
	}
	for key, text := range tables[Vietnamese]() {
		for _, f := range forbidden {
			if strings.Contains(text, f) {
				t.Errorf("%s says %q: %q", key, f, text)
			}
		}
	}
}

// Every key that the client's sources name in T, N or a "refusal." lookup exists, in the forms the call needs.
func TestNoKeyIsMissing(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	calls := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		calls += checkKeys(t, set, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls == 0 {
		t.Error("no use of a key was found: the scan is blind")
	}
}

func checkKeys(t *testing.T, set *token.FileSet, file *ast.File) int {
	calls := 0
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		function := calledOfWords(file, call.Fun)
		lit, ok := call.Args[0].(*ast.BasicLit)
		if function == "" || !ok {
			return true
		}
		key, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		calls++
		needed := []string{key}
		if function == "N" {
			needed = []string{key + ".one", key + ".other"}
		}
		for _, k := range needed {
			if _, ok := tables[Vietnamese]()[k]; !ok {
				t.Errorf("%s: no text for %q", set.Position(call.Pos()), k)
			}
		}
		return true
	})
	return calls
}

// calledOfWords returns "T" or "N" when the call is one of this package's functions, from outside or inside.
func calledOfWords(file *ast.File, fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "words" && (f.Sel.Name == "T" || f.Sel.Name == "N") {
			return f.Sel.Name
		}
	case *ast.Ident:
		if file.Name.Name == "words" && (f.Name == "T" || f.Name == "N") {
			return f.Name
		}
	}
	return ""
}
