-- What people write for themselves alone: one book per person and meeting.
CREATE TABLE note_book (
    id      INTEGER PRIMARY KEY,
    person  TEXT NOT NULL,
    meeting TEXT NOT NULL,
    UNIQUE (person, meeting)
) STRICT;

-- Entries are only ever added. Each is what one command led to.
CREATE TABLE note_entry (
    book    INTEGER NOT NULL REFERENCES note_book (id),
    seq     INTEGER NOT NULL CHECK (seq > 0),
    client  TEXT NOT NULL,
    command TEXT NOT NULL,
    at      INTEGER NOT NULL, -- milliseconds since 1970, UTC
    body    BLOB NOT NULL,
    PRIMARY KEY (book, seq),
    UNIQUE (book, client, command)
) STRICT, WITHOUT ROWID;

-- A cache: it may be emptied at any time.
CREATE TABLE note_snapshot (
    book    INTEGER PRIMARY KEY REFERENCES note_book (id),
    seq     INTEGER NOT NULL CHECK (seq >= 0),
    reducer INTEGER NOT NULL,
    state   BLOB NOT NULL
) STRICT;
