package words

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// dynamic are the beginnings of keys that the sources complete with a code, a kind or a name.
var dynamic = []string{
	"help.", "lists.", "refusal.", "rules.share.", "rules.tie.", "toolkit.", "toread.", "vote.base.", "vote.check.", "vote.desk.mode_help.",
	"vote.electors.", "vote.head.", "vote.mark.", "vote.mode.", "vote.option.", "vote.result.", "vote.set.", "vote.share.", "vote.state.",
	"vote.template.", "vote.unit.", "vote.within.",
}

// Every text is one that a screen or a page may show: its key stands in the sources, or the beginning that is completed there does.
func TestNoKeyIsUnused(t *testing.T) {
	src := sources(t)
	for _, prefix := range dynamic {
		if !strings.Contains(src, `"`+prefix+`"`) {
			t.Errorf("no source completes %q", prefix)
		}
	}
	for key := range tables[Vietnamese]() {
		if !isUsed(src, key) {
			t.Errorf("nothing uses %s", key)
		}
	}
	if isUsed(src, "no.such"+".key") {
		t.Error("a key that nothing names is found: the scan is blind")
	}
}

func isUsed(src, key string) bool {
	for _, prefix := range dynamic {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	counted := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	return strings.Contains(src, `"`+key+`"`) || strings.Contains(src, `"`+counted+`"`)
}

// sources is all that is compiled into the client and the server.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	root := filepath.Join("..", "..", "..", "..")
	for _, part := range []string{"client", "server", "shared", "assets"} {
		err := filepath.WalkDir(filepath.Join(root, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			data, err := os.ReadFile(path)
			all.Write(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
