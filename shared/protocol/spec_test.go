package protocol_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// page is SPEC.md.
func page(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// block is an example on the page.
type block struct {
	line int
	kind string // the word after ```json
	data []byte
}

func blocks(t testing.TB) (out []block) {
	t.Helper()
	var now *block
	for i, line := range strings.Split(page(t), "\n") {
		switch {
		case now != nil && line == "```":
			out = append(out, *now)
			now = nil
		case now != nil:
			now.data = append(append(now.data, line...), '\n')
		case strings.HasPrefix(line, "```"):
			kind, ok := strings.CutPrefix(line, "```json ")
			if !ok {
				t.Fatalf("SPEC.md, line %d: an example without its kind: %s", i+1, line)
			}
			now = &block{line: i + 1, kind: kind}
		}
	}
	if now != nil {
		t.Fatalf("SPEC.md, line %d: an example without its end", now.line)
	}
	return out
}

// bodies are the types of the examples that stand for themselves.
var bodies = map[string]reflect.Type{
	"MeetingSnapshot":   reflect.TypeFor[meeting.State](),
	"ItemSnapshot":      reflect.TypeFor[meeting.Content](),
	"Voting":            reflect.TypeFor[meeting.Voting](),
	"LayerSnapshot":     reflect.TypeFor[ink.Layer](),
	"RoomSnapshot":      reflect.TypeFor[roster.State](),
	"Rule":              reflect.TypeFor[roster.Rule](),
	"Name":              reflect.TypeFor[roster.NameRoom](),
	"Ticket":            reflect.TypeFor[ticket](),
	"Health":            reflect.TypeFor[protocol.Health](),
	"RoomInfo":          reflect.TypeFor[protocol.RoomInfo](),
	"SignIn":            reflect.TypeFor[protocol.SignIn](),
	"Session":           reflect.TypeFor[protocol.Session](),
	"NewPerson":         reflect.TypeFor[protocol.NewPerson](),
	"Slips":             reflect.TypeFor[protocol.Slips](),
	"WordList":          reflect.TypeFor[protocol.WordList](),
	"NewPIN":            reflect.TypeFor[protocol.NewPIN](),
	"Meetings":          reflect.TypeFor[protocol.Meetings](),
	"CommandRequest":    reflect.TypeFor[protocol.CommandRequest](),
	"CommandAnswer":     reflect.TypeFor[protocol.CommandAnswer](),
	"MeetingView":       reflect.TypeFor[protocol.MeetingView](),
	"Uploaded":          reflect.TypeFor[protocol.Uploaded](),
	"TurnPages":         reflect.TypeFor[protocol.TurnPages](),
	"UploadPart":        reflect.TypeFor[protocol.UploadPart](),
	"DocumentInfo":      reflect.TypeFor[protocol.DocumentInfo](),
	"PageText":          reflect.TypeFor[protocol.PageText](),
	"Found":             reflect.TypeFor[protocol.Found](),
	"VoteView":          reflect.TypeFor[protocol.VoteView](),
	"CredentialRequest": reflect.TypeFor[protocol.CredentialRequest](),
	"CredentialAnswer":  reflect.TypeFor[protocol.CredentialAnswer](),
	"SecretBallot":      reflect.TypeFor[protocol.SecretBallot](),
	"BallotAnswer":      reflect.TypeFor[protocol.BallotAnswer](),
	"BallotList":        reflect.TypeFor[protocol.BallotList](),
	"Problem":           reflect.TypeFor[protocol.Problem](),
}

// ticket is the answer of POST /v1/socket-ticket.
type ticket struct {
	Ticket string `json:"ticket"`
}

// Every example is what the programs read and write.
func TestExamples(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range blocks(t) {
		var err error
		switch b.kind {
		case "message":
			var m protocol.Message
			if err = strict(b.data, &m); err == nil {
				seen["message "+m.Type] = true
				err = checkMessage(m, seen)
			}
		case "command":
			err = checkCommand(b.data, seen)
		case "event":
			err = checkEvent(b.data, seen)
		case "roster":
			err = checkRoster(b.data, seen)
		case "NotesSnapshot":
			err = checkNotes(b.data)
		default:
			typ, ok := bodies[b.kind]
			if !ok {
				t.Errorf("SPEC.md, line %d: no such kind of example: %s", b.line, b.kind)
				continue
			}
			seen[b.kind] = true
			err = checkBody(typ, b.data, seen)
		}
		if err != nil {
			t.Errorf("SPEC.md, line %d: %v", b.line, err)
		}
	}
	want := []string{"roster room.named", "roster person.set", "roster person.removed", "roster list.set"}
	for name := range bodies {
		want = append(want, name)
	}
	for _, kind := range meeting.CommandKinds() {
		want = append(want, "command "+kind)
	}
	for _, kind := range meeting.EventKinds() {
		want = append(want, "event "+kind)
	}
	for _, b := range ofReading {
		want = append(want, "event "+b.Kind())
	}
	for _, typ := range constants(t, "protocol.go", "Type") {
		want = append(want, "message "+typ)
	}
	for _, kind := range constants(t, "codes.go", "Presence") {
		want = append(want, "presence "+kind)
	}
	slices.Sort(want)
	for _, w := range want {
		if !seen[w] {
			t.Errorf("SPEC.md has no example of %s", w)
		}
	}
}

// strict decodes and wants the very same when it is encoded again: no field
// that is not known, none missing.
func strict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	again, err := json.Marshal(into)
	if err != nil {
		return err
	}
	return sameJSON(data, again)
}

