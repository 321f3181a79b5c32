//! The records of imports, as an operator asks for them. Writing them is `write/import.rs`.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::dialect::{Connection, on};
use super::error::Result;
use super::schema::import;
use super::write::ImportRow;
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
