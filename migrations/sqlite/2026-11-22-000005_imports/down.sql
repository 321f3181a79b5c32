DROP TABLE import_rejection;
DROP INDEX import_origin;
ALTER TABLE import DROP COLUMN sent;
ALTER TABLE import DROP COLUMN problem;
ALTER TABLE import DROP COLUMN account;
ALTER TABLE import DROP COLUMN digest;
ALTER TABLE import DROP COLUMN behind;
ALTER TABLE import DROP COLUMN origin;
