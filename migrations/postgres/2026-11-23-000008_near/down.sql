DROP TABLE corpus;
DROP TABLE statement_near;
