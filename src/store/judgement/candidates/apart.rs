//! Those whom judgements in force tell apart.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::domain::id::{Id, Kind};
use crate::domain::judgement::JudgementAction as A;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{judgement, organisation, speaker};

/// How many ids one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// The pairs, smaller id first, as what they stand for now: kept apart, split, or told apart by a
/// name.
pub fn pairs(connection: &mut Connection, kind: Kind) -> Result<HashSet<(Id, Id)>> {
    let apart = [A::KeepApart, A::SplitSpeaker, A::SplitOrganisation, A::RemoveAlias];
    let query = judgement::table
        .filter(judgement::undone_at.is_null())
        .filter(judgement::action.eq_any(apart))
        .filter(judgement::object_id.is_not_null())
        .select((judgement::subject_id, judgement::object_id.assume_not_null()));
    let mut pairs: Vec<(Id, Id)> = on!(connection, |c| query.load(c))?;
    pairs.retain(|(subject, _)| subject.kind() == Some(kind));
    let merged = merged(connection, kind, &pairs)?;
    let canonical =
        |id: Id| std::iter::successors(Some(id), |id| merged.get(id).copied()).last().unwrap_or(id);
    let told = pairs.into_iter().map(|(one, other)| (canonical(one), canonical(other)));
    Ok(told.map(|(one, other)| (one.min(other), one.max(other))).collect())
}

/// What these, and what they were merged into, were merged into.
fn merged(connection: &mut Connection, kind: Kind, pairs: &[(Id, Id)]) -> Result<HashMap<Id, Id>> {
    let mut merged = HashMap::new();
    let mut front: Vec<Id> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
    while !front.is_empty() {
        let mut next = Vec::new();
        for ids in front.chunks(ASKED_AT_ONCE) {
            let found: Vec<(Id, Id)> = match kind {
                Kind::Speaker => {
                    let of = speaker::table
                        .filter(speaker::id.eq_any(ids))
                        .filter(speaker::merged_into.is_not_null())
                        .select((speaker::id, speaker::merged_into.assume_not_null()));
                    on!(connection, |c| of.load(c))?
                }
                _ => {
                    let of = organisation::table
                        .filter(organisation::id.eq_any(ids))
                        .filter(organisation::merged_into.is_not_null())
                        .select((organisation::id, organisation::merged_into.assume_not_null()));
                    on!(connection, |c| of.load(c))?
                }
            };
            let new = found.into_iter().filter(|&(id, into)| merged.insert(id, into).is_none());
            next.extend(new.map(|(_, into)| into));
        }
        front = next;
    }
    Ok(merged)
}
