package controller

import (
	"context"
	"image"
	"sync"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Document gives the pages of one version of a document, from the device
// where they are, else from the server. It is what a page view reads from.
type Document struct {
	session *session.Session
	ref     session.Ref
	info    protocol.DocumentInfo

	mu     sync.Mutex
	finest map[int]int // by page: the finest tiles there are, where finer ones were refused
}

// opening is a document of which the sizes are known, or being fetched.
type opening struct {
	doc  *Document
	code string
}

// Document gives a document's pages. It returns nil while the sizes of the
// pages are not known here yet: they are fetched then, and Subscribe tells
// when they came or failed; code says why they are not to be had ("" while
// being fetched). Asking again after a failure gives the failure once and
// tries again the next time.
func (c *Controller) Document(id string, item meeting.ItemID, hash string) (d *Document, code string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	in, key := c.inside, string(item)+"/"+hash
	if in == nil || !hasVersion(c.view.Meetings[id], item, hash) {
		delete(c.docs, key)
		return nil, protocol.CodeNotFound
	}
	o, ok := c.docs[key]
	switch {
	case ok && o.doc != nil:
		return o.doc, ""
	case ok && o.code != "":
		delete(c.docs, key)
		return nil, o.code
	case ok:
		return nil, ""
	}
	ref := session.Ref{Meeting: id, Item: item, Hash: hash}
	o = &opening{}
	c.docs[key] = o
	if info, kept := in.session.KeptInfo(ref); kept {
		o.doc = &Document{session: in.session, ref: ref, info: info}
		return o.doc, ""
	}
	c.all.Go(func() { c.open(in, ref, o) })
	return nil, ""
}

func (c *Controller) open(in *inside, ref session.Ref, o *opening) {
	info, err := in.session.Info(in.ctx, ref)
	c.mu.Lock()
	if err != nil {
		o.code = Code(err)
	} else {
		o.doc = &Document{session: in.session, ref: ref, info: info}
	}
	c.mu.Unlock()
	c.touch()
}

func hasVersion(s meeting.State, item meeting.ItemID, hash string) bool {
	for _, d := range s.Contents[item].Documents {
		for _, v := range d.Versions {
			if v.Hash == hash {
				return true
			}
		}
	}
	return false
}

// Hash names the content: the SHA-256 of the PDF.
func (d *Document) Hash() string { return d.ref.Hash }

// Pages is how many pages there are, at least 1.
func (d *Document) Pages() int { return d.info.Pages }

// PageSize is a page's size in points; A4 for a page that is not there.
func (d *Document) PageSize(page int) (width, height float32) {
	if page < 1 || page > len(d.info.Sizes) {
		return 595, 842
	}
	s := d.info.Sizes[page-1]
	return float32(s[0]), float32(s[1])
}

// Outline is the document's own table of contents, nil where it has none.
func (d *Document) Outline() []protocol.OutlineEntry { return d.info.Outline }

// MayCopy reports whether the document's author allows to copy text out of it.
func (d *Document) MayCopy() bool { return !d.info.NoCopy }

// Text is a page's words with their places.
func (d *Document) Text(ctx context.Context, page int) (Text, error) {
	return d.session.Text(ctx, d.ref, page)
}

// Picture is the whole page drawn that many pixels wide: 200, 800 or 1600.
// Without the server it comes as well as the device has it, larger or
// smaller. The picture is shared: nobody may write into it. Code tells what
// an error means.
func (d *Document) Picture(ctx context.Context, page, width int) (*image.RGBA, error) {
	if width == protocol.WidthThumb {
		if img, ok := d.thumb(page); ok {
			return img, nil
		}
	}
	data, err := d.session.Picture(ctx, d.ref, page, width)
	if err == nil {
		img, bad := decode(data)
		if bad == nil {
			return img, nil
		}
		d.session.DropPicture(d.ref, page, width)
		err = &session.Problem{Code: session.CodeBadAnswer, What: "picture", Err: bad}
	}
	if ctx.Err() == nil {
		if img, ok := d.kept(page, width); ok {
			return img, nil
		}
	}
	return nil, err
}

// thumb shrinks a larger picture that is here: no need to ask for a small one.
func (d *Document) thumb(page int) (*image.RGBA, bool) {
	if _, ok := d.session.KeptPicture(d.ref, page, protocol.WidthThumb); ok {
		return nil, false
	}
	data, ok := d.session.KeptPicture(d.ref, page, protocol.WidthSmall)
	if !ok {
		return nil, false
	}
	img, err := decode(data)
	if err != nil {
		return nil, false
	}
	return shrink(img, protocol.WidthThumb), true
}

// kept is the best of the other widths that the device has.
func (d *Document) kept(page, width int) (*image.RGBA, bool) {
	for _, w := range []int{protocol.WidthLarge, protocol.WidthSmall, protocol.WidthThumb} {
		if w == width {
			continue
		}
		if data, ok := d.session.KeptPicture(d.ref, page, w); ok {
			if img, err := decode(data); err == nil {
				return img, true
			}
		}
	}
	return nil, false
}
