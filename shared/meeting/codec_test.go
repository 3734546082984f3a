package meeting_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"phonghop/shared/meeting"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample fills every field of a type with something that is not its zero.
func sample(typ reflect.Type) reflect.Value { return sampleField(typ, "value") }

func sampleField(typ reflect.Type, field string) reflect.Value {
	v := reflect.New(typ).Elem()
	switch {
	case typ == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 11, 24, 1, 30, 0, 125e6, time.UTC)))
	case typ.Kind() == reflect.Struct:
		for i := range typ.NumField() {
			v.Field(i).Set(sampleField(typ.Field(i).Type, typ.Field(i).Name))
		}
	case typ.Kind() == reflect.Slice:
		v.Set(reflect.Append(v, sampleField(typ.Elem(), field), sampleField(typ.Elem(), field+"2")))
	case typ.Kind() == reflect.Map:
		v.Set(reflect.MakeMap(typ))
		v.SetMapIndex(sampleField(typ.Key(), field), sampleField(typ.Elem(), field))
	case typ.Kind() == reflect.Bool:
		v.SetBool(true)
	case typ.Kind() == reflect.Int, typ.Kind() == reflect.Int64:
		v.SetInt(int64(len(field)))
	case typ.Kind() == reflect.String:
		v.SetString("Mẫu-" + field)
	default:
		panic("no sample for " + typ.String())
	}
	return v
}

// later has the fields, which may be missing, that a kind got after its first
// file was written. The first file stays; a second one has all fields.
var later = map[string][]string{
	"item.added": {"Parent", "Wider"}, "item.moved": {"Parent"}, "item.audience_set": {"Wider"},
	"vote.prepared":  {"Plan.Poll.Rule.Version", "Plan.Poll.Rule.StandIns"},
	"vote.counted":   {"Result.Rule.Version", "Result.Rule.StandIns"},
	"vote.corrected": {"Result.Rule.Version", "Result.Rule.StandIns"},
	"vote.announced": {"Result.Rule.Version", "Result.Rule.StandIns"},
}

// Kinds of event are forever: what any version ever wrote is read by this one.
// A file is added for each new kind and version, and none is ever changed.
func TestEveryEventKindHasItsGoldenFile(t *testing.T) {
	for _, kind := range meeting.EventKinds() {
		if fields := later[kind]; fields != nil {
			goldenEvent(t, kind, "v1.later", bodyOf(kind, sample))
			goldenEvent(t, kind, "v1", bodyOf(kind, func(typ reflect.Type) reflect.Value {
				v := sample(typ)
				for _, f := range fields {
					field := v
					for name := range strings.SplitSeq(f, ".") {
						field = field.FieldByName(name)
					}
					field.SetZero()
				}
				return v
			}))
			continue
		}
		goldenEvent(t, kind, "v1", bodyOf(kind, sample))
	}
}

