//go:build !js

package deskscreen

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDisk(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.pdf", "a.PDF", "x.docx", ".hidden.pdf"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("%PDF"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "Downloads"), 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := disk{dir}.List(dir)
	if err != nil || len(l.Folders) != 1 || len(l.Files) != 2 || l.Files[0].File.Name != "a.PDF" || l.Files[0].File.Size != 4 || l.Parent != filepath.Dir(dir) {
		t.Errorf("%+v %v", l, err)
	}
	if p := (disk{dir}).Places(); len(p) < 2 || p[0].Path != filepath.Join(dir, "Downloads") {
		t.Errorf("%+v", p)
	}
	if _, err := (disk{dir}).List(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there was listed")
	}
}
