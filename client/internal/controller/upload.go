package controller

import (
	"context"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// File is a file to be sent. Open is called once or twice for every try, on
// another goroutine.
type File struct {
	Name string
	// Title and Kind are what the document is called when it is added; without
	// a title it is the name's.
	Title, Kind string
	Size        int64 // bytes; -1 where not known
	Open        func() (io.ReadCloser, error)
}

// sending is a file on its way.
type sending struct {
	Upload
	meeting  string
	document meeting.DocumentID
	replaces bool
	file     File
	cancel   context.CancelFunc // set while it is being sent
	rests    bool               // before the next try
	tries    int                // that the network cut off
	begun    bool               // something of it may be on the server
}

// The network may cut an upload off so often, with so long a rest, before it
// counts as failed; while the server is away no try is made.
const (
	uploadTries = 5
	uploadRest  = 2 * time.Second
)

// AttachFile sends a PDF and adds it to an item as a new document. It returns
// the id of the Upload in Desk(id).Uploads, where progress and failure show;
// one that succeeded leaves the list, as the document is there then: it has
// the id of its upload. An upload goes on by itself after the network was away.
func (c *Controller) AttachFile(id string, item meeting.ItemID, f File) (upload string) {
	upload = uuid.NewString()
	return c.send(upload, id, item, meeting.DocumentID(upload), false, f)
}

// ReplaceFile sends a PDF as a new version of a document.
func (c *Controller) ReplaceFile(id string, item meeting.ItemID, doc meeting.DocumentID, f File) (upload string) {
	return c.send(uuid.NewString(), id, item, doc, true, f)
}

func (c *Controller) send(upload, id string, item meeting.ItemID, doc meeting.DocumentID, replaces bool, f File) string {
	u := &sending{Upload: Upload{ID: upload, Item: item, Name: f.Name, Bytes: f.Size, Stage: UploadWaiting},
		meeting: id, document: doc, replaces: replaces, file: f}
	c.mu.Lock()
	c.uploads = append(c.uploads, u)
	c.sendNext()
	c.mu.Unlock()
	c.touch()
	return u.ID
}

// uploadsOf lists a meeting's uploads in the order they were given.
func (c *Controller) uploadsOf(id string) []Upload {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Upload
	for _, u := range c.uploads {
		if u.meeting == id {
			out = append(out, u.Upload)
		}
	}
	return out
}

// CancelUpload stops an upload, or takes a failed one off the list.
func (c *Controller) CancelUpload(upload string) {
	c.mu.Lock()
	for i, u := range c.uploads {
		if u.ID == upload {
			c.uploads = slices.Delete(c.uploads, i, i+1)
			if u.cancel != nil {
				u.cancel()
			}
			if in := c.inside; in != nil && u.begun {
				c.all.Go(func() { _ = in.session.Server().DropUpload(in.ctx, u.ID) }) // else the server drops it tomorrow
			}
			break
		}
	}
	c.sendNext()
	c.mu.Unlock()
	c.touch()
}

// RetryUpload tries a failed upload again.
func (c *Controller) RetryUpload(upload string) {
	c.mu.Lock()
	for _, u := range c.uploads {
		if u.ID == upload && u.Stage == UploadFailed {
			u.Stage, u.Code, u.tries = UploadWaiting, "", 0
		}
	}
	c.sendNext()
	c.mu.Unlock()
	c.touch()
}

// sendNext starts the next upload, when the server can be reached and none is
// under way: one after the other is soonest of use. The caller holds the lock.
func (c *Controller) sendNext() {
	in := c.inside
	if in == nil || c.closed || c.view.Link != session.Live {
		return
	}
	var next *sending
	for _, u := range c.uploads {
		if u.cancel != nil {
			return
		}
		if next == nil && u.Stage == UploadWaiting && !u.rests {
			next = u
		}
	}
	if next == nil {
		return
	}
	ctx, cancel := context.WithCancel(in.ctx)
	next.Stage, next.cancel = UploadSending, cancel
	c.all.Go(func() {
		got, err := c.sendOne(ctx, in, next)
		cancel()
		c.sent(in, next, got, err)
	})
}

func (c *Controller) sendOne(ctx context.Context, in *inside, u *sending) (protocol.Uploaded, error) {
	return in.session.Server().Upload(ctx, session.Sending{ID: u.ID, Name: u.file.Name, Size: u.file.Size, Again: u.begun, Open: u.file.Open,
		Progress: func(n int64) {
			c.mu.Lock()
			u.Sent, u.begun = n, true
			if n >= u.file.Size && u.file.Size >= 0 {
				u.Stage = UploadReading
			}
			c.mu.Unlock()
			c.touch()
		}})
}

// sent takes the outcome: the document is attached, or the upload waits for
// the network, or it failed.
func (c *Controller) sent(in *inside, u *sending, got protocol.Uploaded, err error) {
	code := Code(err)
	c.mu.Lock()
	u.cancel = nil
	i := slices.Index(c.uploads, u)
	if i < 0 || c.inside != in { // cancelled
		c.sendNext()
		c.mu.Unlock()
		c.touch()
		return
	}
	c.mu.Unlock()
	if err == nil {
		code = c.attach(u, got)
	}
	c.mu.Lock()
	switch {
	case code == "":
		u.Stage = UploadDone
		c.uploads = slices.DeleteFunc(c.uploads, func(o *sending) bool { return o == u })
	case code == session.CodeNetwork && u.tries < uploadTries:
		u.Stage, u.rests = UploadWaiting, true
		u.tries++
		in.session.Wake() // is the socket still there?
		c.all.Go(func() { c.rest(in, u) })
	default:
		u.Stage, u.Code = UploadFailed, code
	}
	c.sendNext()
	c.mu.Unlock()
	c.touch()
}

// rest lets the network recover before the next try.
func (c *Controller) rest(in *inside, u *sending) {
	t := time.NewTimer(uploadRest)
	defer t.Stop()
	select {
	case <-in.ctx.Done():
		return
	case <-t.C:
	}
	c.mu.Lock()
	u.rests = false
	c.sendNext()
	c.mu.Unlock()
}

func (c *Controller) attach(u *sending, got protocol.Uploaded) string {
	if u.replaces {
		return c.submit(u.meeting, u.Item, meeting.ReplaceDocument{Item: u.Item, Document: u.document, Hash: got.Hash, Name: got.Name,
			Pages: got.Pages, Bytes: got.Bytes})
	}
	title := u.file.Title
	if title == "" {
		title = titleOf(got.Name)
	}
	return c.submit(u.meeting, u.Item, meeting.AttachDocument{Item: u.Item, Document: u.document, Title: title, Type: u.file.Kind, Hash: got.Hash,
		Name: got.Name, Pages: got.Pages, Bytes: got.Bytes})
}

// titleOf makes a document's first title of its file's name.
func titleOf(name string) string {
	title := name
	if ext := path.Ext(name); strings.EqualFold(ext, ".pdf") {
		title = strings.TrimSpace(strings.TrimSuffix(name, ext))
	}
	if title == "" {
		return name
	}
	return title
}
