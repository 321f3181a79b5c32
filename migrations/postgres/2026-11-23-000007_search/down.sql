DROP TABLE quote_word;
DROP TABLE derived_index;
