//! The records of imports, as whoever runs them asks for them. Writing them is `write/import.rs`.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::audit::{Actor, now};
use super::dialect::{Connection, on};
use super::error::Result;
use super::page::{Page, Window, page};
use super::predicate::{Predicate, column};
use super::schema::{audit, import, import_rejection};
use super::write::{self, ImportAccount, ImportRow, RejectionRow};
use crate::domain::access::AuditAction;
use crate::domain::id::Id;
use crate::domain::import::ImportState;

/// How many records are looked at: nobody scans a table to show how he is doing.
pub const LOOKED_AT: i64 = 1_000;

/// The newest imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newest {
    /// How many of the newest [`LOOKED_AT`] are in each state.
    pub states: BTreeMap<ImportState, u64>,
    /// The one that began last; `None` where there was never one.
    pub last: Option<ImportRow>,
}

/// The newest imports, by the index of when they began.
pub fn newest(connection: &mut Connection) -> Result<Newest> {
    let newest = || import::table.order((import::started_at.desc(), import::id.desc()));
    let (states, last) = on!(connection, |c| {
        let states: Vec<ImportState> = newest().limit(LOOKED_AT).select(import::state).load(c)?;
        (states, newest().select(ImportRow::as_select()).first(c).optional()?)
    });
    let mut counts = BTreeMap::new();
    for state in states {
        *counts.entry(state).or_default() += 1;
    }
    Ok(Newest { states: counts, last })
}

/// Which imports are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportCondition {
    /// In one of these states.
    pub state: Option<Vec<ImportState>>,
}

/// The imports of these ids that exist, in no order.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<ImportRow>> {
    let query = import::table.filter(import::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(ImportRow::as_select()).load(c))?)
}

/// Imports, the newest first.
pub fn list(
    connection: &mut Connection,
    condition: &ImportCondition,
    window: &Window,
) -> Result<Page<ImportRow>> {
    let meets = match &condition.state {
        Some(states) => {
            let words = states.iter().map(|state| state.as_str()).collect();
            Predicate::words(column!(import.state), words)
        }
        None => Predicate::All(Vec::new()),
    };
    page!(
        connection,
        import as ImportRow,
        meets,
        window,
        true,
        import::started_at,
        import::id,
        Time
    )
}

/// The rows of an import that were not taken, as they were met.
pub fn rejections(
    connection: &mut Connection,
    of: Id,
    window: &Window,
) -> Result<Page<RejectionRow>> {
    let meets = Predicate::ids(column!(import_rejection.import_id), vec![of]);
    page!(
        connection,
        import_rejection as RejectionRow,
        meets,
        window,
        false,
        import_rejection::number,
        import_rejection::import_id,
        Time
    )
}

/// Which of these imports this token began.
pub fn begun_by(connection: &mut Connection, token: Id, imports: &[Id]) -> Result<Vec<Id>> {
    let query = audit::table
        .filter(audit::subject_id.eq_any(imports))
        .filter(audit::action.eq(AuditAction::Import))
        .filter(audit::token_id.eq(token))
        .select(audit::subject_id);
    Ok(on!(connection, |c| query.load(c))?)
}

/// Those of these imports that stopped in the middle, and with `finished` those that did not too.
pub fn to_go_on(connection: &mut Connection, ids: &[Id], finished: bool) -> Result<Vec<Id>> {
    let mut found = Vec::new();
    for ids in ids.chunks(1_000) {
        let there = import::table.filter(import::id.eq_any(ids));
        let states = there.select((import::id, import::state));
        let states: Vec<(Id, ImportState)> = on!(connection, |c| states.load(c))?;
        let wanted = |(id, state)| (finished || state != ImportState::Finished).then_some(id);
        found.extend(states.into_iter().filter_map(wanted));
    }
    Ok(found)
}

/// The newest import of what is found again by `origin`.
pub fn of_origin(connection: &mut Connection, origin: &str) -> Result<Option<ImportRow>> {
    let newest = import::table
        .filter(import::origin.eq(origin))
        .order((import::started_at.desc(), import::id.desc()));
    Ok(on!(connection, |c| newest.select(ImportRow::as_select()).first(c).optional())?)
}

/// What becomes of an upload that is given to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// It is taken: the record waits for its turn.
    Taken(ImportRow),
    /// It was given before.
    Known(ImportRow),
    /// Another one was given before under the same origin.
    Differs,
}

impl Given {
    /// What an upload with this digest is beside the newest of its origin.
    pub fn before(newest: Option<ImportRow>, sent: &[u8]) -> Option<Self> {
        newest.map(|row| match row.sent.as_deref() == Some(sent) {
            true => Self::Known(row),
            false => Self::Differs,
        })
    }
}

/// Takes an upload, with its row in the audit, unless one was given before under its origin. In a
/// transaction of [`Store::write`](super::Store::write).
pub fn take(connection: &mut Connection, actor: &Actor, row: ImportRow) -> Result<Given> {
    let (origin, sent) = (row.origin.as_deref(), row.sent.as_deref());
    let newest = of_origin(connection, origin.unwrap_or_default())?;
    if let Some(given) = Given::before(newest, sent.unwrap_or_default()) {
        return Ok(given);
    }
    let account = ImportAccount { row, rejections: Vec::new() };
    write::save_import(connection, actor, None, &account)?;
    Ok(Given::Taken(account.row))
}

/// Says how an import stands, and why, while nothing is written of it.
pub fn stand(
    connection: &mut Connection,
    id: Id,
    state: ImportState,
    problem: Option<&str>,
) -> Result<()> {
    let there = import::table.filter(import::id.eq(id));
    let now = (import::state.eq(state), import::problem.eq(problem), import::changed_at.eq(now()));
    on!(connection, |c| diesel::update(there).set(now).execute(c))?;
    Ok(())
}
