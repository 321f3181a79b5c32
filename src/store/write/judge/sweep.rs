//! Taking away what judgements made, once no judgement and no quote names it.

use std::collections::BTreeSet;

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use super::super::remove::remove_speaker;
use crate::domain::id::{Id, Kind};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::judgement::{self as stored, made};
use crate::store::schema::{
    article, organisation, organisation_alias, quote, role, statement, tenure,
};

/// Removes what nothing names any more of what judgements made.
pub fn sweep(connection: &mut Connection) -> Result<()> {
    let rules = stored::rules(connection)?;
    let mut left: BTreeSet<Id> = rules.made.difference(&rules.named).copied().collect();
    // What one of them points to is free when that one is gone.
    loop {
        let mut gone = Vec::new();
        for &id in &left {
            if sweep_one(connection, id)? {
                gone.push(id);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        made::forget(connection, &gone)?;
        left.retain(|id| !gone.contains(id));
    }
}

/// Removes a row that nothing names; answers whether it did.
fn sweep_one(connection: &mut Connection, id: Id) -> Result<bool> {
    match id.kind() {
        Some(Kind::Speaker) => {
            let used = exists(quote::table.filter(quote::speaker_id.eq(id)))
                .or(exists(tenure::table.filter(tenure::speaker_id.eq(id))));
            if on!(connection, |c| select(used).get_result::<bool>(c))? {
                return Ok(false);
            }
            remove_speaker(connection, id)?;
        }
        Some(Kind::Role) => {
            let used = exists(quote::table.filter(quote::role_id.eq(id)))
                .or(exists(tenure::table.filter(tenure::role_id.eq(id))));
            if on!(connection, |c| select(used).get_result::<bool>(c))? {
                return Ok(false);
            }
            on!(connection, |c| diesel::delete(role::table.filter(role::id.eq(id))).execute(c))?;
        }
        _ => {
            let used = exists(quote::table.filter(quote::organisation_id.eq(id)))
                .or(exists(statement::table.filter(statement::organisation_id.eq(id))))
                .or(exists(role::table.filter(role::organisation_id.eq(id))))
                .or(exists(tenure::table.filter(tenure::organisation_id.eq(id))))
                .or(exists(article::table.filter(article::publisher_id.eq(id))))
                .or(exists(organisation::table.filter(organisation::parent_id.eq(id))))
                .or(exists(organisation::table.filter(organisation::merged_into.eq(id))));
            if on!(connection, |c| select(used).get_result::<bool>(c))? {
                return Ok(false);
            }
            let aliases = organisation_alias::organisation_id.eq(id);
            on!(connection, |c| {
                diesel::delete(organisation_alias::table.filter(aliases)).execute(c)?;
                diesel::delete(organisation::table.filter(organisation::id.eq(id))).execute(c)
            })?;
        }
    }
    Ok(true)
}
