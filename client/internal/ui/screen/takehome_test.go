package screen

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
)

func TestTakingAllHome(t *testing.T) {
	uitest.Desktop(t)
	f := written(t)
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.open(notesPanel)
	if !s.shows(words.T("ink.take_all")) {
		t.Errorf("does not say %q", words.T("ink.take_all"))
	}
	dir := t.TempDir()
	list, err := storage.ListerForURI(storage.NewFileURI(dir))
	if err != nil {
		t.Fatal(err)
	}
	r.pen.takeAll(directory{list})
	r.pen.takeAll(directory{list})
	if n := strings.Count(strings.Join(f.did, "\n"), "take all home"); n != 1 {
		t.Fatalf("begun %d times", n)
	}
	f.taken(controller.TakenHome{All: 3, Done: 1})
	for s.run(0) {
	}
	if !s.shows(words.T("ink.taking_all", 2, 3)) {
		t.Errorf("does not say %q", words.T("ink.taking_all", 2, 3))
	}
	f.taken(controller.TakenHome{All: 3, Done: 3, Failed: []string{"Phụ lục 1"}, Code: "network", Over: true})
	for s.run(0) {
	}
	if !s.shows(words.T("ink.take_all")) {
		t.Errorf("does not say %q", words.T("ink.take_all"))
	}
	if !s.shows(words.T("ink.taken_some", 2, 3, "Phụ lục 1", words.Refusal("network"))) {
		t.Errorf("does not say %q", words.T("ink.taken_some", 2, 3, "Phụ lục 1", words.Refusal("network")))
	}
	if r.pen.taking != nil {
		t.Error("it never ends")
	}
	s.run(time.Millisecond)
}

func TestNothingIsWrittenOver(t *testing.T) {
	newStand(t, inside(), vi(1), fyne.NewSize(360, 640))
	dir := t.TempDir()
	list, err := storage.ListerForURI(storage.NewFileURI(dir))
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string, keep bool) {
		t.Helper()
		file, err := directory{list}.Create("2 Tờ trình.pdf")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(file, text); err != nil {
			t.Fatal(err)
		}
		if !keep {
			file.Discard()
		} else if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	write("first", true)
	write("half", false)
	write("second", true)
	for name, want := range map[string]string{"2 Tờ trình.pdf": "first", "2 Tờ trình (2).pdf": "second"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if all, _ := os.ReadDir(dir); len(all) != 2 {
		t.Errorf("%d files", len(all))
	}
}

func TestWordsOfWhatWasTaken(t *testing.T) {
	newStand(t, inside(), vi(1), fyne.NewSize(360, 640))
	if got := takenWords(controller.TakenHome{All: 2, Done: 2, Over: true}); got != words.T("ink.taken_all", 2) {
		t.Error(got)
	}
	if got := takenWords(controller.TakenHome{Code: "not_found", Over: true}); got != words.Refusal("not_found") {
		t.Error(got)
	}
	many := takenWords(controller.TakenHome{All: 9, Done: 9, Failed: []string{"a", "b", "c", "d", "e"}, Code: "network"})
	if !strings.Contains(many, "a; b; c; …") || strings.Contains(many, "d;") {
		t.Error(many)
	}
}
