package blob

import (
	"errors"
	"syscall"
)

// diskFull says whether an error means that the disk or a quota is full.
func diskFull(err error) bool {
	const (
		handleDiskFull = syscall.Errno(39)
		diskFull       = syscall.Errno(112)
		quotaExceeded  = syscall.Errno(1295)
	)
	return errors.Is(err, handleDiskFull) || errors.Is(err, diskFull) || errors.Is(err, quotaExceeded)
}

// syncFolder does nothing: NTFS journals the names of files.
func syncFolder(string) error { return nil }
