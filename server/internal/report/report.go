// Package report writes the papers of a meeting: the protocol of a vote as a
// PDF in the form of Decree 30/2020, and the same figures as a table and as
// JSON.
//
// The same vote gives the same bytes, whenever it is asked for.
package report

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// ErrNoResult says that a vote has no result yet, or none for this person.
var ErrNoResult = errors.New("the vote has no result that may be shown")

// Named is somebody in a paper.
type Named struct{ Name, Position string }

// Vote is what the protocol of a vote is written from.
type Vote struct {
	Room, Meeting, Place string
	Number, Item         string
	Presiding, Secretary Named
	Voting               meeting.Voting
	Result               poll.Result
	Digest               string
	People               map[meeting.PersonID]meeting.Participant
	// Zone is the room's.
	Zone *time.Location
	// Say fills a key of the words with values.
	Say func(key string, values ...any) string
}

func (v Vote) say(p poll.Phrase) string { return p.Say(v.Say) }

func (v Vote) name(who meeting.PersonID) string {
	if p, ok := v.People[who]; ok {
		return p.Name
	}
	return string(who)
}

// sorted lists people by the order of precedence.
func (v Vote) sorted(who []meeting.PersonID) []meeting.PersonID {
	out := slices.Clone(who)
	slices.SortFunc(out, func(a, b meeting.PersonID) int {
		if d := v.People[a].Order - v.People[b].Order; d != 0 {
			return d
		}
		return strings.Compare(v.name(a)+string(a), v.name(b)+string(b))
	})
	return out
}

// voted lists who has an open ballot that may be shown.
func (v Vote) voted() []meeting.PersonID {
	out := make([]meeting.PersonID, 0, len(v.Voting.Choices))
	for who := range v.Voting.Choices {
		out = append(out, who)
	}
	return v.sorted(out)
}

func (v Vote) marked(who meeting.PersonID) string {
	var parts []string
	for _, p := range v.Voting.Plan.Poll.Marked(v.Voting.Choices[who]) {
		parts = append(parts, v.say(p))
	}
	return strings.Join(parts, "; ")
}

// line is one line of a result: what, how many, and of a graded one how many
// of each grade.
type line struct {
	word   string
	count  int
	grades []int
	note   string
}

func (v Vote) lines() []line {
	p := v.Voting.Plan.Poll
	out := make([]line, 0, len(p.Options))
	for i, o := range p.Options {
		l := line{word: v.say(o.Phrase())}
		if i < len(v.Result.Options) {
			got := v.Result.Options[i]
			l.count, l.grades = got.Count, got.Grades
			switch {
			case got.Won:
				l.note = v.Say("vote.head.elected")
			case got.Mark != "":
				l.note = v.Say("vote.mark." + got.Mark)
			}
		}
		out = append(out, l)
	}
	return out
}

// CSV writes the result as a table with a byte order mark, so that
// spreadsheets take it for UTF-8. A cell never is a formula.
func (v Vote) CSV(w io.Writer) error {
	if v.Result.Verdict == "" {
		return ErrNoResult
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := func(cells ...string) {
		for i, c := range cells {
			cells[i] = harmless(c)
		}
		_ = out.Write(cells) // kept by the writer until Error
	}
	r := v.Result
	row(v.Say("vote.title"), v.Voting.Plan.Question)
	row(v.Say("vote.paper.result"), v.say(r.Sentence(v.Voting.Plan.Poll)))
	row(v.Say("vote.paper.members"), strconv.Itoa(r.Members))
	row(v.Say("vote.paper.present"), strconv.Itoa(r.Present))
	row(v.Say("vote.paper.voters"), strconv.Itoa(r.Voters))
	row(v.Say("vote.paper.cast"), strconv.Itoa(r.Cast))
	row(v.Say("vote.silent"), strconv.Itoa(r.Silent))
	row(v.Say("vote.absent"), strconv.Itoa(r.Absent))
	row("")
	head := []string{v.Say("vote.paper.choice"), v.Say("vote.paper.count")}
	if len(v.Voting.Plan.Poll.Grades) > 0 {
		head = head[:1]
		for _, g := range v.Voting.Plan.Poll.Grades {
			head = append(head, v.say(g.Phrase()))
		}
	}
	row(append(head, v.Say("vote.paper.note"))...)
	for _, l := range v.lines() {
		cells := []string{l.word}
		if l.grades == nil {
			cells = append(cells, strconv.Itoa(l.count))
		}
		for _, n := range l.grades {
			cells = append(cells, strconv.Itoa(n))
		}
		row(append(cells, l.note)...)
	}
	if all := v.voted(); len(all) > 0 {
		row("")
		row(v.Say("vote.paper.name"), v.Say("vote.paper.position"), v.Say("vote.paper.choice"), v.Say("vote.remark_of"))
		for _, who := range all {
			row(v.name(who), v.People[who].Position, v.marked(who), v.Voting.Choices[who].Remark)
		}
	}
	if v.Digest != "" {
		row("")
		row(v.Say("vote.check_code"), v.Digest)
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// Export is a vote for other programs.
type Export struct {
	Meeting  string                           `json:"meeting"`
	Item     string                           `json:"item"`
	Question string                           `json:"question"`
	Poll     poll.Poll                        `json:"poll"`
	State    meeting.VoteState                `json:"state"`
	Opened   time.Time                        `json:"opened,omitzero"`
	Closed   time.Time                        `json:"closed,omitzero"`
	Roll     poll.Roll                        `json:"roll"`
	Names    map[meeting.PersonID]string      `json:"names"`
	Taken    []meeting.PersonID               `json:"taken"`
	Choices  map[meeting.PersonID]poll.Ballot `json:"choices,omitempty"`
	Result   poll.Result                      `json:"result"`
	Sentence string                           `json:"sentence"`
	Digest   string                           `json:"digest,omitempty"`
	// Corrected has the results that were announced before.
	Corrected []meeting.Correction `json:"corrected,omitempty"`
}

// JSON writes the vote for other programs.
func (v Vote) JSON(w io.Writer) error {
	if v.Result.Verdict == "" {
		return ErrNoResult
	}
	x := v.Voting
	out := Export{Meeting: v.Meeting, Item: v.Item, Question: x.Plan.Question, Poll: x.Plan.Poll, State: x.State, Opened: x.Opened, Closed: x.Closed,
		Roll: x.Roll, Names: map[meeting.PersonID]string{}, Taken: x.Taken, Choices: x.Choices, Result: v.Result,
		Sentence: v.say(v.Result.Sentence(x.Plan.Poll)), Digest: v.Digest, Corrected: x.Corrected}
	for _, list := range [][]meeting.PersonID{x.Roll.Members, x.Roll.Voters, x.Roll.Late} {
		for _, who := range list {
			out.Names[who] = v.name(who)
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("export of a vote: %w", err)
	}
	return nil
}
