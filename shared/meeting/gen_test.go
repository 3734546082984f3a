package meeting_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"phonghop/shared/meeting"
)

// The cast of the tests. Everybody but the outsider takes part.
const (
	secretary = meeting.PersonID("secretary")
	typist    = meeting.PersonID("typist") // a second secretary
	chair     = meeting.PersonID("chair")  // the Chairman
	vice      = meeting.PersonID("vice")   // may preside too
	member    = meeting.PersonID("member")
	delegate  = meeting.PersonID("delegate")
	invited   = meeting.PersonID("invited")
	guest     = meeting.PersonID("guest") // invited to nothing
	screen    = meeting.PersonID("screen")
	outsider  = meeting.PersonID("outsider")
)

var cast = []meeting.PersonID{secretary, typist, chair, vice, member, delegate, invited, guest, screen, outsider}

var itemIDs = []meeting.ItemID{"alpha", "beta", "gamma", "delta"}

var documentIDs = []meeting.DocumentID{"report", "annex", "draft"}

var start = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

func hash(c string) string { return strings.Repeat(c, 64) }

func participants() []meeting.Participant {
	return []meeting.Participant{
		{Person: typist, Name: "Thư ký Hai", Functions: []meeting.Function{meeting.Secretary}},
		{Person: chair, Name: "Chủ tịch", Order: 1, Member: true, Chairman: true, Functions: []meeting.Function{meeting.Chair}},
		{Person: vice, Name: "Phó Chủ tịch", Order: 2, Member: true, Functions: []meeting.Function{meeting.Chair}},
		{Person: member, Name: "Ủy viên", Order: 3, Member: true},
		{Person: delegate, Name: "Đại biểu", Order: 4},
		{Person: invited, Name: "Khách mời", Order: 5, Functions: []meeting.Function{meeting.Guest}},
		{Person: guest, Name: "Khách khác", Order: 6, Functions: []meeting.Function{meeting.Guest}},
		{Person: screen, Name: "Màn hình chung", Functions: []meeting.Function{meeting.Projector}},
	}
}

// world is a meeting with its history.
type world struct {
	s      meeting.State
	events []meeting.Event
	now    time.Time
}

// do decides and applies, as the server does.
func (w *world) do(who meeting.PersonID, c meeting.Command) ([]meeting.Event, error) {
	w.now = w.now.Add(time.Second)
	events, err := meeting.Decide(w.s, actor(who), c, w.now)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		w.s = meeting.Apply(w.s, e)
	}
	w.events = append(w.events, events...)
	return events, nil
}

// must is do for commands that the test relies on.
func (w *world) must(t testing.TB, who meeting.PersonID, c meeting.Command) []meeting.Event {
	t.Helper()
	events, err := w.do(who, c)
	if err != nil {
		t.Fatalf("%s by %s: %v", c.Kind(), who, err)
	}
	return events
}

func actor(who meeting.PersonID) meeting.Actor {
	return meeting.Actor{Person: who, Desk: who == secretary}
}

// drafted is a meeting with its cast and an agenda: alpha is open to all and
// the guest "invited", beta is restricted to the secretary, the vice and the
// member, gamma is open to all but guests.
func drafted(t testing.TB) *world {
	w := &world{now: start}
	w.must(t, secretary, meeting.Create{
		Description: meeting.Description{Title: "Phiên họp thường kỳ", Starts: start, Ends: start.Add(8 * time.Hour)},
		Creator:     meeting.Participant{Name: "Thư ký Một"},
	})
	for _, p := range participants() {
		w.must(t, secretary, meeting.SetParticipant{Participant: p})
	}
	w.must(t, secretary, meeting.AddItem{ID: "alpha", Type: meeting.Report, Brief: meeting.Brief{Title: "Alpha"},
		Audience: []meeting.PersonID{invited}})
	w.must(t, secretary, meeting.AddItem{ID: "beta", Type: meeting.Settle, Restricted: true,
		Brief: meeting.Brief{Title: "Beta", Reporter: member}, Audience: []meeting.PersonID{vice}})
	w.must(t, secretary, meeting.AddItem{ID: "gamma", Type: meeting.Other, Brief: meeting.Brief{Title: "Gamma"}})
	for _, item := range []meeting.ItemID{"alpha", "beta"} {
		w.must(t, secretary, meeting.AttachDocument{Item: item, Document: "report", Hash: hash("a"), Name: "a.pdf", Pages: 5, Bytes: 100})
		w.must(t, secretary, meeting.AttachDocument{Item: item, Document: "annex", Hash: hash("b"), Name: "b.pdf", Pages: 3, Bytes: 100})
	}
	prepareVotes(t, w)
	return w
}

// opened is the drafted meeting in its first sitting, with alpha running.
func opened(t testing.TB) *world {
	w := drafted(t)
	w.must(t, secretary, meeting.Publish{})
	w.must(t, secretary, meeting.AllowActing{Person: typist, On: true})
	w.must(t, chair, meeting.OpenSitting{})
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Running})
	return w
}

// started draws a meeting at some point of its life.
func started(t *rapid.T, tb testing.TB) *world {
	switch rapid.IntRange(0, 3).Draw(t, "start") {
	case 0:
		return &world{now: start}
	case 1:
		return drafted(tb)
	default:
		return opened(tb)
	}
}

