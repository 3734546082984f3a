package room

import (
	"encoding/json"
	"fmt"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// summaryBody is what the list of meetings keeps of one.
type summaryBody struct {
	protocol.MeetingSummary
	People map[string][]string `json:"people"` // functions by person
	// Answers has what those invited said about coming, by person.
	Answers map[string]string `json:"answers,omitempty"`
	// Due says that the meeting has to run for its votes.
	Due bool `json:"due,omitempty"`
}

func summaryOf(id string, s meeting.State) ([]byte, error) {
	b := summaryBody{
		MeetingSummary: protocol.MeetingSummary{
			ID: id, Title: s.Title, Kind: s.Description.Kind, Place: s.Place, Phase: string(s.Phase),
			Starts: s.Starts, Ends: s.Ends, Items: len(s.Agenda),
		},
		People:  make(map[string][]string, len(s.People)),
		Answers: map[string]string{},
		Due:     due(s),
	}
	for id, p := range s.People {
		functions := make([]string, len(p.Functions))
		for i, f := range p.Functions {
			functions[i] = string(f)
		}
		b.People[string(id)] = functions
		if a, ok := s.Answers[id]; ok {
			b.Answers[string(id)] = string(a.Reply)
		} else if s.MayAnswer(id) {
			b.Answers[string(id)] = protocol.AnswerNone
		}
	}
	out, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("summary of %s: %w", id, err)
	}
	return out, nil
}

// seenBy is the line of the list that a person gets, if any.
func (b summaryBody) seenBy(person string, changed Summary) (protocol.MeetingSummary, bool) {
	functions, ok := b.People[person]
	if !ok {
		return protocol.MeetingSummary{}, false
	}
	out := b.MeetingSummary
	out.Function, out.Answer = functions, b.Answers[person]
	out.Changed = changed.Changed
	if out.Phase != string(meeting.Draft) {
		return out, true
	}
	for _, f := range functions {
		if f == string(meeting.Secretary) {
			return out, true
		}
	}
	return protocol.MeetingSummary{}, false
}
