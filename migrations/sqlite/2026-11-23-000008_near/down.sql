DROP TABLE corpus;
DROP TABLE statement_near_entry;
DROP TABLE statement_near;