func goldenEvent(t *testing.T, kind, version string, want meeting.Body) {
	t.Run(kind+" "+version, func(t *testing.T) {
		path := filepath.Join("testdata", "events", kind+"."+version+".json")
		encoded, err := meeting.EncodeBody(want)
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			writeGolden(t, path, append(encoded, '\n'))
		}
		golden, err := os.ReadFile(path)
		if err != nil {
			t.Fatalf("a kind of event without a golden file (go test -update writes it): %v", err)
		}
		if string(golden) != string(encoded)+"\n" {
			t.Errorf("this kind is written differently now: it needs a new version\nfile %snow  %s", golden, encoded)
		}
		got, err := meeting.DecodeBody(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// A file whose kind the program has lost would be an unreadable log.
func TestEveryGoldenFileIsStillRead(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "events", "*.json"))
	if err != nil || len(files) < len(meeting.EventKinds()) {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body, err := meeting.DecodeBody(data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if _, unknown := body.(meeting.UnknownBody); unknown {
			t.Errorf("%s: its kind is no longer known", file)
		}
	}
}

func writeGolden(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestEventsSurviveTheirCodec(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := drawEvent(rt).Body
		data, err := meeting.EncodeBody(want)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := meeting.DecodeBody(data)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestCommandsSurviveTheirCodec(t *testing.T) {
	check := func(t rapid.TB, want meeting.Command) {
		t.Helper()
		data, err := meeting.EncodeCommand(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := meeting.DecodeCommand(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	}
	for _, kind := range meeting.CommandKinds() {
		check(t, commandOf(kind, sample))
	}
	rapid.Check(t, func(rt *rapid.T) { check(rt, drawCommand(rt)) })
}

func TestUnknownEventIsGivenBackWhole(t *testing.T) {
	for _, text := range []string{
		`{"kind":"floor.given","v":1,"data":{"person":"chair","n":12345678901234567890}}`,
		`{"kind":"page.shown","v":2,"data":{"pages":[1,2]}}`,
	} {
		body, err := meeting.DecodeBody([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := body.(meeting.UnknownBody); !ok {
			t.Errorf("%s became %T", text, body)
		}
		back, err := meeting.EncodeBody(body)
		if err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
	}
}

func TestDecodeCommandRefuses(t *testing.T) {
	for text, want := range map[string]meeting.Code{
		``:                        meeting.Invalid,
		`[]`:                      meeting.Invalid,
		`{"kind":"page.show"`:     meeting.Invalid,
		`{"kind":""}`:             meeting.UnknownKind,
		`{"kind":"page.shown"}`:   meeting.UnknownKind, // an event is no command
		`{"kind":"meeting.vote"}`: meeting.UnknownKind,
		`{"kind":"page.show","data":{"page":"one"}}`: meeting.Invalid,
	} {
		if _, err := meeting.DecodeCommand([]byte(text)); code(err) != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func FuzzDecodeBody(f *testing.F) {
	for _, kind := range meeting.EventKinds() {
		data, err := meeting.EncodeBody(bodyOf(kind, sample))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"kind":"item.added","v":1,"data":{"id":"delta","audience":[null]}}`))
	s := opened(f).s
	f.Fuzz(func(t *testing.T, data []byte) {
		body, err := meeting.DecodeBody(data)
		if err != nil {
			return
		}
		for _, item := range []meeting.ItemID{"", "alpha", "delta"} {
			fingerprint(t, meeting.Apply(s, meeting.Event{Item: item, Document: "report", At: start, Body: body}))
			before := fingerprint(t, s)
			next := meeting.Apply(s, meeting.Event{Item: item, At: start, Body: body})
			fingerprint(t, next)
			if before != fingerprint(t, s) {
				t.Fatal("Apply changed what it was given")
			}
		}
		once, err := meeting.EncodeBody(body)
		if err != nil {
			t.Fatalf("decoded, and not encoded again: %v", err)
		}
		again, err := meeting.DecodeBody(once)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := meeting.EncodeBody(again)
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%s became %s, %v", once, twice, err)
		}
	})
}

func FuzzDecodeCommand(f *testing.F) {
	for _, kind := range meeting.CommandKinds() {
		data, err := meeting.EncodeCommand(commandOf(kind, sample))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, c := range append(samples(), inkSamples()...) {
		data, err := meeting.EncodeCommand(c)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	states := []meeting.State{{}, drafted(f).s, opened(f).s}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := meeting.DecodeCommand(data)
		if err != nil {
			if code(err) == "" {
				t.Fatalf("no refusal: %v", err)
			}
			return
		}
		for _, s := range states {
			for _, who := range []meeting.PersonID{secretary, typist, chair, member, guest} {
				events, err := meeting.Decide(s, actor(who), c, start)
				if err != nil && code(err) == "" {
					t.Fatalf("no refusal: %v", err)
				}
				after := s
				for _, e := range events {
					after = meeting.Apply(after, wired(t, e))
				}
				if what := broken(s, after); what != "" {
					t.Fatal(what)
				}
				bounded(t, events)
			}
		}
	})
}

// bounded checks that nothing a command says enters an event unchecked: texts
// are clean, and no event is longer than what a command can bring.
func bounded(t *testing.T, events []meeting.Event) {
	t.Helper()
	for _, e := range events {
		data, err := meeting.EncodeBody(e.Body)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(data) || strings.Contains(string(data), `\u0000`) || strings.Contains(string(data), "\u202e") {
			t.Fatalf("unclean event %s", data)
		}
	}
}
