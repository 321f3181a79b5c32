-- The whole model of the first answer. Ids are 16-byte blobs made from content; moments are
-- microseconds since 1970 (UTC); enums are the words of the vocabularies. Every key of a row that
-- belongs to an article begins with the article, so that quotes could be distributed by it.

CREATE TABLE organisation (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    spelling TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    wikidata TEXT,
    -- Its key in the shipped vocabulary, where that lists it.
    vocabulary_key TEXT,
    parent_id BLOB REFERENCES organisation (id),
    merged_into BLOB REFERENCES organisation (id)
) STRICT;
CREATE INDEX organisation_name ON organisation (name_key, id);
CREATE INDEX organisation_parent ON organisation (parent_id, name_key, id)
    WHERE parent_id IS NOT NULL;

CREATE TABLE organisation_alias (
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (organisation_id, name_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_alias_name ON organisation_alias (name_key, organisation_id);

CREATE TABLE speaker (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    spelling TEXT NOT NULL,
    wikidata TEXT,
    merged_into BLOB REFERENCES speaker (id)
) STRICT;
CREATE INDEX speaker_name ON speaker (name_key, id);
CREATE INDEX speaker_wikidata ON speaker (wikidata, id) WHERE wikidata IS NOT NULL;

-- The spellings that articles print for a speaker, titles included.
CREATE TABLE speaker_alias (
    speaker_id BLOB NOT NULL REFERENCES speaker (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (speaker_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaker_alias_name ON speaker_alias (name_key, speaker_id);

-- Wikidata items that an extractor thinks possible: candidates, not an identity.
CREATE TABLE speaker_candidate (
    speaker_id BLOB NOT NULL REFERENCES speaker (id),
    wikidata TEXT NOT NULL,
    PRIMARY KEY (speaker_id, wikidata)
) STRICT, WITHOUT ROWID;

CREATE TABLE role (
    id BLOB NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    spelling TEXT NOT NULL,
    function TEXT NOT NULL,
    domain TEXT NOT NULL,
    status TEXT NOT NULL,
    voice TEXT NOT NULL,
    organisation_id BLOB REFERENCES organisation (id)
) STRICT;
CREATE INDEX role_title ON role (title_key, id);
CREATE INDEX role_organisation ON role (organisation_id, title_key, id)
    WHERE organisation_id IS NOT NULL;

CREATE TABLE article (
    id BLOB NOT NULL PRIMARY KEY,
    url TEXT,
    url_rank TEXT,
    site TEXT,
    document_id TEXT,
    title TEXT,
    publisher_id BLOB REFERENCES organisation (id),
    publisher_printed TEXT,
    authors TEXT NOT NULL,
    published_earliest INTEGER,
    published_latest INTEGER,
    published_precision TEXT,
    language TEXT,
    licence TEXT,
    archive_url TEXT,
    ordered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX article_document ON article (document_id, id) WHERE document_id IS NOT NULL;
CREATE INDEX article_publisher ON article (publisher_id, ordered_at, id)
    WHERE publisher_id IS NOT NULL;
CREATE INDEX article_site ON article (site, ordered_at, id) WHERE site IS NOT NULL;
CREATE INDEX article_ordered ON article (ordered_at, id);

CREATE TABLE statement (
    id BLOB NOT NULL PRIMARY KEY,
    speaker_kind TEXT NOT NULL,
    speaker_id BLOB REFERENCES speaker (id),
    organisation_id BLOB REFERENCES organisation (id),
    role_id BLOB REFERENCES role (id),
    first_article_id BLOB NOT NULL,
    first_quote_id BLOB NOT NULL,
    text TEXT NOT NULL,
    ordered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX statement_ordered ON statement (ordered_at, id);
CREATE INDEX statement_speaker ON statement (speaker_id, ordered_at, id)
    WHERE speaker_id IS NOT NULL;
CREATE INDEX statement_organisation ON statement (organisation_id, ordered_at, id)
    WHERE organisation_id IS NOT NULL;

CREATE TABLE quote (
    article_id BLOB NOT NULL REFERENCES article (id),
    id BLOB NOT NULL,
    statement_id BLOB NOT NULL,
    -- The reading order within the article: by start, then 2^32 + position, else the largest integer.
    ordinal INTEGER NOT NULL,
    position INTEGER,
    start_at INTEGER,
    end_at INTEGER,
    -- What was printed.
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT,
    context_before TEXT,
    context_after TEXT,
    cue TEXT,
    via TEXT,
    medium TEXT,
    printed_speaker TEXT,
    printed_role TEXT,
    printed_organisation TEXT,
    printed_attribution TEXT,
    stated_kind TEXT,
    stated_wikidata TEXT,
    said_earliest INTEGER,
    said_latest INTEGER,
    said_precision TEXT,
    reported_earliest INTEGER,
    reported_latest INTEGER,
    reported_precision TEXT,
    confidence REAL,
    extractor_name TEXT,
    extractor_version TEXT,
    external_id TEXT,
    -- Others to whom the extractor gives the words, as JSON in its own order.
    further_speakers TEXT,
    -- What it means.
    speaker_kind TEXT NOT NULL,
    speaker_id BLOB REFERENCES speaker (id),
    role_id BLOB REFERENCES role (id),
    organisation_id BLOB REFERENCES organisation (id),
    function TEXT,
    domain TEXT,
    status TEXT,
    official_of TEXT,
    -- The best date known: said, else reported, else the smallest integer.
    ordered_at INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    PRIMARY KEY (article_id, id)
) STRICT;
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
    article_id BLOB NOT NULL,
    quote_id BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    reading TEXT NOT NULL,
    PRIMARY KEY (article_id, quote_id, fingerprint),
    FOREIGN KEY (article_id, quote_id) REFERENCES quote (article_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One run over one input; its counts move in the transaction of each batch.
CREATE TABLE import (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    known INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    rejected INTEGER NOT NULL
) STRICT;
CREATE INDEX import_started ON import (started_at, id);
