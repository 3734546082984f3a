//go:build !js

package deskscreen

import (
	"cmp"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
)

// mostListed bounds how much of a folder is listed.
const mostListed = 5000

// Browser implements Files: on desktops, folders are looked into by the desk itself.
func (Dialogs) Browser() Browser {
	if fyne.CurrentDevice().IsMobile() {
		return nil
	}
	home, _ := os.UserHomeDir() // without one, the search begins at the drives
	return disk{home}
}

// disk is the device's own folders.
type disk struct{ home string }

// Places implements Browser.
func (d disk) Places() []Place {
	var out []Place
	add := func(name, path string) {
		if info, err := os.Stat(path); path != "" && err == nil && info.IsDir() {
			out = append(out, Place{name, path})
		}
	}
	if d.home != "" {
		for _, names := range [][]string{{"files.downloads", "Downloads", "Tải về", "Tải xuống"}, {"files.documents", "Documents", "Tài liệu"},
			{"files.desktop", "Desktop", "Màn hình nền"}} {
			for _, name := range names[1:] {
				add(words.T(names[0]), filepath.Join(d.home, name))
			}
		}
		add(words.T("files.home"), d.home)
	}
	for _, path := range drives(filepath.Base(d.home)) {
		name := filepath.Base(path)
		if runtime.GOOS == "windows" {
			name = path
		}
		add(name, path)
	}
	return out
}

// drives are where sticks and other drives are found.
func drives(user string) []string {
	var out []string
	if runtime.GOOS == "windows" {
		for c := 'C'; c <= 'Z'; c++ {
			out = append(out, string(c)+`:\`)
		}
		return out
	}
	for _, folder := range []string{filepath.Join("/media", user), filepath.Join("/run/media", user), "/Volumes", "/mnt"} {
		entries, _ := os.ReadDir(folder) // one that is not there has nothing
		for _, e := range entries {
			out = append(out, filepath.Join(folder, e.Name()))
		}
	}
	return out
}

// List implements Browser.
func (d disk) List(folder string) (Listing, error) {
	l := Listing{Path: folder}
	if parent := filepath.Dir(folder); parent != folder {
		l.Parent = parent
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return l, err
	}
	for _, e := range entries {
		if len(l.Folders)+len(l.Files) >= mostListed {
			l.Cut = true
			break
		}
		path := filepath.Join(folder, e.Name())
		info, err := os.Stat(path) // what a link leads to
		switch {
		case err != nil || strings.HasPrefix(e.Name(), "."):
		case info.IsDir():
			l.Folders = append(l.Folders, Place{e.Name(), path})
		case info.Mode().IsRegular() && isPDF(e.Name()):
			l.Files = append(l.Files, Found{controller.File{Name: e.Name(), Size: info.Size(), Open: func() (io.ReadCloser, error) { return os.Open(path) }}, info.ModTime()})
		}
	}
	slices.SortStableFunc(l.Folders, func(a, b Place) int { return cmp.Compare(plain(a.Name), plain(b.Name)) })
	slices.SortStableFunc(l.Files, func(a, b Found) int { return cmp.Compare(plain(a.File.Name), plain(b.File.Name)) })
	return l, nil
}
