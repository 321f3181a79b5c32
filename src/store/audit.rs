//! The audit: one row for each write, in the transaction of that write.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use diesel::prelude::*;
use serde::Serialize;

use super::dialect::{Connection, on};
use super::error::Result;
use super::page::{Page, Window, page};
use super::predicate::{Predicate, column};
use super::schema::audit;
use crate::domain::access::AuditAction;
use crate::domain::id::{Id, Kind};

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The token that was shown; none for the command line.
    pub token: Option<Id>,
    /// Its name.
    pub name: String,
    /// The request that asked for it.
    pub request: Option<String>,
}

impl Actor {
    /// Whoever has the database's own address: the operator.
    pub fn command_line() -> Self {
        Self { token: None, name: "command line".to_owned(), request: None }
    }
}

/// A row of `audit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct AuditRow {
    pub id: Id,
    pub written_at: i64,
    pub token_id: Option<Id>,
    pub actor: String,
    pub action: AuditAction,
    pub subject_id: Id,
    pub reason: Option<String>,
    pub request: Option<String>,
}

/// Tells of a write, in the transaction that is open on the connection.
pub fn record(
    connection: &mut Connection,
    actor: &Actor,
    action: AuditAction,
    subject: Id,
    reason: Option<&str>,
) -> Result<()> {
    let written_at = now();
    // An event has no content that would identify it: the same may be done twice.
    let chance = RandomState::new().hash_one(subject.as_bytes());
    let parts: [&[u8]; 4] = [
        &written_at.to_le_bytes(),
        action.as_str().as_bytes(),
        subject.as_bytes(),
        &chance.to_le_bytes(),
    ];
    let row = AuditRow {
        id: Id::derive(Kind::Audit, &parts),
        written_at,
        token_id: actor.token,
        actor: actor.name.clone(),
        action,
        subject_id: subject,
        reason: reason.map(str::to_owned),
        request: actor.request.clone(),
    };
    on!(connection, |c| diesel::insert_into(audit::table).values(&row).execute(c))?;
    Ok(())
}

/// The writes to `subject`, or all, the newest first.
pub fn list(
    connection: &mut Connection,
    subject: Option<Id>,
    window: &Window,
) -> Result<Page<AuditRow>> {
    let meets = match subject {
        Some(id) => Predicate::ids(column!(audit.subject_id), vec![id]),
        None => Predicate::All(Vec::new()),
    };
    page!(connection, audit as AuditRow, meets, window, true, audit::written_at, audit::id, Time)
}

/// This moment, in microseconds since 1970 (UTC).
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
