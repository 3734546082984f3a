package document

import "fmt"

// Code names why a document or a request is refused. Codes are part of the
// HTTP API: they never change their meaning.
type Code string

// The reasons, each with what the secretary can do about it.
const (
	CodeEncrypted    Code = "pdf_encrypted"      // needs a password: save it without one
	CodeBroken       Code = "pdf_broken"         // damaged, or does not end: export it again
	CodeEmpty        Code = "pdf_empty"          // no bytes, or no pages
	CodeNotPDF       Code = "pdf_not_pdf"        // another kind of file: convert it
	CodeTooManyPages Code = "pdf_too_many_pages" // split it
	CodeTimeout      Code = "pdf_timeout"        // takes too long: simplify it, or scan it anew
	CodeMemory       Code = "pdf_memory"         // needs too much memory: the same
	CodeNoSuchPage   Code = "pdf_no_such_page"   // the page asked for does not exist
	CodeBadRequest   Code = "pdf_bad_request"    // a width, tile or rectangle out of bounds
	CodeTooLarge     Code = "upload_too_large"   // more bytes than a document may have
	CodeNoSpace      Code = "upload_no_space"    // the server's disk is full
	CodeNotFound     Code = "document_not_found" // no document with this hash
	CodeNoExport     Code = "document_no_export" // it cannot be written anew with annotations
)

// Refusal is the error for a document or a request that can never succeed as
// it is. Everything else (a full queue, a dead worker, a closed service) is an
// ordinary error and may be tried again.
type Refusal struct {
	Code   Code
	Detail string // for the log and the curious, in English; may be empty
}

// Error implements error.
func (r *Refusal) Error() string {
	if r.Detail == "" {
		return string(r.Code)
	}
	return fmt.Sprintf("%s: %s", r.Code, r.Detail)
}

// Is makes errors.Is compare refusals by their code alone.
func (r *Refusal) Is(target error) bool {
	o, ok := target.(*Refusal)
	return ok && o.Code == r.Code
}

// Refuse makes a Refusal.
func Refuse(code Code, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Detail: fmt.Sprintf(format, args...)}
}
