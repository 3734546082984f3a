package deskscreen

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// uploads keeps a row for every file on its way that is shown, so that a row grows under the eyes without being built anew, and a
// press on its button is not lost.
type uploads struct {
	screen *Screen
	list   []controller.Upload
	row    map[string]*widget.ProgressRow
	// batch holds the sizes in bytes, as far as known, of the files that were on the list since it was empty; all shows them together.
	batch map[string]int64
	all   *widget.ProgressRow
}

func newUploads(s *Screen) *uploads {
	return &uploads{screen: s, row: map[string]*widget.ProgressRow{}, batch: map[string]int64{}, all: widget.NewProgressRow(icons.Upload, words.T("desk.all_title"))}
}

// shownUpload is what decides whether the rows of an item have to be put together anew.
type shownUpload struct {
	ID     string
	Failed bool
	Code   string
}

// update takes over where the uploads are. Finished ones are no rows any more: their documents are in the list.
func (u *uploads) update(list []controller.Upload) {
	u.list = slices.DeleteFunc(slices.Clone(list), func(x controller.Upload) bool { return x.Stage == controller.UploadDone })
	under := make(map[string]bool, len(u.list))
	for _, x := range u.list {
		under[x.ID] = true
	}
	maps.DeleteFunc(u.row, func(id string, _ *widget.ProgressRow) bool { return !under[id] })
	for _, x := range u.list {
		if row, ok := u.row[x.ID]; ok {
			u.show(row, x)
		}
	}
	u.sum()
}

func (u *uploads) show(row *widget.ProgressRow, x controller.Upload) {
	actions := u.screen.actions
	row.OnCancel = func() { u.cancel(x.ID) }
	row.OnRetry = nil
	part := float32(0)
	if x.Bytes > 0 {
		part = float32(x.Sent) / float32(x.Bytes)
	}
	switch x.Stage {
	case controller.UploadFailed:
		if mayHelp(x.Code) {
			row.OnRetry = func() { actions.RetryUpload(x.ID); u.screen.Refresh() }
		}
		row.Set(widget.Failed, part, words.Refusal(x.Code))
	case controller.UploadSending:
		row.Set(widget.Running, part, words.T("desk.sent_of", words.Bytes(x.Sent), words.Bytes(max(x.Bytes, x.Sent))))
	case controller.UploadReading:
		row.Set(widget.Running, 1, words.T("desk.reading_file"))
	default:
		row.Set(widget.Running, 0, words.T("desk.upload_waits"))
	}
}

// cancel takes a file off the list.
func (u *uploads) cancel(id string) {
	delete(u.batch, id)
	u.screen.actions.CancelUpload(id)
	u.screen.Refresh()
}

// sum brings the row of all files up to date. It counts from when the list was empty until it is empty again.
func (u *uploads) sum() {
	if len(u.list) == 0 {
		clear(u.batch)
		return
	}
	failed, missing, whole := 0, int64(0), int64(0)
	for _, x := range u.list {
		u.batch[x.ID] = max(x.Bytes, x.Sent, 1)
		missing += u.batch[x.ID]
		if x.Stage == controller.UploadFailed {
			failed++
		} else {
			missing -= x.Sent
		}
	}
	for _, size := range u.batch {
		whole += size
	}
	part := float32(whole-missing) / float32(whole)
	u.all.OnCancel, u.all.OnRetry = nil, nil
	done := len(u.batch) - len(u.list)
	if failed < len(u.list) {
		u.all.OnCancel = u.cancelAll
		u.all.Set(widget.Running, part, words.T("desk.all_files", done, len(u.batch)))
		return
	}
	if slices.ContainsFunc(u.list, func(x controller.Upload) bool { return mayHelp(x.Code) }) {
		u.all.OnRetry = u.retryAll
	}
	u.all.Set(widget.Failed, part, words.T("desk.all_files_failed", done, len(u.batch), failed))
}

// many tells whether the files are so many that one row for all of them helps.
func (u *uploads) many() bool { return len(u.batch) > 3 && len(u.list) > 0 }

func (u *uploads) cancelAll() {
	u.screen.ask(widget.Question{Title: words.T("desk.cancel_all_ask"), Yes: words.T("desk.cancel_all"), No: words.T("common.no"), Destroys: true}, func() {
		for _, x := range slices.Clone(u.list) {
			if x.Stage != controller.UploadFailed {
				u.cancel(x.ID)
			}
		}
	})
}

func (u *uploads) retryAll() {
	for _, x := range u.list {
		if x.Stage == controller.UploadFailed && mayHelp(x.Code) {
			u.screen.actions.RetryUpload(x.ID)
		}
	}
	u.screen.Refresh()
}

// mayHelp tells whether the same file can go through another time. What is wrong with the file itself stays wrong.
func mayHelp(code string) bool { return !strings.HasPrefix(code, "pdf_") || code == "pdf_timeout" }

// mostUploads bounds how many files on their way to an item are shown one by one; those that failed come first.
const mostUploads = 20

// shownOf are the uploads of an item that are shown, and how many more there are.
func (u *uploads) shownOf(item meeting.ItemID) (out []controller.Upload, more int) {
	for _, x := range u.list {
		if x.Item == item {
			out = append(out, x)
		}
	}
	if len(out) <= mostUploads {
		return out, 0
	}
	slices.SortStableFunc(out, func(a, b controller.Upload) int { return urgency(a) - urgency(b) })
	return out[:mostUploads], len(out) - mostUploads
}

// urgency is 0 for what a person should see first: a file that did not go through, then one that is on its way.
func urgency(x controller.Upload) int {
	switch x.Stage {
	case controller.UploadFailed:
		return 0
	case controller.UploadSending, controller.UploadReading:
		return 1
	}
	return 2
}

// of gives the uploads of an item as far as the layout depends on them.
func (u *uploads) of(item meeting.ItemID) []shownUpload {
	var out []shownUpload
	list, more := u.shownOf(item)
	for _, x := range list {
		out = append(out, shownUpload{x.ID, x.Stage == controller.UploadFailed, x.Code})
	}
	if more > 0 {
		out = append(out, shownUpload{ID: words.Number(more)})
	}
	return out
}

// rows gives an item's rows; a failed one has the way to take it off the list below it.
func (u *uploads) rows(item meeting.ItemID) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	list, more := u.shownOf(item)
	for _, x := range list {
		row, ok := u.row[x.ID]
		if !ok {
			row = widget.NewProgressRow(icons.FileText, x.Name)
			u.row[x.ID] = row
			u.show(row, x)
		}
		out = append(out, row)
		if x.Stage == controller.UploadFailed {
			out = append(out, widget.Flow(8, widget.NewButton(words.T("desk.dismiss_file"), widget.Outlined, func() {
				u.cancel(x.ID)
			}).WithIcon(icons.X)))
		}
	}
	if more > 0 {
		out = append(out, widget.NewText(words.T("desk.more_files", words.Number(more)), widget.StyleSecondary))
	}
	return out
}
