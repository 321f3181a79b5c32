//! Ids that quotes are also found by: those that the same words derive in another place of their
//! article, since an extractor read it again.

use std::collections::HashMap;

use diesel::dsl::{exists, select};
use diesel::prelude::*;
use serde::Serialize;

use super::dialect::{Connection, insert, on};
use super::error::Result;
use super::schema::quote_moved;
use crate::domain::id::Id;

/// How many articles or ids one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// A row of `quote_moved`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = quote_moved)]
#[diesel(treat_none_as_default_value = false)]
pub struct MovedRow {
    /// The article of both.
    pub article_id: Id,
    /// What derives this id …
    pub derived_id: Id,
    /// … is this quote.
    pub quote_id: Id,
}

/// Every such row of these articles, each article named once or more.
pub fn within(
    connection: &mut Connection,
    articles: impl IntoIterator<Item = Id>,
) -> Result<Vec<MovedRow>> {
    // Most databases have none at all.
    let any = select(exists(quote_moved::table.select(quote_moved::quote_id)));
    if !on!(connection, |c| any.get_result::<bool>(c))? {
        return Ok(Vec::new());
    }
    let mut articles: Vec<Id> = articles.into_iter().collect();
    articles.sort_unstable();
    articles.dedup();
    let mut found = Vec::new();
    for articles in articles.chunks(ASKED_AT_ONCE) {
        let here = quote_moved::table.filter(quote_moved::article_id.eq_any(articles));
        let here = here.order((quote_moved::article_id, quote_moved::derived_id));
        found.extend(on!(connection, |c| here.select(MovedRow::as_select()).load(c))?);
    }
    Ok(found)
}

/// The quotes of [`within`], by the ids that are derived.
pub fn by_derived(
    connection: &mut Connection,
    articles: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Id>> {
    let rows = within(connection, articles)?.into_iter();
    Ok(rows.map(|row| (row.derived_id, row.quote_id)).collect())
}

/// Writes these rows over what is there; one by which an id is its own quote's is none.
pub fn write(connection: &mut Connection, rows: &[MovedRow]) -> Result<()> {
    for rows in rows.chunks(ASKED_AT_ONCE) {
        let (articles, ids): (Vec<Id>, Vec<Id>) =
            rows.iter().map(|row| (row.article_id, row.derived_id)).unzip();
        let there = quote_moved::table
            .filter(quote_moved::article_id.eq_any(articles))
            .filter(quote_moved::derived_id.eq_any(ids));
        on!(connection, |c| diesel::delete(there).execute(c))?;
    }
    let rows: Vec<MovedRow> =
        rows.iter().filter(|row| row.derived_id != row.quote_id).cloned().collect();
    Ok(insert!(connection, quote_moved::table, &rows)?)
}
