package theme

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"phonghop/assets/icons"
)

// Icon returns the icon in the named colour of the present theme, for the toolkit's own widgets; the project's draw with Draw.
// The colour is taken when the toolkit draws it, so that one resource stays right when the theme changes. An unknown
// icon draws nothing.
func Icon(name icons.Name, c fyne.ThemeColorName) fyne.Resource {
	return iconResource{name: name, color: c}
}

type iconResource struct {
	name  icons.Name
	color fyne.ThemeColorName
}

// Name holds the colour and scale too: the toolkit keeps drawn icons under this name.
func (r iconResource) Name() string {
	return fmt.Sprintf("%s-%s-%g.svg", r.name, hexOf(Color(r.color)), Scale())
}

// Content holds plain lines only, because the toolkit's reader misreads some arcs, and strokes as wide as they shall be on
// screen, because it scales the lines but not their width.
func (r iconResource) Content() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round">`,
		icons.Grid, icons.Grid, hexOf(Color(r.color)), icons.Width*Scale())
	for _, stroke := range icons.Strokes(r.name) {
		b.WriteString(`<path d="`)
		for i, p := range stroke {
			fmt.Fprintf(&b, "%s%.2f %.2f", [2]string{"M", "L"}[min(i, 1)], p.X, p.Y)
		}
		b.WriteString(`"/>`)
	}
	b.WriteString("</svg>")
	return b.Bytes()
}

func hexOf(c color.Color) string {
	n, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

// toolkitIcons are the icons the toolkit itself draws (fields, menus, dialogs), in our hand.
var toolkitIcons = map[fyne.ThemeIconName]icons.Name{
	fynetheme.IconNameCancel:        icons.X,
	fynetheme.IconNameConfirm:       icons.Check,
	fynetheme.IconNameDelete:        icons.Trash2,
	fynetheme.IconNameSearch:        icons.Search,
	fynetheme.IconNameMenuExpand:    icons.ChevronRight,
	fynetheme.IconNameArrowDropDown: icons.ChevronDown,
	fynetheme.IconNameArrowDropUp:   icons.ChevronUp,
	fynetheme.IconNameNavigateBack:  icons.ChevronLeft,
	fynetheme.IconNameNavigateNext:  icons.ChevronRight,
	fynetheme.IconNameMoveDown:      icons.ArrowDown,
	fynetheme.IconNameMoveUp:        icons.ArrowUp,
	fynetheme.IconNameVisibility:    icons.Eye,
	fynetheme.IconNameVisibilityOff: icons.EyeOff,
	fynetheme.IconNameContentAdd:    icons.Plus,
	fynetheme.IconNameContentRemove: icons.Minus,
	fynetheme.IconNameContentUndo:   icons.Undo2,
	fynetheme.IconNameContentRedo:   icons.Redo2,
	fynetheme.IconNameContentCopy:   icons.Copy,
	fynetheme.IconNameContentClear:  icons.X,
	fynetheme.IconNameInfo:          icons.Info,
	fynetheme.IconNameWarning:       icons.TriangleAlert,
	fynetheme.IconNameError:         icons.TriangleAlert,
	fynetheme.IconNameSettings:      icons.Settings,
	fynetheme.IconNameAccount:       icons.User,
	fynetheme.IconNameCalendar:      icons.Calendar,
	fynetheme.IconNameFolderOpen:    icons.FolderOpen,
	fynetheme.IconNameUpload:        icons.Upload,
	fynetheme.IconNameDownload:      icons.Download,
	fynetheme.IconNameViewRefresh:   icons.RefreshCw,
	fynetheme.IconNameViewZoomIn:    icons.ZoomIn,
	fynetheme.IconNameViewZoomOut:   icons.ZoomOut,
}

// Icon implements fyne.Theme; what is not in the list keeps the toolkit's drawing.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if ours, ok := toolkitIcons[name]; ok {
		return Icon(ours, Ink)
	}
	return fynetheme.DefaultTheme().Icon(name)
}
