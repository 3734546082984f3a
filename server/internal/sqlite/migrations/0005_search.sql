-- The texts of pages, ready for search: with accents and without, both cut
-- into words by the program, so that no tokenizer of SQLite's decides what a
-- word is. The row is the document's id and, in the lower 20 bits, the page.
CREATE VIRTUAL TABLE page_text USING fts5 (
    exact, folded, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

INSERT INTO page_text (rowid, exact, folded)
SELECT document << 20 | number, search_exact(text), search_folded(text) FROM page WHERE text <> '';

CREATE TRIGGER page_gone AFTER DELETE ON page BEGIN
    DELETE FROM page_text WHERE rowid = old.document << 20 | old.number;
END;

-- Pages without text: scans.
CREATE INDEX page_blank ON page (document) WHERE text = '';
