//! Roles: offices and capacities at organisations, as printed and as understood.

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::domain::vocabulary::{Domain, Function, Status, Voice};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::merged;
use crate::store::schema::role;

/// A role.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = role)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct RoleRow {
    pub id: Id,
    pub title: String,
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
