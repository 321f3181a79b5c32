-- Who may write, what was written by whom, and what shall not come back.

-- A token, by the digest of its secret: the secret itself is nowhere.
CREATE TABLE token (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL,
    -- The words of the scopes, with blanks between them.
    scopes TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);
CREATE UNIQUE INDEX token_digest ON token (digest);

-- One write, in the transaction of that write.
CREATE TABLE audit (
    id UUID NOT NULL PRIMARY KEY,
    written_at BIGINT NOT NULL,
    -- The token that wrote; none for the command line.
    token_id UUID REFERENCES token (id),
    actor TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    subject_id UUID NOT NULL,
    reason TEXT COLLATE "C",
    request TEXT COLLATE "C"
);
CREATE INDEX audit_written ON audit (written_at, id);
CREATE INDEX audit_subject ON audit (subject_id, written_at, id);

-- What a person took away: a quote, or a whole article (its id in both columns). An import that
-- brings it again is told so.
CREATE TABLE removal (
    article_id UUID NOT NULL,
    id UUID NOT NULL,
    reason TEXT COLLATE "C",
    removed_at BIGINT NOT NULL,
    PRIMARY KEY (article_id, id)
);

-- What a removal looks for before it takes a speaker or a role away.
CREATE INDEX statement_role ON statement (role_id) WHERE role_id IS NOT NULL;
CREATE INDEX speaker_merged ON speaker (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX organisation_merged ON organisation (merged_into) WHERE merged_into IS NOT NULL;

-- With the Citus extension removals stand beside their article, and the others on every node: a
-- unique key without the distributing column needs that.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        PERFORM create_reference_table('token');
        PERFORM create_reference_table('audit');
        PERFORM create_distributed_table('removal', 'article_id', colocate_with => 'article');
    END IF;
END
$$;
