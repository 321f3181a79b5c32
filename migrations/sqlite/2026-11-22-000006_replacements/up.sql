-- What becomes of quotes when their article is read again.

-- What derives this id is that quote: the same words were found in another place. Nothing points to
-- the quote, since who derives the id of a removed one is told so too.
CREATE TABLE quote_moved (
    article_id BLOB NOT NULL,
    derived_id BLOB NOT NULL,
    quote_id BLOB NOT NULL,
    PRIMARY KEY (article_id, derived_id)
) STRICT, WITHOUT ROWID;

-- When and in which import the only extractor that had found the quote did not find it any more, and
-- the newest version of it there: an older one that finds it still is no news.
ALTER TABLE quote ADD COLUMN vanished_at INTEGER;
ALTER TABLE quote ADD COLUMN vanished_by BLOB;
ALTER TABLE quote ADD COLUMN vanished_version TEXT;
CREATE INDEX quote_vanished ON quote (ordered_at, id) WHERE vanished_at IS NOT NULL;

-- The digest of a removed quote's folded words: they stay removed in another place too.
ALTER TABLE removal ADD COLUMN words BLOB;

-- What an import that replaces articles has found up to now, by the digest of the extractor's name;
-- with the article's id for a quote's: a row of that article was rejected. Gone when it ends.
CREATE TABLE import_seen (
    import_id BLOB NOT NULL,
    article_id BLOB NOT NULL,
    extractor BLOB NOT NULL,
    quote_id BLOB NOT NULL,
    version TEXT,
    PRIMARY KEY (import_id, article_id, extractor, quote_id)
) STRICT, WITHOUT ROWID;
