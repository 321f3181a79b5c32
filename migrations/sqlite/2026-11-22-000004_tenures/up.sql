-- Who held which role when, as imported records have it. What quotes show of it is worked out from
-- them when somebody asks.

CREATE TABLE tenure (
    id BLOB NOT NULL PRIMARY KEY,
    speaker_id BLOB NOT NULL REFERENCES speaker (id),
    -- What the record says.
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    title TEXT NOT NULL,
    organisation TEXT,
    area TEXT,
    on_behalf_of TEXT,
    -- What it means.
    role_id BLOB NOT NULL REFERENCES role (id),
    organisation_id BLOB REFERENCES organisation (id),
    function TEXT NOT NULL,
    domain TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Each bound: how it is known, and between which moments it lies, the smallest and the largest
    -- integer where the record sets no limit.
    begin_bound TEXT NOT NULL,
    begin_earliest INTEGER NOT NULL,
    begin_latest INTEGER NOT NULL,
    begin_precision TEXT,
    end_bound TEXT NOT NULL,
    end_earliest INTEGER NOT NULL,
    end_latest INTEGER NOT NULL,
    end_precision TEXT,
    -- The file or data set, and its own id of the person.
    source TEXT NOT NULL,
    external_id TEXT
) STRICT;
CREATE INDEX tenure_begin ON tenure (begin_earliest, id);
CREATE INDEX tenure_speaker ON tenure (speaker_id, begin_earliest, id);
CREATE INDEX tenure_name ON tenure (name_key, speaker_id);
CREATE INDEX tenure_role ON tenure (role_id, begin_earliest, id);
CREATE INDEX tenure_organisation ON tenure (organisation_id, begin_earliest, id)
    WHERE organisation_id IS NOT NULL;

-- Other names that a record gives a person: its name, and the language (BCP 47) where it tells.
ALTER TABLE speaker_alias ADD COLUMN source TEXT;
ALTER TABLE speaker_alias ADD COLUMN language TEXT;

-- Who was quoted in which role, and when first and last.
CREATE INDEX quote_speaker_role ON quote (speaker_id, role_id, ordered_at, id)
    WHERE role_id IS NOT NULL;
