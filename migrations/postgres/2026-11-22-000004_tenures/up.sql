-- Who held which role when, as imported records have it. What quotes show of it is worked out from
-- them when somebody asks.

CREATE TABLE tenure (
    id UUID NOT NULL PRIMARY KEY,
    speaker_id UUID NOT NULL REFERENCES speaker (id),
    -- What the record says.
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C",
    area TEXT COLLATE "C",
    on_behalf_of TEXT COLLATE "C",
    -- What it means.
    role_id UUID NOT NULL REFERENCES role (id),
    organisation_id UUID REFERENCES organisation (id),
    function TEXT COLLATE "C" NOT NULL,
    domain TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    -- Each bound: how it is known, and between which moments it lies, the smallest and the largest
    -- integer where the record sets no limit.
    begin_bound TEXT COLLATE "C" NOT NULL,
    begin_earliest BIGINT NOT NULL,
    begin_latest BIGINT NOT NULL,
    begin_precision TEXT COLLATE "C",
    end_bound TEXT COLLATE "C" NOT NULL,
    end_earliest BIGINT NOT NULL,
    end_latest BIGINT NOT NULL,
    end_precision TEXT COLLATE "C",
    -- The file or data set, and its own id of the person.
    source TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C"
);
CREATE INDEX tenure_begin ON tenure (begin_earliest, id);
CREATE INDEX tenure_speaker ON tenure (speaker_id, begin_earliest, id);
CREATE INDEX tenure_name ON tenure (name_key, speaker_id);
CREATE INDEX tenure_role ON tenure (role_id, begin_earliest, id);
CREATE INDEX tenure_organisation ON tenure (organisation_id, begin_earliest, id)
    WHERE organisation_id IS NOT NULL;

-- Other names that a record gives a person: its name, and the language (BCP 47) where it tells.
ALTER TABLE speaker_alias ADD COLUMN source TEXT COLLATE "C";
ALTER TABLE speaker_alias ADD COLUMN language TEXT COLLATE "C";

-- Who was quoted in which role, and when first and last.
CREATE INDEX quote_speaker_role ON quote (speaker_id, role_id, ordered_at, id)
    WHERE role_id IS NOT NULL;

-- With the Citus extension the record stands on every node, as speakers and roles do.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
        PERFORM create_reference_table('tenure');
    END IF;
END
$$;
