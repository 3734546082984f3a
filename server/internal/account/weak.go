package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	minDigits   = 6
	minRunes    = 8
	maxSecret   = 128 // bytes, in NFC
	maxRawBytes = 4 * maxSecret
	maxPattern  = 3 // the longest group whose repetition is refused
)

// common are guessed first and not refused by rule. Most are from lists of
// what people choose.
var common = map[string]bool{
	"112233": true, "223344": true, "332211": true, "123321": true, "111222": true, "102030": true,
	"147258": true, "159753": true, "147369": true, "258369": true, "789456": true, "123654": true,
	"11223344": true, "12341234": true, "1234512345": true, "123456123456": true,
	"password": true, "password1": true, "password123": true, "passw0rd": true, "matkhau1": true,
	"matkhau123": true, "mật khẩu": true, "mậtkhẩu1": true, "qwertyui": true, "qwerty123": true,
	"qwertyuiop": true, "asdfghjk": true, "asdfghjkl": true, "1q2w3e4r": true, "abc12345": true,
	"phonghop": true, "phonghop1": true, "phonghop123": true, "vietnam1": true, "admin123": true,
	"administrator": true, "iloveyou": true, "anhyeuem": true,
}

// normalise brings a secret into the form that is hashed: NFC, since devices
// differ in how they send "ế". ok is false for what can be nobody's secret.
func normalise(secret string) (out string, ok bool) {
	if len(secret) > maxRawBytes || !utf8.ValidString(secret) {
		return "", false
	}
	out = norm.NFC.String(secret)
	return out, out != "" && len(out) <= maxSecret
}

// accept normalises a new secret and refuses a weak one. The error is a
// *WeakError.
func accept(secret string) (string, error) {
	if !utf8.ValidString(secret) || strings.ContainsFunc(secret, func(r rune) bool { return !unicode.IsGraphic(r) }) {
		return "", &WeakError{Unreadable}
	}
	out, ok := normalise(secret)
	n := utf8.RuneCountInString(out)
	digits := !strings.ContainsFunc(out, func(r rune) bool { return r < '0' || r > '9' })
	switch {
	case !ok && secret != "":
		return "", &WeakError{TooLong}
	case n < minDigits || n < minRunes && !digits:
		return "", &WeakError{TooShort}
	case common[strings.ToLower(out)] || isRun([]rune(out), 1) || isRun([]rune(out), -1) || repeats([]rune(out)):
		return "", &WeakError{TooCommon}
	}
	return out, nil
}

// isRun says whether each rune follows the one before by the given step;
// 0 follows 9.
func isRun(s []rune, step rune) bool {
	for i, r := range s[1:] {
		last := s[i]
		next := last + step
		switch {
		case last == '9' && step > 0:
			next = '0'
		case last == '0' && step < 0:
			next = '9'
		}
		if r != next {
			return false
		}
	}
	return true
}

// repeats says whether the secret is a short group again and again: 111111,
// 121212, 123123.
func repeats(s []rune) bool {
	for size := 1; size <= maxPattern; size++ {
		same := true
		for i := size; i < len(s); i++ {
			same = same && s[i] == s[i-size]
		}
		if same {
			return true
		}
	}
	return false
}
