-- The index of words knows when its quotes stand in lists by time (`store/dialect/words/postgres/`), so that
-- the newest that a search finds are read without the others. It is made anew when the database is opened.
TRUNCATE quote_word;
ALTER TABLE quote_word ADD COLUMN ordered_at BIGINT NOT NULL;
CREATE INDEX quote_word_ordered ON quote_word (ordered_at, quote_id);
DELETE FROM derived_index WHERE name = 'quote_word' AND EXISTS (SELECT 1 FROM quote);
