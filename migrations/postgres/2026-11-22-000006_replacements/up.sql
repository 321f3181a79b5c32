-- What becomes of quotes when their article is read again.

-- What derives this id is that quote: the same words were found in another place. Nothing points to
-- the quote, since who derives the id of a removed one is told so too.
CREATE TABLE quote_moved (
    article_id UUID NOT NULL,
    derived_id UUID NOT NULL,
    quote_id UUID NOT NULL,
    PRIMARY KEY (article_id, derived_id)
);

-- When and in which import the only extractor that had found the quote did not find it any more, and
-- the newest version of it there: an older one that finds it still is no news.
ALTER TABLE quote ADD COLUMN vanished_at BIGINT;
ALTER TABLE quote ADD COLUMN vanished_by UUID;
ALTER TABLE quote ADD COLUMN vanished_version TEXT COLLATE "C";
CREATE INDEX quote_vanished ON quote (ordered_at, id) WHERE vanished_at IS NOT NULL;

-- The digest of a removed quote's folded words: they stay removed in another place too.
ALTER TABLE removal ADD COLUMN words BYTEA;

-- What an import that replaces articles has found up to now, by the digest of the extractor's name;
-- with the article's id for a quote's: a row of that article was rejected. Gone when it ends.
CREATE TABLE import_seen (
    import_id UUID NOT NULL,
    article_id UUID NOT NULL,
    extractor BYTEA NOT NULL,
    quote_id UUID NOT NULL,
    version TEXT COLLATE "C",
    PRIMARY KEY (import_id, article_id, extractor, quote_id)
);

-- With the Citus extension they stand beside their articles.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        PERFORM create_distributed_table('quote_moved', 'article_id', colocate_with => 'article');
        PERFORM create_distributed_table('import_seen', 'article_id', colocate_with => 'article');
    END IF;
END
$$;