func sameJSON(page, program []byte) error {
	var a, b any
	if err := json.Unmarshal(page, &a); err != nil {
		return err
	}
	if err := json.Unmarshal(program, &b); err != nil {
		return err
	}
	if !reflect.DeepEqual(a, b) {
		return fmt.Errorf("the program writes\n%s\nfor\n%s", program, page)
	}
	return nil
}

func checkMessage(m protocol.Message, seen map[string]bool) error {
	for _, at := range append(slices.Clone(m.Streams), m.Positions...) {
		if err := checkStream(at.Stream); err != nil {
			return err
		}
	}
	if m.Stream != "" {
		if err := checkStream(m.Stream); err != nil {
			return err
		}
	}
	if m.Snapshot != nil {
		if err := checkSnapshot(m.Stream, m.Snapshot); err != nil {
			return err
		}
	}
	for _, e := range m.Events {
		if err := checkEvent(e.Body, seen); err != nil {
			return err
		}
	}
	switch m.Type {
	case protocol.TypeHello:
		if m.Version != protocol.Version {
			return fmt.Errorf("version %d", m.Version)
		}
	case protocol.TypeCommand:
		return checkCommand(m.Body, seen)
	case protocol.TypeEvent:
		return checkEvent(m.Body, seen)
	case protocol.TypePresence:
		var p protocol.Presence
		err := strict(m.Body, &p)
		seen["presence "+p.Kind] = true
		return err
	}
	return nil
}

func checkStream(name string) error {
	if s, ok := protocol.ParseStream(name); !ok || s.String() != name {
		return fmt.Errorf("stream %q", name)
	}
	return nil
}

func checkSnapshot(stream string, data []byte) error {
	name, _ := protocol.ParseStream(stream)
	switch {
	case name.Item != "":
		return strict(data, new(meeting.Content))
	case name.Meeting != "":
		return strict(data, new(meeting.State))
	}
	return strict(data, new(roster.State))
}

