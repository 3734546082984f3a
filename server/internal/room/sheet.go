package room

import (
	"context"
	"errors"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// Sheet says whether a person takes part in a meeting, and what is known of a
// document that he may see now: the pages of its versions and their sizes. Of
// a document that is not for him nothing is told, also not that it is there.
func (h *Hall) Sheet(ctx context.Context, person, id, item, document string) (on ink.Sheet, takesPart bool, err error) {
	l, err := h.live(ctx, id, false)
	if errors.Is(err, errNotFound) {
		return on, false, nil
	}
	if err != nil {
		return on, false, err
	}
	var versions []meeting.Version
	sizes := map[int][][2]float64{}
	err = l.ask(ctx, func() {
		takesPart = l.state.MaySeeMeeting(meeting.PersonID(person))
		if !l.state.MaySee(meeting.PersonID(person), meeting.ItemID(item)) {
			return
		}
		doc, _ := l.state.Contents[meeting.ItemID(item)].Document(meeting.DocumentID(document))
		versions = doc.Versions // never changed
		for _, v := range versions {
			sizes[v.Number] = l.sizesOf(v.Hash)
		}
	})
	if err != nil {
		return on, false, err // what the meeting still writes is not to be looked at
	}
	if len(versions) == 0 {
		return on, takesPart, nil
	}
	on.Pages = func(version int) (int, bool) {
		for _, v := range versions {
			if v.Number == version {
				return v.Pages, true
			}
		}
		return 0, false
	}
	on.Size = func(version, page int) (float64, float64) {
		if all := sizes[version]; page >= 1 && page <= len(all) {
			return all[page-1][0], all[page-1][1]
		}
		return 0, 0
	}
	return on, takesPart, nil
}
