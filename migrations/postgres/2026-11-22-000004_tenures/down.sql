DROP INDEX quote_speaker_role;
ALTER TABLE speaker_alias DROP COLUMN language;
ALTER TABLE speaker_alias DROP COLUMN source;
DROP TABLE tenure;
