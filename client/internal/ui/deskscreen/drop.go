package deskscreen

import (
	"regexp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// leading finds the item's number that a file's name begins with: "3. Báo cáo.pdf", "03_bao cao.pdf", "7a - tờ trình.pdf".
var leading = regexp.MustCompile(`^0*(\d{1,3}[a-z]?)(?:[\s._\-)]|$)`)

// drop takes files that were dropped on the window: they go to the item that is shown beside the agenda. Where none is, a file
// goes to the item whose number its name begins with, or else to the one chosen last. What is not taken is named.
func (d *desk) drop(uris []fyne.URI) {
	if !d.view.CanEdit {
		return
	}
	var refused []string
	for _, u := range uris {
		item := d.target(u.Name())
		if !isPDF(u.Name()) || item == "" {
			refused = append(refused, u.Name())
			continue
		}
		d.screen.actions.AttachFile(d.id, item, fileOf(u))
	}
	d.notice = ""
	if len(refused) > 0 {
		d.notice = words.T("desk.unsupported_drop") + ": " + strings.Join(refused[:min(len(refused), 5)], ", ")
	}
	d.screen.Refresh()
}

// target is the item a dropped file belongs to, "" when there is none.
func (d *desk) target(name string) meeting.ItemID {
	chosen, ok := d.find(d.selected)
	if !d.beside() {
		if m := leading.FindStringSubmatch(strings.ToLower(name)); m != nil {
			at := slices.IndexFunc(d.view.Items, func(i controller.ItemRow) bool { return i.Number == m[1] })
			if at >= 0 {
				chosen = d.view.Items[at]
			}
		}
	}
	if !ok || !chosen.Readable {
		return ""
	}
	return chosen.ID
}
