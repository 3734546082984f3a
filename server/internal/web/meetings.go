package web

import (
	"context"
	"net/http"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// commandWithin bounds the wait for a command's answer; the client sends it
// again, under the same id, when it has passed.
const commandWithin = 15 * time.Second

func (s *Server) meetings(_ http.ResponseWriter, _ *http.Request, who caller) (int, any, error) {
	return http.StatusOK, protocol.Meetings{Meetings: s.Hall.Meetings(who.id())}, nil
}

func (s *Server) meetingView(_ http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	streams, err := s.Hall.View(r.Context(), who.id(), r.PathValue("meeting"))
	if err != nil {
		return 0, nil, err
	}
	if len(streams) == 0 {
		return 0, nil, errNotFound
	}
	return http.StatusOK, protocol.MeetingView{Streams: streams}, nil
}

func (s *Server) command(w http.ResponseWriter, r *http.Request, who caller) (int, any, error) {
	body, err := read[protocol.CommandRequest](w, r)
	if err != nil {
		return 0, nil, err
	}
	if !text.ValidID(body.Client) || !text.ValidID(body.Command) {
		return 0, nil, invalid("client, command")
	}
	wish, err := meeting.DecodeCommand(body.Body)
	if err != nil {
		return 0, nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), commandWithin)
	defer cancel()
	res, err := s.submit(ctx, r.PathValue("meeting"), room.Command{
		Key:   room.Key{Person: who.id(), Client: body.Client, Command: body.Command},
		Actor: meeting.Actor{Person: who.person.ID},
		Wish:  wish,
	})
	if err != nil {
		return 0, nil, err
	}
	return http.StatusOK, protocol.CommandAnswer{Positions: res.Positions}, nil
}

// submit gives a command and waits until it is durable. What was refused is
// an error.
func (s *Server) submit(ctx context.Context, id string, c room.Command) (room.Result, error) {
	answered := make(chan room.Result, 1)
	c.Answer = func(res room.Result) { answered <- res }
	if err := s.Hall.Submit(ctx, id, c); err != nil {
		return room.Result{}, err
	}
	select {
	case res := <-answered:
		if res.Code != "" {
			return res, trouble(statusOf(res.Code), res.Code, res.What)
		}
		return res, nil
	case <-ctx.Done():
		return room.Result{}, ctx.Err()
	}
}
