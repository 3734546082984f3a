CREATE TABLE document (
    id    INTEGER PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    info  BLOB NOT NULL -- JSON: title, sizes, outline
) STRICT;

-- The text of a page is kept twice: as it reads, which is what a search
-- looks through, and in words with their boxes, which is what is highlighted.
CREATE TABLE page (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL CHECK (number > 0),
    text     TEXT NOT NULL,
    words    BLOB NOT NULL, -- deflated, see words.go
    UNIQUE (document, number)
) STRICT;
