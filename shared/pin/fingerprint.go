// Package pin lets a device recognise a room by its public key.
//
// Rooms have no certificate from a public authority: they work without internet, under addresses
// that change. What stays is a key. A room that makes its own certificates is recognised by the key
// of its authority, so that the server's certificate can be renewed at will; a room that uses an
// institution's certificate is recognised by the key of that certificate itself. A key is compared
// by the SHA-256 of its SubjectPublicKeyInfo.
package pin

import (
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strings"
)

// Size is the length of a fingerprint in bytes.
const Size = sha256.Size

// Fingerprint is the SHA-256 of a public key in its SubjectPublicKeyInfo form (DER).
// The zero value means "none known".
type Fingerprint [Size]byte

// ErrFingerprint says that a text is not a fingerprint in the form that String gives.
var ErrFingerprint = errors.New("not a key fingerprint: 43 characters of base64url are expected")

// ErrCode says that a text is not a short code in the form that Code gives.
var ErrCode = errors.New("not a key code: 12 letters and digits in groups of four are expected")

// Of returns the fingerprint of the certificate's public key.
func Of(cert *x509.Certificate) Fingerprint {
	return sha256.Sum256(cert.RawSubjectPublicKeyInfo)
}

// Parse reads what String wrote: 43 characters of base64url without padding, canonical (no stray
// bits in the last character). The all-zero fingerprint is refused. The error is ErrFingerprint.
func Parse(s string) (Fingerprint, error) {
	var f Fingerprint
	if len(s) != base64.RawURLEncoding.EncodedLen(Size) || strings.ContainsAny(s, "\r\n") {
		return f, ErrFingerprint
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != Size {
		return f, ErrFingerprint
	}
	copy(f[:], b)
	if f.IsZero() {
		return f, ErrFingerprint
	}
	return f, nil
}

// String returns the whole fingerprint in base64url without padding, 43 characters: the form used in
// DNS-SD records, join addresses and settings.
func (f Fingerprint) String() string {
	return base64.RawURLEncoding.EncodeToString(f[:])
}

// IsZero reports whether no fingerprint is known.
func (f Fingerprint) IsZero() bool { return f == Fingerprint{} }

// Equal compares in constant time.
func (f Fingerprint) Equal(g Fingerprint) bool {
	return subtle.ConstantTimeCompare(f[:], g[:]) == 1
}

// MarshalText writes the form of String; the zero fingerprint becomes the empty text.
func (f Fingerprint) MarshalText() ([]byte, error) {
	if f.IsZero() {
		return nil, nil
	}
	return []byte(f.String()), nil
}

// UnmarshalText reads what MarshalText wrote. The error is ErrFingerprint.
func (f *Fingerprint) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*f = Fingerprint{}
		return nil
	}
	g, err := Parse(string(b))
	if err != nil {
		return err
	}
	*f = g
	return nil
}

// CodeBits is how many bits of the fingerprint the short code shows. Somebody who wants to pass for
// the room in front of people who compare codes has to make about 2^60 keys to meet one code.
const CodeBits = 60

// codeAlphabet is Crockford's base 32: no I, L, O, U, so that nothing is misread from a wall.
const codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Code returns the first CodeBits bits as three groups of four, such as "KH7Q-2M4T-XW9P": the form
// that two people compare by eye or read out. It is for comparing only: devices compare the whole.
func (f Fingerprint) Code() string {
	var b strings.Builder
	var acc, have uint
	next := 0
	for n := 0; n < CodeBits/5; n++ {
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		if have < 5 {
			acc = acc<<8 | uint(f[next])
			next++
			have += 8
		}
		have -= 5
		b.WriteByte(codeAlphabet[acc>>have&31])
	}
	return b.String()
}

// ParseCode brings a code that a person typed into the form that Code gives: case, blanks and hyphens
// do not matter, O is read as 0, I and L as 1. The error is ErrCode.
func ParseCode(s string) (string, error) {
	if len(s) > 64 {
		return "", ErrCode
	}
	s = strings.ToUpper(s)
	s = strings.NewReplacer(" ", "", "-", "", "O", "0", "I", "1", "L", "1").Replace(s)
	if len(s) != CodeBits/5 {
		return "", ErrCode
	}
	for _, r := range s {
		if !strings.ContainsRune(codeAlphabet, r) {
			return "", ErrCode
		}
	}
	return s[:4] + "-" + s[4:8] + "-" + s[8:], nil
}
