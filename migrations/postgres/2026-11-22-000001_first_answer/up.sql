-- The whole model of the first answer, as SQLite's migration of this name has it. Ids are made from
-- content; moments are microseconds since 1970 (UTC); enums are the words of the vocabularies. Every
-- text sorts and compares by its bytes, whatever the cluster's locale, as on SQLite. Every key of a
-- row that belongs to an article begins with the article, so that quotes can be distributed by it.

CREATE TABLE organisation (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    spelling TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C",
    wikidata TEXT COLLATE "C",
    -- Its key in the shipped vocabulary, where that lists it.
    vocabulary_key TEXT COLLATE "C",
    parent_id UUID REFERENCES organisation (id),
    merged_into UUID REFERENCES organisation (id)
);
CREATE INDEX organisation_name ON organisation (name_key, id);
CREATE INDEX organisation_parent ON organisation (parent_id, name_key, id)
    WHERE parent_id IS NOT NULL;

CREATE TABLE organisation_alias (
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    name_key TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation_id, name_key)
);
CREATE INDEX organisation_alias_name ON organisation_alias (name_key, organisation_id);

CREATE TABLE speaker (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    spelling TEXT COLLATE "C" NOT NULL,
    wikidata TEXT COLLATE "C",
    merged_into UUID REFERENCES speaker (id)
);
CREATE INDEX speaker_name ON speaker (name_key, id);
CREATE INDEX speaker_wikidata ON speaker (wikidata, id) WHERE wikidata IS NOT NULL;

-- The spellings that articles print for a speaker, titles included.
CREATE TABLE speaker_alias (
    speaker_id UUID NOT NULL REFERENCES speaker (id),
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (speaker_id, name)
);
CREATE INDEX speaker_alias_name ON speaker_alias (name_key, speaker_id);

-- Wikidata items that an extractor thinks possible: candidates, not an identity.
CREATE TABLE speaker_candidate (
    speaker_id UUID NOT NULL REFERENCES speaker (id),
    wikidata TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (speaker_id, wikidata)
);

CREATE TABLE role (
    id UUID NOT NULL PRIMARY KEY,
    title TEXT COLLATE "C" NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    spelling TEXT COLLATE "C" NOT NULL,
    function TEXT COLLATE "C" NOT NULL,
    domain TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    voice TEXT COLLATE "C" NOT NULL,
    organisation_id UUID REFERENCES organisation (id)
);
CREATE INDEX role_title ON role (title_key, id);
CREATE INDEX role_organisation ON role (organisation_id, title_key, id)
    WHERE organisation_id IS NOT NULL;

CREATE TABLE article (
    id UUID NOT NULL PRIMARY KEY,
    url TEXT COLLATE "C",
    url_rank TEXT COLLATE "C",
    site TEXT COLLATE "C",
    document_id TEXT COLLATE "C",
    title TEXT COLLATE "C",
    publisher_id UUID REFERENCES organisation (id),
    publisher_printed TEXT COLLATE "C",
    authors TEXT COLLATE "C" NOT NULL,
    published_earliest BIGINT,
    published_latest BIGINT,
    published_precision TEXT COLLATE "C",
    language TEXT COLLATE "C",
    licence TEXT COLLATE "C",
    archive_url TEXT COLLATE "C",
    ordered_at BIGINT NOT NULL
);
CREATE INDEX article_document ON article (document_id, id) WHERE document_id IS NOT NULL;
CREATE INDEX article_publisher ON article (publisher_id, ordered_at, id)
    WHERE publisher_id IS NOT NULL;
CREATE INDEX article_site ON article (site, ordered_at, id) WHERE site IS NOT NULL;
CREATE INDEX article_ordered ON article (ordered_at, id);

CREATE TABLE statement (
    id UUID NOT NULL PRIMARY KEY,
    speaker_kind TEXT COLLATE "C" NOT NULL,
    speaker_id UUID REFERENCES speaker (id),
    organisation_id UUID REFERENCES organisation (id),
    role_id UUID REFERENCES role (id),
    first_article_id UUID NOT NULL,
    first_quote_id UUID NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    ordered_at BIGINT NOT NULL
);
CREATE INDEX statement_ordered ON statement (ordered_at, id);
CREATE INDEX statement_speaker ON statement (speaker_id, ordered_at, id)
    WHERE speaker_id IS NOT NULL;
CREATE INDEX statement_organisation ON statement (organisation_id, ordered_at, id)
    WHERE organisation_id IS NOT NULL;

