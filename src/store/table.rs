//! Every table as a whole: its rows in the order of its primary key, and how new ones are written.
//!
//! The list at the end is the only one: what moves or digests a database walks along it. A column
//! that a row lacks, or a table that the list lacks, fails in `tests/it/moving.rs`.

use diesel::dsl::{SqlTypeOf, exists, select, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::Serialize;

use super::audit::AuditRow;
use super::dialect::{Connection, insert, on};
use super::error::Result;
use super::judgement::{JudgementQuoteRow, JudgementRow};
use super::moved::MovedRow;
use super::removal::RemovalRow;
use super::schema::{
    article, audit, import, import_rejection, import_seen, judged, judgement, judgement_quote,
    organisation, organisation_alias, quote, quote_moved, quote_reading, removal, role, speaker,
    speaker_alias, speaker_candidate, statement, tenure, token,
};
use super::token::TokenRow;
use super::write::{
    ArticleValues, ImportRow, OrganisationValues, QuoteValues, ReadingValues, RejectionRow,
    RoleValues, SeenRow, SpeakerValues, StatementValues, TenureValues,
};
use crate::domain::id::Id;
use crate::domain::vocabulary::AliasKind;

/// How many rows are held at once.
const CHUNK: i64 = 1_000;

/// A whole row of a table; serialised, it is the same bytes on each database.
pub trait Row: Serialize + Clone {
    /// The table.
    const TABLE: &'static str;

    /// The rows behind this one in the order of the primary key, as many as are held at once; from
    /// the first one on where there is none.
    fn behind(connection: &mut Connection, last: Option<&Self>) -> QueryResult<Vec<Self>>;

    /// Writes new rows, without what may point to a row of the same table that comes later.
    fn insert(connection: &mut Connection, rows: Vec<Self>) -> QueryResult<()>;

    /// Whether the table has any.
    fn any(connection: &mut Connection) -> QueryResult<bool>;

    /// Whether rows point to others of the same table.
    const POINTS: bool = false;

    /// Writes what [`Row::insert`] left out, now that every row is there.
    fn point(&self, _: &mut Connection) -> QueryResult<()> {
        Ok(())
    }
}

/// What is done with each table.
pub trait Visitor {
    /// Does it.
    fn visit<R: Row>(&mut self) -> Result<()>;
}

/// Calls `work` with all rows of a table, in the order of the primary key, a chunk at a time.
pub fn each_chunk<R: Row>(
    connection: &mut Connection,
    mut work: impl FnMut(Vec<R>) -> Result<()>,
) -> Result<()> {
    let mut rows = R::behind(connection, None)?;
    while let Some(last) = rows.last().cloned() {
        work(rows)?;
        rows = R::behind(connection, Some(&last))?;
    }
    Ok(())
}

/// A row of `organisation`, with what only a merge writes.
#[derive(Clone, Serialize, Queryable, Selectable)]
#[diesel(table_name = organisation)]
pub struct Organisation {
    #[diesel(embed)]
    values: OrganisationValues,
    merged_into: Option<Id>,
}

/// A row of `speaker`, with what only a merge writes.
#[derive(Clone, Serialize, Queryable, Selectable)]
#[diesel(table_name = speaker)]
pub struct Speaker {
    #[diesel(embed)]
    values: SpeakerValues,
    merged_into: Option<Id>,
}

/// A row of `role`, with what only a merge writes.
#[derive(Clone, Serialize, Queryable, Selectable)]
#[diesel(table_name = role)]
pub struct Role {
    #[diesel(embed)]
    values: RoleValues,
    merged_into: Option<Id>,
}

impl Organisation {
    /// Its id.
    pub fn id(&self) -> Id {
        self.values.id
    }
}

impl Speaker {
    /// Its id.
    pub fn id(&self) -> Id {
        self.values.id
    }
}

impl Role {
    /// Its id.
    pub fn id(&self) -> Id {
        self.values.id
    }
}

/// A row of `judged`.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = judged)]
#[diesel(treat_none_as_default_value = false)]
pub struct Judged {
    id: Id,
}

/// A row of `organisation_alias`.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = organisation_alias)]
#[diesel(treat_none_as_default_value = false)]
pub struct OrganisationAlias {
    organisation_id: Id,
    name_key: String,
    name: String,
    kind: AliasKind,
    language: String,
}

/// A row of `speaker_alias`.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = speaker_alias)]
#[diesel(treat_none_as_default_value = false)]
pub struct SpeakerAlias {
    speaker_id: Id,
    name: String,
    name_key: String,
    source: Option<String>,
    language: Option<String>,
}

/// A row of `speaker_candidate`.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = speaker_candidate)]
#[diesel(treat_none_as_default_value = false)]
pub struct SpeakerCandidate {
    speaker_id: Id,
    wikidata: String,
}

/// How the rows of a table are written that point to other tables alone.
macro_rules! plain {
    ($table:ident) => {
        fn insert(connection: &mut Connection, rows: Vec<Self>) -> QueryResult<()> {
            insert!(connection, $table::table, &rows)
        }
    };
}

/// How the rows of a table are written that other things follow from: index entries, counts.
macro_rules! followed {
    ($table:ident) => {
        fn insert(connection: &mut Connection, rows: Vec<Self>) -> QueryResult<()> {
            Self::write(connection, &rows)
        }
    };
}

/// How the rows of a table are written that point to rows of the same table by these columns.
macro_rules! pointing {
    ($table:ident $($column:ident: $($field:ident).+),+) => {
        fn insert(connection: &mut Connection, mut rows: Vec<Self>) -> QueryResult<()> {
            rows.iter_mut().for_each(|row| { $(row.$($field).+ = None;)+ });
            // The columns that are not among these are such pointers.
            let rows: Vec<_> = rows.into_iter().map(|row| row.values).collect();
            insert!(connection, $table::table, &rows)
        }

        const POINTS: bool = true;

        fn point(&self, connection: &mut Connection) -> QueryResult<()> {
            if $(self.$($field).+.is_none())&&+ {
                return Ok(());
            }
            let row = $table::table.filter($table::id.eq(self.values.id));
            let pointers = ($($table::$column.eq(self.$($field).+),)+);
            on!(connection, |c| diesel::update(row).set(pointers).execute(c)).map(drop)
        }
    };
}

/// Declares the tables: each with its primary key, the struct of its rows and how they are written.
macro_rules! tables {
    ($(
        $table:ident ($first:ident: $first_of:expr $(, $key:ident: $key_of:expr)*)
        is $row:ty, $written:ident { $($more:tt)* }
    )+) => {
        $(impl Row for $row {
            const TABLE: &'static str = stringify!($table);

            fn behind(connection: &mut Connection, last: Option<&Self>) -> QueryResult<Vec<Self>> {
                let rows = $table::table.order(($table::$first, $($table::$key,)*)).limit(CHUNK);
                let Some(last) = last else {
                    return on!(connection, |c| rows.select(<$row>::as_select()).load(c));
                };
                // Compared as one value, which enters the primary key's index on each database.
                let key = concat!("(", stringify!($first), $(", ", stringify!($key),)* ") > (");
                let behind = sql::<Bool>(key)
                    .bind::<SqlTypeOf<$table::$first>, _>($first_of(last))
                    $(.sql(", ").bind::<SqlTypeOf<$table::$key>, _>($key_of(last)))*
                    .sql(")");
                let rows = rows.filter(behind);
                on!(connection, |c| rows.select(<$row>::as_select()).load(c))
            }

            fn any(connection: &mut Connection) -> QueryResult<bool> {
                let any = select(exists($table::table.select($table::$first)));
                on!(connection, |c| any.get_result(c))
            }

            $written! { $table $($more)* }
        })+

        /// Has every table visited, each one before those whose rows point to its.
        pub fn each_table(visitor: &mut impl Visitor) -> Result<()> {
            $(visitor.visit::<$row>()?;)+
            Ok(())
        }
    };
}

tables! {
    organisation (id: |row: &Organisation| row.values.id) is Organisation, pointing { parent_id: values.parent_id, merged_into: merged_into }
    organisation_alias (
        organisation_id: |row: &OrganisationAlias| row.organisation_id,
        name_key: |row: &OrganisationAlias| row.name_key.clone()
    ) is OrganisationAlias, plain {}
    speaker (id: |row: &Speaker| row.values.id) is Speaker, pointing { merged_into: merged_into }
    speaker_alias (
        speaker_id: |row: &SpeakerAlias| row.speaker_id,
        name: |row: &SpeakerAlias| row.name.clone()
    ) is SpeakerAlias, plain {}
    speaker_candidate (
        speaker_id: |row: &SpeakerCandidate| row.speaker_id,
        wikidata: |row: &SpeakerCandidate| row.wikidata.clone()
    ) is SpeakerCandidate, plain {}
    role (id: |row: &Role| row.values.id) is Role, pointing { merged_into: merged_into }
    tenure (id: |row: &TenureValues| row.id) is TenureValues, plain {}
    article (id: |row: &ArticleValues| row.id) is ArticleValues, followed {}
    statement (id: |row: &StatementValues| row.id) is StatementValues, followed {}
    quote (
        article_id: |row: &QuoteValues| row.article_id,
        id: |row: &QuoteValues| row.id
    ) is QuoteValues, followed {}
    quote_reading (
        article_id: |row: &ReadingValues| row.article_id,
        quote_id: |row: &ReadingValues| row.quote_id,
        fingerprint: |row: &ReadingValues| row.fingerprint.clone()
    ) is ReadingValues, plain {}
    quote_moved (
        article_id: |row: &MovedRow| row.article_id,
        derived_id: |row: &MovedRow| row.derived_id
    ) is MovedRow, plain {}
    import (id: |row: &ImportRow| row.id) is ImportRow, plain {}
    import_rejection (
        import_id: |row: &RejectionRow| row.import_id,
        number: |row: &RejectionRow| row.number
    ) is RejectionRow, plain {}
    import_seen (
        import_id: |row: &SeenRow| row.import_id,
        article_id: |row: &SeenRow| row.article_id,
        extractor: |row: &SeenRow| row.extractor.clone(),
        quote_id: |row: &SeenRow| row.quote_id
    ) is SeenRow, plain {}
    token (id: |row: &TokenRow| row.id) is TokenRow, plain {}
    audit (id: |row: &AuditRow| row.id) is AuditRow, plain {}
    removal (
        article_id: |row: &RemovalRow| row.article_id,
        id: |row: &RemovalRow| row.id
    ) is RemovalRow, plain {}
    judgement (id: |row: &JudgementRow| row.id) is JudgementRow, plain {}
    judgement_quote (
        judgement_id: |row: &JudgementQuoteRow| row.judgement_id,
        quote_id: |row: &JudgementQuoteRow| row.quote_id
    ) is JudgementQuoteRow, plain {}
    judged (id: |row: &Judged| row.id) is Judged, plain {}
}
