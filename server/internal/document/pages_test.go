package document

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"phonghop/shared/protocol"
)

func TestEachPictureIsDrawnOnce(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	doc := s.upload(t, "5 pages")
	var wait sync.WaitGroup
	for i := range 100 {
		wait.Go(func() {
			got, err := s.Page(t.Context(), doc.Hash, i%5+1, 800)
			if err != nil {
				t.Error(err)
				return
			}
			want := strings.Repeat(fmt.Sprintf("draw %d 800 {0 0 0 0}", i%5+1), 50)
			if string(got.Data) != want || got.Width != 800 || got.Height != 1600 {
				t.Errorf("page %d: got %.20s", i%5+1, got.Data)
			}
		})
	}
	wait.Wait()
	for page := 1; page <= 5; page++ {
		if n := s.fake.counted(fmt.Sprintf("draw %d 800 {0 0 0 0}", page)); n != 1 {
			t.Errorf("page %d was drawn %d times", page, n)
		}
	}
}

func TestETags(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	doc := s.upload(t, "2 pages")
	show := func(page int) Drawn {
		d, err := s.Page(t.Context(), doc.Hash, page, 200)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a, again, b := show(1), show(1), show(2)
	if a.ETag != again.ETag || a.ETag == b.ETag || !strings.HasPrefix(a.ETag, `"`) {
		t.Errorf("etags %s %s %s", a.ETag, again.ETag, b.ETag)
	}
	if a.ContentType != "image/png" || again.ContentType != "image/png" || b.ContentType != "image/jpeg" {
		t.Errorf("kinds %s %s %s", a.ContentType, again.ContentType, b.ContentType)
	}
}

func TestWhatIsNotDrawn(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	doc := s.upload(t, "2 pages")
	for _, width := range []int{0, -1, 1, 801, 1 << 40} {
		_, err := s.Page(t.Context(), doc.Hash, 1, width)
		wantCode(t, err, CodeBadRequest)
		_, err = s.Tile(t.Context(), doc.Hash, 1, width, 0, 0)
		wantCode(t, err, CodeBadRequest)
	}
	for _, page := range []int{0, -1, 3, 1 << 40} {
		_, err := s.Page(t.Context(), doc.Hash, page, 800)
		wantCode(t, err, CodeNoSuchPage)
		_, err = s.Text(t.Context(), doc.Hash, page)
		wantCode(t, err, CodeNoSuchPage)
	}
	for _, at := range [][2]int{{-1, 0}, {0, -1}, {7, 0}, {0, 9}, {1 << 60, 1 << 60}} {
		_, err := s.Tile(t.Context(), doc.Hash, 1, 3200, at[0], at[1])
		wantCode(t, err, CodeBadRequest)
	}
	for _, hash := range []string{"", "../../x", strings.Repeat("0", 64)} {
		_, err := s.Page(t.Context(), hash, 1, 800)
		wantCode(t, err, CodeNotFound)
	}
}

// The tiles of a page cover it, and none lies outside.
func TestTilesCoverThePage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := Size{W: rapid.Float32Range(MinSidePoints, MaxSidePoints).Draw(t, "w"), H: rapid.Float32Range(MinSidePoints, MaxSidePoints).Draw(t, "h")}
		v := view{width: rapid.SampledFrom(TileWidths).Draw(t, "width"), tile: true}
		if finest := protocol.FinestTiles(float64(size.W), float64(size.H)); v.width > finest {
			if _, err := v.part(size); !errors.Is(err, &Refusal{Code: CodeBadRequest}) {
				t.Fatalf("%d of a page of %v: %v", v.width, size, err)
			}
			v.width = finest
		}
		w, h := Grid(size, v.width)
		last := Rect{}
		for v.x = 0; ; v.x++ {
			part, err := v.part(size)
			if err != nil {
				break
			}
			if part.Empty() || part.X != last.X+last.W || part.X+part.W > w || part.H > h {
				t.Fatalf("tile %d is %+v of %dx%d", v.x, part, w, h)
			}
			last = part
		}
		if last.X+last.W != w {
			t.Fatalf("the last column ends at %d of %d", last.X+last.W, w)
		}
		v.x, v.y = 0, (h-1)/TileSize
		if part, err := v.part(size); err != nil || part.Y+part.H != h {
			t.Fatalf("the last row is %+v of %d, %v", part, h, err)
		}
	})
}

