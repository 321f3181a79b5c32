TRUNCATE quote_word;
ALTER TABLE quote_word DROP COLUMN ordered_at;
DELETE FROM derived_index WHERE name = 'quote_word' AND EXISTS (SELECT 1 FROM quote);
