package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// Codes of problems that arise on the device; all others are those of package
// protocol and of the meeting.
const (
	CodeNetwork    = "network"     // the server cannot be reached
	CodeKeyChanged = "key_changed" // another server answers: nothing was sent to it
	CodeNotKept    = "not_kept"    // needs the server, and is not on this device
	CodeBadAnswer  = "bad_answer"  // the server answered what the protocol does not have
	CodeFile       = "file"        // a file on the device cannot be read
	CodeDeviceOld  = "version_old" // the server has a later protocol than this program
	CodeServerOld  = "server_old"  // the server has an earlier protocol than this program
	CodeOther      = "other"
)

// Problem is every error of this package that a person can be told about.
// Code is stable; the screens translate it.
type Problem struct {
	Code string
	// What names the field or the obstacle, for the log and the developer.
	What string
	// RetryAfter says how long to wait before the next try, for slow_down,
	// wrong_pin and unavailable. 0: not said.
	RetryAfter time.Duration
	// Err is what lies behind it, or nil.
	Err error
}

func (p *Problem) Error() string {
	s := p.Code
	if p.What != "" {
		s += ": " + p.What
	}
	if p.Err != nil {
		s += ": " + p.Err.Error()
	}
	return s
}

// Unwrap returns what lies behind the problem.
func (p *Problem) Unwrap() error { return p.Err }

// Is makes errors.Is compare problems by their code alone.
func (p *Problem) Is(target error) bool {
	o, ok := target.(*Problem)
	return ok && o.Code == p.Code
}

// OtherVersion reports whether a code says that device and server are of
// versions that do not understand each other.
func OtherVersion(code string) bool {
	return code == protocol.CodeVersion || code == CodeDeviceOld || code == CodeServerOld
}

// CodeOf gives the code of any error that a function of this package
// returned; "" for nil, "canceled" where the caller gave up.
func CodeOf(err error) string {
	var p *Problem
	switch {
	case err == nil:
		return ""
	case errors.As(err, &p):
		return p.Code
	case errors.Is(err, context.Canceled):
		return "canceled"
	}
	return CodeOther
}

// fromTransport turns a failed request into a Problem: another key, no
// network. Giving up by the caller stays what it is.
func fromTransport(ctx context.Context, err error) error {
	var changed *pin.KeyChangedError
	var chain *pin.ChainError
	var p *Problem
	switch {
	case err == nil || errors.As(err, &p):
		return err
	case errors.As(err, &changed), errors.As(err, &chain):
		return &Problem{Code: CodeKeyChanged, Err: err}
	case ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	}
	return &Problem{Code: CodeNetwork, Err: err}
}

// fromClose is why a socket that was closed with this code will not come back
// by itself.
func fromClose(code int) *Problem {
	switch code {
	case protocol.CloseSignIn:
		return &Problem{Code: protocol.CodeSignIn}
	case protocol.CloseVersion:
		return &Problem{Code: protocol.CodeVersion}
	case protocol.CloseInvalid:
		return &Problem{Code: CodeBadAnswer, What: "the server did not understand this device"}
	}
	return &Problem{Code: CodeOther, What: fmt.Sprintf("closed with code %d", code)}
}
