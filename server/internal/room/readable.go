package room

import (
	"context"

	"phonghop/shared/meeting"
)

// Readable is a content that somebody may read, and where it belongs.
type Readable struct {
	Item     meeting.ItemID
	Document meeting.DocumentID
	Version  int
	Hash     string
}

// Readable lists what a person may read in a meeting now, by the rules of
// MayRead: the newest version of each document in the order of the agenda,
// each content once. With a hash it is that content, also of an older version;
// with an item only that item's. ok is false where the meeting, the item or
// the content is not for him.
func (h *Hall) Readable(ctx context.Context, person, id, item, hash string) (all []Readable, ok bool, err error) {
	var found []Readable
	var may bool
	err = h.read(ctx, id, func(l *Live) {
		who := meeting.PersonID(person)
		may = l.state.MaySeeMeeting(who) && (item == "" || l.state.MaySee(who, meeting.ItemID(item)))
		if may {
			found = readable(l.state, who, meeting.ItemID(item), hash)
		}
	})
	if err != nil {
		return nil, false, err
	}
	return found, may && (hash == "" || len(found) > 0), nil
}

func readable(s meeting.State, who meeting.PersonID, item meeting.ItemID, hash string) (out []Readable) {
	seen := map[string]bool{}
	add := func(i meeting.ItemID, d meeting.DocumentID, v meeting.Version) {
		if v.Hash != "" && !seen[v.Hash] {
			seen[v.Hash] = true
			out = append(out, Readable{i, d, v.Number, v.Hash})
		}
	}
	for _, i := range s.Agenda {
		if item != "" && i != item || !s.MaySee(who, i) {
			continue
		}
		for _, d := range s.Contents[i].Documents {
			if hash == "" {
				add(i, d.ID, d.Latest())
				continue
			}
			for _, v := range d.Versions {
				if v.Hash == hash {
					add(i, d.ID, v)
				}
			}
		}
	}
	return out
}
