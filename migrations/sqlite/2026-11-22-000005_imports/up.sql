-- How far an import has come, in the same transaction as what it wrote: it goes on behind that.

-- What an interrupted import is found again by: the file's whole path, or whose upload it is.
ALTER TABLE import ADD COLUMN origin TEXT;
-- Up to which byte of the input, inflated, everything is written, and the digest of these bytes.
ALTER TABLE import ADD COLUMN behind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN digest BLOB;
-- The whole account so far, as JSON.
ALTER TABLE import ADD COLUMN account TEXT NOT NULL DEFAULT '{}';
-- Why it stopped, for whoever started it.
ALTER TABLE import ADD COLUMN problem TEXT;
-- The digest of an upload as it was sent, and of what was said of how to read it.
ALTER TABLE import ADD COLUMN sent BLOB;
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
    PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;