// drawActor prefers those who may do much.
func drawActor(t *rapid.T, s meeting.State) meeting.PersonID {
	if s.Presiding != "" && rapid.Bool().Draw(t, "presiding") {
		return s.Presiding
	}
	return rapid.SampledFrom(append([]meeting.PersonID{secretary, secretary, typist, chair}, cast...)).Draw(t, "actor")
}

// drawCommand draws a command of any kind; most of its fields make sense.
func drawCommand(t *rapid.T) meeting.Command {
	kind := rapid.SampledFrom(meeting.CommandKinds()).Draw(t, "kind")
	return commandOf(kind, func(typ reflect.Type) reflect.Value { return draw(t, typ, "") })
}

// drawEvent draws an event of any kind, of any stream, with any content.
func drawEvent(t *rapid.T) meeting.Event {
	return drawEventOf(t, rapid.SampledFrom(meeting.EventKinds()).Draw(t, "kind"))
}

func drawEventOf(t *rapid.T, kind string) meeting.Event {
	e := meeting.Event{
		By: rapid.SampledFrom(cast).Draw(t, "by"),
		At: start.Add(time.Duration(rapid.IntRange(-1000, 1000).Draw(t, "at")) * time.Second),
	}
	e.Body = bodyOf(kind, func(typ reflect.Type) reflect.Value { return draw(t, typ, "") })
	if rapid.Bool().Draw(t, "of an item") {
		e.Item = rapid.SampledFrom(itemIDs).Draw(t, "item")
	}
	return e
}

func commandOf(kind string, value func(reflect.Type) reflect.Value) meeting.Command {
	empty, err := meeting.DecodeCommand(fmt.Appendf(nil, `{"kind":%q}`, kind))
	if err != nil {
		panic(err)
	}
	return value(reflect.TypeOf(empty)).Interface().(meeting.Command)
}

func bodyOf(kind string, value func(reflect.Type) reflect.Value) meeting.Body {
	empty, err := meeting.DecodeBody(fmt.Appendf(nil, `{"kind":%q,"v":1}`, kind))
	if err != nil {
		panic(err)
	}
	return value(reflect.TypeOf(empty)).Interface().(meeting.Body)
}

// draw draws a value of a type; the field's name says what makes sense.
func draw(t *rapid.T, typ reflect.Type, field string) reflect.Value {
	if pick := drawKnown(t, typ, field); pick.IsValid() {
		return pick
	}
	v := reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.Struct:
		for i := range typ.NumField() {
			v.Field(i).Set(draw(t, typ.Field(i).Type, typ.Field(i).Name))
		}
	case reflect.Slice:
		for range rapid.IntRange(0, 3).Draw(t, field) {
			v = reflect.Append(v, draw(t, typ.Elem(), field))
		}
	case reflect.Map:
		v = reflect.MakeMap(typ)
		for range rapid.IntRange(0, 3).Draw(t, field) {
			v.SetMapIndex(draw(t, typ.Key(), field), draw(t, typ.Elem(), field))
		}
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, field))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(rapid.SampledFrom([]int{0, 1, 1, 2, 3, 3, 5, -1, 9000}).Draw(t, field)))
	case reflect.String:
		v.SetString(rapid.SampledFrom([]string{"", "Một", "Hai", "Ba", "x\u202e\x00y"}).Draw(t, field))
	default:
		panic("no generator for " + typ.String())
	}
	return v
}

func drawKnown(t *rapid.T, typ reflect.Type, field string) reflect.Value {
	var v any
	switch typ {
	case reflect.TypeFor[meeting.PersonID]():
		v = rapid.SampledFrom(append([]meeting.PersonID{"", ""}, cast...)).Draw(t, field)
	case reflect.TypeFor[meeting.ItemID]():
		v = rapid.SampledFrom(append([]meeting.ItemID{"", "no such"}, append(itemIDs, itemIDs...)...)).Draw(t, field)
	case reflect.TypeFor[meeting.DocumentID]():
		v = rapid.SampledFrom(append([]meeting.DocumentID{""}, append(documentIDs, documentIDs...)...)).Draw(t, field)
	case reflect.TypeFor[meeting.ItemKind]():
		v = rapid.SampledFrom([]meeting.ItemKind{"", meeting.Report, meeting.Discuss, meeting.Settle, meeting.Vote}).Draw(t, field)
	case reflect.TypeFor[meeting.ItemState]():
		v = rapid.SampledFrom([]meeting.ItemState{"", meeting.Waiting, meeting.Running, meeting.Running, meeting.Suspended,
			meeting.Done, meeting.Postponed, meeting.Withdrawn, "odd"}).Draw(t, field)
	case reflect.TypeFor[meeting.Function]():
		v = rapid.SampledFrom([]meeting.Function{meeting.Chair, meeting.Secretary, meeting.Guest, meeting.Projector, "odd"}).Draw(t, field)
	case reflect.TypeFor[meeting.Address]():
		v = rapid.SampledFrom([]meeting.Address{"", meeting.Comrade, meeting.Deputy, "odd"}).Draw(t, field)
	case reflect.TypeFor[time.Time]():
		v = rapid.SampledFrom([]time.Time{{}, start, start.Add(time.Hour)}).Draw(t, field)
	default:
		if v := drawVote(t, typ, field); v != nil {
			return reflect.ValueOf(v)
		}
		switch field {
		case "Hash":
			v = rapid.SampledFrom([]string{hash("a"), hash("b"), hash("c"), "short"}).Draw(t, field)
		default:
			return reflect.Value{}
		}
	}
	return reflect.ValueOf(v)
}
