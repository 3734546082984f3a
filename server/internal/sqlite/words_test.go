package sqlite

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"reflect"
	"testing"

	"phonghop/server/internal/document"
)

func pageOfWords() document.Text {
	word := func(text string, v float32) document.Word {
		return document.Word{Text: text, Box: document.Box{X: v, Y: 1.0 / 3, W: 1e-7, H: 12.5}}
	}
	return document.Text{Cut: true, Lines: []document.Line{{Words: []document.Word{word("Ủy", -3), word("", 0), word("\x00\"", 1e30)}, Bold: true}, {}, {Words: []document.Word{word("ban", 2)}, Coded: true}},
		Links: []document.Link{{Box: document.Box{X: 1, W: 20, H: 3}, Page: 5_000}, {URI: "https://example.vn/ủy-ban"}}}
}

// A page that was kept before lines had signs and pages links is read as ever.
func TestWordsOfTheFirstForm(t *testing.T) {
	raw := []byte{wordsForm, 1, 1, 1, 3, 'a', 'b', 'c', 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64}
	want := document.Text{Cut: true, Lines: []document.Line{{Words: []document.Word{{Text: "abc", Box: document.Box{X: 1, Y: 2, W: 3, H: 4}}}}}}
	if got, err := unpackWords(deflated(t, raw)); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	raw[0] = linksForm
	if _, err := unpackWords(deflated(t, raw)); err == nil {
		t.Error("words without their signs are taken")
	}
}

func deflated(t testing.TB, raw []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What was kept in the form before is read, too.
func TestWordsInBothForms(t *testing.T) {
	for _, want := range []document.Text{pageOfWords(), {}, {Cut: true}} {
		packed, err := packWords(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpackWords(packed); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
		old, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpackWords(deflated(t, old)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("from JSON: %+v, %v, want %+v", got, err, want)
		}
	}
}

// Damaged words are an error, never a panic or a flood of memory.
func FuzzUnpackWords(f *testing.F) {
	packed, err := packWords(pageOfWords())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add([]byte{})
	f.Add(deflated(f, []byte{wordsForm, 0, 0xff, 0xff, 0xff, 0xff, 0x0f}))
	f.Add(deflated(f, []byte{9, 0, 0}))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := unpackWords(data)
		if err != nil {
			return
		}
		again, err := packWords(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpackWords(again); err != nil || len(got.Lines) != len(text.Lines) {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}
