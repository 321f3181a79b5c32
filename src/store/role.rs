//! Roles: offices and capacities at organisations, as printed and as understood.

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::domain::vocabulary::{Domain, Function, Status, Voice};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::page::{Page, Window, page};
use crate::store::predicate::{Predicate, column};
use crate::store::quote::{OrganisationMatch, TextMatch};
use crate::store::schema::role;
use crate::store::{merged, organisation as organisations};

/// A role.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = role)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct RoleRow {
    pub id: Id,
    pub title: String,
    pub title_key: String,
    pub function: Function,
    pub domain: Domain,
    pub status: Status,
    pub voice: Voice,
    pub organisation_id: Option<Id>,
    pub merged_into: Option<Id>,
}

/// The roles of these ids that exist, in no order; for one that was merged, what it became.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<RoleRow>> {
    merged::standing(connection, ids, load, |row| row.merged_into.is_some())
}

fn load(connection: &mut Connection, ids: &[Id]) -> Result<Vec<RoleRow>> {
    let query = role::table.filter(role::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(RoleRow::as_select()).load(c))?)
}

/// What a role must be to stand in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RoleCondition {
    /// How the title must match.
    pub title: Option<TextMatch>,
    /// With one of these functions.
    pub function: Option<Vec<Function>>,
    /// In one of these domains.
    pub domain: Option<Vec<Domain>>,
    /// With one of these states.
    pub status: Option<Vec<Status>>,
    /// In one of these voices.
    pub voice: Option<Vec<Voice>>,
    /// At this organisation.
    pub organisation: Option<OrganisationMatch>,
}

/// Roles by folded title.
pub fn list(
    connection: &mut Connection,
    condition: &RoleCondition,
    window: &Window,
) -> Result<Page<RoleRow>> {
    // One that was merged stands in the list as what it became.
    let mut meets = vec![Predicate::Known(column!(role.merged_into), false)];
    meets.extend(condition.title.as_ref().map(|title| title.predicate(column!(role.title_key))));
    macro_rules! words {
        ($($field:ident),+) => { $(
            if let Some(words) = &condition.$field {
                let words = words.iter().map(|word| word.as_str()).collect();
                meets.push(Predicate::words(column!(role.$field), words));
            }
        )+ };
    }
    words!(function, domain, status, voice);
    if let Some(wanted) = &condition.organisation {
        let mut ids = organisations::ids(connection, wanted)?;
        // Roles keep the organisation at which they were first seen.
        ids.extend(merged::members(connection, &ids)?.into_iter().map(|(id, _)| id));
        meets.push(Predicate::ids(column!(role.organisation_id), ids));
    }
    let meets = Predicate::all(meets);
    page!(connection, role as RoleRow, meets, window, false, role::title_key, role::id, Name)
}
