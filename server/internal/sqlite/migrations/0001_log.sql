-- The name of this history, the room's identity, and small settings.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Streams are grouped by who orders them: a meeting, or the room.
CREATE TABLE owner (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE stream (
    id    INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL REFERENCES owner (id),
    name  TEXT NOT NULL,
    UNIQUE (owner, name)
) STRICT;

-- Entries are only ever added: id is the order in which that happened, over
-- all streams.
CREATE TABLE entry (
    id      INTEGER PRIMARY KEY,
    stream  INTEGER NOT NULL REFERENCES stream (id),
    seq     INTEGER NOT NULL CHECK (seq > 0),
    command TEXT NOT NULL,
    at      INTEGER NOT NULL, -- milliseconds since 1970, UTC
    by      TEXT NOT NULL,
    "for"   TEXT NOT NULL,
    body    BLOB NOT NULL,
    UNIQUE (stream, seq)
) STRICT;

-- One for each command that was carried out. The key is ordered so that the
-- receipts of one device lie together.
CREATE TABLE receipt (
    owner     INTEGER NOT NULL REFERENCES owner (id),
    person    TEXT NOT NULL,
    client    TEXT NOT NULL,
    command   TEXT NOT NULL,
    positions TEXT NOT NULL, -- JSON
    PRIMARY KEY (owner, person, client, command)
) STRICT, WITHOUT ROWID;

-- A cache: it may be emptied at any time.
CREATE TABLE snapshot (
    stream  INTEGER PRIMARY KEY REFERENCES stream (id),
    seq     INTEGER NOT NULL CHECK (seq >= 0),
    reducer INTEGER NOT NULL,
    state   BLOB NOT NULL
) STRICT;

CREATE TABLE summary (
    meeting TEXT PRIMARY KEY,
    changed INTEGER NOT NULL, -- milliseconds since 1970, UTC
    body    BLOB NOT NULL
) STRICT, WITHOUT ROWID;
