package controller

import (
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// DocumentRow is one document of an item.
type DocumentRow struct {
	Item    meeting.ItemID
	ID      meeting.DocumentID
	Title   string
	Kind    string // e.g. "Tờ trình"
	Name    string // of the file
	Hash    string
	Version int // number of the newest version
	Pages   int
	Bytes   int64
	Loading session.Loading
	// PresentedPage is the page the presenter is on in this document, 0 if he
	// is elsewhere.
	PresentedPage int
	// ReadPage is the page this person was on last, on any of his devices, in
	// the version ReadVersion; 0: he never opened it.
	ReadPage, ReadVersion int
	// Came is when the newest version came.
	Came time.Time
}

// Known reports whether the person opened the newest version.
func (d DocumentRow) Known() bool { return d.ReadPage > 0 && d.ReadVersion >= d.Version }

// Renewed reports whether the person knows an older version only.
func (d DocumentRow) Renewed() bool { return d.ReadPage > 0 && d.ReadVersion < d.Version }

// begun is 1 for a document whose newest version was opened, else 0.
func (d DocumentRow) begun() int {
	if d.Known() {
		return 1
	}
	return 0
}
