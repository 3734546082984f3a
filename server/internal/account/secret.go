package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Params says how much a guess costs. Zero fields get the defaults.
type Params struct {
	Memory   uint32 // of one hash, in KiB; 19 MiB
	Passes   uint32 // over the memory; 2
	Threads  uint8  // of one hash; 1
	Parallel int    // hashes made at once; 2
}

// The defaults are OWASP's; they bind 38 MiB when two hashes are made.
const (
	defaultMemory   = 19 << 10
	defaultPasses   = 2
	defaultThreads  = 1
	defaultParallel = 2

	saltBytes = 16
	keyBytes  = 32
)

// Bounds of what a stored hash may ask for, so that a damaged one neither
// stops the server nor eats its memory.
const (
	maxMemory  = 1 << 20 // KiB
	maxPasses  = 64
	maxThreads = 16
	maxField   = 64 // bytes of salt or key
)

func (p Params) filled() Params {
	if p.Memory == 0 {
		p.Memory = defaultMemory
	}
	if p.Passes == 0 {
		p.Passes = defaultPasses
	}
	if p.Threads == 0 {
		p.Threads = defaultThreads
	}
	if p.Parallel <= 0 {
		p.Parallel = defaultParallel
	}
	return p
}

func (p Params) check() error {
	if p.Memory > maxMemory || p.Passes < 1 || p.Passes > maxPasses || p.Threads < 1 || p.Threads > maxThreads ||
		p.Memory < 8*uint32(p.Threads) {
		return fmt.Errorf("argon2id cannot be run with m=%d,t=%d,p=%d", p.Memory, p.Passes, p.Threads)
	}
	return nil
}

// hash is an argon2id hash with what is needed to make it again.
type hash struct {
	memory, passes uint32
	threads        uint8
	salt, key      []byte
}

var errHash = errors.New("a stored secret is damaged: set the person's PIN again")

// String returns the PHC form: $argon2id$v=19$m=…,t=…,p=…$salt$key.
func (h hash) String() string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, h.memory, h.passes, h.threads, b64(h.salt), b64(h.key))
}

// parseHash reads what String wrote. The error is errHash.
func parseHash(s string) (h hash, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return hash{}, errHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.threads); err != nil || n != 3 {
		return hash{}, errHash
	}
	if (Params{Memory: h.memory, Passes: h.passes, Threads: h.threads}).check() != nil {
		return hash{}, errHash
	}
	if h.salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4]); err != nil || len(h.salt) < 8 || len(h.salt) > maxField {
		return hash{}, errHash
	}
	if h.key, err = base64.RawStdEncoding.Strict().DecodeString(parts[5]); err != nil || len(h.key) < 16 || len(h.key) > maxField {
		return hash{}, errHash
	}
	if h.String() != s {
		return hash{}, errHash
	}
	return h, nil
}

// hasher makes and compares hashes, a bounded number at once.
type hasher struct {
	params Params
	rand   io.Reader
	turns  chan struct{}
	nobody hash // compared with where there is no secret; no PIN matches it
}

func newHasher(p Params, rand io.Reader) (*hasher, error) {
	p = p.filled()
	if err := p.check(); err != nil {
		return nil, err
	}
	h := &hasher{params: p, rand: rand, turns: make(chan struct{}, p.Parallel)}
	h.nobody = hash{memory: p.Memory, passes: p.Passes, threads: p.Threads, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	for _, b := range [][]byte{h.nobody.salt, h.nobody.key} {
		if _, err := io.ReadFull(rand, b); err != nil {
			return nil, fmt.Errorf("get random bytes: %w", err)
		}
	}
	return h, nil
}

// turn waits until one more hash may be made. The error is the context's.
func (h *hasher) turn(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	select {
	case h.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (h *hasher) done() { <-h.turns }

// make hashes a secret that was normalised.
func (h *hasher) make(ctx context.Context, secret string) (string, error) {
	p := h.params
	out := hash{memory: p.Memory, passes: p.Passes, threads: p.Threads, salt: make([]byte, saltBytes)}
	if _, err := io.ReadFull(h.rand, out.salt); err != nil {
		return "", fmt.Errorf("get random bytes: %w", err)
	}
	if err := h.turn(ctx); err != nil {
		return "", err
	}
	defer h.done()
	out.key = argon2.IDKey([]byte(secret), out.salt, out.passes, out.memory, out.threads, keyBytes)
	return out.String(), nil
}

// matches says whether a secret that was normalised is the one that was
// hashed. It has its turn already.
func (h hash) matches(secret string) bool {
	got := argon2.IDKey([]byte(secret), h.salt, h.passes, h.memory, h.threads, uint32(len(h.key)))
	return subtle.ConstantTimeCompare(got, h.key) == 1
}

// outdated says whether a hash was made with other params than are wanted now.
func (h *hasher) outdated(have hash) bool {
	return have.memory != h.params.Memory || have.passes != h.params.Passes || have.threads != h.params.Threads ||
		len(have.key) != keyBytes
}
