//! Rows that only judgements made: speakers, organisations and roles that nothing printed names.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::store::dialect::{Connection, insert_missing, on};
use crate::store::error::Result;
use crate::store::schema::{judged, organisation, role, speaker};

/// All of them.
pub fn all(connection: &mut Connection) -> Result<HashSet<Id>> {
    let ids: Vec<Id> = on!(connection, |c| judged::table.select(judged::id).load(c))?;
    Ok(ids.into_iter().collect())
}

/// Those of these speakers, organisations and roles that are not there.
pub fn missing(connection: &mut Connection, mut ids: Vec<Id>) -> Result<Vec<Id>> {
    ids.sort_unstable();
    ids.dedup();
    let speakers = speaker::table.filter(speaker::id.eq_any(&ids)).select(speaker::id);
    let organisations =
        organisation::table.filter(organisation::id.eq_any(&ids)).select(organisation::id);
    let roles = role::table.filter(role::id.eq_any(&ids)).select(role::id);
    let mut there: HashSet<Id> = HashSet::new();
    there.extend(on!(connection, |c| speakers.load::<Id>(c))?);
    there.extend(on!(connection, |c| organisations.load::<Id>(c))?);
    there.extend(on!(connection, |c| roles.load::<Id>(c))?);
    ids.retain(|id| !there.contains(id));
    Ok(ids)
}

/// Remembers that a judgement made these.
pub fn remember(connection: &mut Connection, ids: &[Id]) -> Result<()> {
    let rows: Vec<_> = ids.iter().map(|&id| (judged::id.eq(id),)).collect();
    Ok(insert_missing!(connection, judged::table, &rows)?)
}

/// Forgets it: something printed names them, or they are gone.
pub fn forget(connection: &mut Connection, ids: &[Id]) -> Result<()> {
    let there = judged::table.filter(judged::id.eq_any(ids));
    on!(connection, |c| diesel::delete(there).execute(c))?;
    Ok(())
}
