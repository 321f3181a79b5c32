-- By which statements are found that share words with a text, and what the corpus holds.

-- The shingles of each statement, 40 bits each in base32 (`domain/verification/shingles.rs`). The row's
-- number is the first 48 bits of the statement's id: a look-up answers the smallest ones first, whatever
-- came first. Nothing of the words is kept: an entry is removed by telling it again, since a
-- statement's id follows from its words.
CREATE VIRTUAL TABLE statement_near USING fts5 (
    shingles, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);
-- Its entries, to be compared with the statements.
CREATE VIRTUAL TABLE statement_near_entry USING fts5vocab (statement_near, instance);

-- One row: how much there is, and the sum of the digests of all quotes, which tells one state of the
-- corpus from another. Each write that changes quotes changes it.
CREATE TABLE corpus (
    id INTEGER NOT NULL PRIMARY KEY,
    quotes INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;
INSERT INTO corpus VALUES (1, 0, 0, 0, zeroblob(32));
