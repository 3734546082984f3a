package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"phonghop/shared/protocol"
)

// What of a page is drawn, in pixels. Every client shows the same pictures,
// so that each is drawn once.
const (
	WidthThumb = 200
	WidthSmall = 800
	WidthLarge = 1600
	TileSize   = 512 // of a tile's sides; those at the right and lower edge are smaller
)

// Widths are those of whole pages, TileWidths those of pages cut into tiles.
var (
	Widths     = []int{WidthThumb, WidthSmall, WidthLarge}
	TileWidths = protocol.TileWidths
)

// Drawn is a picture as it is sent.
type Drawn struct {
	Picture
	ETag string // strong, with its quotes
}

// view is a picture that can be asked for.
type view struct {
	hash  string
	page  int
	width int
	tile  bool
	x, y  int // of the tile in the grid, from 0
}

// key names the picture in the cache and among the jobs.
func (v view) key() string {
	if v.tile {
		return fmt.Sprintf("%s/p%d-w%d-x%d-y%d", v.hash, v.page, v.width, v.x, v.y)
	}
	return fmt.Sprintf("%s/p%d-w%d", v.hash, v.page, v.width)
}

// Page returns the picture of a whole page (from 1), width pixels wide: one
// of Widths. A page that is extremely tall comes smaller. The error is a
// *Refusal when it cannot be drawn or does not exist.
func (s *Service) Page(ctx context.Context, hash string, page, width int) (Drawn, error) {
	if !slices.Contains(Widths, width) {
		return Drawn{}, Refuse(CodeBadRequest, "width %d: pages are drawn at %v", width, Widths)
	}
	return s.show(ctx, view{hash: hash, page: page, width: width}, false)
}

// Tile returns a part of a page (from 1) drawn at one of TileWidths: the tile
// in column x and row y, from 0, of a grid of TileSize pixels that starts at
// the upper left corner; see Grid. Pages that do not need the finest widths,
// or have nothing to show at them, are refused there. The error is a *Refusal when it cannot be
// drawn or does not exist.
func (s *Service) Tile(ctx context.Context, hash string, page, width, x, y int) (Drawn, error) {
	if !slices.Contains(TileWidths, width) {
		return Drawn{}, Refuse(CodeBadRequest, "width %d: tiles are drawn at %v", width, TileWidths)
	}
	return s.show(ctx, view{hash: hash, page: page, width: width, tile: true, x: x, y: y}, false)
}

func (s *Service) show(ctx context.Context, v view, background bool) (Drawn, error) {
	record, err := s.record(ctx, v.hash)
	if err != nil {
		return Drawn{}, err
	}
	if v.page < 1 || v.page > record.Info.Pages() {
		return Drawn{}, Refuse(CodeNoSuchPage, "page %d of %d", v.page, record.Info.Pages())
	}
	part, err := v.part(record.Info.Sizes[v.page-1])
	if err != nil {
		return Drawn{}, err
	}
	key := v.key()
	if p, ok := s.pictures.get(key); ok {
		return sent(p), nil
	}
	p, err := do(ctx, s.jobs, key, background, func(ctx context.Context) (Picture, error) {
		return s.draw(ctx, v, part)
	})
	if err != nil {
		return Drawn{}, err
	}
	return sent(p), nil
}

// part returns the tile's rectangle, or nothing for a whole page.
func (v view) part(size Size) (Rect, error) {
	if !v.tile {
		return Rect{}, nil
	}
	if finest := protocol.FinestTiles(float64(size.W), float64(size.H)); v.width > finest {
		return Rect{}, Refuse(CodeBadRequest, "width %d: this page is drawn up to %d", v.width, finest)
	}
	w, h := Grid(size, v.width)
	if v.x < 0 || v.y < 0 || v.x > (w-1)/TileSize || v.y > (h-1)/TileSize {
		return Rect{}, Refuse(CodeBadRequest, "tile %d,%d of a page of %dx%d pixels", v.x, v.y, w, h)
	}
	x, y := v.x*TileSize, v.y*TileSize
	return Rect{X: x, Y: y, W: min(TileSize, w-x), H: min(TileSize, h-y)}, nil
}

// draw draws a picture and keeps it. That it cannot be kept is no reason not
// to show it.
func (s *Service) draw(ctx context.Context, v view, part Rect) (Picture, error) {
	key := v.key()
	if p, ok := s.pictures.get(key); ok { // drawn while this one waited
		return p, nil
	}
	path, err := s.config.Blobs.Path(v.hash)
	if err != nil {
		return Picture{}, err
	}
	p, err := s.config.Renderer.Draw(ctx, path, v.page, v.width, part)
	if err != nil {
		return Picture{}, err
	}
	if err := s.pictures.put(key, p); err != nil {
		s.config.Log.Warn("a page's picture was not kept", "error", err)
	}
	return p, nil
}

func sent(p Picture) Drawn {
	sum := sha256.Sum256(p.Data)
	return Drawn{Picture: p, ETag: `"` + hex.EncodeToString(sum[:16]) + `"`}
}

// Text returns the words of a page (from 1), reading it first if that was not
// done yet. A page that cannot be read has no words, and Cut is set.
func (s *Service) Text(ctx context.Context, hash string, page int) (Text, error) {
	return s.text(ctx, hash, page, false)
}

func (s *Service) text(ctx context.Context, hash string, page int, background bool) (Text, error) {
	record, err := s.record(ctx, hash)
	if err != nil {
		return Text{}, err
	}
	if page < 1 || page > record.Info.Pages() {
		return Text{}, Refuse(CodeNoSuchPage, "page %d of %d", page, record.Info.Pages())
	}
	text, err := s.config.Store.Text(ctx, hash, page)
	if err == nil || !errors.Is(err, ErrUnknown) {
		return text, err
	}
	text, err = do(ctx, s.jobs, fmt.Sprintf("%s/p%d-text", hash, page), background, func(ctx context.Context) (Text, error) {
		return s.read(ctx, hash, page)
	})
	var unkept *unkeptError
	if errors.As(err, &unkept) && !background {
		s.config.Log.Warn("a page's text was not kept", "error", unkept.err)
		return unkept.text, nil // who wants to read it is not kept from it
	}
	return text, err
}

// unkeptError is that of a text which was read and could not be kept.
type unkeptError struct {
	text Text
	err  error
}

func (e *unkeptError) Error() string { return fmt.Sprintf("keep a page's text: %v", e.err) }
func (e *unkeptError) Unwrap() error { return e.err }

// read has a page read and keeps its text. The error is an *unkeptError where
// only that failed.
func (s *Service) read(ctx context.Context, hash string, page int) (Text, error) {
	path, err := s.config.Blobs.Path(hash)
	if err != nil {
		return Text{}, err
	}
	text, err := s.config.Renderer.Text(ctx, path, page)
	var refusal *Refusal
	if errors.As(err, &refusal) {
		s.config.Log.Info("a page cannot be read", "page", page, "code", refusal.Code)
		text, err = Text{Cut: true}, nil
	}
	if err != nil {
		return Text{}, err
	}
	if err := s.config.Store.PutText(ctx, hash, page, text); err != nil {
		return Text{}, &unkeptError{text, err}
	}
	return text, nil
}
