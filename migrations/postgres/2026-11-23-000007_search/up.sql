-- By which words quotes are found. Nothing here says what another table does not: it can be made anew
-- (`store/index/`).

-- Which of these indexes there is, by which version of its rule it was made, and, as long as it is not
-- complete, behind which row it goes on.
CREATE TABLE derived_index (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    behind BYTEA
);
-- Of no quotes it is complete: nobody has to wait for the right to write to find that out.
INSERT INTO derived_index SELECT 'quote_word', 2, NULL WHERE NOT EXISTS (SELECT 1 FROM quote);

-- The words of each quote, folded, and what else it is found by (`domain/search/`), never by the
-- server's own parser. Beside the quote and not in it: what a quote is resolved to changes more often.
CREATE TABLE quote_word (
    article_id UUID NOT NULL,
    quote_id UUID NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (article_id, quote_id),
    FOREIGN KEY (article_id, quote_id) REFERENCES quote (article_id, id) ON DELETE CASCADE
);
CREATE INDEX quote_word_words ON quote_word USING gin (words);

-- With the Citus extension they stand beside their articles, and what is small on every node.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        PERFORM create_reference_table('derived_index');
        PERFORM create_distributed_table('quote_word', 'article_id', colocate_with => 'article');
    END IF;
END
$$;
