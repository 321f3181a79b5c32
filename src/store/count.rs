//! How many quotes and statements there are of speakers, organisations and roles, counted over an
//! index when somebody asks.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::dialect::{Connection, on};
use super::error::Result;
use super::schema::{quote, statement};
use crate::domain::id::Id;

/// The rows of a table by one of its columns, of these ids; an id without rows is not in the answer.
macro_rules! counted {
    ($($(#[doc = $doc:literal])+ $name:ident: $table:ident.$column:ident;)+) => { $(
        $(#[doc = $doc])+
        pub fn $name(connection: &mut Connection, ids: &[Id]) -> Result<HashMap<Id, i64>> {
            let counts = $table::table
                .filter($table::$column.eq_any(ids))
                .group_by($table::$column)
                .select(($table::$column.assume_not_null(), count_star()));
            let rows: Vec<(Id, i64)> = on!(connection, |c| counts.load(c))?;
            Ok(rows.into_iter().collect())
        }
    )+ };
}

counted! {
    /// Quotes of speakers.
    quotes_of_speakers: quote.speaker_id;
    /// Quotes at organisations.
    quotes_of_organisations: quote.organisation_id;
    /// Quotes in roles.
    quotes_of_roles: quote.role_id;
    /// Statements of speakers.
    statements_of_speakers: statement.speaker_id;
    /// Statements at organisations.
    statements_of_organisations: statement.organisation_id;
}
