-- Argon2id hashes in PHC form.
CREATE TABLE secret (
    person TEXT PRIMARY KEY,
    hash   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Ordered by id: the order in which the sessions were started.
CREATE TABLE session (
    id          INTEGER PRIMARY KEY,
    token       BLOB NOT NULL UNIQUE, -- SHA-256
    name        TEXT NOT NULL,
    person      TEXT NOT NULL,
    device      TEXT NOT NULL,
    device_name TEXT NOT NULL,
    shared      INTEGER NOT NULL CHECK (shared IN (0, 1)),
    started     INTEGER NOT NULL, -- milliseconds since 1970, UTC
    expires     INTEGER NOT NULL  -- likewise
) STRICT;

CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires);
