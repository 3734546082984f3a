package stage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"phonghop/shared/discovery"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// program is how a play names itself to the server.
const program = "phonghop-demo"

// Room is the server as the play's own chair sees it: over the same interface
// as every client.
type Room struct {
	At     discovery.Address
	pin    *pin.Pin // learnt from the server that was just started here
	http   *http.Client
	token  string
	client string
}

func newRoom(at discovery.Address) *Room {
	r := &Room{At: at, pin: pin.New(pin.Fingerprint{}), client: uuid.NewString()}
	r.http = &http.Client{
		Timeout:   time.Minute,
		Transport: &http.Transport{TLSClientConfig: pin.ClientConfig(r.pin), ForceAttemptHTTP2: true},
	}
	return r
}

// Call makes one request with JSON in and out; either may be nil.
func (r *Room) Call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, r.At.URL()+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", "en")
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	res, err := r.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, protocol.MaxServerMessage))
	if err != nil {
		return err
	}
	if res.StatusCode >= http.StatusBadRequest {
		var p protocol.Problem
		if json.Unmarshal(answer, &p) == nil && p.Code != "" {
			return fmt.Errorf("%s %s: %s %s (%s)", method, path, p.Code, p.What, p.Message)
		}
		return fmt.Errorf("%s %s: %s", method, path, res.Status)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}

// SignIn signs a person in, on a device of the play's own.
func (r *Room) SignIn(ctx context.Context, p Person) error {
	var s protocol.Session
	err := r.Call(ctx, http.MethodPost, "/v1/sessions", protocol.SignIn{
		Person: p.ID, PIN: p.PIN, Device: protocol.Device{ID: uuid.NewString(), Name: program},
	}, &s)
	r.token = s.Token
	return err
}

// Ready finds the meeting that waits to be opened.
func (r *Room) Ready(ctx context.Context) (string, error) {
	var all protocol.Meetings
	if err := r.Call(ctx, http.MethodGet, "/v1/meetings", nil, &all); err != nil {
		return "", err
	}
	for _, m := range all.Meetings {
		if m.Phase == string(meeting.Published) {
			return m.ID, nil
		}
	}
	return "", fmt.Errorf("none of the %d meetings waits to be opened", len(all.Meetings))
}

// State reads a meeting, as far as the signed-in person may.
func (r *Room) State(ctx context.Context, id string) (meeting.State, error) {
	var s meeting.State
	var view protocol.MeetingView
	if err := r.Call(ctx, http.MethodGet, "/v1/meetings/"+id, nil, &view); err != nil {
		return s, err
	}
	for _, v := range view.Streams {
		name, ok := protocol.ParseStream(v.Stream)
		var err error
		switch {
		case !ok || name.Meeting != id:
			continue
		case name.Item == "":
			s, err = s.RestoreMeeting(v.Snapshot)
		default:
			s, err = s.RestoreItem(meeting.ItemID(name.Item), v.Snapshot)
		}
		if err != nil {
			return s, fmt.Errorf("%s: %w", v.Stream, err)
		}
	}
	return s, nil
}

// Do gives a command, which is durable when it returns.
func (r *Room) Do(ctx context.Context, id string, c meeting.Command) error {
	body, err := meeting.EncodeCommand(c)
	if err != nil {
		return err
	}
	err = r.Call(ctx, http.MethodPost, "/v1/meetings/"+id+"/commands", protocol.CommandRequest{
		Client: r.client, Command: uuid.NewString(), Body: body,
	}, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Kind(), err)
	}
	return nil
}

// Present opens the sitting, calls an item, and has a person, who must be the
// chair and signed in here, show a place to all.
func (r *Room) Present(ctx context.Context, id string, item meeting.ItemID, chair Person, place meeting.Place) error {
	return r.DoAll(ctx, id,
		meeting.OpenSitting{},
		meeting.SetItemState{Item: item, To: meeting.Running},
		meeting.GivePresenter{Item: item, To: meeting.PersonID(chair.ID)},
		meeting.Show{Item: item, Place: place},
	)
}

// DoAll gives commands one after the other, until one is refused.
func (r *Room) DoAll(ctx context.Context, id string, all ...meeting.Command) error {
	for _, c := range all {
		if err := r.Do(ctx, id, c); err != nil {
			return err
		}
	}
	return nil
}

// Followers hears how many people follow the presenter of an item.
type Followers struct {
	ws    *websocket.Conn
	Count atomic.Int64
	wg    sync.WaitGroup
}

// Hear opens a socket and listens on an item's stream.
func (r *Room) Hear(ctx context.Context, id, item string) (*Followers, error) {
	d := websocket.Dialer{TLSClientConfig: pin.ClientConfig(r.pin), HandshakeTimeout: protocol.HelloWithin}
	ws, res, err := d.DialContext(ctx, strings.Replace(r.At.URL(), "https:", "wss:", 1)+"/v1/socket",
		http.Header{"Authorization": {"Bearer " + r.token}})
	if res != nil {
		defer func() { _ = res.Body.Close() }()
	}
	if err != nil {
		return nil, fmt.Errorf("socket: %w", err)
	}
	stream := protocol.ItemStream(id, item)
	if err := ws.WriteJSON(protocol.Message{
		Type: protocol.TypeHello, Version: protocol.Version, Client: r.client, Program: program,
		Streams: []protocol.Position{{Stream: protocol.MeetingStream(id)}, {Stream: stream}},
	}); err != nil {
		return nil, fmt.Errorf("socket: %w", err)
	}
	f := &Followers{ws: ws}
	f.wg.Go(func() { f.listen(stream) })
	return f, nil
}

func (f *Followers) listen(stream string) {
	for {
		var m protocol.Message
		if err := f.ws.ReadJSON(&m); err != nil {
			return
		}
		if m.Type != protocol.TypePresence || m.Stream != stream {
			continue
		}
		var p protocol.Presence
		if json.Unmarshal(m.Body, &p) == nil && p.Kind == protocol.PresenceFollowers {
			f.Count.Store(int64(p.Follow))
		}
	}
}

// Close ends the socket.
func (f *Followers) Close() {
	_ = f.ws.Close()
	f.wg.Wait()
}

// Code is the room's code as people compare it.
func (r *Room) Code() string { return r.pin.Fingerprint().Code() }
