package room

import (
	"strings"

	"phonghop/shared/protocol"
)

// sealedPrefix begins the names of the streams that stay with the server: one
// for each item with hidden ballots or results. They are kept like any other,
// and the protocol has no name for them, so that nobody can ask for one.
const sealedPrefix = "sealed/"

func sealedStream(meeting, item string) string { return sealedPrefix + meeting + "/" + item }

// parseKept parses the name of a stream in the log.
func parseKept(stream string) (name protocol.StreamName, sealed, ok bool) {
	if rest, yes := strings.CutPrefix(stream, sealedPrefix); yes {
		name, ok = protocol.ParseStream("item/" + rest)
		return name, true, ok && name.Item != ""
	}
	name, ok = protocol.ParseStream(stream)
	return name, false, ok
}
