//! The record of an import: one run over one input, its counts moving with its batches.

use diesel::prelude::*;
use serde::Serialize;

use crate::domain::access::AuditAction;
use crate::domain::id::{Id, Kind};
use crate::domain::import::ImportState;
use crate::store::audit::{self, Actor};
use crate::store::dialect::{Connection, insert, on};
use crate::store::error::{Result, StoreError};
use crate::store::schema::{import, import_rejection};

/// A row of `import`.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable, AsChangeset,
)]
#[diesel(table_name = import)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct ImportRow {
    pub id: Id,
    pub source: String,
    pub format: String,
    pub state: ImportState,
    pub started_at: i64,
    pub changed_at: i64,
    pub lines: i64,
    pub accepted: i64,
    pub known: i64,
    pub changed: i64,
    pub rejected: i64,
    pub origin: Option<String>,
    pub behind: i64,
    pub digest: Option<Vec<u8>>,
    pub account: String,
    pub problem: Option<String>,
    pub sent: Option<Vec<u8>>,
}

impl ImportRow {
    /// The record of a run that begins now.
    pub fn begin(source: &str, format: &str) -> Self {
        let started_at = audit::now();
        let process = std::process::id().to_le_bytes();
        Self {
            id: Id::derive(Kind::Import, &[source.as_bytes(), &started_at.to_le_bytes(), &process]),
            source: source.to_owned(),
            format: format.to_owned(),
            state: ImportState::Running,
            started_at,
            changed_at: started_at,
            lines: 0,
            accepted: 0,
            known: 0,
            changed: 0,
            rejected: 0,
            origin: None,
            behind: 0,
            digest: None,
            account: "{}".to_owned(),
            problem: None,
            sent: None,
        }
    }
}

/// How many rejected rows of one import are kept for those who ask the database.
pub const MAX_REJECTIONS: i64 = 10_000;

/// A row of `import_rejection`: a row of the input that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = import_rejection)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct RejectionRow {
    pub import_id: Id,
    pub number: i64,
    pub line: i64,
    pub place: Option<String>,
    pub field: Option<String>,
    pub code: String,
    pub reason: String,
    pub format: String,
    pub head: Option<String>,
    pub row: String,
    /// 1 where the row is not kept as it stood.
    pub cut: i64,
}

/// What an import says with a batch: its record, and the rows that were not taken since the last one.
#[derive(Debug, Clone)]
pub struct ImportAccount {
    /// The record with this batch.
    pub row: ImportRow,
    /// The rejected rows of this batch that are kept.
    pub rejections: Vec<RejectionRow>,
}

/// Writes the record as it is now; the audit hears of a new one. `before` is what this process wrote
/// last: where the record is another one, another process goes on with the import.
pub fn save(
    connection: &mut Connection,
    actor: &Actor,
    before: Option<&ImportRow>,
    account: &ImportAccount,
) -> Result<()> {
    let ImportAccount { row, rejections } = account;
    match before {
        None => {
            on!(connection, |c| diesel::insert_into(import::table).values(row).execute(c))?;
            audit::record(connection, actor, AuditAction::Import, row.id, None)?;
        }
        Some(before) => {
            let there = import::table
                .filter(import::id.eq(before.id))
                .filter(import::behind.eq(before.behind))
                .filter(import::changed_at.eq(before.changed_at));
            if on!(connection, |c| diesel::update(there).set(row).execute(c))? == 0 {
                return Err(StoreError::Overtaken);
            }
        }
    }
    Ok(insert!(connection, import_rejection::table, rejections)?)
}

/// Says that nobody goes on with an import. Whoever was at it all the same is overtaken.
pub fn give_up(connection: &mut Connection, import: Id) -> Result<()> {
    let there =
        import::table.filter(import::id.eq(import)).filter(import::state.eq(ImportState::Running));
    let problem = "given up: its input is another one now, and was imported anew";
    let now = (
        import::state.eq(ImportState::Interrupted),
        import::problem.eq(Some(problem)),
        import::changed_at.eq(audit::now()),
    );
    on!(connection, |c| diesel::update(there).set(now).execute(c))?;
    Ok(())
}

/// Whether the database has the record just so.
pub fn is_saved(connection: &mut Connection, row: &ImportRow) -> Result<bool> {
    let there = import::table.filter(import::id.eq(row.id));
    let there = on!(connection, |c| there.select(ImportRow::as_select()).first(c).optional())?;
    Ok(there.as_ref() == Some(row))
}
