// Command browser puts the built client for browsers where the server embeds
// it: compressed for both kinds of browsers, and described by its hash.
//
//	browser PROGRAM.wasm WASM_EXEC.js FOLDER
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/andybalholm/brotli"
)

// heaviest is how much the program may weigh, in bytes and not compressed: a
// device must hold and compile all of it. Whoever needs more thinks twice, and
// says here why.
const heaviest = 32e6

func main() {
	quality := flag.Int("quality", brotli.BestCompression, "how hard brotli tries, 0 to 11; 9 is enough for a test")
	flag.Parse()
	if flag.NArg() != 3 {
		fmt.Fprintln(os.Stderr, "browser [-quality N] PROGRAM.wasm WASM_EXEC.js FOLDER")
		os.Exit(2)
	}
	if err := put(flag.Arg(0), flag.Arg(1), flag.Arg(2), *quality); err != nil {
		fmt.Fprintln(os.Stderr, "browser:", err)
		os.Exit(1)
	}
}

// put writes the files; the description last, so that a build that was broken
// off leaves none that looks ready.
func put(program, runtime, folder string, quality int) error {
	data, err := os.ReadFile(program) //nolint:gosec // the caller's choice
	if err != nil {
		return err
	}
	if len(data) > heaviest {
		return fmt.Errorf("the program has %.1f MB, more than %.1f: go list -deps tells what it reaches, walls_test.go what it must not", mb(len(data)), mb(heaviest))
	}
	exec, err := os.ReadFile(runtime) //nolint:gosec // the caller's choice
	if err != nil {
		return err
	}
	described := filepath.Join(folder, "built.json")
	if err := os.Remove(described); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	br, gz, err := squeeze(data, quality)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	description, err := json.Marshal(map[string]any{"hash": hex.EncodeToString(sum[:]), "bytes": len(data), "quality": quality})
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"phonghop.wasm.br", br}, {"phonghop.wasm.gz", gz}, {"wasm_exec.js", exec}, {"built.json", append(description, '\n')}} {
		if err := os.WriteFile(filepath.Join(folder, f.name), f.data, 0o644); err != nil { //nolint:gosec // everybody may read it
			return err
		}
	}
	_, err = fmt.Printf("client for browsers: %.1f MB, as brotli %.2f MB, as gzip %.2f MB\n", mb(len(data)), mb(len(br)), mb(len(gz)))
	return err
}

func mb(n int) float64 { return float64(n) / 1e6 }

// squeeze compresses both ways at the same time: brotli takes a minute.
func squeeze(data []byte, quality int) (br, gz []byte, err error) {
	var wait sync.WaitGroup
	var brErr, gzErr error
	wait.Go(func() {
		br, brErr = through(data, func(to io.Writer) (io.WriteCloser, error) {
			return brotli.NewWriterOptions(to, brotli.WriterOptions{Quality: quality, LGWin: 24}), nil
		})
	})
	wait.Go(func() {
		gz, gzErr = through(data, func(to io.Writer) (io.WriteCloser, error) {
			return gzip.NewWriterLevel(to, gzip.BestCompression)
		})
	})
	wait.Wait()
	return br, gz, errors.Join(brErr, gzErr)
}

func through(data []byte, compressor func(io.Writer) (io.WriteCloser, error)) ([]byte, error) {
	var out bytes.Buffer
	w, err := compressor(&out)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
