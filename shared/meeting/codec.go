package meeting

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Envelope is how a body travels and is kept: {"kind":…,"v":…,"data":{…}}.
type Envelope struct {
	Kind string          `json:"kind"`
	V    int             `json:"v,omitempty"`
	Data json.RawMessage `json:"data,omitempty"`
}

// eventKinds makes an empty body for every kind of event, version 1. A later
// version of a kind is decoded here into the newest form (upcast).
var eventKinds = index(append(inkBodies(),
	Created{}, Described{}, ParticipantSet{}, ParticipantRemoved{}, ItemAdded{}, ItemChanged{}, ItemMoved{},
	ItemRemoved{}, AudienceSet{}, MeetingPublished{}, SittingStarted{}, SittingPaused{}, SittingResumed{},
	SittingEnded{}, MeetingClosed{}, ChairPassed{}, ActingAllowed{}, ActingEnded{}, ItemStateSet{}, ItemBriefed{},
	ItemReasoned{}, DocumentAttached{}, DocumentReplaced{}, DocumentRetitled{}, DocumentMoved{}, DocumentRemoved{},
	PresenterSet{}, PresentAsked{}, PresentDropped{}, PageShown{}, FollowersRecalled{}, FollowersHeld{},
	AnswerGiven{}, InvitedReminded{},
	VotePrepared{}, VoteRemoved{}, VotePosed{}, VoteOpened{}, VoterAdmitted{}, VoteTaken{}, VoteCast{}, VotersReminded{},
	VoteExtended{}, VoteHeld{}, VoteClosed{}, VoteTallied{}, VoteCancelled{}, VoteAnnounced{}, VoteCorrected{}, BallotSealed{}, VoteCounted{},
))

var commandKinds = index([]Command{
	Create{}, Describe{}, SetParticipant{}, RemoveParticipant{}, AddItem{}, ChangeItem{}, MoveItem{}, RemoveItem{}, RestoreItem{},
	SetAudience{}, AttachDocument{}, ReplaceDocument{}, RetitleDocument{}, MoveDocument{}, RemoveDocument{}, Publish{},
	AllowActing{}, OpenSitting{}, PauseSitting{}, ResumeSitting{}, EndSitting{}, Close{}, PassChair{}, SetItemState{},
	Recall{}, HoldFollowers{}, GivePresenter{}, AskPresenter{}, DropAsk{}, Show{},
	GiveAnswer{}, RemindInvited{},
	AddStroke{}, EraseStrokes{}, ReplaceStrokes{}, ClearLayer{}, LockLayer{}, HideLayer{}, OpenInk{}, CloseInk{},
	KeepPlace{}, MarkPage{}, SeeMeeting{},
	PrepareVote{}, RemoveVote{}, PoseVote{}, OpenVote{}, CastVote{}, TakeBallot{}, RemindVoters{}, ExtendVote{}, CloseVote{},
	CancelVote{}, RepeatVote{}, EnterFigures{}, CorrectFigures{}, AnnounceVote{},
})

func index[T interface{ Kind() string }](all []T) map[string]reflect.Type {
	out := make(map[string]reflect.Type, len(all))
	for _, x := range all {
		out[x.Kind()] = reflect.TypeOf(x)
	}
	return out
}

// UnknownBody is an event of a kind or version this program does not know: it
// was made by a newer one. Apply skips it, and encoding gives it back whole.
type UnknownBody struct{ Envelope }

// Kind implements Body.
func (u UnknownBody) Kind() string { return u.Envelope.Kind }

// EncodeBody encodes an event's body.
func EncodeBody(b Body) ([]byte, error) {
	if u, ok := b.(UnknownBody); ok {
		return json.Marshal(u.Envelope)
	}
	return encode(b.Kind(), 1, b)
}

// DecodeBody decodes an event's body. A kind that is not known is no error.
func DecodeBody(data []byte) (Body, error) {
	var e Envelope
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("event: %w", err)
	}
	t, ok := eventKinds[e.Kind]
	if !ok || e.V != 1 {
		return UnknownBody{e}, nil
	}
	return decode[Body](t, e)
}

// EncodeCommand encodes a command.
func EncodeCommand(c Command) ([]byte, error) { return encode(c.Kind(), 0, c) }

// DecodeCommand decodes a command; of an unknown kind it is a *Refusal.
func DecodeCommand(data []byte) (Command, error) {
	var e Envelope
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, refuse(Invalid, "command is not JSON")
	}
	t, ok := commandKinds[e.Kind]
	if !ok {
		return nil, refuse(UnknownKind, "command")
	}
	c, err := decode[Command](t, e)
	if err != nil {
		return nil, refuse(Invalid, e.Kind)
	}
	return c, nil
}

func encode(kind string, v int, body any) ([]byte, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	if string(data) == "{}" {
		data = nil
	}
	return json.Marshal(Envelope{Kind: kind, V: v, Data: data})
}

func decode[T any](t reflect.Type, e Envelope) (T, error) {
	var none T
	p := reflect.New(t)
	if len(e.Data) > 0 {
		if err := json.Unmarshal(e.Data, p.Interface()); err != nil {
			return none, fmt.Errorf("%s: %w", e.Kind, err)
		}
	}
	return p.Elem().Interface().(T), nil
}

// CommandKinds lists the kinds of command, for documents and tests.
func CommandKinds() []string { return sortedKeys(commandKinds) }

// EventKinds lists the kinds of event, for documents and tests.
func EventKinds() []string { return sortedKeys(eventKinds) }

func sortedKeys(m map[string]reflect.Type) []string { return slices.Sorted(maps.Keys(m)) }
