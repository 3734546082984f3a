package sqlite

import (
	"errors"

	"golang.org/x/sys/windows"
)

// diskFull says whether an error means that the disk or a quota is full.
func diskFull(err error) bool {
	return errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) || errors.Is(err, windows.ERROR_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

// syncFolder does nothing: NTFS journals the names of files.
func syncFolder(string) error { return nil }
