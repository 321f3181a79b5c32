//! The records of imports, as an operator asks for them. Writing them is `write/import.rs`.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::dialect::{Connection, on};
use super::error::Result;
use super::schema::import;
use super::write::ImportRow;
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

/// The newest import of what is found again by `origin`.
pub fn of_origin(connection: &mut Connection, origin: &str) -> Result<Option<ImportRow>> {
    let newest = import::table
        .filter(import::origin.eq(origin))
        .order((import::started_at.desc(), import::id.desc()));
    Ok(on!(connection, |c| newest.select(ImportRow::as_select()).first(c).optional())?)
}
