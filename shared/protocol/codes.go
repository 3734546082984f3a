package protocol

// Codes of refusal that are not a meeting's own: see package meeting for
// those. They stand in refused, dropped and stream messages and in the
// "code" of every HTTP error.
const (
	CodeNotAllowed  = "not_allowed"
	CodeNotFound    = "not_found"
	CodeInvalid     = "invalid"
	CodeTooMany     = "too_many"
	CodeTooLarge    = "too_large"
	CodeUnavailable = "unavailable"  // the server could not keep it; try again
	CodeStorageFull = "storage_full" // the server's disk is full
	CodeSignIn      = "sign_in"      // no session, or it has ended
	CodeWrongPIN    = "wrong_pin"
	CodeWeakPIN     = "weak_pin"
	CodeSlowDown    = "slow_down" // too many tries; Retry-After says how long
	CodeVersion     = "version"
	CodeOffset      = "upload_offset" // not so much of the upload is there
)

// Close codes of the socket. The range says what the client does.
const (
	// 4000-4099: connect again now, and resume.
	CloseSlow    = 4000 // the reader did not keep up
	CloseRestart = 4001 // the server is going down, and will be back

	// 4100-4199: connect again later, backing off.
	CloseBusy     = 4100 // too many connections
	CloseReplaced = 4101 // the same client has connected anew

	// 4200-4299: do not connect again by yourself.
	CloseSignIn  = 4200 // no session, or it has ended
	CloseVersion = 4201 // another protocol version: update
	CloseInvalid = 4202 // the client sent what the protocol does not have
)

// Retry says what a client does after the socket was closed with this code.
type Retry int

// What a client does after a close.
const (
	RetryLater Retry = iota // back off, then connect again
	RetryNow                // connect again at once (once; then back off)
	RetryNever              // tell the person
)

// AfterClose tells what to do after a close code; codes that are not ours
// (network trouble, 1006 and the like) mean to try again later.
func AfterClose(code int) Retry {
	switch {
	case code >= 4000 && code < 4100:
		return RetryNow
	case code >= 4200 && code < 4300:
		return RetryNever
	}
	return RetryLater
}

// Presence kinds. Presence is not history: it has no sequence, may be lost,
// and only the newest counts.
const (
	// PresenceReading: a device tells where its person reads. Client to
	// server, on an item's stream.
	PresenceReading = "reading"
	// PresenceFollowers: how many people follow the presenter and how many
	// read on their own. Server to the item's audience.
	PresenceFollowers = "followers"
	// PresenceView: which part of the page the presenter looks at. Presenter
	// to server to the item's audience.
	PresenceView = "view"
	// PresenceInk: strokes that are being written. Client to server with one
	// stroke, at most 30 times a second; server to all who follow the layer's
	// stream, with those of all writers. The finished stroke is an event.
	PresenceInk = "ink"
	// PresenceLaser: where the presenter points on the presented page. On the
	// item's stream; it is never kept, and fades where no new one comes.
	PresenceLaser = "laser"
	// PresenceMeetings: the list of meetings has changed; ask for it again.
	// Server to client, on the room's stream.
	PresenceMeetings = "meetings"
)

// Presence is the body of a presence message.
type Presence struct {
	Kind string `json:"kind"`
	// reading
	Following bool `json:"following,omitempty"`
	// followers: people, not devices
	Follow int `json:"follow,omitempty"`
	Apart  int `json:"apart,omitempty"`
	// view: the upper edge and the height of the visible part, as fractions
	// of the page's height (0 to 1), and which place it belongs to
	Document string  `json:"document,omitempty"`
	Version  int     `json:"version,omitempty"`
	Page     int     `json:"page,omitempty"`
	Top      float64 `json:"top,omitempty"`
	Height   float64 `json:"height,omitempty"`
	// laser: the place in page points; Off when the pointer leaves the page
	X   float64 `json:"x,omitempty"`
	Y   float64 `json:"y,omitempty"`
	Off bool    `json:"off,omitempty"`
	// ink
	Strokes []LiveStroke `json:"strokes,omitempty"`
}

// LiveStroke is a part of a stroke that is being written.
type LiveStroke struct {
	ID      string `json:"id"`
	By      string `json:"by,omitempty"` // the server fills it in
	Page    int    `json:"page"`
	Version int    `json:"version"`
	Tool    string `json:"tool"`
	Colour  int    `json:"colour"`
	Width   int    `json:"width"`
	// From is how many points came before these; a part may have been lost.
	From int `json:"from,omitempty"`
	// Ink are the points, at most MaxLivePoints, as package ink packs them.
	Ink string `json:"ink"`
}

// MaxLivePoints bounds the points of one part of a stroke being written.
const MaxLivePoints = 256
