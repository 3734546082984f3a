package windowtest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"phonghop/assets/translations"
	"phonghop/packaging/stage"
)

// within is how long one step may take: generous, for slow machines.
const within = 90 * time.Second

// open fills a room with the sample and starts its server, or skips the test
// where there is nothing to show windows on.
func open(t testing.TB) *stage.House {
	t.Helper()
	if testing.Short() {
		t.Skip("whole windows take minutes")
	}
	if err := stage.Tools(); err != nil {
		t.Skip(err)
	}
	// Sockets have short names, which folders of tests do not.
	dir, err := os.MkdirTemp("", "windows-")
	if err != nil {
		t.Fatal(err)
	}
	h := &stage.House{Dir: dir, Programs: programs(t), Within: within, Say: t.Logf}
	t.Cleanup(func() {
		h.End()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := h.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.Serve(t.Context(), "127.0.0.1:0", false); err != nil {
		t.Fatal(err)
	}
	return h
}

// programs builds the server, and the client that tells what it shows.
func programs(t testing.TB) string {
	t.Helper()
	if ready := os.Getenv("PHONGHOP_SIGHT_PROGRAMS"); ready != "" {
		return ready
	}
	dir := t.TempDir()
	build := func(name string, args ...string) {
		cmd := exec.Command("go", append([]string{"build", "-trimpath", "-o", filepath.Join(dir, name)}, args...)...) //nolint:gosec // fixed programs
		if name == "phonghop-server" {
			cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("build %s: %v\n%s", name, err, out)
		}
	}
	build("phonghop-server", "phonghop/server")
	build("phonghop", "-tags", "sight", "phonghop/client")
	return dir
}

// words gives the words of the screens in the first language. What stands for
// values is put in its place.
func words(t testing.TB) func(key string, values ...string) string {
	t.Helper()
	var all map[string]string
	if err := json.Unmarshal(translations.Vietnamese, &all); err != nil {
		t.Fatal(err)
	}
	return func(key string, values ...string) string {
		t.Helper()
		text, ok := all[key]
		if !ok {
			t.Fatalf("the screens have no words %q", key)
		}
		for i, v := range values {
			text = strings.ReplaceAll(text, "{"+string(rune('0'+i))+"}", v)
		}
		return text
	}
}