// Who waits goes before the background, also when it asks for what the
// background has queued.
func TestUrgentGoesFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := newJobs(1)
		var order []string
		var wait sync.WaitGroup
		ask := func(key string, background bool) {
			wait.Go(func() {
				_, err := do(t.Context(), q, key, background, func(context.Context) (string, error) {
					time.Sleep(time.Second)
					order = append(order, key)
					return key, nil
				})
				if err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		ask("running", true)
		ask("background", true)
		ask("promoted", true)
		ask("urgent", false)
		ask("promoted", false)
		ask("promoted", true)
		wait.Wait()
		if got := strings.Join(order, " "); got != "running urgent promoted background" {
			t.Errorf("order: %s", got)
		}
		q.close()
	})
}

// The background leaves one of several workers free.
func TestBackgroundLeavesAWorker(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := newJobs(3)
		running := map[bool]int{}
		most := map[bool]int{}
		var mu sync.Mutex
		var wait sync.WaitGroup
		for i := range 20 {
			background := i%2 == 0
			wait.Go(func() {
				_, err := do(t.Context(), q, fmt.Sprint(i), background, func(context.Context) (int, error) {
					mu.Lock()
					running[background]++
					most[background] = max(most[background], running[background])
					mu.Unlock()
					time.Sleep(time.Second)
					mu.Lock()
					running[background]--
					mu.Unlock()
					return 0, nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if most[true] > 2 || most[false] > 3 || most[false] < 2 {
			t.Errorf("at a time: %v", most)
		}
		q.close()
	})
}

// What nobody waits for any more is not begun, and what runs is finished for
// those who still wait.
func TestAbandonedWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := newJobs(1)
		var ran []string
		ask := func(ctx context.Context, key string) chan error {
			done := make(chan error, 1)
			go func() {
				_, err := do(ctx, q, key, false, func(context.Context) (int, error) {
					time.Sleep(time.Second)
					ran = append(ran, key)
					return 0, nil
				})
				done <- err
			}()
			synctest.Wait()
			return done
		}
		ctx, cancel := context.WithCancel(t.Context())
		first, second := ask(ctx, "first"), ask(t.Context(), "first")
		queued := ask(ctx, "queued")
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) {
			t.Errorf("first: %v", err)
		}
		if err := <-queued; !errors.Is(err, context.Canceled) {
			t.Errorf("queued: %v", err)
		}
		if err := <-second; err != nil {
			t.Errorf("second: %v", err)
		}
		q.close()
		if got := strings.Join(ran, " "); got != "first" {
			t.Errorf("ran: %s", got)
		}
	})
}

func TestNoGoroutineIsLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	s := newService(t, func(c *Config) { c.PreparePages = 3 })
	s.upload(t, "20 pages")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}

// unwritable is a store on a full disk.
type unwritable struct{ Store }

func (unwritable) PutText(context.Context, string, int, Text) error {
	return errors.New("the disk is full")
}

func TestTextIsReadWhereItCannotBeKept(t *testing.T) {
	t.Parallel()
	s := newService(t, func(c *Config) { c.Store = unwritable{c.Store} })
	d, err := s.Upload(t.Context(), "a.pdf", strings.NewReader("2 pages"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Text(t.Context(), d.Hash, 2)
	if err != nil || text.String() != "page-2\n" {
		t.Errorf("%q, %v", text.String(), err)
	}
	if _, err := s.text(t.Context(), d.Hash, 1, true); err == nil {
		t.Error("work ahead takes it for kept")
	}
}
