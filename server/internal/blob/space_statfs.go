//go:build linux || darwin

package blob

import "syscall"

// space tells the bytes of a disk that are free for this user, and all of it.
func space(folder string) (free, total uint64, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, 0, false
	}
	size := uint64(s.Bsize)                                       //nolint:gosec,unconvert // never negative; of another type elsewhere
	return uint64(s.Bavail) * size, uint64(s.Blocks) * size, true //nolint:unconvert // as above
}
