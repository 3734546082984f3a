package document

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func testKey(i int) string { return fmt.Sprintf("%064x/p1-w%d", i%3, i) }

func testPicture(size int) Picture {
	return Picture{ContentType: "image/jpeg", Width: 3, Height: 4, Data: []byte(strings.Repeat("x", size))}
}

// diskBytes adds up the files below a folder.
func diskBytes(t testing.TB, dir string) (bytes int64, files int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		bytes += info.Size()
		files++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return bytes, files
}

// On a disk that is nearly full the cache grows no more, and gives room back.
func TestCacheGivesRoomBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, err := openPictures(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if err := c.put(testKey(i), testPicture(1000)); err != nil {
			t.Fatal(err)
		}
	}
	c.spare = func() bool { return false }
	for i := range 4 {
		if err := c.put(testKey(100+i), testPicture(1000)); err != nil {
			t.Fatal(err)
		}
		bytes, files := diskBytes(t, dir)
		if want := max(0, 10-(i+1)*givenBack); files != want || bytes != c.bytes {
			t.Errorf("%d files, %d bytes, want %d files; counted %d", files, bytes, want, c.bytes)
		}
	}
	c.spare = func() bool { return true }
	if err := c.put(testKey(1), testPicture(1000)); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.get(testKey(1)); !ok {
		t.Error("with room again, nothing is kept")
	}
}

func TestCacheKeepsTheLastUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, err := openPictures(dir, 10*(1000+packedHeader))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 15 {
		if err := c.put(testKey(i), testPicture(1000)); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.get(testKey(0)); !ok { // used all the time
			t.Fatalf("the first is gone after %d", i)
		}
	}
	for i := range 15 {
		if _, ok := c.get(testKey(i)); ok != (i == 0 || i >= 6) {
			t.Errorf("%d is there: %v", i, ok)
		}
	}
	if bytes, files := diskBytes(t, dir); files != 10 || bytes != c.bytes {
		t.Errorf("%d files, %d bytes; counted %d", files, bytes, c.bytes)
	}
}

func TestCacheSurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, err := openPictures(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-48 * time.Hour)
	for i := range 10 {
		if err := c.put(testKey(i), testPicture(1000)); err != nil {
			t.Fatal(err)
		}
		at := long.Add(time.Duration(i) * time.Minute)
		if err := os.Chtimes(c.path(testKey(i)), at, at); err != nil {
			t.Fatal(err)
		}
	}
	if c, err = openPictures(dir, 1<<20); err != nil {
		t.Fatal(err)
	}
	if got, ok := c.get(testKey(0)); !ok || got.ContentType != "image/jpeg" || got.Width != 3 || got.Height != 4 || len(got.Data) != 1000 {
		t.Fatalf("got %+v, %v", got, ok)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(c.path(testKey(1))), "1"+partSuffix), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err = openPictures(dir, 3*(1000+packedHeader)); err != nil { // a smaller bound now
		t.Fatal(err)
	}
	for i := range 10 {
		if ok := c.has(testKey(i)); ok != (i == 0 || i >= 8) {
			t.Errorf("%d is there: %v", i, ok)
		}
	}
	if _, files := diskBytes(t, dir); files != 3 {
		t.Errorf("%d files", files)
	}
}

func TestCacheFindsDamage(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(string) error{
		"cut":      func(path string) error { return os.Truncate(path, 500) },
		"empty":    func(path string) error { return os.Truncate(path, 0) },
		"gone":     os.Remove,
		"zeros":    func(path string) error { return os.WriteFile(path, make([]byte, 1020), 0o600) },
		"extended": func(path string) error { return os.Truncate(path, 5000) },
	} {
		t.Run(name, func(t *testing.T) {
			c, err := openPictures(t.TempDir(), 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.put(testKey(1), testPicture(1000)); err != nil {
				t.Fatal(err)
			}
			if err := damage(c.path(testKey(1))); err != nil {
				t.Fatal(err)
			}
			if _, ok := c.get(testKey(1)); ok {
				t.Error("shown all the same")
			}
			if c.has(testKey(1)) || c.bytes != 0 {
				t.Error("still counted")
			}
		})
	}
}

// Whatever happens, the count is that of the disk and within the bound.
func TestCacheCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		c, err := openPictures(dir, 5000)
		if err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			key := testKey(rapid.IntRange(0, 8).Draw(rt, "key"))
			switch rapid.IntRange(0, 3).Draw(rt, "step") {
			case 0, 1:
				if err := c.put(key, testPicture(rapid.IntRange(1, 3000).Draw(rt, "size"))); err != nil {
					rt.Fatal(err)
				}
			case 2:
				c.get(key)
			case 3:
				c.removeDocument(key[:64])
			}
			if bytes, files := diskBytes(t, dir); bytes != c.bytes || files != len(c.entries) || bytes > 5000 {
				rt.Fatalf("%d bytes in %d files, counted %d in %d", bytes, files, c.bytes, len(c.entries))
			}
		}
	})
}
