package web

import (
	"bytes"
	"errors"
	"net/http"
	"slices"

	"phonghop/server/internal/report"
	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// errNotOpened says that nobody was asked yet.
var errNotOpened = trouble(http.StatusConflict, string(meeting.BadState), string(meeting.Prepared))

// opinionSheet is what the papers of an opinion in writing are written from.
func (s *Server) opinionSheet(r *http.Request, who caller) (room.VoteSheet, error) {
	sheet, ok, err := s.Hall.VoteSheet(r.Context(), who.id(), r.PathValue("meeting"), r.PathValue("item"), r.PathValue("vote"))
	if err != nil {
		return sheet, err
	}
	v := sheet.Voting
	if !ok || !v.Plan.Ahead || v.Plan.Poll.Mode == poll.Secret {
		return sheet, errNotFound
	}
	if v.State == meeting.Prepared || v.State == meeting.Posed {
		return sheet, errNotOpened
	}
	return sheet, nil
}

func (s *Server) opinionOf(sheet room.VoteSheet) report.Opinion {
	if sheet.Result == nil {
		sheet.Result = &poll.Result{}
	}
	return report.Opinion{Vote: s.paperOf(sheet), Document: sheet.About, Times: sheet.Times}
}

// opinionPaper sends the table of all opinions to whoever may see the result,
// or, to whoever runs the vote, the forms of all who have answered.
func (s *Server) opinionPaper(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	sheet, err := s.opinionSheet(r, who)
	if err != nil {
		return 0, nil, err
	}
	form := r.URL.Query().Get("form")
	switch {
	case form != "" && form != protocol.OpinionSummary && form != protocol.OpinionForms:
		return 0, nil, invalid("form")
	case form == protocol.OpinionForms && !sheet.Runs:
		return 0, nil, errNotAllowed
	case sheet.Result == nil:
		return 0, nil, trouble(http.StatusConflict, string(meeting.BadState), string(sheet.Voting.State))
	}
	var out bytes.Buffer
	name := "Bảng tổng hợp ý kiến nội dung "
	if form == protocol.OpinionForms {
		// A thousand forms are much to write: one at a time.
		select {
		case s.papers <- struct{}{}:
			defer func() { <-s.papers }()
		case <-r.Context().Done():
			return 0, nil, r.Context().Err()
		}
		name, err = "Phiếu lấy ý kiến nội dung ", s.opinionOf(sheet).Forms(&out)
	} else {
		err = s.opinionOf(sheet).Summary(&out)
	}
	if errors.Is(err, report.ErrNoResult) {
		return 0, nil, errNotFound // nobody has answered in writing
	}
	if err != nil {
		return 0, nil, err
	}
	sendPaper(w, "application/pdf", name+sheet.Number+".pdf", out.Bytes())
	return 0, nil, nil
}

// opinionForm sends one person's form: to himself as soon as he was asked, and
// to whoever runs the vote from the count on.
func (s *Server) opinionForm(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	sheet, err := s.opinionSheet(r, who)
	if err != nil {
		return 0, nil, err
	}
	person := meeting.PersonID(r.PathValue("person"))
	own := string(person) == who.id()
	asked := slices.Contains(sheet.Voting.Roll.Voters, person) || slices.Contains(sheet.Voting.Roll.Late, person) || own && sheet.MayVote
	if !asked || !own && !sheet.Runs {
		return 0, nil, errNotFound
	}
	if own {
		sheet.Voting.Choices = nil
		if sheet.Mine != nil {
			sheet.Voting.Choices = map[meeting.PersonID]poll.Ballot{person: *sheet.Mine}
		}
	} else if sheet.Result == nil {
		return 0, nil, trouble(http.StatusConflict, string(meeting.BadState), string(sheet.Voting.State))
	}
	var out bytes.Buffer
	if err := s.opinionOf(sheet).Form(&out, person); err != nil {
		return 0, nil, err
	}
	sendPaper(w, "application/pdf", "Phiếu lấy ý kiến nội dung "+sheet.Number+", "+sheet.People[person].Name+".pdf", out.Bytes())
	return 0, nil, nil
}
