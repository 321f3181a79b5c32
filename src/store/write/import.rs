//! The record of an import: one run over one input, its counts moving with its batches.

use diesel::prelude::*;
use serde::Serialize;

use crate::domain::access::AuditAction;
use crate::domain::id::Id;
use crate::store::audit::{self, Actor};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::import;

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
    pub state: String,
    pub started_at: i64,
    pub changed_at: i64,
    pub lines: i64,
    pub accepted: i64,
    pub known: i64,
    pub changed: i64,
    pub rejected: i64,
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
