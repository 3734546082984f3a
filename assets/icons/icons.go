// Package icons holds the line icons of the screens as SVG source: a selection of Lucide
// (ISC licence, text beside the files), untouched. It imports no toolkit; the theme colours them.
package icons

import (
	"embed"
	"sort"
	"strings"
)

//go:embed *.svg
var files embed.FS

// Name names an icon; it is the file's name without ".svg".
type Name string

// The icons at hand, named as Lucide names them.
const (
	ALargeSmall    Name = "a-large-small"
	ArrowDown      Name = "arrow-down"
	ArrowLeft      Name = "arrow-left"
	ArrowRight     Name = "arrow-right"
	ArrowUp        Name = "arrow-up"
	Bell           Name = "bell"
	BookOpen       Name = "book-open"
	Bookmark       Name = "bookmark"
	Calendar       Name = "calendar"
	Check          Name = "check"
	ChevronDown    Name = "chevron-down"
	ChevronLeft    Name = "chevron-left"
	ChevronRight   Name = "chevron-right"
	ChevronUp      Name = "chevron-up"
	Circle         Name = "circle"
	CircleCheck    Name = "circle-check"
	Clock          Name = "clock"
	CloudOff       Name = "cloud-off"
	Copy           Name = "copy"
	CornerUpLeft   Name = "corner-up-left"
	Crosshair      Name = "crosshair"
	Delete         Name = "delete"
	Download       Name = "download"
	Ellipsis       Name = "ellipsis"
	Eraser         Name = "eraser"
	Eye            Name = "eye"
	EyeOff         Name = "eye-off"
	FileText       Name = "file-text"
	FolderOpen     Name = "folder-open"
	GripVertical   Name = "grip-vertical"
	Hand           Name = "hand"
	Highlighter    Name = "highlighter"
	Info           Name = "info"
	KeyRound       Name = "key-round"
	Languages      Name = "languages"
	Lasso          Name = "lasso"
	LayoutGrid     Name = "layout-grid"
	List           Name = "list"
	ListIndent     Name = "list-indent-increase"
	ListOutdent    Name = "list-indent-decrease"
	Lock           Name = "lock"
	LogIn          Name = "log-in"
	LogOut         Name = "log-out"
	MapPin         Name = "map-pin"
	Maximize       Name = "maximize"
	Mic            Name = "mic"
	Minimize       Name = "minimize"
	Minus          Name = "minus"
	Monitor        Name = "monitor"
	Moon           Name = "moon"
	MoveHorizontal Name = "move-horizontal"
	MoveUpRight    Name = "move-up-right"
	PanelLeft      Name = "panel-left"
	PanelRight     Name = "panel-right"
	Pause          Name = "pause"
	Pencil         Name = "pencil"
	Play           Name = "play"
	Plus           Name = "plus"
	Presentation   Name = "presentation"
	QRCode         Name = "qr-code"
	Redo2          Name = "redo-2"
	RefreshCw      Name = "refresh-cw"
	RotateCcw      Name = "rotate-ccw"
	RotateCw       Name = "rotate-cw"
	ScanText       Name = "scan-text"
	Search         Name = "search"
	Send           Name = "send"
	Settings       Name = "settings"
	ShieldCheck    Name = "shield-check"
	Slash          Name = "slash"
	Square         Name = "square"
	Sun            Name = "sun"
	Trash2         Name = "trash-2"
	TriangleAlert  Name = "triangle-alert"
	Tv             Name = "tv"
	Type           Name = "type"
	Undo2          Name = "undo-2"
	Upload         Name = "upload"
	User           Name = "user"
	UserCheck      Name = "user-check"
	Users          Name = "users"
	Vote           Name = "vote"
	Wifi           Name = "wifi"
	WifiOff        Name = "wifi-off"
	X              Name = "x"
	ZoomIn         Name = "zoom-in"
	ZoomOut        Name = "zoom-out"
)

// SVG returns the source of an icon on a grid of 24 units, drawn in strokes of "currentColor".
// ok is false when there is no such icon.
func SVG(n Name) (source []byte, ok bool) {
	source, err := files.ReadFile(string(n) + ".svg")
	return source, err == nil
}

// Names lists every icon in alphabetical order.
func Names() []Name {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil
	}
	names := make([]Name, 0, len(entries))
	for _, e := range entries {
		names = append(names, Name(strings.TrimSuffix(e.Name(), ".svg")))
	}
	sort.Slice(names, func(i, j int) bool { return names[i] < names[j] })
	return names
}
