package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const (
	blockKey  = "PRIVATE KEY"
	blockCert = "CERTIFICATE"

	maxFile = 1 << 20 // bytes; a key with its chain has a few thousand
)

// errPair says that a file is not a key with its certificate.
var errPair = errors.New("not a key with its certificate in PEM")

// readPair reads what writePair wrote. The error wraps errPair, or is the
// file system's.
func readPair(path string) (pair, error) {
	b, err := readFile(path)
	if err != nil {
		return pair{}, err
	}
	key, rest := pem.Decode(b)
	cert, _ := pem.Decode(rest)
	if key == nil || key.Type != blockKey || cert == nil || cert.Type != blockCert {
		return pair{}, errPair
	}
	parsed, err := x509.ParsePKCS8PrivateKey(key.Bytes)
	if err != nil {
		return pair{}, fmt.Errorf("%w: %w", errPair, err)
	}
	var p pair
	var ok bool
	if p.key, ok = parsed.(*ecdsa.PrivateKey); !ok || p.key.Curve != elliptic.P256() {
		return pair{}, fmt.Errorf("%w: the key is not an ECDSA P-256 one", errPair)
	}
	if p.cert, err = x509.ParseCertificate(cert.Bytes); err != nil {
		return pair{}, fmt.Errorf("%w: %w", errPair, err)
	}
	if !p.key.PublicKey.Equal(p.cert.PublicKey) {
		return pair{}, fmt.Errorf("%w: the certificate belongs to another key", errPair)
	}
	return p, nil
}

// readFile reads a small file whole.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("%s: %w: it is larger than %d bytes", path, errPair, maxFile)
	}
	return b, err
}

// writePair replaces a file whole, durably, readable by its owner only.
func writePair(path string, p pair) (err error) {
	key, err := x509.MarshalPKCS8PrivateKey(p.key)
	if err != nil {
		return err
	}
	b := pem.EncodeToMemory(&pem.Block{Type: blockKey, Bytes: key})
	b = append(b, pem.EncodeToMemory(&pem.Block{Type: blockCert, Bytes: p.cert.Raw})...)
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*"+partEnd) // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(b); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// partEnd ends the names of files that are being written.
const partEnd = ".part"

// removeParts removes what an earlier run left half written; it may hold keys.
func removeParts(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), partEnd) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// makeFolder makes a folder that is its owner's only, durably.
func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := closeToOthers(dir, 0o700); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(dir))
}

// closeToOthers takes away the permissions of others, as a backup that was
// copied back may have brought them.
func closeToOthers(path string, mode os.FileMode) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	return os.Chmod(path, mode)
}
