package session

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg" // pages come as one of these
	_ "image/png"
	"net/url"
	"strconv"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Ref names one version of a document where the server has it.
type Ref struct {
	Meeting string
	Item    meeting.ItemID
	Hash    string
}

func (r Ref) path() string {
	return "/v1/meetings/" + url.PathEscape(r.Meeting) + "/items/" + url.PathEscape(string(r.Item)) + "/documents/" + url.PathEscape(r.Hash)
}

// part is something of a document that is fetched and kept as a whole.
type part struct {
	ref   Ref
	name  string // on the device
	path  string
	check func([]byte) error
}

// maxSide is the longest side of a picture that is believed, in pixels.
const maxSide = 20000

func infoPart(r Ref) part {
	return part{r, "info", r.path() + "/info", func(data []byte) error {
		var info protocol.DocumentInfo
		if err := json.Unmarshal(data, &info); err != nil {
			return err
		}
		if info.Pages < 1 || len(info.Sizes) != info.Pages {
			return fmt.Errorf("%d pages with %d sizes", info.Pages, len(info.Sizes))
		}
		for _, size := range info.Sizes {
			if !(size[0] > 0 && size[1] > 0) {
				return fmt.Errorf("a page of %v points", size)
			}
		}
		return nil
	}}
}

func pictureName(page, width int) string { return fmt.Sprintf("p%d-%d", page, width) }

func picturePart(r Ref, page, width int) part {
	path := fmt.Sprintf("%s/pages/%d?width=%d", r.path(), page, width)
	return part{r, pictureName(page, width), path, checkPicture}
}

func tilePart(r Ref, page, width, x, y int) part {
	path := fmt.Sprintf("%s/pages/%d/tile?width=%d&x=%d&y=%d", r.path(), page, width, x, y)
	return part{r, fmt.Sprintf("%s%d-%d-%d-%d", cache.TilePrefix, page, width, x, y), path, checkPicture}
}

func textPart(r Ref, page int) part {
	return part{r, "x" + strconv.Itoa(page), fmt.Sprintf("%s/pages/%d/text", r.path(), page), func(data []byte) error {
		return json.Unmarshal(data, new(protocol.PageText))
	}}
}

func checkPicture(data []byte) error {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && (c.Width < 1 || c.Height < 1 || c.Width > maxSide || c.Height > maxSide) {
		err = fmt.Errorf("a picture of %d x %d", c.Width, c.Height)
	}
	return err
}

// Info is a document's sizes and outline: from the device, else the server.
func (s *Session) Info(ctx context.Context, r Ref) (info protocol.DocumentInfo, err error) {
	data, err := s.get(ctx, infoPart(r))
	if err != nil {
		return info, err
	}
	return info, s.decode(infoPart(r), data, &info)
}

// KeptInfo is Info where it is on the device.
func (s *Session) KeptInfo(r Ref) (info protocol.DocumentInfo, ok bool) {
	data, ok := s.opt.Area.Get(r.Hash, "info")
	if !ok {
		return info, false
	}
	return info, infoPart(r).check(data) == nil && json.Unmarshal(data, &info) == nil
}

// Text is a page's words with their places.
func (s *Session) Text(ctx context.Context, r Ref, page int) (t protocol.PageText, err error) {
	data, err := s.get(ctx, textPart(r, page))
	if err != nil {
		return t, err
	}
	return t, s.decode(textPart(r, page), data, &t)
}

// KeptText is Text where it is on the device, as it is kept: the JSON of a
// protocol.PageText.
func (s *Session) KeptText(r Ref, page int) ([]byte, bool) {
	return s.opt.Area.Get(r.Hash, textPart(r, page).name)
}

func (s *Session) decode(p part, data []byte, out any) error {
	if err := json.Unmarshal(data, out); err != nil {
		_ = s.opt.Area.DropPart(p.ref.Hash, p.name)
		return &Problem{Code: CodeBadAnswer, What: p.name, Err: err}
	}
	return nil
}

// Picture is a page drawn that many pixels wide, as the file of a picture:
// from the device, else the server.
func (s *Session) Picture(ctx context.Context, r Ref, page, width int) ([]byte, error) {
	return s.get(ctx, picturePart(r, page, width))
}

