DROP INDEX organisation_merged;
DROP INDEX speaker_merged;
DROP INDEX statement_role;
DROP TABLE removal;
DROP TABLE audit;
DROP TABLE token;
