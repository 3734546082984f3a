package controller

import "phonghop/shared/meeting"

// Upload is a file on its way to the server.
type Upload struct {
	ID    string
	Item  meeting.ItemID
	Name  string
	Sent  int64
	Bytes int64
	Stage UploadStage
	// Code is why it failed, when Stage is UploadFailed.
	Code string
}

// UploadStage says how far an upload is.
type UploadStage string

// The stages.
const (
	UploadWaiting UploadStage = "waiting"
	UploadSending UploadStage = "sending"
	UploadReading UploadStage = "reading" // the server examines the file
	UploadDone    UploadStage = "done"
	UploadFailed  UploadStage = "failed"
)
