package deskscreen

import (
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// drop takes files that were dropped on the window. One alone goes to the item that is shown beside the agenda; of several it is
// shown first which item each is for. What is no PDF file is not taken, and named.
func (d *desk) drop(uris []fyne.URI) {
	if !d.view.CanEdit {
		return
	}
	var refused []string
	var files []controller.File
	for _, u := range uris {
		if isPDF(u.Name()) {
			files = append(files, fileOf(u))
		} else {
			refused = append(refused, u.Name())
		}
	}
	d.notice = ""
	if len(refused) > 0 {
		d.notice = unsupported(refused)
	}
	d.screen.Refresh()
	other := meeting.ItemID("")
	if chosen, ok := d.find(d.selected); ok && chosen.Readable && d.beside() {
		other = chosen.ID
	}
	switch {
	case len(files) == 0 || len(d.view.Items) == 0:
	case len(files) == 1 && other != "":
		d.attach(other, files)
	default:
		d.sortFiles(files, other, refused)
	}
}

// unsupported tells which files are not taken; of many only the first are named.
func unsupported(names []string) string {
	const named = 5
	out := words.T("desk.unsupported_drop") + ": " + strings.Join(names[:min(len(names), named)], ", ")
	if len(names) > named {
		out += ", " + words.T("desk.files_others", words.Number(len(names)-named))
	}
	return out
}
