package room

import (
	"context"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// Sheet says whether a person takes part in a meeting, and what is known of a
// document that he may see now: the pages of its versions and their sizes. Of
// a document that is not for him nothing is told, also not that it is there.
func (h *Hall) Sheet(ctx context.Context, person, id, item, document string) (on ink.Sheet, takesPart bool, err error) {
	var versions []meeting.Version
	var part bool
	sizes := map[int][][2]float64{}
	err = h.read(ctx, id, func(l *Live) {
		part = l.state.MaySeeMeeting(meeting.PersonID(person))
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
		return on, false, err
	}
	if len(versions) == 0 {
		return on, part, nil
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
	return on, part, nil
}

// Drawn is what can be taken home of a document.
type Drawn struct {
	Documents []meeting.DocumentID // of the item, that have this file as a version
	Versions  map[meeting.DocumentID]int
	Strokes   []ink.Stroke      // of their shared layers, unless hidden from the person
	Names     map[string]string // of everybody in the meeting
}

// Drawn gives what is written for all to see on a file of an item; ok is false
// when it is not for the person.
func (h *Hall) Drawn(ctx context.Context, person, id, item, hash string) (out Drawn, ok bool, err error) {
	found := Drawn{Versions: map[meeting.DocumentID]int{}, Names: map[string]string{}}
	who := meeting.PersonID(person)
	err = h.read(ctx, id, func(l *Live) {
		if !l.state.MaySee(who, meeting.ItemID(item)) {
			return
		}
		for _, d := range l.state.Contents[meeting.ItemID(item)].Documents {
			for _, v := range d.Versions {
				if v.Hash == hash {
					found.Versions[d.ID] = v.Number
				}
			}
			if found.Versions[d.ID] == 0 {
				continue
			}
			found.Documents = append(found.Documents, d.ID)
			layer := l.state.Layers[meeting.Sheet{Item: meeting.ItemID(item), Document: d.ID}]
			if !layer.Hidden || l.state.MayChair(who) {
				found.Strokes = append(found.Strokes, layer.Page(0)...)
			}
		}
		for id, p := range l.state.People {
			found.Names[string(id)] = p.Name
		}
	})
	if err != nil {
		return Drawn{}, false, err
	}
	return found, len(found.Documents) > 0, nil
}
