DROP TABLE import_seen;
ALTER TABLE removal DROP COLUMN words;
DROP INDEX quote_vanished;
ALTER TABLE quote DROP COLUMN vanished_version;
ALTER TABLE quote DROP COLUMN vanished_by;
ALTER TABLE quote DROP COLUMN vanished_at;
DROP TABLE quote_moved;
