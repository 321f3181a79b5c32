-- Who may write, what was written by whom, and what shall not come back.

-- A token, by the digest of its secret: the secret itself is nowhere.
CREATE TABLE token (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    -- The words of the scopes, with blanks between them.
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX token_digest ON token (digest);

-- One write, in the transaction of that write.
CREATE TABLE audit (
    id BLOB NOT NULL PRIMARY KEY,
    written_at INTEGER NOT NULL,
    -- The token that wrote; none for the command line.
    token_id BLOB REFERENCES token (id),
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    reason TEXT,
    request TEXT
) STRICT;
CREATE INDEX audit_written ON audit (written_at, id);
CREATE INDEX audit_subject ON audit (subject_id, written_at, id);

-- What a person took away: a quote, or a whole article (its id in both columns). An import that
-- brings it again is told so.
CREATE TABLE removal (
    article_id BLOB NOT NULL,
    id BLOB NOT NULL,
    reason TEXT,
    removed_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, id)
) STRICT, WITHOUT ROWID;

-- What a removal looks for before it takes a speaker or a role away.
CREATE INDEX statement_role ON statement (role_id) WHERE role_id IS NOT NULL;
CREATE INDEX speaker_merged ON speaker (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX organisation_merged ON organisation (merged_into) WHERE merged_into IS NOT NULL;