CREATE TABLE quote (
    article_id UUID NOT NULL REFERENCES article (id),
    id UUID NOT NULL,
    statement_id UUID NOT NULL,
    -- The reading order within the article: by start, then 2^32 + position, else the largest integer.
    ordinal BIGINT NOT NULL,
    position BIGINT,
    start_at BIGINT,
    end_at BIGINT,
    -- What was printed.
    kind TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C",
    context_before TEXT COLLATE "C",
    context_after TEXT COLLATE "C",
    cue TEXT COLLATE "C",
    via TEXT COLLATE "C",
    medium TEXT COLLATE "C",
    printed_speaker TEXT COLLATE "C",
    printed_role TEXT COLLATE "C",
    printed_organisation TEXT COLLATE "C",
    printed_attribution TEXT COLLATE "C",
    stated_kind TEXT COLLATE "C",
    stated_wikidata TEXT COLLATE "C",
    said_earliest BIGINT,
    said_latest BIGINT,
    said_precision TEXT COLLATE "C",
    reported_earliest BIGINT,
    reported_latest BIGINT,
    reported_precision TEXT COLLATE "C",
    confidence DOUBLE PRECISION,
    extractor_name TEXT COLLATE "C",
    extractor_version TEXT COLLATE "C",
    external_id TEXT COLLATE "C",
    -- Others to whom the extractor gives the words, as JSON in its own order.
    further_speakers TEXT COLLATE "C",
    -- What it means.
    speaker_kind TEXT COLLATE "C" NOT NULL,
    speaker_id UUID REFERENCES speaker (id),
    role_id UUID REFERENCES role (id),
    organisation_id UUID REFERENCES organisation (id),
    function TEXT COLLATE "C",
    domain TEXT COLLATE "C",
    status TEXT COLLATE "C",
    official_of TEXT COLLATE "C",
    -- The best date known: said, else reported, else the smallest integer.
    ordered_at BIGINT NOT NULL,
    fingerprint BYTEA NOT NULL,
    PRIMARY KEY (article_id, id)
);
-- No index on the id alone, nor on the place in the article: a quote's id begins with its article's,
-- so that the primary key finds it, and an article's quotes are few enough to be sorted.
CREATE INDEX quote_ordered ON quote (ordered_at, id);
CREATE INDEX quote_statement ON quote (statement_id, ordered_at, id);
CREATE INDEX quote_speaker_ordered ON quote (speaker_id, ordered_at, id) WHERE speaker_id IS NOT NULL;
CREATE INDEX quote_organisation ON quote (organisation_id, function, ordered_at, id)
    WHERE organisation_id IS NOT NULL;
CREATE INDEX quote_organisation_ordered ON quote (organisation_id, ordered_at, id)
    WHERE organisation_id IS NOT NULL;
CREATE INDEX quote_official ON quote (official_of, ordered_at, id) WHERE official_of IS NOT NULL;
CREATE INDEX quote_role ON quote (role_id, ordered_at, id) WHERE role_id IS NOT NULL;
CREATE INDEX quote_external ON quote (external_id, id) WHERE external_id IS NOT NULL;
CREATE INDEX quote_second_hand ON quote (ordered_at, id) WHERE via IS NOT NULL;

-- Readings that contradict the one shown, in canonical form.
CREATE TABLE quote_reading (
    article_id UUID NOT NULL,
    quote_id UUID NOT NULL,
    fingerprint BYTEA NOT NULL,
    reading TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (article_id, quote_id, fingerprint),
    FOREIGN KEY (article_id, quote_id) REFERENCES quote (article_id, id) ON DELETE CASCADE
);

-- One run over one input; its counts move in the transaction of each batch.
CREATE TABLE import (
    id UUID NOT NULL PRIMARY KEY,
    source TEXT COLLATE "C" NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    known BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    rejected BIGINT NOT NULL
);
CREATE INDEX import_started ON import (started_at, id);

-- A number for each who writes: whoever does not get the next one knows that others wrote meanwhile.
CREATE SEQUENCE write_turn;

-- With the Citus extension the large tables are distributed, quotes and readings beside their
-- article, and the small ones stand on every node. Without it nothing happens here.
DO $$
DECLARE
    small TEXT;
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        -- Tables that point to reference tables of this very transaction are distributed one by one.
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        FOREACH small IN ARRAY ARRAY['organisation', 'organisation_alias', 'speaker',
                'speaker_alias', 'speaker_candidate', 'role', 'import'] LOOP
            PERFORM create_reference_table(small);
        END LOOP;
        PERFORM create_distributed_table('article', 'id');
        PERFORM create_distributed_table('quote', 'article_id', colocate_with => 'article');
        PERFORM create_distributed_table('quote_reading', 'article_id', colocate_with => 'article');
        PERFORM create_distributed_table('statement', 'id', colocate_with => 'none');
    END IF;
END
$$;
