//! Whom judgements are about: rows of exactly these ids, whatever they were merged into.

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::organisation::OrganisationRow;
use crate::store::role::RoleRow;
use crate::store::schema::{organisation, role, speaker};
use crate::store::speaker::SpeakerRow;
use crate::store::statement::{self, StatementRow};

/// The speakers of these ids that exist, in no order.
pub fn speakers(connection: &mut Connection, ids: &[Id]) -> Result<Vec<SpeakerRow>> {
    let query = speaker::table.filter(speaker::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(SpeakerRow::as_select()).load(c))?)
}

/// The organisations of these ids that exist, in no order.
pub fn organisations(connection: &mut Connection, ids: &[Id]) -> Result<Vec<OrganisationRow>> {
    let query = organisation::table.filter(organisation::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(OrganisationRow::as_select()).load(c))?)
}

/// The statements of these ids that exist, in no order.
pub fn statements(connection: &mut Connection, ids: &[Id]) -> Result<Vec<StatementRow>> {
    statement::by_id(connection, ids)
}

/// The roles of these ids that exist, in no order.
pub fn roles(connection: &mut Connection, ids: &[Id]) -> Result<Vec<RoleRow>> {
    let query = role::table.filter(role::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(RoleRow::as_select()).load(c))?)
}
