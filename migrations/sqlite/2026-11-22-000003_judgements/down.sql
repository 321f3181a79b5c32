DROP INDEX quote_capacity;
ALTER TABLE quote DROP COLUMN capacity;
DROP INDEX quote_unsettled;
ALTER TABLE quote DROP COLUMN unsettled;
DROP INDEX role_merged;
ALTER TABLE role DROP COLUMN merged_into;
DROP TABLE judged;
DROP TABLE judgement_quote;
DROP TABLE judgement;
