-- How far an import has come, in the same transaction as what it wrote: it goes on behind that.

-- What an interrupted import is found again by: the file's whole path, or whose upload it is.
ALTER TABLE import ADD COLUMN origin TEXT COLLATE "C";
-- Up to which byte of the input, inflated, everything is written, and the digest of these bytes.
ALTER TABLE import ADD COLUMN behind BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ALTER COLUMN behind DROP DEFAULT;
ALTER TABLE import ADD COLUMN digest BYTEA;
-- The whole account so far, as JSON.
ALTER TABLE import ADD COLUMN account TEXT COLLATE "C" NOT NULL DEFAULT '{}';
ALTER TABLE import ALTER COLUMN account DROP DEFAULT;
-- Why it stopped, for whoever started it.
ALTER TABLE import ADD COLUMN problem TEXT COLLATE "C";
-- The digest of an upload as it was sent, and of what was said of how to read it.
ALTER TABLE import ADD COLUMN sent BYTEA;
CREATE INDEX import_origin ON import (origin, started_at, id) WHERE origin IS NOT NULL;

-- Rows that were not taken, the first of each import.
CREATE TABLE import_rejection (
    import_id UUID NOT NULL REFERENCES import (id),
    number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    -- Where in the record that begins on this line.
    place TEXT COLLATE "C",
    field TEXT COLLATE "C",
    code TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    -- The format that reads the row again, and the head of its table.
    format TEXT COLLATE "C" NOT NULL,
    head TEXT COLLATE "C",
    "row" TEXT COLLATE "C" NOT NULL,
    -- 1 where the row could not be kept as it stood, since it is too long or not UTF-8; else 0.
    cut BIGINT NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- With the Citus extension they stand on every node, as the records do.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        PERFORM create_reference_table('import_rejection');
    END IF;
END
$$;
