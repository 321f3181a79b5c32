DROP TABLE quote_word_place;
DROP TABLE quote_word_entry;
DROP TABLE quote_word;
DROP TABLE derived_index;
