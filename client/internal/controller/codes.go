package controller

import (
	"errors"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// screenCodes maps codes of the wire and of the device to those the screens
// have words for; every other code is passed on as it is.
var screenCodes = map[string]string{
	protocol.CodeSignIn:    "signed_out",
	protocol.CodeTooLarge:  "pdf_too_large",
	"upload_too_large":     "pdf_too_large",
	"upload_no_space":      protocol.CodeStorageFull,
	"document_not_found":   protocol.CodeNotFound,
	session.CodeNotKept:    session.CodeNetwork,
	session.CodeBadAnswer:  session.CodeOther,
	session.CodeFile:       session.CodeOther,
	string(meeting.Exists): "conflict",
}

func screenCode(code string) string {
	if c, ok := screenCodes[code]; ok {
		return c
	}
	return code
}

// Code gives the refusal code the screens have words for ("refusal." + code),
// for any error a method of this package returned: "" for nil, "canceled"
// where the caller gave up.
func Code(err error) string {
	var refused *meeting.Refusal
	if errors.As(err, &refused) {
		return screenCode(string(refused.Code))
	}
	return screenCode(session.CodeOf(err))
}
