package session

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// VoteAt says which vote of which item of which meeting.
type VoteAt struct {
	Meeting string         `json:"meeting"`
	Item    meeting.ItemID `json:"item"`
	Vote    meeting.VoteID `json:"vote"`
}

// Name is the vote's name in its ballots.
func (v VoteAt) Name() string { return v.Meeting + "/" + string(v.Item) + "/" + string(v.Vote) }

func (v VoteAt) path() string {
	return "/v1/meetings/" + url.PathEscape(v.Meeting) + "/items/" + url.PathEscape(string(v.Item)) + "/votes/" + url.PathEscape(string(v.Vote))
}

// Vote asks for what of a vote is not in its item's stream.
func (s *Server) Vote(ctx context.Context, at VoteAt) (v protocol.VoteView, err error) {
	return v, s.call(ctx, http.MethodGet, at.path(), nil, &v)
}

// Credential has a blinded token signed for the person signed in.
func (s *Server) Credential(ctx context.Context, at VoteAt, blinded []byte) (signature []byte, err error) {
	var out protocol.CredentialAnswer
	err = s.call(ctx, http.MethodPost, at.path()+"/credential", protocol.CredentialRequest{Blinded: blinded}, &out)
	return out.Signature, err
}

// BallotList fetches the published ballots of a secret vote.
func (s *Server) BallotList(ctx context.Context, at VoteAt) (l protocol.BallotList, err error) {
	return l, s.call(ctx, http.MethodGet, at.path()+"/ballots", nil, &l)
}

// maxPaper bounds a protocol of a vote, in bytes.
const maxPaper = 32 << 20

// VotePaper fetches the protocol of a vote: as "pdf", "csv" or "json".
func (s *Server) VotePaper(ctx context.Context, at VoteAt, form string) ([]byte, error) {
	return s.fetch(ctx, at.path()+"/report?form="+url.QueryEscape(form), maxPaper)
}

// OpinionPaper fetches the papers of all opinions in writing:
// protocol.OpinionSummary or protocol.OpinionForms.
func (s *Server) OpinionPaper(ctx context.Context, at VoteAt, form string) ([]byte, error) {
	return s.fetch(ctx, at.path()+"/opinions?form="+url.QueryEscape(form), maxPaper)
}

// OpinionForm fetches the form of one person's opinion in writing.
func (s *Server) OpinionForm(ctx context.Context, at VoteAt, person string) ([]byte, error) {
	return s.fetch(ctx, at.path()+"/opinions/"+url.PathEscape(person), maxPaper)
}

// CastSecret casts a secret ballot: over a connection of its own, without
// anything that says who casts it.
func (s *Server) CastSecret(ctx context.Context, b protocol.SecretBallot) (again bool, err error) {
	data, err := json.Marshal(b)
	if err != nil {
		return false, &Problem{Code: CodeOther, Err: err}
	}
	limited, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(limited, http.MethodPost, s.Base()+"/v1/ballots", bytes.NewReader(data))
	if err != nil {
		return false, &Problem{Code: CodeOther, Err: err}
	}
	r.Header.Set("Content-Type", "application/json")
	nameless(r)
	client := newHTTPClient(s.pin, callTimeout)
	defer client.CloseIdleConnections()
	resp, err := client.Do(r)
	if err != nil {
		return false, fromTransport(ctx, err)
	}
	var out protocol.BallotAnswer
	err = s.answer(ctx, resp, &out)
	return out.Again, err
}
