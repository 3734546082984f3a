package session

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
)

// stateFile is the file in which a device keeps the meeting.
func stateFile(t *testing.T, dir string) (file string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(`"stream":"meeting/`+theMeeting+`"`)) && bytes.Contains(data, []byte("snapshot")) {
			file = path
		}
		return err
	})
	if err != nil || file == "" {
		t.Fatalf("the state's file is not found: %v", err)
	}
	return file
}

// Where a state cannot be kept, what was done stays among the commands until
// it can.
func TestWhatIsDoneStaysUntilTheStateIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		f := newFake(1)
		area := cache.Open(dir, 0).Area("a")
		s := device(t, f, area, nil)
		s.Open(theMeeting)
		time.Sleep(2 * keepEvery)
		synctest.Wait()
		state := stateFile(t, dir)
		if err := os.Remove(state); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(state, "in the way"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * keepEvery)
		synctest.Wait()
		if data, _ := area.Kept(RecordOutbox); !strings.Contains(string(data), "sitting.open") || s.View().Pending != 0 || !s.View().Unkept {
			t.Errorf("%d wait, unkept %v: %s", s.View().Pending, s.View().Unkept, data)
		}
		if err := os.RemoveAll(state); err != nil {
			t.Fatal(err)
		}
		if err := s.Submit(theMeeting, "item-1", meeting.SetItemState{Item: "item-1", To: meeting.Running}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * keepEvery)
		synctest.Wait()
		if data, ok := area.Kept(RecordOutbox); ok || s.View().Unkept {
			t.Errorf("unkept %v: %s", s.View().Unkept, data)
		}
		stateFile(t, dir)
	})
}
