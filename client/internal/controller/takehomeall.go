package controller

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Folder is where a person takes a meeting's documents home to.
type Folder interface {
	// Create makes a new file, and never writes over one that is there.
	Create(name string) (NewFile, error)
}

// NewFile is a file being written. One of Close and Discard is called once.
type NewFile interface {
	io.WriteCloser
	// Discard takes the file away: it did not become whole.
	Discard()
}

// TakenHome tells how far the taking home of a meeting's documents is.
type TakenHome struct {
	All  int // documents
	Done int // of them that were tried
	// Failed are the titles of those that were not saved, and Code says why
	// the last of them was not.
	Failed []string
	Code   string
	Over   bool // it was the last word
}

// Saved is how many documents are in the folder.
func (t TakenHome) Saved() int { return t.Done - len(t.Failed) }

// takenDocument is a document to be taken home.
type takenDocument struct {
	ref         session.Ref
	title, name string
}

// TakeHomeAll writes every document of the meeting with notes of one's own,
// with these notes, to a folder, one after another. One that is refused does
// not stop the others; a network that stays away does. told is called on any
// goroutine: at the beginning, after each document, and with Over at the end.
func (c *Controller) TakeHomeAll(id string, to Folder, told func(TakenHome)) {
	docs := sceneOf(c.seen(), id, c.now()).taken()
	c.background(func(ctx context.Context, s *session.Server) {
		if len(docs) == 0 {
			told(TakenHome{Code: protocol.CodeNotFound, Over: true})
			return
		}
		told(takeAll(ctx, docs, to, s.TakeHome, told))
	}, func(code string) { told(TakenHome{Code: code, Over: true}) })
}

// taken lists the documents with notes of one's own, in the order of the
// agenda.
func (c scene) taken() []takenDocument {
	var out []takenDocument
	seen := map[meeting.Sheet]bool{}
	for _, row := range c.notes() {
		sheet := sheetAt(row.Spot)
		if seen[sheet] {
			continue
		}
		seen[sheet] = true
		for _, d := range c.s.Contents[sheet.Item].Documents {
			if d.ID == sheet.Document {
				out = append(out, takenDocument{session.Ref{Meeting: c.id, Item: sheet.Item, Hash: d.Latest().Hash}, d.Title,
					fileName(row.Number, d.Title)})
			}
		}
	}
	return out
}

// takeAll does it, and returns the last word.
func takeAll(ctx context.Context, docs []takenDocument, to Folder, fetch func(context.Context, session.Ref, bool, io.Writer) error, told func(TakenHome)) TakenHome {
	const mostAway = 2 // documents in a row that the network did not bring
	t, away := TakenHome{All: len(docs)}, 0
	for _, d := range docs {
		told(t)
		code := t.Code
		if away < mostAway {
			code = Code(takeOne(ctx, d, to, fetch))
		}
		t.Done++
		switch code {
		case "":
			away = 0
			continue
		case session.CodeNetwork:
			away++
		}
		t.Code = code
		t.Failed = append(t.Failed[:len(t.Failed):len(t.Failed)], d.title)
	}
	t.Over = true
	return t
}

func takeOne(ctx context.Context, d takenDocument, to Folder, fetch func(context.Context, session.Ref, bool, io.Writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	file, err := to.Create(d.name)
	if err != nil {
		return &session.Problem{Code: session.CodeFile, What: d.name, Err: err}
	}
	if err := fetch(ctx, d.ref, false, file); err != nil {
		file.Discard()
		return err
	}
	if err := file.Close(); err != nil {
		return &session.Problem{Code: session.CodeFile, What: d.name, Err: err}
	}
	return nil
}

// fileName is the name of a document's file, that every device can have: at
// most 150 bytes, and ".pdf".
func fileName(number, title string) string {
	const most = 150
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:|`, r):
			return '-'
		case strings.ContainsRune(`<>"?*`, r), r == utf8.RuneError, !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, fmt.Sprintf("%s %s", number, title))
	for len(name) > most {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	if name = strings.Trim(name, " ."); name == "" {
		name = "document"
	}
	return name + ".pdf"
}
