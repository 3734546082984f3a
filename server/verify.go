package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"phonghop/shared/ballot"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

type verifyCommand struct {
	File string `arg:"" help:"The list of a secret vote's ballots, as a member's device has saved it." type:"existingfile"`
}

// maxList bounds the file, in bytes: 100,000 ballots and more.
const maxList = 128 << 20

// Run implements the command: it needs no server and no network.
func (c verifyCommand) Run(out io.Writer) (err error) {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, maxList+1))
	if err != nil {
		return err
	}
	if len(data) > maxList {
		return fmt.Errorf("%s is larger than any list of ballots", c.File)
	}
	var l protocol.BallotList
	if err := json.Unmarshal(data, &l); err != nil {
		return fmt.Errorf("%s is no list of ballots: %w", c.File, err)
	}
	r, err := ballot.Recount(l)
	if err != nil {
		return fmt.Errorf("the list is NOT right: %w", err)
	}
	question, _ := text.Paragraphs(l.Question, 0, meeting.MaxQuestion)
	_, err = fmt.Fprintf(out, "%s\n\nAll %d ballots are signed by the vote's key and counted once; %d people took part.\n\n", question, len(l.Ballots), l.Taken)
	if err != nil {
		return err
	}
	for i, o := range r.Options {
		name, _ := text.Line(l.Poll.Options[i].Words, 0, poll.MaxWords)
		if name == "" {
			name = l.Poll.Options[i].Key
		}
		if len(o.Grades) > 0 {
			_, err = fmt.Fprintf(out, "%8v  %s\n", o.Grades, name)
		} else {
			_, err = fmt.Fprintf(out, "%8d  %s\n", o.Count, name)
		}
		if err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "\nverdict   %s %s (needed %d of %d)\nSHA-256   %s\n\nCompare the SHA-256 with the one that the meeting shows: only then is this the list of that vote.\n",
		r.Verdict, r.Reason, r.Needed, r.Base, l.Digest)
	return err
}
