-- Who is who, as people judge it: what was printed stays, and a judgement can be taken back.

-- One judgement. It is in force as long as `undone_at` is null; judgements are applied by number.
CREATE TABLE judgement (
    id UUID NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    -- What it is about, and what that becomes or stands for.
    subject_id UUID NOT NULL,
    object_id UUID,
    -- An alias as given, and the folded key under which it is looked up.
    name TEXT COLLATE "C",
    name_key TEXT COLLATE "C",
    reason TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    token_id UUID REFERENCES token (id),
    actor TEXT COLLATE "C" NOT NULL,
    undone_at BIGINT,
    undone_token_id UUID REFERENCES token (id),
    undone_actor TEXT COLLATE "C",
    undone_reason TEXT COLLATE "C"
);
CREATE UNIQUE INDEX judgement_number ON judgement (number);
CREATE INDEX judgement_subject ON judgement (subject_id, number);
CREATE INDEX judgement_object ON judgement (object_id, number) WHERE object_id IS NOT NULL;

-- The quotes that a judgement is about, where it is not about all of its subject's.
CREATE TABLE judgement_quote (
    judgement_id UUID NOT NULL REFERENCES judgement (id),
    article_id UUID NOT NULL,
    quote_id UUID NOT NULL,
    PRIMARY KEY (judgement_id, quote_id)
);
CREATE INDEX judgement_quote_quote ON judgement_quote (quote_id);

-- Speakers, organisations and roles that only judgements name, until something printed does.
CREATE TABLE judged (
    id UUID NOT NULL PRIMARY KEY
);

-- Who has a Wikidata item in common.
CREATE INDEX speaker_candidate_wikidata ON speaker_candidate (wikidata, speaker_id);
CREATE INDEX organisation_wikidata ON organisation (wikidata, id) WHERE wikidata IS NOT NULL;

ALTER TABLE role ADD COLUMN merged_into UUID REFERENCES role (id);
CREATE INDEX role_merged ON role (merged_into) WHERE merged_into IS NOT NULL;

-- What the print alone leaves open and the rest of the article may settle: a surname, a name that
-- several organisations go by.
ALTER TABLE quote ADD COLUMN unsettled TEXT COLLATE "C";
CREATE INDEX quote_unsettled ON quote (article_id, id) WHERE unsettled IS NOT NULL;

-- How the printed role agrees with what is recorded of the speaker; null where nothing can be said.
ALTER TABLE quote ADD COLUMN capacity TEXT COLLATE "C";
UPDATE quote SET capacity = 'SIGHTED' WHERE speaker_id IS NOT NULL AND role_id IS NOT NULL;
CREATE INDEX quote_capacity ON quote (capacity, ordered_at, id) WHERE capacity IS NOT NULL;

-- With the Citus extension judgements stand on every node.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        PERFORM create_reference_table('judgement');
        PERFORM create_reference_table('judgement_quote');
        PERFORM create_reference_table('judged');
    END IF;
END
$$;
