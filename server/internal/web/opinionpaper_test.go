package web_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// ask sends out an opinion in writing.
func (h *hall) ask(id meeting.VoteID) {
	h.t.Helper()
	plan, _ := meeting.VoteTemplate(meeting.TemplateOpinion)
	plan.Question = "Cho ý kiến dự thảo Quyết định?"
	h.secretary.command(theMeeting, meeting.PrepareVote{Item: "open", Vote: id, Plan: plan})
	h.chair.refused("GET", votes+string(id)+"/opinions/"+servertest.Chair, nil, 409, string(meeting.BadState))
	h.secretary.command(theMeeting, meeting.OpenVote{Item: "open", Vote: id})
}

// pdf fetches a file and returns it.
func (d *device) pdf(path string) []byte {
	d.t.Helper()
	resp := d.do("GET", path, nil, nil)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(data, []byte("%PDF-")) {
		d.t.Fatalf("%s: %d, %v, %.40q", path, resp.StatusCode, err, data)
	}
	return data
}

func TestPapersOfOpinions(t *testing.T) { // [Q14]
	h := voting(t, servertest.New(t), 3)
	h.ask("v1")
	const of = votes + "v1/opinions"
	own := func(i int) string { return fmt.Sprintf("%s/voter-%02d", of, i) }
	blank := h.members[0].pdf(own(0))
	h.members[0].command(theMeeting, meeting.CastVote{Item: "open", Vote: "v1", Ballot: poll.Ballot{Marks: []int{1}, Remark: "Chưa rõ nguồn vốn.\nĐề nghị làm rõ."}})
	h.members[1].command(theMeeting, meeting.CastVote{Item: "open", Vote: "v1", Ballot: poll.Ballot{Marks: []int{0}}})
	if bytes.Equal(blank, h.members[0].pdf(own(0))) {
		t.Error("the own answer is not on the form")
	}
	for _, path := range []string{of, of + "?form=forms", own(0)} {
		h.secretary.refused("GET", path, nil, 409, string(meeting.BadState))
	}
	h.members[1].refused("GET", own(0), nil, 404, protocol.CodeNotFound)
	h.members[1].refused("GET", of+"?form=forms", nil, 403, protocol.CodeNotAllowed)
	h.secretary.command(theMeeting, meeting.CloseVote{Item: "open", Vote: "v1"})
	h.tallied("v1")
	h.secretary.pdf(of)
	h.secretary.pdf(of + "?form=forms")
	answered, silent := h.secretary.pdf(own(0)), h.secretary.pdf(own(2))
	if !bytes.Equal(answered, h.members[0].pdf(own(0))) || bytes.Equal(answered, silent) {
		t.Error("the desk's form is not the person's own")
	}
	h.members[1].refused("GET", of, nil, 409, string(meeting.BadState))
	h.members[1].refused("GET", own(0), nil, 404, protocol.CodeNotFound)
	h.secretary.refused("GET", of+"/nobody", nil, 404, protocol.CodeNotFound)
	h.secretary.refused("GET", of+"?form=all", nil, 400, protocol.CodeInvalid)
	h.secretary.command(theMeeting, meeting.AnnounceVote{Item: "open", Vote: "v1"})
	h.members[1].pdf(of)
	h.members[1].refused("GET", own(0), nil, 404, protocol.CodeNotFound)
}

func TestNoFormsWhereNobodyAnswered(t *testing.T) {
	h := voting(t, servertest.New(t), 1)
	h.ask("v1")
	h.secretary.command(theMeeting, meeting.CloseVote{Item: "open", Vote: "v1"})
	h.tallied("v1")
	h.secretary.pdf(votes + "v1/opinions")
	h.secretary.refused("GET", votes+"v1/opinions?form=forms", nil, 404, protocol.CodeNotFound)
	h.open("v2", poll.Secret)
	h.secretary.refused("GET", votes+"v2/opinions", nil, 404, protocol.CodeNotFound)
}
