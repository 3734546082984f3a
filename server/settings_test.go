package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file of settings, as --config and the help describe it, is read: here up to
// the PIN, which is refused.
func TestSettingsFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "server.json")
	data, err := json.Marshal(map[string]any{
		"data": filepath.Join(dir, "data"), "listen": "127.0.0.1:0", "mdns": false, "name": []string{"room.example.vn"},
		"room": "Phòng họp số 1", "secretary": "Trần Thị An", "pin": "1111",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := command(t, "serve", "--config", file).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "choose another PIN") {
		t.Errorf("%v: %s", err, out)
	}
}
