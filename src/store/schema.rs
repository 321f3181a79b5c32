//! The tables, as the migrations make them; `tests/it/generated.rs` compares the two.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::*;

    corpus (id) {
        id -> BigInt,
        quotes -> BigInt,
        statements -> BigInt,
        articles -> BigInt,
        state -> Binary,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    organisation (id) {
        id -> SqlId,
        name -> Text,
        name_key -> Text,
        spelling -> Text,
        kind -> Text,
        country -> Nullable<Text>,
        wikidata -> Nullable<Text>,
        vocabulary_key -> Nullable<Text>,
        parent_id -> Nullable<SqlId>,
        merged_into -> Nullable<SqlId>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    organisation_alias (organisation_id, name_key) {
        organisation_id -> SqlId,
        name_key -> Text,
        name -> Text,
        kind -> Text,
        language -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    speaker (id) {
        id -> SqlId,
        name -> Text,
        name_key -> Text,
        spelling -> Text,
        wikidata -> Nullable<Text>,
        merged_into -> Nullable<SqlId>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    speaker_alias (speaker_id, name) {
        speaker_id -> SqlId,
        name -> Text,
        name_key -> Text,
        source -> Nullable<Text>,
        language -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    speaker_candidate (speaker_id, wikidata) {
        speaker_id -> SqlId,
        wikidata -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    role (id) {
        id -> SqlId,
        title -> Text,
        title_key -> Text,
        spelling -> Text,
        function -> Text,
        domain -> Text,
        status -> Text,
        voice -> Text,
        organisation_id -> Nullable<SqlId>,
        merged_into -> Nullable<SqlId>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    article (id) {
        id -> SqlId,
        url -> Nullable<Text>,
        url_rank -> Nullable<Text>,
        site -> Nullable<Text>,
        document_id -> Nullable<Text>,
        title -> Nullable<Text>,
        publisher_id -> Nullable<SqlId>,
        publisher_printed -> Nullable<Text>,
        authors -> Text,
        published_earliest -> Nullable<BigInt>,
        published_latest -> Nullable<BigInt>,
        published_precision -> Nullable<Text>,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
        archive_url -> Nullable<Text>,
        ordered_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    statement (id) {
        id -> SqlId,
        speaker_kind -> Text,
        speaker_id -> Nullable<SqlId>,
        organisation_id -> Nullable<SqlId>,
        role_id -> Nullable<SqlId>,
        first_article_id -> SqlId,
        first_quote_id -> SqlId,
        text -> Text,
        ordered_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    quote (article_id, id) {
        article_id -> SqlId,
        id -> SqlId,
        statement_id -> SqlId,
        ordinal -> BigInt,
        position -> Nullable<BigInt>,
        start_at -> Nullable<BigInt>,
        end_at -> Nullable<BigInt>,
        kind -> Text,
        text -> Text,
        language -> Nullable<Text>,
        context_before -> Nullable<Text>,
        context_after -> Nullable<Text>,
        cue -> Nullable<Text>,
        via -> Nullable<Text>,
        medium -> Nullable<Text>,
        printed_speaker -> Nullable<Text>,
        printed_role -> Nullable<Text>,
        printed_organisation -> Nullable<Text>,
        printed_attribution -> Nullable<Text>,
        stated_kind -> Nullable<Text>,
        stated_wikidata -> Nullable<Text>,
        said_earliest -> Nullable<BigInt>,
        said_latest -> Nullable<BigInt>,
        said_precision -> Nullable<Text>,
        reported_earliest -> Nullable<BigInt>,
        reported_latest -> Nullable<BigInt>,
        reported_precision -> Nullable<Text>,
        confidence -> Nullable<Double>,
        extractor_name -> Nullable<Text>,
        extractor_version -> Nullable<Text>,
        external_id -> Nullable<Text>,
        further_speakers -> Nullable<Text>,
        speaker_kind -> Text,
        speaker_id -> Nullable<SqlId>,
        role_id -> Nullable<SqlId>,
        organisation_id -> Nullable<SqlId>,
        function -> Nullable<Text>,
        domain -> Nullable<Text>,
        status -> Nullable<Text>,
        official_of -> Nullable<Text>,
        ordered_at -> BigInt,
        fingerprint -> Binary,
        unsettled -> Nullable<Text>,
        capacity -> Nullable<Text>,
        vanished_at -> Nullable<BigInt>,
        vanished_by -> Nullable<SqlId>,
        vanished_version -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    quote_reading (article_id, quote_id, fingerprint) {
        article_id -> SqlId,
        quote_id -> SqlId,
        fingerprint -> Binary,
        reading -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    import (id) {
        id -> SqlId,
        source -> Text,
        format -> Text,
        state -> Text,
        started_at -> BigInt,
        changed_at -> BigInt,
        lines -> BigInt,
        accepted -> BigInt,
        known -> BigInt,
        changed -> BigInt,
        rejected -> BigInt,
        origin -> Nullable<Text>,
        behind -> BigInt,
        digest -> Nullable<Binary>,
        account -> Text,
        problem -> Nullable<Text>,
        sent -> Nullable<Binary>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    import_rejection (import_id, number) {
        import_id -> SqlId,
        number -> BigInt,
        line -> BigInt,
        place -> Nullable<Text>,
        field -> Nullable<Text>,
        code -> Text,
        reason -> Text,
        format -> Text,
        head -> Nullable<Text>,
        row -> Text,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    token (id) {
        id -> SqlId,
        name -> Text,
        digest -> Binary,
        scopes -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    audit (id) {
        id -> SqlId,
        written_at -> BigInt,
        token_id -> Nullable<SqlId>,
        actor -> Text,
        action -> Text,
        subject_id -> SqlId,
        reason -> Nullable<Text>,
        request -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    removal (article_id, id) {
        article_id -> SqlId,
        id -> SqlId,
        reason -> Nullable<Text>,
        removed_at -> BigInt,
        words -> Nullable<Binary>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    quote_moved (article_id, derived_id) {
        article_id -> SqlId,
        derived_id -> SqlId,
        quote_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    import_seen (import_id, article_id, extractor, quote_id) {
        import_id -> SqlId,
        article_id -> SqlId,
        extractor -> Binary,
        quote_id -> SqlId,
        version -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    judgement (id) {
        id -> SqlId,
        number -> BigInt,
        action -> Text,
        subject_id -> SqlId,
        object_id -> Nullable<SqlId>,
        name -> Nullable<Text>,
        name_key -> Nullable<Text>,
        reason -> Text,
        made_at -> BigInt,
        token_id -> Nullable<SqlId>,
        actor -> Text,
        undone_at -> Nullable<BigInt>,
        undone_token_id -> Nullable<SqlId>,
        undone_actor -> Nullable<Text>,
        undone_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    judgement_quote (judgement_id, quote_id) {
        judgement_id -> SqlId,
        article_id -> SqlId,
        quote_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    judged (id) {
        id -> SqlId,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    tenure (id) {
        id -> SqlId,
        speaker_id -> SqlId,
        name -> Text,
        name_key -> Text,
        title -> Text,
        organisation -> Nullable<Text>,
        area -> Nullable<Text>,
        on_behalf_of -> Nullable<Text>,
        role_id -> SqlId,
        organisation_id -> Nullable<SqlId>,
        function -> Text,
        domain -> Text,
        status -> Text,
        begin_bound -> Text,
        begin_earliest -> BigInt,
        begin_latest -> BigInt,
        begin_precision -> Nullable<Text>,
        end_bound -> Text,
        end_earliest -> BigInt,
        end_latest -> BigInt,
        end_precision -> Nullable<Text>,
        source -> Text,
        external_id -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;

    derived_index (name) {
        name -> Text,
        version -> BigInt,
        behind -> Nullable<Binary>,
    }
}

allow_tables_to_appear_in_same_query!(
    organisation,
    organisation_alias,
    speaker,
    speaker_alias,
    speaker_candidate,
    role,
    tenure,
    article,
    statement,
    quote,
    quote_reading,
    import,
    import_rejection,
    import_seen,
    quote_moved,
    token,
    audit,
    removal,
    judgement,
    judgement_quote,
    judged,
    corpus,
);
