package protocol

import (
	"encoding/json"
	"time"

	"phonghop/shared/roster"
)

// The bodies of the HTTP API, see SPEC.md, section H. All of it is JSON below
// /v1, but for documents and pictures.
type (
	// Health is the answer of GET /healthz.
	Health struct {
		Status   string `json:"status"` // "ok", or what is wrong
		Room     string `json:"room"`   // the room's id
		Name     string `json:"name"`
		Program  string `json:"program"`
		Protocol int    `json:"protocol"`
	}

	// RoomInfo is the answer of GET /v1/room, readable before sign-in.
	RoomInfo struct {
		Room        string          `json:"room"`
		Name        string          `json:"name"`
		Protocol    int             `json:"protocol"`
		Program     string          `json:"program"`
		Fingerprint string          `json:"fingerprint"`
		Now         time.Time       `json:"now"`
		People      []roster.Person `json:"people"` // by precedence
	}

	// SignIn is the body of POST /v1/sessions.
	SignIn struct {
		Person string `json:"person"`
		PIN    string `json:"pin"`
		Device Device `json:"device"`
	}

	// Device is what a client tells of itself when it signs in.
	Device struct {
		ID     string `json:"id"` // random, kept across starts
		Name   string `json:"name,omitempty"`
		Shared bool   `json:"shared,omitempty"` // not one person's own
	}

	// Session is the answer to a SignIn.
	Session struct {
		Token   string        `json:"token"`
		Person  roster.Person `json:"person"`
		Expires time.Time     `json:"expires"`
	}

	// NewPerson is the body of POST /v1/people. The id is the client's
	// choice, so that a repeat adds nobody twice.
	NewPerson struct {
		Person roster.Person `json:"person"`
		PIN    string        `json:"pin"`
	}

	// WordList is the body of PUT /v1/lists/{list}: the words of a list, or
	// with Defaults the way back to those every room begins with.
	WordList struct {
		Entries  []string `json:"entries,omitempty"`
		Defaults bool     `json:"defaults,omitempty"`
	}

	// Slips is the body of POST /v1/slips: PINs that were just set, to be
	// handed out on paper. Address is what people type to come to the room,
	// host:port; without it the one that was asked.
	Slips struct {
		Address string `json:"address,omitempty"`
		Slips   []Slip `json:"slips"`
	}

	// Slip is one person's new PIN.
	Slip struct {
		Person string `json:"person"`
		PIN    string `json:"pin"`
	}

	// NewPIN is the body of PUT /v1/people/{person}/pin. Old is needed for
	// one's own PIN.
	NewPIN struct {
		Old string `json:"old,omitempty"`
		New string `json:"new"`
	}

	// Meetings is the answer of GET /v1/meetings.
	Meetings struct {
		Meetings []MeetingSummary `json:"meetings"`
	}

	// MeetingSummary is one line of the list of meetings: only those the
	// person takes part in.
	MeetingSummary struct {
		ID       string    `json:"id"`
		Title    string    `json:"title"`
		Kind     string    `json:"kind,omitempty"`
		Place    string    `json:"place,omitempty"`
		Phase    string    `json:"phase"`
		Starts   time.Time `json:"starts,omitzero"`
		Ends     time.Time `json:"ends,omitzero"`
		Items    int       `json:"items"`
		Changed  time.Time `json:"changed"`
		Function []string  `json:"functions,omitempty"` // the asking person's
		// Answer is what the asking person said about coming: a meeting.Reply,
		// AnswerNone where an answer is still expected, "" where none is.
		Answer string `json:"answer,omitempty"`
	}

	// CommandRequest is the body of POST /v1/meetings/{meeting}/commands.
	CommandRequest struct {
		Client  string          `json:"client"`
		Command string          `json:"command"`
		Body    json.RawMessage `json:"body"`
	}

	// CommandAnswer is its answer: how far the streams have come with it.
	CommandAnswer struct {
		Positions []Position `json:"positions"`
	}

	// MeetingView is the answer of GET /v1/meetings/{meeting}: the streams
	// the person may read, each as a snapshot.
	MeetingView struct {
		Streams []StreamView `json:"streams"`
	}

	// StreamView is one stream's snapshot.
	StreamView struct {
		Stream   string          `json:"stream"`
		Epoch    string          `json:"epoch"`
		Seq      uint64          `json:"seq"`
		Snapshot json.RawMessage `json:"snapshot"`
	}

	// Uploaded is the answer of POST /v1/documents.
	Uploaded struct {
		Hash  string `json:"hash"`
		Name  string `json:"name"`
		Pages int    `json:"pages"`
		Bytes int64  `json:"bytes"`
	}

	// TurnPages is the body of POST …/documents/{hash}/turned. Degrees is 90,
	// 180 or 270, clockwise, or -90; Pages count from 1, none means all.
	TurnPages struct {
		Degrees int   `json:"degrees"`
		Pages   []int `json:"pages,omitempty"`
	}

	// UploadPart is how much has come of an upload, and the SHA-256 of that.
	UploadPart struct {
		Bytes int64  `json:"bytes"`
		Hash  string `json:"hash"`
	}

	// DocumentInfo is the answer of …/documents/{hash}/info.
	DocumentInfo struct {
		Hash    string         `json:"hash"`
		Pages   int            `json:"pages"`
		Sizes   [][2]float64   `json:"sizes"` // width, height in points, as shown
		Outline []OutlineEntry `json:"outline,omitempty"`
		// NoCopy: its author does not allow to copy text out of it.
		NoCopy bool `json:"no_copy,omitempty"`
	}

	// OutlineEntry is a bookmark that the document brings.
	OutlineEntry struct {
		Title string `json:"title"`
		Page  int    `json:"page"`  // from 1
		Level int    `json:"level"` // from 0
	}

	// PageText is the answer of …/pages/{page}/text.
	PageText struct {
		Page  int        `json:"page"`
		Lines []TextLine `json:"lines"`
		Links []PageLink `json:"links,omitempty"` // at most 500
	}

	// PageLink is a place of a page that leads to another page, or out.
	PageLink struct {
		Box  [4]float64 `json:"box"`
		Page int        `json:"page,omitempty"` // from 1
		URI  string     `json:"uri,omitempty"`  // http, https or mailto, where there is no page
	}

	// TextLine is one line of words.
	TextLine struct {
		Words []TextWord `json:"words"`
		Bold  bool       `json:"bold,omitempty"` // all of it
		// Coded: its font has an alphabet of its own, so that the words do
		// not say what is seen.
		Coded bool `json:"coded,omitempty"`
	}

	// TextWord is a word with its box: left, top, right, bottom in points
	// from the page's upper left corner.
	TextWord struct {
		Text string     `json:"text"`
		Box  [4]float64 `json:"box"`
	}

	// Problem is the body of every HTTP error.
	Problem struct {
		Code string `json:"code"`
		// Message says what happened and what to do, in the language of the
		// request's Accept-Language (vi or en).
		Message string `json:"message"`
		What    string `json:"what,omitempty"`
		// RetryAfter is in seconds, for slow_down and busy answers.
		RetryAfter int `json:"retry_after,omitempty"`
	}
)

// Bounds of Slips: people of one paper, bytes of a PIN.
const (
	MaxSlips = 500
	MaxPIN   = 128
)

// AnswerNone in a MeetingSummary: the person has not said yet whether he comes.
const AnswerNone = "none"

// Widths of page pictures in pixels that the server draws; wider ones are
// fetched as tiles of TileSize pixels.
const (
	WidthThumb  = 200
	WidthSmall  = 800
	WidthLarge  = 1600
	TileSize    = 512
	TileWidth   = 3200
	TileWidthXL = 6400
	// The two below are for pages that need them: FinestTiles.
	TileWidthFine   = 12800
	TileWidthFinest = 25600
)
