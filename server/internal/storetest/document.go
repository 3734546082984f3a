package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"phonghop/server/internal/document"
)

// Documents tests an implementation of document.Store, as Log does one of
// room.Log.
func Documents(t *testing.T, place func(t *testing.T) (open func() document.Store)) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, open func() document.Store)
	}{
		{"Records", documentRecords},
		{"Texts", documentTexts},
		{"Unread", documentUnread},
		{"Delete", documentDelete},
		{"Search", documentSearch},
		{"Coverage", documentCoverage},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, place(t)) })
	}
}

// hash makes a hash of one digit.
func hash(digit string) string { return strings.Repeat(digit, 64) }

func record(digit string, pages int) document.Record {
	r := document.Record{Hash: hash(digit), Bytes: 4<<30 + int64(pages)}
	for i := range pages {
		r.Info.Sizes = append(r.Info.Sizes, document.Size{W: 595.276 + float32(i), H: 841.8898})
	}
	return r
}

func pageText(words ...string) document.Text {
	var line document.Line
	for i, w := range words {
		line.Words = append(line.Words, document.Word{Text: w, Box: document.Box{X: 0.1 + float32(i), Y: 1.0 / 3, W: 1e-7, H: 12.5}})
	}
	return document.Text{Lines: []document.Line{line, line}}
}

func putDocument(t *testing.T, s document.Store, r document.Record) {
	t.Helper()
	if err := s.PutDocument(t.Context(), r); err != nil {
		t.Fatalf("PutDocument: %v", err)
	}
}

func putText(t *testing.T, s document.Store, hash string, page int, text document.Text) {
	t.Helper()
	if err := s.PutText(t.Context(), hash, page, text); err != nil {
		t.Fatalf("PutText: %v", err)
	}
}

func documentRecords(t *testing.T, open func() document.Store) {
	s := open()
	if _, err := s.Document(t.Context(), hash("0")); !errors.Is(err, document.ErrUnknown) {
		t.Errorf("Document: %v, want ErrUnknown", err)
	}
	long := record("a", 5_000)
	long.Info.Title = "Tờ trình về “dự toán”"
	long.Info.Outline = []document.OutlineEntry{{Title: "Phần I", Page: 1}, {Title: "1.", Page: 0, Level: 3}}
	all := []document.Record{long, record("b", 1)}
	for range 2 { // repeating it changes nothing
		for _, r := range all {
			putDocument(t, s, r)
		}
	}
	for range 2 {
		for _, want := range all {
			got, err := s.Document(t.Context(), want.Hash)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("Document: %.200v, %v, want %.200v", got, err, want)
			}
		}
		s = open()
	}
}

func documentTexts(t *testing.T, open func() document.Store) {
	s := open()
	if err := s.PutText(t.Context(), hash("a"), 1, pageText("x")); !errors.Is(err, document.ErrUnknown) {
		t.Errorf("PutText without a document: %v, want ErrUnknown", err)
	}
	putDocument(t, s, record("a", 4))
	if _, err := s.Text(t.Context(), hash("a"), 1); !errors.Is(err, document.ErrUnknown) {
		t.Errorf("Text before it was read: %v, want ErrUnknown", err)
	}
	want := map[int]document.Text{
		1: pageText("Ủy", "ban", "nhân", "dân", `"`, "\x00"),
		2: {},
		3: {Cut: true, Lines: pageText(strings.Repeat("ữ", 100_000)).Lines},
	}
	for range 2 {
		for page, text := range want {
			putText(t, s, hash("a"), page, text)
		}
	}
	putDocument(t, s, record("a", 4)) // leaves the texts alone
	for range 2 {
		for page, text := range want {
			got, err := s.Text(t.Context(), hash("a"), page)
			if err != nil || !reflect.DeepEqual(got, text) {
				t.Errorf("Text of page %d: %.200v, %v", page, got, err)
			}
		}
		for _, page := range []int{0, 4, 5} {
			if _, err := s.Text(t.Context(), hash("a"), page); !errors.Is(err, document.ErrUnknown) {
				t.Errorf("Text of page %d: %v, want ErrUnknown", page, err)
			}
		}
		s = open()
	}
	putText(t, s, hash("a"), 1, pageText("mới"))
	if got, err := s.Text(t.Context(), hash("a"), 1); err != nil || !reflect.DeepEqual(got, pageText("mới")) {
		t.Errorf("Text that was replaced: %v, %v", got, err)
	}
}

func documentUnread(t *testing.T, open func() document.Store) {
	s := open()
	check := func(want ...document.Unread) {
		t.Helper()
		got, err := s.Unread(t.Context())
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("Unread: %v, %v, want %v", got, err, want)
		}
	}
	check()
	for _, r := range []document.Record{record("c", 3), record("a", 2), record("b", 1)} {
		putDocument(t, s, r)
	}
	a, b, c := hash("a"), hash("b"), hash("c")
	check(document.Unread{Hash: a, Next: 1}, document.Unread{Hash: b, Next: 1}, document.Unread{Hash: c, Next: 1})
	putText(t, s, a, 1, document.Text{})
	putText(t, s, b, 1, pageText("x"))
	putText(t, s, c, 2, pageText("x"))
	check(document.Unread{Hash: a, Next: 2}, document.Unread{Hash: c, Next: 1})
	putText(t, s, c, 1, pageText("x"))
	s = open()
	check(document.Unread{Hash: a, Next: 2}, document.Unread{Hash: c, Next: 3})
	putText(t, s, a, 2, pageText("x"))
	putText(t, s, c, 3, pageText("x"))
	check()
}

func documentDelete(t *testing.T, open func() document.Store) {
	s := open()
	for _, digit := range []string{"a", "b"} {
		putDocument(t, s, record(digit, 2))
		putText(t, s, hash(digit), 1, pageText(digit))
	}
	for range 2 {
		if err := s.DeleteDocument(t.Context(), hash("a")); err != nil {
			t.Fatalf("DeleteDocument: %v", err)
		}
	}
	if _, err := s.Document(t.Context(), hash("a")); !errors.Is(err, document.ErrUnknown) {
		t.Errorf("Document: %v, want ErrUnknown", err)
	}
	putDocument(t, s, record("a", 2)) // back, without its texts
	if _, err := s.Text(t.Context(), hash("a"), 1); !errors.Is(err, document.ErrUnknown) {
		t.Errorf("Text: %v, want ErrUnknown", err)
	}
	if got, err := s.Text(t.Context(), hash("b"), 1); err != nil || !reflect.DeepEqual(got, pageText("b")) {
		t.Errorf("Text of the other: %v, %v", got, err)
	}
}
