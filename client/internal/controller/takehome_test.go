package controller

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// folder is one in memory.
type folder struct {
	files    map[string]*leaf
	refuses  string
	discards int
}

type leaf struct {
	paper
	gone func()
}

func (l *leaf) Discard() { l.gone() }

func (f *folder) Create(name string) (NewFile, error) {
	if name == f.refuses {
		return nil, errors.New("no room")
	}
	l := &leaf{gone: func() { delete(f.files, name); f.discards++ }}
	f.files[name] = l
	return l, nil
}

func newFolder() *folder { return &folder{files: map[string]*leaf{}} }

func TestTakeHomeAll(t *testing.T) {
	b := lay(t)
	b.desk.AttachFile(b.m.id, b.m.item, pdf("Phụ lục", 2))
	var docs []DocumentRow
	b.reader.until("a second document", func() bool {
		docs = b.reader.Meeting(b.m.id).Items[0].Documents
		return len(docs) == 2
	})
	to := newFolder()
	told := make(chan TakenHome, 100)
	end := func() (t TakenHome) {
		for t = range told {
			if t.Over {
				break
			}
		}
		return t
	}
	b.reader.TakeHomeAll(b.m.id, to, func(t TakenHome) { told <- t })
	if got := end(); got.Code != "not_found" || got.All != 0 {
		t.Fatalf("without notes: %+v", got)
	}
	for _, d := range docs {
		for page := 1; page <= 2; page++ {
			b.reader.ok(b.reader.Write(b.m.id, InkTarget{Sheet: meeting.Sheet{Item: b.m.item, Document: d.ID}, Page: page, Version: 1}, pen(t, 10, 10)))
		}
	}
	b.reader.until("taken", func() bool { return b.reader.Ink(b.m.id).Waiting == 0 })
	b.reader.TakeHomeAll(b.m.id, to, func(t TakenHome) { told <- t })
	if got := end(); got.All != 2 || got.Saved() != 2 || got.Code != "" || len(to.files) != 2 {
		t.Fatalf("%+v, files %v", got, to.files)
	}
	for name, f := range to.files {
		if !f.closed || !strings.HasPrefix(f.String(), "%PDF") || !strings.HasPrefix(name, "1 ") {
			t.Errorf("%s: closed %t, %d bytes", name, f.closed, f.Len())
		}
	}
	b.reader.TakeHomeAll("nowhere", to, func(t TakenHome) { told <- t })
	if got := end(); got.Code != "not_found" {
		t.Errorf("of no meeting: %+v", got)
	}
}

// What fails does not stop the others, and leaves no half file.
func TestARefusalDoesNotStopTheOthers(t *testing.T) {
	var docs []takenDocument
	for i := range 6 {
		docs = append(docs, takenDocument{ref: session.Ref{Hash: fmt.Sprint(i)}, title: fmt.Sprint(i), name: fmt.Sprintf("%d.pdf", i)})
	}
	run := func(refuses string, codes ...string) (TakenHome, *folder, []int) {
		to := newFolder()
		to.refuses = refuses
		var steps []int
		last := takeAll(context.Background(), docs, to, func(_ context.Context, r session.Ref, _ bool, w io.Writer) error {
			if _, err := io.WriteString(w, "%PDF of "+r.Hash); err != nil {
				return err
			}
			if code := codes[int(r.Hash[0]-'0')]; code != "" {
				return &session.Problem{Code: code}
			}
			return nil
		}, func(t TakenHome) { steps = append(steps, t.Done) })
		return last, to, steps
	}
	for _, c := range []struct {
		name, refuses string
		codes         []string
		failed        string
		code          string
		discards      int
	}{
		{"all goes well", "", []string{"", "", "", "", "", ""}, "", "", 0},
		{"two are refused", "", []string{"", "pdf", "", "forbidden", "", ""}, "1 3", "forbidden", 2},
		{"the device refuses a file", "2.pdf", []string{"", "", "", "", "", ""}, "2", "other", 0},
		{"the network fails once", "", []string{"", "network", "", "network", "", ""}, "1 3", "network", 2},
		{"the network stays away", "", []string{"", "network", "network", "", "", ""}, "1 2 3 4 5", "network", 2},
	} {
		last, to, steps := run(c.refuses, c.codes...)
		if got := strings.Join(last.Failed, " "); got != c.failed || last.Code != c.code || !last.Over || last.Done != 6 || to.discards != c.discards {
			t.Errorf("%s: %+v, %d files thrown away", c.name, last, to.discards)
		}
		if len(to.files) != last.Saved() {
			t.Errorf("%s: %d files, %d saved", c.name, len(to.files), last.Saved())
		}
		if fmt.Sprint(steps) != "[0 1 2 3 4 5]" {
			t.Errorf("%s: steps %v", c.name, steps)
		}
	}
}

func TestFileNames(t *testing.T) {
	for _, c := range [][3]string{
		{"2", "Tờ trình số 12/TTr-UBND", "2 Tờ trình số 12-TTr-UBND.pdf"},
		{"", "..", "document.pdf"},
		{"1", "a\x00\n<b>:\"c\"?*|\\", "1 ab-c--.pdf"},
		{"1", "\xff\xfe", "1.pdf"},
	} {
		if got := fileName(c[0], c[1]); got != c[2] {
			t.Errorf("%q %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if got := fileName("10", strings.Repeat("ngân sách ", 100)); len(got) > 154 || !utf8.ValidString(got) {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
