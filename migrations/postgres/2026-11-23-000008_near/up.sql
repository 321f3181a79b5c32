-- By which statements are found that share words with a text, and what the corpus holds.

-- The shingles of each statement (`domain/verification/shingles.rs`), with the first 48 bits of the
-- statement's id: a look-up answers the smallest ones first, whatever came first. No key: two statements
-- whose ids begin alike may share a shingle.
CREATE TABLE statement_near (
    shingle BIGINT NOT NULL,
    statement BIGINT NOT NULL
);
CREATE INDEX statement_near_shingle ON statement_near (shingle, statement);

-- One row: how much there is, and the sum of the digests of all quotes, which tells one state of the
-- corpus from another. Each write that changes quotes changes it.
CREATE TABLE corpus (
    id BIGINT NOT NULL PRIMARY KEY,
    quotes BIGINT NOT NULL,
    statements BIGINT NOT NULL,
    articles BIGINT NOT NULL,
    state BYTEA NOT NULL
);
INSERT INTO corpus VALUES (1, 0, 0, 0, decode(repeat('00', 32), 'hex'));

-- With the Citus extension the one is distributed by what is looked up, the other on every node.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        PERFORM create_distributed_table('statement_near', 'shingle', colocate_with => 'none');
        PERFORM create_reference_table('corpus');
    END IF;
END
$$;
