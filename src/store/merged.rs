//! Speakers, organisations and roles that were merged into others: an old id leads to the one that
//! it became.

use std::collections::HashMap;

use diesel::prelude::*;

use super::dialect::{Connection, on};
use super::error::Result;
use super::schema::{organisation, role, speaker};
use crate::domain::id::{Id, Kind};

/// How long a chain of merges may be; longer is a circle in the data.
const MAX_DEPTH: usize = 64;

/// A step along merges, in either direction: pairs of one that was merged and what into.
macro_rules! step {
    ($connection:expr, $ids:expr, $filtered:ident) => {{
        let ids: &[Id] = $ids;
        let mut pairs: Vec<(Id, Id)> = Vec::new();
        for kind in [Kind::Speaker, Kind::Organisation, Kind::Role] {
            let ids: Vec<Id> = ids.iter().copied().filter(|id| id.kind() == Some(kind)).collect();
            if ids.is_empty() {
                continue;
            }
            pairs.extend(match kind {
                Kind::Speaker => step!(@ $connection, speaker, ids, $filtered),
                Kind::Organisation => step!(@ $connection, organisation, ids, $filtered),
                _ => step!(@ $connection, role, ids, $filtered),
            });
        }
        pairs
    }};
    (@ $connection:expr, $table:ident, $ids:expr, id) => {{
        let query = $table::table.filter($table::id.eq_any($ids));
        step!(@@ $connection, $table, query)
    }};
    (@ $connection:expr, $table:ident, $ids:expr, merged_into) => {{
        let query = $table::table.filter($table::merged_into.eq_any($ids));
        step!(@@ $connection, $table, query)
    }};
    (@@ $connection:expr, $table:ident, $query:expr) => {{
        let query = $query
            .filter($table::merged_into.is_not_null())
            .select(($table::id, $table::merged_into.assume_not_null()));
        on!($connection, |c| query.load::<(Id, Id)>(c))?
    }};
}

/// What those of these that were merged stand for now.
pub fn followed(connection: &mut Connection, ids: &[Id]) -> Result<HashMap<Id, Id>> {
    let mut steps: HashMap<Id, Id> = HashMap::new();
    let mut front = ids.to_vec();
    for _ in 0..MAX_DEPTH {
        let pairs: Vec<(Id, Id)> = step!(connection, &front, id);
        if pairs.is_empty() {
            break;
        }
        front = pairs.iter().map(|&(_, into)| into).collect();
        steps.extend(pairs);
    }
    let root = |mut id: Id| {
        for _ in 0..MAX_DEPTH {
            match steps.get(&id) {
                Some(&next) => id = next,
                None => break,
            }
        }
        id
    };
    let merged = ids.iter().filter(|id| steps.contains_key(id));
    Ok(merged.map(|&id| (id, root(id))).collect())
}

/// These, those that were merged replaced by what they stand for now, each once.
pub fn roots(connection: &mut Connection, mut ids: Vec<Id>) -> Result<Vec<Id>> {
    if ids.is_empty() {
        return Ok(ids);
    }
    let followed = followed(connection, &ids)?;
    for id in &mut ids {
        *id = followed.get(id).copied().unwrap_or(*id);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Those that were merged into these, however far, each with the one of these that it stands for.
pub fn members(connection: &mut Connection, ids: &[Id]) -> Result<Vec<(Id, Id)>> {
    let mut roots: HashMap<Id, Id> = ids.iter().map(|&id| (id, id)).collect();
    let (mut found, mut front) = (Vec::new(), ids.to_vec());
    for _ in 0..MAX_DEPTH {
        let pairs: Vec<(Id, Id)> = step!(connection, &front, merged_into);
        if pairs.is_empty() {
            break;
        }
        front.clear();
        for (member, into) in pairs {
            let root = roots.get(&into).copied().unwrap_or(into);
            if roots.insert(member, root).is_none() {
                front.push(member);
                found.push((member, root));
            }
        }
    }
    Ok(found)
}

/// The rows of ids that were asked for, where some were merged: what they stand for instead.
/// `load` loads the rows of ids, `merged` tells what a row was merged into.
pub fn standing<R>(
    connection: &mut Connection,
    ids: &[Id],
    load: impl Fn(&mut Connection, &[Id]) -> Result<Vec<R>>,
    merged: impl Fn(&R) -> bool,
) -> Result<Vec<R>> {
    let mut rows = load(connection, ids)?;
    if rows.iter().any(&merged) {
        let ids = roots(connection, ids.to_vec())?;
        rows = load(connection, &ids)?;
    }
    Ok(rows)
}
