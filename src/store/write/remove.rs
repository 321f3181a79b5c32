//! Taking quotes away, and what nothing else mentions then.

use std::collections::BTreeSet;

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use super::QuoteValues;
use super::batch::{load_readings, recompute};
use crate::domain::id::Id;
use crate::domain::resolution::resolve;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{quote, role, speaker, speaker_alias, speaker_candidate};

/// Removes quotes with their readings; statements without a quote, and speakers and roles that no
/// quote has any more, go with them. Organisations stay: others stand below them.
pub fn remove(connection: &mut Connection, rows: Vec<QuoteValues>) -> Result<()> {
    let (mut speakers, mut roles) = (BTreeSet::new(), BTreeSet::new());
    let mut statements = Vec::new();
    for row in rows {
        statements.push(row.statement_id);
        let key = quote::article_id.eq(row.article_id).and(quote::id.eq(row.id));
        // Also who was named by a reading that was not shown.
        for reading in load_readings(connection, row)? {
            let resolution = resolve(&reading);
            speakers.extend(resolution.speaker.map(|speaker| speaker.id));
            roles.extend(resolution.role.map(|role| role.id));
        }
        // Its readings go with it.
        on!(connection, |c| diesel::delete(quote::table.filter(key)).execute(c))?;
    }
    recompute(connection, statements)?;
    for id in speakers {
        forget_speaker(connection, id)?;
    }
    for id in roles {
        let used = select(exists(quote::table.filter(quote::role_id.eq(id))));
        if !on!(connection, |c| used.get_result::<bool>(c))? {
            let unused = role::table.filter(role::id.eq(id));
            on!(connection, |c| diesel::delete(unused).execute(c))?;
        }
    }
    Ok(())
}

/// Removes a speaker whom no quote names and who stands for nobody else.
fn forget_speaker(connection: &mut Connection, id: Id) -> Result<()> {
    let quoted = exists(quote::table.filter(quote::speaker_id.eq(id)));
    let merged = exists(speaker::table.filter(speaker::merged_into.eq(id)));
    if on!(connection, |c| select(quoted.or(merged)).get_result::<bool>(c))? {
        return Ok(());
    }
    on!(connection, |c| {
        diesel::delete(speaker_alias::table.filter(speaker_alias::speaker_id.eq(id))).execute(c)?;
        let candidates = speaker_candidate::table.filter(speaker_candidate::speaker_id.eq(id));
        diesel::delete(candidates).execute(c)?;
        diesel::delete(speaker::table.filter(speaker::id.eq(id))).execute(c)
    })?;
    Ok(())
}
