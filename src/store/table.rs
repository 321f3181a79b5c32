//! Every table as a whole: its rows in the order of its primary key, and how new ones are written.
//!
//! The list at the end is the only one: what moves or digests a database walks along it. A column
//! that a row lacks, or a table that the list lacks, fails in `tests/it/moving.rs`.

use diesel::dsl::{SqlTypeOf, exists, select, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::Serialize;

use super::dialect::{Connection, insert, on};
use super::error::Result;
use super::schema::{
    article, import, organisation, organisation_alias, quote, quote_reading, role, speaker,
    speaker_alias, speaker_candidate, statement,
};
use super::write::{
    ArticleValues, ImportRow, OrganisationValues, QuoteValues, ReadingValues, RoleValues,
    SpeakerValues, StatementValues,
};
use crate::domain::id::Id;
use crate::domain::vocabulary::AliasKind;

/// How many rows are held at once.
const CHUNK: i64 = 1_000;

/// A whole row of a table; serialised, it is the same bytes on each database.
pub trait Row: Serialize + Sized {
    /// The table.
    const TABLE: &'static str;

    /// The rows behind this one in the order of the primary key, as many as are held at once; from
    /// the first one on where there is none.
    fn behind(connection: &mut Connection, last: Option<&Self>) -> QueryResult<Vec<Self>>;

    /// Writes new rows.
    fn insert(connection: &mut Connection, rows: &[Self]) -> QueryResult<()>;

    /// Whether the table has any.
    fn any(connection: &mut Connection) -> QueryResult<bool>;

    /// Takes away what may point to a row that comes later, and has to wait for it.
    fn without_pointers(self) -> Self {
        self
    }

    /// Writes what [`Row::without_pointers`] took away, now that every row is there.
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
    mut work: impl FnMut(&[R]) -> Result<()>,
) -> Result<()> {
    let mut rows = R::behind(connection, None)?;
    while let Some(last) = rows.last() {
        work(&rows)?;
        rows = R::behind(connection, Some(last))?;
    }
    Ok(())
}

/// A row of `organisation`, with what only a merge writes.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = organisation)]
#[diesel(treat_none_as_default_value = false)]
pub struct Organisation {
    #[diesel(embed)]
    values: OrganisationValues,
    merged_into: Option<Id>,
}

/// A row of `speaker`, with what only a merge writes.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = speaker)]
#[diesel(treat_none_as_default_value = false)]
pub struct Speaker {
    #[diesel(embed)]
    values: SpeakerValues,
    merged_into: Option<Id>,
}

/// A row of `organisation_alias`.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = organisation_alias)]
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
pub struct SpeakerAlias {
    speaker_id: Id,
    name: String,
    name_key: String,
}

/// A row of `speaker_candidate`.
#[derive(Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = speaker_candidate)]
pub struct SpeakerCandidate {
    speaker_id: Id,
    wikidata: String,
}

/// The pointers of a table to itself: what they are in a row, and which row that is.
macro_rules! pointers {
    ($table:ident, $($column:ident: $($field:ident).+),+) => {
        fn without_pointers(mut self) -> Self {
            $(self.$($field).+ = None;)+
            self
        }

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

/// Declares the tables: each with its primary key and the struct of its rows.
macro_rules! tables {
    ($(
        $table:ident ($first:ident: $first_of:expr $(, $key:ident: $key_of:expr)*) is $row:ty
        $({ $($more:tt)* })?;
    )+) => {
        $(impl Row for $row {
            const TABLE: &'static str = stringify!($table);

            fn behind(connection: &mut Connection, last: Option<&Self>) -> QueryResult<Vec<Self>> {
                let rows = $table::table.select(<$row>::as_select()).limit(CHUNK);
                let rows = rows.order(($table::$first, $($table::$key,)*));
                let Some(last) = last else { return on!(connection, |c| rows.load(c)) };
                // Compared as one value, which enters the primary key's index on each database.
                let key = concat!("(", stringify!($first), $(", ", stringify!($key),)* ") > (");
                let behind = sql::<Bool>(key)
                    .bind::<SqlTypeOf<$table::$first>, _>($first_of(last))
                    $(.sql(", ").bind::<SqlTypeOf<$table::$key>, _>($key_of(last)))*
                    .sql(")");
                on!(connection, |c| rows.filter(behind).load(c))
            }

            fn insert(connection: &mut Connection, rows: &[Self]) -> QueryResult<()> {
                insert!(connection, $table::table, rows)
            }

            fn any(connection: &mut Connection) -> QueryResult<bool> {
                on!(connection, |c| select(exists($table::table)).get_result(c))
            }

            $($($more)*)?
        })+

        /// Has every table visited, each one before those whose rows point to its.
        pub fn each_table(visitor: &mut impl Visitor) -> Result<()> {
            $(visitor.visit::<$row>()?;)+
            Ok(())
        }
    };
}

tables! {
    organisation (id: |row: &Organisation| row.values.id) is Organisation {
        pointers!(organisation, parent_id: values.parent_id, merged_into: merged_into);
    };
    organisation_alias (
        organisation_id: |row: &OrganisationAlias| row.organisation_id,
        name_key: |row: &OrganisationAlias| row.name_key.clone()
    ) is OrganisationAlias;
    speaker (id: |row: &Speaker| row.values.id) is Speaker {
        pointers!(speaker, merged_into: merged_into);
    };
    speaker_alias (
        speaker_id: |row: &SpeakerAlias| row.speaker_id,
        name: |row: &SpeakerAlias| row.name.clone()
    ) is SpeakerAlias;
    speaker_candidate (
        speaker_id: |row: &SpeakerCandidate| row.speaker_id,
        wikidata: |row: &SpeakerCandidate| row.wikidata.clone()
    ) is SpeakerCandidate;
    role (id: |row: &RoleValues| row.id) is RoleValues;
    article (id: |row: &ArticleValues| row.id) is ArticleValues;
    statement (id: |row: &StatementValues| row.id) is StatementValues;
    quote (
        article_id: |row: &QuoteValues| row.article_id,
        id: |row: &QuoteValues| row.id
    ) is QuoteValues;
    quote_reading (
        article_id: |row: &ReadingValues| row.article_id,
        quote_id: |row: &ReadingValues| row.quote_id,
        fingerprint: |row: &ReadingValues| row.fingerprint.clone()
    ) is ReadingValues;
    import (id: |row: &ImportRow| row.id) is ImportRow;
}
