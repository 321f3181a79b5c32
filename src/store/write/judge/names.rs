//! The names of whom quotes name.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::super::QuoteValues;
use crate::domain::id::Id;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{organisation, role, speaker};

/// The names of the speakers and organisations, and the titles of the roles, of these quotes.
pub fn names<'a>(
    connection: &mut Connection,
    rows: impl Iterator<Item = &'a QuoteValues>,
) -> Result<HashMap<Id, String>> {
    let ids = rows.flat_map(|row| [row.speaker_id, row.role_id, row.organisation_id]);
    let ids: BTreeSet<Id> = ids.flatten().collect();
    let mut names: HashMap<Id, String> = HashMap::new();
    if ids.is_empty() {
        return Ok(names);
    }
    let speakers = speaker::table.filter(speaker::id.eq_any(&ids));
    let roles = role::table.filter(role::id.eq_any(&ids));
    let organisations = organisation::table.filter(organisation::id.eq_any(&ids));
    on!(connection, |c| {
        names.extend(speakers.select((speaker::id, speaker::name)).load::<(Id, String)>(c)?);
        names.extend(roles.select((role::id, role::title)).load::<(Id, String)>(c)?);
        let columns = (organisation::id, organisation::name);
        names.extend(organisations.select(columns).load::<(Id, String)>(c)?);
        QueryResult::Ok(())
    })?;
    Ok(names)
}
