package meeting

// Commands of one's own reading. They are given on the stream of a person's
// own notes, never on the meeting's: nobody else learns where one reads.
type (
	// KeepPlace keeps where one reads a document, for all of one's devices.
	KeepPlace struct {
		Item ItemID `json:"item"`
		Place
	}
	// MarkPage marks a page of a document to be found again, or takes the
	// mark away. Version is the one that was read.
	MarkPage struct {
		Item ItemID `json:"item"`
		Place
		On bool `json:"on"`
	}
	// SeeMeeting says that the person has seen what the meeting is like now:
	// what comes later is new to him, on all of his devices.
	SeeMeeting struct{}
)

// The kinds, as they travel.
func (KeepPlace) Kind() string { return "place.keep" }
func (MarkPage) Kind() string  { return "page.mark" }

// Kind implements Command.
func (SeeMeeting) Kind() string { return "meeting.see" }

// SheetOf is the document that a command of a person's own notes puts
// something on, with its pages to be checked; zero for those that name none or
// only take away.
func SheetOf(c Command) Sheet {
	switch c := c.(type) {
	case AddStroke:
		return Sheet{c.Item, c.Document}
	case ReplaceStrokes:
		return Sheet{c.Item, c.Document}
	case KeepPlace:
		return Sheet{c.Item, c.Document}
	case MarkPage:
		if c.On {
			return Sheet{c.Item, c.Document}
		}
	}
	return Sheet{}
}
