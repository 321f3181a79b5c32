-- How far an import has come, in the same transaction as what it wrote: it goes on behind that.

-- Made anew: SQLite adds no column that must have a value, save with a default.
ALTER TABLE import RENAME TO import_before;
CREATE TABLE import (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    known INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    -- What an interrupted import is found again by: the file's whole path, or whose upload it is.
    origin TEXT,
    -- Up to which byte of the input, inflated, everything is written, and the digest of these bytes.
    behind INTEGER NOT NULL,
    digest BLOB,
    -- The whole account so far, as JSON.
    account TEXT NOT NULL,
    -- Why it stopped, for whoever started it.
    problem TEXT,
    -- The digest of an upload as it was sent, and of what was said of how to read it.
    sent BLOB
) STRICT;
INSERT INTO import
    SELECT id, source, format, state, started_at, changed_at, lines, accepted, known, changed,
        rejected, NULL, 0, NULL, '{}', NULL, NULL
    FROM import_before;
DROP TABLE import_before;
CREATE INDEX import_started ON import (started_at, id);
CREATE INDEX import_origin ON import (origin, started_at, id) WHERE origin IS NOT NULL;

-- Rows that were not taken, the first of each import.
CREATE TABLE import_rejection (
    import_id BLOB NOT NULL REFERENCES import (id),
    number INTEGER NOT NULL,
    line INTEGER NOT NULL,
    -- Where in the record that begins on this line.
    place TEXT,
    field TEXT,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The format that reads the row again, and the head of its table.
    format TEXT NOT NULL,
    head TEXT,
    "row" TEXT NOT NULL,
    -- 1 where the row could not be kept as it stood, since it is too long or not UTF-8; else 0.
    cut INTEGER NOT NULL,
    PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;
