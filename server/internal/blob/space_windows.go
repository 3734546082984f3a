package blob

import "golang.org/x/sys/windows"

// space tells the bytes of a disk that are free for this user, and all of it.
func space(folder string) (free, total uint64, ok bool) {
	name, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, 0, false
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, &total, nil)
	return free, total, err == nil
}
