package windowtest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"phonghop/packaging/stage"
)

// papers is how many documents the secretary takes in.
const papers = 20

// walk is a secretary at work with the keyboard alone.
type walk struct {
	*course
	at    *stage.Window
	keys  int           // pressed
	steps int           // something was asked of the program
	waits time.Duration // until the program had done it
}

// TestAMeetingPreparedByKeys makes a meeting of an earlier one, takes in 20
// documents, each for its item, and sends it, without a mouse. It tells how many
// steps and keys that took, and how long the program made the secretary wait.
func TestAMeetingPreparedByKeys(t *testing.T) {
	c := &course{House: open(t), ctx: t.Context(), t: t, word: words(t), meeting: "Phiên họp thường kỳ tháng 11 năm 2026"}
	home := filepath.Join(c.Dir, "home")
	if err := fillFolder(filepath.Join(home, "Downloads")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home) // the client begins there to look for files
	w := &walk{course: c}
	c.run(
		step{"the desk opens", w.open},
		step{"a meeting is made of the earlier one", w.copy},
		step{"twenty documents are taken in", w.takeIn},
		step{"a title is written and taken back", w.write},
		step{"the meeting is sent", w.send},
	)
	t.Logf("%d steps, %d keys, %v until the program had done it", w.steps, w.keys, w.waits.Round(10*time.Millisecond))
}

// fillFolder makes documents of one page, named by the item they are for.
func fillFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	for n := range papers {
		name := fmt.Sprintf("%d. Bao cao so %d.pdf", n%5+1, n+1)
		if err := os.WriteFile(filepath.Join(dir, name), onePage(n), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// onePage is a PDF file that is like no other.
func onePage(n int) []byte {
	text := fmt.Sprintf("BT /F1 24 Tf 72 720 Td (Bao cao so %d) Tj ET", n+1)
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(text), text), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

// press leads the keyboard to something, presses Enter there, and waits for
// what comes of it.
func (w *walk) press(words, sees string) func() error {
	return func() error {
		n, err := w.at.Reach(w.ctx, words)
		if w.keys += n; err != nil {
			return err
		}
		return w.pressed(sees, "Return")
	}
}

// pressed presses a key and waits for what comes of it.
func (w *walk) pressed(sees, key string) error {
	w.keys++
	w.steps++
	if err := w.at.Key(w.ctx, key); err != nil {
		return err
	}
	from := time.Now()
	ctx, cancel := context.WithTimeout(w.ctx, within)
	defer cancel()
	for !w.at.Shows(ctx, sees) {
		if ctx.Err() != nil {
			return fmt.Errorf("after %s: no %q: %w", key, sees, w.at.Tell(w.ctx))
		}
		time.Sleep(10 * time.Millisecond)
	}
	took := time.Since(from)
	w.waits += took
	w.t.Logf("%q after %v", sees, took.Round(time.Millisecond))
	return nil
}

// guarded waits for a button that takes no press in its first second.
func (w *walk) guarded() error {
	time.Sleep(1200 * time.Millisecond)
	return nil
}

func (w *walk) open() (err error) {
	if w.at, err = w.OpenWindow(w.ctx, stage.Seat{Name: "secretary", Role: "secretary", Width: 1440, Height: 900}); err != nil {
		return err
	}
	w.secretary = w.at
	return each(
		w.sees(w.at, w.meeting),
		w.press(w.word("desk.title"), w.word("desk.copy_this")),
	)
}

func (w *walk) copy() error {
	return each(
		w.press(w.word("desk.copy_this"), w.word("desk.create")),
		w.press(w.word("desk.create"), w.word("desk.publish")),
	)
}

func (w *walk) takeIn() error {
	send := w.word("desk.files_send.other", fmt.Sprint(papers))
	return each(
		w.press(w.word("desk.add_folder"), send),
		w.press(send, w.word("desk.files_sort")),
		w.guarded,
		w.press(send, w.word("desk.did_documents.other", fmt.Sprint(papers))),
		w.gone(w.at, w.word("desk.upload_waits")),
		w.gone(w.at, w.word("desk.reading_file")),
	)
}

// write changes the meeting's title and takes that back: the keyboard is where
// it was, and nobody has to save.
func (w *walk) write() error {
	did := w.word("desk.did_details")
	return each(
		w.press(w.word("desk.edit_details"), w.word("desk.saves_itself")),
		w.types(w.at, "Moi "),
		func() error { return w.pressed(did, "Return") },
		func() error { return w.pressed(w.word("desk.undone", did), "ctrl+z") },
	)
}

func (w *walk) send() error {
	return each(
		w.press(w.word("desk.publish"), w.word("desk.publish_ask")),
		w.guarded,
		w.press(w.word("desk.publish"), w.word("desk.did_publish")),
	)
}
