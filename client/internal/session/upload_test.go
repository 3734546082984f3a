package session

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// An upload goes on from what the server has, where that is the beginning of this very file; else it begins anew.
func TestUploadGoesOnWhereItWasCutOff(t *testing.T) {
	whole := bytes.Repeat([]byte("0123456789"), 1000)
	sum := func(b []byte) string {
		s := sha256.Sum256(b)
		return hex.EncodeToString(s[:])
	}
	for name, c := range map[string]struct {
		again bool
		bytes int
		hash  string
		from  int
	}{
		"the first try":          {false, 4000, sum(whole[:4000]), 0},
		"after a cut":            {true, 4000, sum(whole[:4000]), 4000},
		"nothing came":           {true, 0, sum(nil), 0},
		"the file was changed":   {true, 4000, sum([]byte("another")), 0},
		"more than the file has": {true, 20_000, sum(whole), 0},
	} {
		t.Run(name, func(t *testing.T) {
			var query string
			var got []byte
			s := serverAt(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					_, _ = fmt.Fprintf(w, `{"bytes":%d,"hash":%q}`, c.bytes, c.hash)
					return
				}
				query = r.URL.RawQuery
				got, _ = io.ReadAll(r.Body)
				_, _ = io.WriteString(w, `{"hash":"h","name":"a.pdf","pages":1,"bytes":10000}`)
			})
			var last int64
			_, err := s.Upload(context.Background(), Sending{ID: "u-1", Name: "a.pdf", Size: 10_000, Again: c.again,
				Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(whole)), nil }, Progress: func(n int64) { last = n }})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, whole[c.from:]) || !strings.Contains(query, fmt.Sprintf("from=%d&name=a.pdf&size=10000&upload=u-1", c.from)) || last != 10_000 {
				t.Errorf("%d bytes, %s, told %d", len(got), query, last)
			}
		})
	}
}