// KeptPicture is Picture where it is on the device.
func (s *Session) KeptPicture(r Ref, page, width int) ([]byte, bool) {
	return s.opt.Area.Get(r.Hash, pictureName(page, width))
}

// Tile is a part of a page, as the file of a picture.
func (s *Session) Tile(ctx context.Context, r Ref, page, width, x, y int) ([]byte, error) {
	return s.get(ctx, tilePart(r, page, width, x, y))
}

// KeptTile is Tile where it is on the device.
func (s *Session) KeptTile(r Ref, page, width, x, y int) ([]byte, bool) {
	return s.opt.Area.Get(r.Hash, tilePart(r, page, width, x, y).name)
}

// DropTile takes a tile off the device that proved to be damaged.
func (s *Session) DropTile(r Ref, page, width, x, y int) {
	_ = s.opt.Area.DropPart(r.Hash, tilePart(r, page, width, x, y).name)
}

// DropPicture takes a picture off the device that proved to be damaged.
func (s *Session) DropPicture(r Ref, page, width int) {
	_ = s.opt.Area.DropPart(r.Hash, pictureName(page, width))
}

// flight is a fetch that is under way, for all who wait for it.
type flight struct {
	done    chan struct{}
	data    []byte
	err     error
	waiting int
	cancel  context.CancelFunc
}

// get reads a part for the person: whatever is fetched ahead stands back.
func (s *Session) get(ctx context.Context, p part) ([]byte, error) {
	if data, ok := s.opt.Area.Get(p.ref.Hash, p.name); ok {
		return data, nil
	}
	s.mu.Lock()
	if s.link == Offline || s.link == Ended {
		s.mu.Unlock()
		return nil, &Problem{Code: CodeNotKept, What: p.name}
	}
	s.fetching.foreground++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.fetching.foreground--
		s.mu.Unlock()
		poke(s.wakeFetch)
	}()
	return s.fetch(ctx, p)
}

// fetch has the server's part brought once for all who want it now.
func (s *Session) fetch(ctx context.Context, p part) ([]byte, error) {
	key := p.ref.Hash + "/" + p.name
	s.mu.Lock()
	if s.ctx.Err() != nil {
		s.mu.Unlock()
		return nil, s.ctx.Err()
	}
	f, ok := s.fetching.flights[key]
	if !ok {
		f = &flight{done: make(chan struct{})}
		var flying context.Context
		flying, f.cancel = context.WithCancel(s.ctx)
		s.fetching.flights[key] = f
		s.all.Go(func() { s.fly(flying, key, f, p) })
	}
	f.waiting++
	s.mu.Unlock()
	select {
	case <-f.done:
		return f.data, f.err
	case <-ctx.Done():
	}
	s.mu.Lock()
	if f.waiting--; f.waiting == 0 {
		f.cancel()
		if s.fetching.flights[key] == f {
			delete(s.fetching.flights, key) // who comes now starts anew
		}
	}
	s.mu.Unlock()
	return nil, ctx.Err()
}

func (s *Session) fly(ctx context.Context, key string, f *flight, p part) {
	defer f.cancel()
	data, err := s.opt.Server.fetch(ctx, p.path, maxPicture)
	if CodeOf(err) == CodeNetwork && ctx.Err() == nil && s.connected() {
		data, err = s.opt.Server.fetch(ctx, p.path, maxPicture) // the connection was stale
	}
	if err == nil {
		if bad := p.check(data); bad != nil {
			data, err = nil, &Problem{Code: CodeBadAnswer, What: p.name, Err: bad}
		}
	}
	if err == nil {
		s.kept(p, s.put(p, data))
	} else if CodeOf(err) == protocol.CodeSignIn {
		s.signedOut()
	}
	s.mu.Lock()
	f.data, f.err = data, err
	if s.fetching.flights[key] == f {
		delete(s.fetching.flights, key)
	}
	s.mu.Unlock()
	close(f.done)
}

// kept notes that a part came, and whether the device could keep it.
func (s *Session) kept(p part, err error) {
	s.mu.Lock()
	s.setKept(keptParts, err)
	came := err == nil && s.fetching.came(p.ref.Hash, p.name)
	if came {
		s.look()
	}
	s.mu.Unlock()
	if came {
		s.changed()
	}
}