func checkBody(typ reflect.Type, data []byte, seen map[string]bool) error {
	v := reflect.New(typ)
	if err := strict(data, v.Interface()); err != nil {
		return err
	}
	switch v := v.Interface().(type) {
	case *protocol.CommandRequest:
		return checkCommand(v.Body, seen)
	case *protocol.MeetingView:
		for _, s := range v.Streams {
			if err := checkSnapshot(s.Stream, s.Snapshot); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkCommand(data []byte, seen map[string]bool) error {
	c, err := meeting.DecodeCommand(data)
	if err != nil {
		return err
	}
	again, err := meeting.EncodeCommand(c)
	if err != nil {
		return err
	}
	seen["command "+c.Kind()] = true
	return sameJSON(data, again)
}

// ofReading are the events that only a person's own stream has.
var ofReading = []ink.Body{notes.PlaceKept{}, notes.PageMarked{}, notes.MeetingSeen{}}

func checkNotes(data []byte) error {
	s, err := notes.Restore(data)
	if err != nil {
		return err
	}
	again, err := s.Snapshot()
	if err != nil {
		return err
	}
	return sameJSON(data, again)
}

// checkNote is checkEvent for the kinds that only a person's own stream has.
func checkNote(data []byte, seen map[string]bool) (ok bool, err error) {
	e, err := notes.Decode(data, time.Time{})
	if err != nil || !slices.ContainsFunc(ofReading, func(b ink.Body) bool { return b.Kind() == e.Body.Kind() }) {
		return false, err
	}
	again, err := json.Marshal(e.Body)
	if err != nil {
		return true, err
	}
	var in meeting.Envelope
	if err := json.Unmarshal(data, &in); err != nil {
		return true, err
	}
	seen["event "+e.Body.Kind()] = true
	if in.Data == nil {
		in.Data = []byte("{}") // a kind without fields
	}
	return true, sameJSON(in.Data, again)
}

func checkEvent(data []byte, seen map[string]bool) error {
	if ok, err := checkNote(data, seen); ok || err != nil {
		return err
	}
	e, err := meeting.DecodeBody(data)
	if err != nil {
		return err
	}
	if _, unknown := e.(meeting.UnknownBody); unknown {
		return fmt.Errorf("no such event: %s", e.Kind())
	}
	again, err := meeting.EncodeBody(e)
	if err != nil {
		return err
	}
	seen["event "+e.Kind()] = true
	return sameJSON(data, again)
}

func checkRoster(data []byte, seen map[string]bool) error {
	e, err := roster.DecodeEvent(data)
	if err != nil {
		return err
	}
	if _, unknown := e.(roster.Unknown); unknown {
		return fmt.Errorf("no such event: %s", e.Kind())
	}
	again, err := roster.EncodeEvent(e)
	if err != nil {
		return err
	}
	seen["roster "+e.Kind()] = true
	return sameJSON(data, again)
}

var ruleMark = regexp.MustCompile(`\[([A-Z]\d+)\]`)

// Rules have marks of their own, in order, and every mark that is cited, on
// the page or in a test, is one of them.
func TestMarks(t *testing.T) {
	rules := map[string]bool{}
	last := map[byte]int{}
	for _, m := range regexp.MustCompile(`(?m)^\*\*\[([A-Z])(\d+)\]\*\*`).FindAllStringSubmatch(page(t), -1) {
		var n int
		if _, err := fmt.Sscan(m[2], &n); err != nil {
			t.Fatal(err)
		}
		if n <= last[m[1][0]] {
			t.Errorf("[%s%d] comes after [%s%d]", m[1], n, m[1], last[m[1][0]])
		}
		last[m[1][0]] = n
		rules[m[1]+m[2]] = true
	}
	if len(rules) < 80 {
		t.Errorf("only %d rules were found", len(rules))
	}
	for _, m := range ruleMark.FindAllStringSubmatch(page(t), -1) {
		if !rules[m[1]] {
			t.Errorf("SPEC.md cites [%s], which is no rule", m[1])
		}
	}
	cited := 0
	for file, text := range testFiles(t) {
		for _, m := range ruleMark.FindAllStringSubmatch(text, -1) {
			cited++
			if !rules[m[1]] {
				t.Errorf("%s cites [%s], which is no rule", file, m[1])
			}
		}
	}
	if cited < 40 {
		t.Errorf("only %d marks were found in tests", cited)
	}
}
