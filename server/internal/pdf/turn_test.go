package pdf

import (
	"errors"
	"path/filepath"
	"testing"

	"phonghop/server/internal/document"
)

// A turned page has its sides changed, its words are where they are seen, and four turns are none.
func TestTurn(t *testing.T) {
	p := newPool(t, nil)
	file := textPDF(t, 3)
	before, err := p.Inspect(background(t), file)
	if err != nil {
		t.Fatal(err)
	}
	turn := func(file string, pages []int, degrees int) (string, document.Info) {
		t.Helper()
		out := filepath.Join(t.TempDir(), "turned.pdf")
		if err := p.Turn(background(t), file, out, pages, degrees); err != nil {
			t.Fatal(err)
		}
		info, err := p.Inspect(background(t), out)
		if err != nil {
			t.Fatal(err)
		}
		check(t, out)
		return out, info
	}
	one, info := turn(file, []int{2}, 90)
	if s := info.Sizes; s[0] != before.Sizes[0] || s[1].W != before.Sizes[1].H || s[1].H != before.Sizes[1].W || s[2] != before.Sizes[2] {
		t.Errorf("the second page turned: %v, before %v", s, before.Sizes)
	}
	words, err := p.Text(background(t), one, 2)
	if err != nil {
		t.Fatal(err)
	}
	was, err := p.Text(background(t), file, 2)
	if err != nil || len(words.Strings()) != len(was.Strings()) {
		t.Fatalf("%d words, before %d, %v", len(words.Strings()), len(was.Strings()), err)
	}
	for _, line := range words.Lines {
		for _, w := range line.Words {
			if b := w.Box; b.X < 0 || b.Y < 0 || b.X+b.W > info.Sizes[1].W+1 || b.Y+b.H > info.Sizes[1].H+1 {
				t.Errorf("a word lies beyond the turned page: %+v", w)
			}
		}
	}
	if _, info := turn(one, []int{2}, -90); info.Sizes[1] != before.Sizes[1] {
		t.Errorf("turned back it is %v", info.Sizes[1])
	}
	if _, info := turn(file, nil, 270); info.Sizes[0].W != before.Sizes[0].H || info.Sizes[2].W != before.Sizes[2].H {
		t.Errorf("all pages turned: %v", info.Sizes)
	}
	// The worker did not keep the turned pages for the next reader of the file.
	if again, err := p.Inspect(background(t), file); err != nil || again.Sizes[1] != before.Sizes[1] {
		t.Errorf("the file itself is %v now, %v", again.Sizes, err)
	}
}

func TestTurnRefusesWhatIsNotThere(t *testing.T) {
	p := newPool(t, nil)
	out := filepath.Join(t.TempDir(), "turned.pdf")
	if err := p.Turn(background(t), textPDF(t, 2), out, []int{3}, 90); !errors.Is(err, &document.Refusal{Code: document.CodeNoSuchPage}) {
		t.Error(err)
	}
	if err := p.Turn(background(t), write(t, "x.pdf", []byte("no PDF")), out, nil, 90); err == nil {
		t.Error("what is no PDF was turned")
	}
}
