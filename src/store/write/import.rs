//! The record of an import: one run over one input, its counts moving with its batches.

use diesel::prelude::*;
use serde::Serialize;

use crate::domain::access::AuditAction;
use crate::domain::id::{Id, Kind};
use crate::domain::import::ImportState;
use crate::store::audit::{self, Actor};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{import, import_rejection};

/// A row of `import`.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable, AsChangeset,
)]
#[diesel(table_name = import)]
#[diesel(treat_none_as_default_value = false)]
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
    pub row: String,
}

/// Writes the record as it is now; the audit hears of a new one.
pub fn save(connection: &mut Connection, actor: &Actor, row: &ImportRow) -> Result<()> {
    let there = import::table.filter(import::id.eq(row.id));
    if on!(connection, |c| diesel::update(there).set(row).execute(c))? > 0 {
        return Ok(());
    }
    on!(connection, |c| diesel::insert_into(import::table).values(row).execute(c))?;
    audit::record(connection, actor, AuditAction::Import, row.id, None)
}

/// Whether the database has the record just so.
pub fn is_saved(connection: &mut Connection, row: &ImportRow) -> Result<bool> {
    let there = import::table.filter(import::id.eq(row.id));
    let there = on!(connection, |c| there.select(ImportRow::as_select()).first(c).optional())?;
    Ok(there.as_ref() == Some(row))
}
