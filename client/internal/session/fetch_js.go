package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"phonghop/client/internal/promise"
	"phonghop/shared/pin"
)

// browserFetch sends requests over the browser's own fetch, which checks the
// server's certificate itself and keeps its connections itself. net/http can
// do that as well, but brings along all that speaks HTTP, TLS and TCP without
// a browser: a tenth of the program. And it waits for the rest of an answer
// for ever, where this ends with the request's context.
type browserFetch struct{}

func newHTTPClient(*pin.Pin, time.Duration) requester { return browserFetch{} }

// CloseIdleConnections implements requester.
func (browserFetch) CloseIdleConnections() {}

// Do implements requester. A request's body is read before it is sent.
func (browserFetch) Do(r *http.Request) (resp *http.Response, err error) {
	defer func() {
		if e := recover(); e != nil { // what the browser throws at once, such as at a header that is none
			resp, err = nil, fmt.Errorf("fetch: %v", e)
		}
	}()
	body, err := sentBody(r)
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ending := js.Global().Get("AbortController").New()
	stop := context.AfterFunc(ctx, func() { ending.Call("abort") })
	answer, err := promise.Await(js.Global().Call("fetch", r.URL.String(), options(r, body, ending)))
	if err != nil {
		stop()
		return nil, because(ctx, err)
	}
	resp = &http.Response{StatusCode: answer.Get("status").Int(), Header: headerOf(answer), Request: r, ContentLength: -1, Body: http.NoBody}
	if n, err := strconv.ParseInt(resp.Header.Get("Content-Length"), 10, 64); err == nil && n >= 0 && resp.Header.Get("Content-Encoding") == "" {
		resp.ContentLength = n
	}
	if stream := answer.Get("body"); stream.Truthy() {
		resp.Body = &coming{ctx: ctx, ending: ending, stop: stop, from: stream.Call("getReader")}
	} else {
		stop()
	}
	return resp, nil
}

func sentBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	data, err := io.ReadAll(r.Body)
	return data, errors.Join(err, r.Body.Close())
}

func options(r *http.Request, body []byte, ending js.Value) js.Value {
	headers := js.Global().Get("Headers").New()
	credentials := "same-origin"
	for key, values := range r.Header {
		if key == credentialsOf {
			credentials = values[0]
			continue
		}
		headers.Call("append", key, strings.Join(values, ", "))
	}
	out := js.ValueOf(map[string]any{
		"method": r.Method, "headers": headers, "credentials": credentials, "signal": ending.Get("signal"), "redirect": "error",
	})
	if len(body) > 0 {
		data := js.Global().Get("Uint8Array").New(len(body))
		js.CopyBytesToJS(data, body)
		out.Set("body", data)
	}
	return out
}

func headerOf(answer js.Value) http.Header {
	h := http.Header{}
	all := js.Global().Get("Array").Call("from", answer.Get("headers"))
	for i := range all.Length() {
		h.Add(all.Index(i).Index(0).String(), all.Index(i).Index(1).String())
	}
	return h
}

// because is the context's error, where that has ended the request.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// coming is the body of an answer that is on its way.
type coming struct {
	ctx    context.Context // the request's
	ending js.Value        // an AbortController
	stop   func() bool     // the context no longer ends it
	from   js.Value        // a reader of a stream
	part   js.Value        // has come and was not read yet
	at     int             // bytes of part that were read
	err    error
}

// Read implements io.Reader.
func (c *coming) Read(p []byte) (int, error) {
	for c.err == nil && len(p) > 0 {
		if c.part.Truthy() && c.at < c.part.Length() {
			n := js.CopyBytesToGo(p, c.part.Call("subarray", c.at))
			c.at += n
			return n, nil
		}
		c.next()
	}
	return 0, c.err
}

func (c *coming) next() {
	step, err := promise.Await(c.from.Call("read"))
	switch {
	case err != nil:
		c.end(because(c.ctx, err))
	case step.Get("done").Bool():
		c.end(io.EOF)
	default:
		c.part, c.at = step.Get("value"), 0
	}
}

func (c *coming) end(err error) {
	c.err, c.part = err, js.Undefined()
	c.stop()
}

// Close implements io.Closer. What has not come yet does not come any more.
func (c *coming) Close() error {
	if c.err == nil {
		c.end(http.ErrBodyReadAfterClose)
		c.ending.Call("abort")
	}
	return nil
}
