//! Taking away what judgements alone name, once none does.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::super::remove::{forget_organisations, is_named, remove_speaker};
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::Rules;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::judgement::{self as stored, made};
use crate::store::schema::{organisation, organisation_alias, role};

/// Removes what nothing names any more of what judgements alone named.
pub fn sweep(connection: &mut Connection) -> Result<()> {
    let rules = stored::rules(connection)?;
    let mut left: BTreeSet<Id> = rules.made.difference(&rules.named).copied().collect();
    // What one of them points to is free when that one is gone.
    loop {
        let mut gone = Vec::new();
        for &id in &left {
            if !is_named(connection, id)? {
                remove(connection, &rules, id)?;
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

fn remove(connection: &mut Connection, rules: &Rules, id: Id) -> Result<()> {
    match id.kind() {
        Some(Kind::Speaker) => remove_speaker(connection, id)?,
        Some(Kind::Role) => {
            let own = role::table.filter(role::id.eq(id));
            let home = own.select(role::organisation_id);
            let home: Option<Option<Id>> = on!(connection, |c| home.first(c).optional())?;
            // A role at an organisation that was merged, whose quotes went on from here, is itself again.
            let stood_for = role::table.filter(role::merged_into.eq(id));
            let itself = role::merged_into.eq(None::<Id>);
            on!(connection, |c| {
                diesel::update(stood_for).set(itself).execute(c)?;
                diesel::delete(own).execute(c)
            })?;
            // A removal left it for the role's sake.
            let home = home.flatten().filter(|home| !rules.named.contains(home));
            forget_organisations(connection, home)?;
        }
        _ => {
            let aliases = organisation_alias::organisation_id.eq(id);
            on!(connection, |c| {
                diesel::delete(organisation_alias::table.filter(aliases)).execute(c)?;
                diesel::delete(organisation::table.filter(organisation::id.eq(id))).execute(c)
            })?;
        }
    }
    Ok(())
}
