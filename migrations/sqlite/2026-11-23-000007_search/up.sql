-- By which words quotes are found. Nothing here says what another table does not: it can be made anew
-- (`store/index/`).

-- Which of these indexes there is, by which version of its rule it was made, and, as long as it is not
-- complete, behind which row it goes on.
CREATE TABLE derived_index (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    behind BLOB
) STRICT;
-- Of no quotes it is complete: nobody has to wait for the right to write to find that out.
INSERT INTO derived_index SELECT 'quote_word', 2, NULL WHERE NOT EXISTS (SELECT 1 FROM quote);

-- The words of each quote, folded, and what else it is found by (`domain/search/`). The row's number is
-- in the order of time, so that the newest come first out of the longest list. Nothing of the words is
-- kept: an entry is removed by telling it again.
CREATE VIRTUAL TABLE quote_word USING fts5 (
    words, content = '', columnsize = 0, tokenize = 'ascii'
);
-- As many words as a batch of an import has are written at once.
INSERT INTO quote_word (quote_word, rank) VALUES ('hashsize', 16777216);
-- Its entries, to be compared with the quotes.
CREATE VIRTUAL TABLE quote_word_entry USING fts5vocab (quote_word, instance);

-- Whose number it is.
CREATE TABLE quote_word_place (
    number INTEGER NOT NULL PRIMARY KEY,
    article_id BLOB NOT NULL,
    quote_id BLOB NOT NULL
) STRICT;
