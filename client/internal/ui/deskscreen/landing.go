package deskscreen

// branch is a row of a list of two levels, as far as its place in it matters: a row of level 1 belongs to the last one of level 0
// before it.
type branch struct {
	id    string
	level int
}

// landing is where rows come to lie: before a row of their level below a parent ("" for the first level), or ("") at the end. at is
// the index of that place among the rows that stay, level the one they get.
type landing struct {
	parent, before string
	at, level      int
}

// land finds where a row, with the rows that belong to it, comes to lie when it is let go above the row at index at of those that
// stay. The level is what is wished; it is given where the place allows it. With fixed the row keeps its parent. ok is false where
// there is no such place.
func land(rows []branch, id string, at, level int, fixed bool) (l landing, ok bool) {
	block, rest := split(rows, id)
	if len(block) == 0 {
		return l, false
	}
	at = min(max(at, 0), len(rest))
	if fixed {
		return landFixed(rows, rest, block, at)
	}
	inside := at < len(rest) && rest[at].level == 1 // between the rows of one family
	if len(block) > 1 || at == 0 {
		level = 0
	} else if inside && level == 0 {
		level = 1 // nothing of the first level lies within a family
	}
	if level == 0 {
		for at < len(rest) && rest[at].level == 1 {
			at++
		}
		return landing{before: idAt(rest, at), at: at}, true
	}
	l = landing{parent: parentAt(rest, at), at: at, level: 1}
	if inside {
		l.before = rest[at].id
	}
	return l, true
}

// landFixed keeps a row among those of its parent.
func landFixed(rows, rest, block []branch, at int) (landing, bool) {
	if block[0].level == 0 {
		for at < len(rest) && rest[at].level == 1 {
			at++
		}
		return landing{before: idAt(rest, at), at: at}, true
	}
	parent := parentOf(rows, block[0].id)
	first := 0
	for first < len(rest) && rest[first].id != parent {
		first++
	}
	first++
	last := first
	for last < len(rest) && rest[last].level == 1 {
		last++
	}
	at = min(max(at, first), last)
	l := landing{parent: parent, at: at, level: 1}
	if at < last {
		l.before = rest[at].id
	}
	return l, true
}

// split takes a row with those that belong to it out of a list.
func split(rows []branch, id string) (block, rest []branch) {
	for _, r := range rows {
		if r.id == id || len(block) > 0 && belongs(block, r, rows) {
			block = append(block, r)
		} else {
			rest = append(rest, r)
		}
	}
	return block, rest
}

// belongs tells whether a row is one of level 1 below the first of the block.
func belongs(block []branch, r branch, rows []branch) bool {
	return block[0].level == 0 && r.level == 1 && parentOf(rows, r.id) == block[0].id
}

// parentOf is the row that one of level 1 belongs to, "" for one of level 0.
func parentOf(rows []branch, id string) string {
	parent := ""
	for _, r := range rows {
		switch {
		case r.id == id && r.level == 1:
			return parent
		case r.id == id:
			return ""
		case r.level == 0:
			parent = r.id
		}
	}
	return ""
}

// parentAt is the row that one put above index at would belong to on level 1.
func parentAt(rest []branch, at int) string {
	for i := at - 1; i >= 0; i-- {
		if rest[i].level == 0 {
			return rest[i].id
		}
	}
	return ""
}

func idAt(rows []branch, at int) string {
	if at < len(rows) {
		return rows[at].id
	}
	return ""
}

// nudge is what a key or a button does to the place of a row.
type nudge int

const (
	up nudge = iota
	down
	inwards  // becomes a sub-row of the row before it
	outwards // stands behind the row it belonged to
)

// nudged finds where a row comes to lie by a nudge; ok is false where it stays.
func nudged(rows []branch, id string, n nudge, fixed bool) (l landing, ok bool) {
	block, rest := split(rows, id)
	if len(block) == 0 {
		return l, false
	}
	level, parent := block[0].level, parentOf(rows, id)
	var among []string // the rows of its level and parent
	at, above := -1, ""
	for _, r := range rows {
		if r.level == 0 {
			above = r.id
		}
		if r.level != level || level == 1 && above != parent {
			continue
		}
		if r.id == id {
			at = len(among)
		}
		among = append(among, r.id)
	}
	switch n {
	case up:
		if at == 0 {
			return l, false
		}
		return landing{parent: parent, before: among[at-1], level: level}, true
	case down:
		if at == len(among)-1 {
			return l, false
		}
		l = landing{parent: parent, level: level}
		if at+2 < len(among) {
			l.before = among[at+2]
		}
		return l, true
	case inwards:
		if fixed || level == 1 || len(block) > 1 || at == 0 {
			return l, false
		}
		return landing{parent: among[at-1], level: 1}, true
	default:
		if fixed || level == 0 {
			return l, false
		}
		return landing{before: idAfter(rest, parent)}, true
	}
}

// idAfter is the row of level 0 behind another one, "" for none.
func idAfter(rest []branch, id string) string {
	seen := false
	for _, r := range rest {
		if r.level == 0 && seen {
			return r.id
		}
		seen = seen || r.id == id
	}
	return ""
}

// order tells where a row lies now, as a landing.
func order(rows []branch, id string) (l landing) {
	parent := parentOf(rows, id)
	seen := false
	for _, r := range rows {
		if r.id == id {
			l = landing{parent: parent, level: r.level}
			seen = true
		} else if seen && r.level <= l.level {
			if r.level == l.level {
				l.before = r.id
			}
			return l
		}
	}
	return l
}
